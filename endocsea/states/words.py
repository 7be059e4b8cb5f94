"""In words: what a state does in the programme."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .models import Part

PARTS = {
    Part.Kind.FOCUS: _("focus country"),
    Part.Kind.PILOT: _("pilot country"),
}
