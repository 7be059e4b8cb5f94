"""In words: the time of which an observation speaks."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from .rules import Period

PERIODS = {
    Period.EARLIER: pgettext_lazy("period", "earlier"),
    Period.BEFORE: pgettext_lazy("period", "shortly before the project"),
    Period.DURING: pgettext_lazy("period", "during the project"),
    Period.AFTER: pgettext_lazy("period", "after the project"),
}
