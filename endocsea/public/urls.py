from django.urls import path

from .views import capabilities, home, pages, standards, states

app_name = "public"

urlpatterns = [
    path("", home.home, name="home"),
    path("states/", states.index, name="states"),
    path("states/<slug:slug>/", states.state, name="state"),
    path("capabilities/", capabilities.index, name="capabilities"),
    path("capabilities/<int:number>/", capabilities.capability, name="capability"),
    path("indicators/<str:code>/", standards.indicator, name="indicator"),
    path("help/", pages.get_help, name="help"),
    path("about/", pages.about, name="about"),
    path("method/", pages.method, name="method"),
]
