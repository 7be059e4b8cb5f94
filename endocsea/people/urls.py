from django.urls import path

from .views import account, data_protection, inviting, letting_in, listing

app_name = "people"
urlpatterns = [
    path("join/<str:token>/", inviting.accept, name="accept"),
    path("people/", listing.people, name="people"),
    path("people/invite/", inviting.invite, name="invite"),
    path("people/invitations/<int:pk>/<slug:deed>/", inviting.decide, name="decide"),
    path("people/<int:pk>/let-in-again/", letting_in.let_in_again, name="let-in-again"),
    path("people/roles/<int:pk>/end/", listing.end, name="end"),
    path("data-protection/", data_protection.accounts, name="accounts"),
    path("data-protection/log/", data_protection.log, name="access-log"),
    path("data-protection/accounts/<int:pk>/erase/", data_protection.erase, name="erase-for"),
    path("me/", account.account, name="account"),
    path("me/data.json", account.download, name="download"),
    path("me/erase/", account.erase, name="erase"),
]
