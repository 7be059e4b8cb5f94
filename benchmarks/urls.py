from django.urls import path

from benchmarks.plain import plain_state, plain_update
from endocsea.config.urls import handler404, handler500, urlpatterns  # noqa: F401

urlpatterns = [
    path("en/plain/<slug:slug>/", plain_state),
    path("workspace/plain/", plain_update),
    *urlpatterns,
]
