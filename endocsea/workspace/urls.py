from django.urls import path

from . import histories, reported, views

app_name = "workspace"
urlpatterns = [
    path("", views.home, name="home"),
    path("history/", histories.histories, name="histories"),
    path("history/replies/<slug:round>/<slug:state>/", histories.of_reply, name="history-of-reply"),
    path("history/rounds/<slug:code>/", histories.of_round, name="history-of-round"),
    path("history/people/<int:pk>/", histories.of_person, name="history-of-person"),
    path("reported/", reported.reported, name="reported"),
    path("reported/<int:pk>/<slug:deed>/", reported.decide, name="decide"),
    path("reported/everywhere/", reported.everywhere, name="text-everywhere"),
]
