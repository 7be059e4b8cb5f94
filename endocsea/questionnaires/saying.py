"""The words that pages use for what a form is made of: kinds of questions, names of texts and of parts of logic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from .form import Group, Item, Kind
from .logic.faults import EXPRESSIONS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

KINDS: Final[Mapping[Kind, _StrPromise]] = {
    Kind.LEVEL: _("level"),
    Kind.ONE: _("one choice"),
    Kind.SEVERAL: _("several choices"),
    Kind.RANKED: _("choices in an order"),
    Kind.WHOLE: _("whole number"),
    Kind.NUMBER: _("number"),
    Kind.RANGE: _("number in a range"),
    Kind.TEXT: _("text"),
    Kind.DAY: _("day"),
    Kind.TIME: _("time of day"),
    Kind.MOMENT: _("day and time"),
    Kind.CONSENT: _("box to tick"),
    Kind.NOTE: _("note, asks nothing"),
    Kind.CALCULATED: _("value that is never shown"),
}
TEXTS: Final[Mapping[str, _StrPromise]] = {
    "title": _("Title"),
    "label": _("Wording"),
    "hint": _("Hint"),
    "guidance": _("Guidance"),
    "required_message": _("Message where an answer is missing"),
    "constraint_message": _("Message where an answer is not allowed"),
    "unit": _("Unit"),
}
PARTS: Final[Mapping[str, _StrPromise]] = {
    **EXPRESSIONS,
    "kind": _("kind of question"),
    "other": _("“other” may be written in"),
    "read_only": _("read-only"),
    "start": _("start of the range"),
    "end": _("end of the range"),
    "step": _("step of the range"),
    "repeats": _("group that repeats"),
    "indicator": _("indicator"),
    "core": _("in the core set"),
    "restricted": _("answers for named roles only"),
}
GROUP: Final = _("group")
REPEATED: Final = _("group that repeats")


def kind_of(item: Item) -> _StrPromise:
    if isinstance(item, Group):
        return REPEATED if item.repeats else GROUP
    return KINDS[item.kind]
