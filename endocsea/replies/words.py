"""In words: answers that are neither a level nor a number."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

YES_NO = {
    "yes": _("yes"),
    "partly": _("partly"),
    "no": _("no"),
}
