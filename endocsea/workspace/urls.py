from django.urls import path

from . import reported, views

app_name = "workspace"
urlpatterns = [
    path("", views.home, name="home"),
    path("reported/", reported.reported, name="reported"),
    path("reported/<int:pk>/<slug:deed>/", reported.decide, name="decide"),
    path("reported/everywhere/", reported.everywhere, name="text-everywhere"),
]
