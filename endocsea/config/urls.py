"""All addresses. They stay for good."""

from django.conf.urls.i18n import i18n_patterns
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import RedirectView


def healthz(request: HttpRequest) -> HttpResponse:
    """Answers when pages can be served: the database is there and has its content."""
    from endocsea.states.models import Programme

    try:
        word = "ready" if Programme.objects.exists() else "no content"
    except Error:
        word = "no database"
    return HttpResponse(f"{word}\n", content_type="text/plain", status=200 if word == "ready" else 503)


def not_offered(request: HttpRequest, **_parts: str) -> HttpResponse:
    raise Http404


# What the sign-in library would offer and this programme does not: accounts come by invitation, and an account
# has the one address that the invitation was sent to.
NOT_OFFERED = ("email/", "confirm-email/", "confirm-email/<str:key>/", "login/code/confirm/")

urlpatterns = [
    path("healthz", healthz),
    path("", RedirectView.as_view(url="/en/")),
    *[path(f"workspace/account/{address}", not_offered) for address in NOT_OFFERED],
    path("workspace/account/", include("allauth.account.urls")),
    path("workspace/account/second-factor/", include("allauth.mfa.urls")),
    path("workspace/account/sessions/", include("allauth.usersessions.urls")),
    path("workspace/", include("endocsea.quarantine.urls")),
    path("workspace/", include("endocsea.people.urls")),
    path("workspace/", include("endocsea.questionnaires.urls")),
    path("workspace/", include("endocsea.replies.urls")),
    path("workspace/", include("endocsea.workspace.urls")),
    *i18n_patterns(path("", include("endocsea.public.urls"))),
]

handler404 = "endocsea.public.views.errors.not_found"
handler500 = "endocsea.public.views.errors.unforeseen"
