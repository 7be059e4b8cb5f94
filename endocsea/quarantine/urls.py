from django.urls import path

from . import views

app_name = "quarantine"
urlpatterns = [path("report/<slug:kind>/<path:key>/", views.report, name="report")]
