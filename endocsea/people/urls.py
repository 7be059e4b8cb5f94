from django.urls import path

from .views import account, inviting, listing

app_name = "people"
urlpatterns = [
    path("join/<str:token>/", inviting.accept, name="accept"),
    path("people/", listing.people, name="people"),
    path("people/invite/", inviting.invite, name="invite"),
    path("people/invitations/<int:pk>/<slug:deed>/", inviting.decide, name="decide"),
    path("people/roles/<int:pk>/end/", listing.end, name="end"),
    path("me/", account.account, name="account"),
    path("me/data.json", account.download, name="download"),
    path("me/erase/", account.erase, name="erase"),
]
