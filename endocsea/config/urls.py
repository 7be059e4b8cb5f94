"""All addresses. They stay for good."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import RedirectView


def healthz(request: HttpRequest) -> HttpResponse:
    """Answers when pages can be served: the database is there and has its content."""
    from endocsea.states.models import Programme

    ready = Programme.objects.exists()
    return HttpResponse(
        "ready\n" if ready else "no content\n", content_type="text/plain", status=200 if ready else 503
    )


urlpatterns = [
    path("healthz", healthz),
    path("", RedirectView.as_view(url="/en/")),
    *i18n_patterns(path("", include("endocsea.public.urls"))),
]

handler404 = "endocsea.public.views.errors.not_found"
handler500 = "endocsea.public.views.errors.unforeseen"
