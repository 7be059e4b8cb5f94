"""The functions that an expression may call: what each takes and gives, and how lxml is asked for it.

Kinds of values: ``text``, ``number``, ``yes`` (or no), ``day`` (a day, time or moment), ``nodes`` (answers of one
question, one for each instance of a group that repeats), ``any`` (text or number, as it comes). A day is kept as
text, and counts as its number of days wherever a number is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Function:
    """``takes`` are kinds; of these ``least`` have to be there, and the last ``again`` may come again and again.

    ``gives`` is a kind, or ``same``: that of the last two, or ``kept``: the same, as text. ``writes`` is what lxml
    calls, empty if it has the function by the same name; ``more`` are arguments behind those of the author.
    """

    takes: tuple[str, ...]
    gives: str
    writes: str = ""
    least: int = -1
    again: int = 0
    more: tuple[str, ...] = ()

    @property
    def fewest(self) -> int:
        return len(self.takes) if self.least < 0 else self.least

    def allows(self, given: int) -> bool:
        if given < self.fewest:
            return False
        over = given - len(self.takes)
        return over <= 0 or (self.again > 0 and over % self.again == 0)

    def kind(self, place: int) -> str:
        """Of the argument at a place."""
        if place < len(self.takes):
            return self.takes[place]
        return self.takes[len(self.takes) - self.again + (place - len(self.takes)) % self.again]

    def __str__(self) -> str:
        """How many it takes: ``2``, ``1–2``, ``1–``."""
        most = "" if self.again else str(len(self.takes))
        return most if most == str(self.fewest) else f"{self.fewest}–{most}"


_TEXT, _NUMBER, _YES, _DAY, _NODES, _ANY = ("text",), ("number",), ("yes",), ("day",), ("nodes",), ("any",)


def _mathematics(name: str, numbers: int = 1) -> Function:
    return Function(_NUMBER * numbers, "number", f"x-{name}")


FUNCTIONS: Mapping[str, Function] = {
    "if": Function(("yes", "any", "any"), "same", "x-if"),
    "coalesce": Function(_TEXT * 2, "kept", "x-coalesce"),
    "true": Function((), "yes"),
    "false": Function((), "yes"),
    "not": Function(_YES, "yes"),
    "boolean": Function(_YES, "yes"),
    "boolean-from-string": Function(_TEXT, "yes", "x-boolean-from-string"),
    "selected": Function(_TEXT * 2, "yes", "x-selected"),
    "selected-at": Function(("text", "number"), "text", "x-selected-at"),
    "count-selected": Function(_TEXT, "number", "x-count-selected"),
    "checklist": Function(("number", "number", "text"), "yes", "x-checklist", again=1),
    "weighted-checklist": Function(
        ("number", "number", "text", "number"), "yes", "x-weighted-checklist", again=2
    ),
    "count": Function(_NODES, "number"),
    "count-non-empty": Function(_NODES, "number", "x-count-non-empty"),
    "sum": Function(_NODES, "number", "x-sum"),
    "min": Function(_NODES, "number", "x-min", again=1),
    "max": Function(_NODES, "number", "x-max", again=1),
    "join": Function(("text", "nodes"), "text", "x-join", again=1),
    "randomize": Function(("nodes", "number"), "nodes", "x-randomize", least=1),
    "string": Function(_ANY, "text", least=0),
    "concat": Function(_NODES, "text", "x-join", again=1),
    "contains": Function(_TEXT * 2, "yes"),
    "starts-with": Function(_TEXT * 2, "yes"),
    "ends-with": Function(_TEXT * 2, "yes", "x-ends-with"),
    "substr": Function(("text", "number", "number"), "text", "x-substr", least=2),
    "substring": Function(("text", "number", "number"), "text", least=2),
    "substring-before": Function(_TEXT * 2, "text"),
    "substring-after": Function(_TEXT * 2, "text"),
    "translate": Function(_TEXT * 3, "text"),
    "string-length": Function(_TEXT, "number", least=0),
    "normalize-space": Function(_TEXT, "text", least=0),
    "regex": Function(_TEXT * 2, "yes", "x-regex"),
    "digest": Function(_TEXT * 3, "text", "x-digest", least=2),
    "number": Function(_NUMBER, "number", least=0),
    "int": _mathematics("int"),
    "round": Function(_NUMBER * 2, "number", "x-round", least=1),
    "floor": Function(_NUMBER, "number"),
    "ceiling": Function(_NUMBER, "number"),
    "abs": _mathematics("abs"),
    "pow": _mathematics("pow", 2),
    "log": _mathematics("log"),
    "log10": _mathematics("log10"),
    "exp": _mathematics("exp"),
    "exp10": _mathematics("exp10"),
    "sqrt": _mathematics("sqrt"),
    "sin": _mathematics("sin"),
    "cos": _mathematics("cos"),
    "tan": _mathematics("tan"),
    "asin": _mathematics("asin"),
    "acos": _mathematics("acos"),
    "atan": _mathematics("atan"),
    "atan2": _mathematics("atan2", 2),
    "pi": _mathematics("pi", 0),
    "random": _mathematics("random", 0),
    "uuid": Function(_NUMBER, "text", "x-uuid", least=0),
    "today": Function((), "day", "$today"),
    "now": Function((), "day", "$now"),
    "date": Function(_DAY, "day", "x-date"),
    "date-time": Function(_DAY, "day", "x-date-time"),
    "decimal-date-time": Function(_DAY, "number", "x-days"),
    "decimal-time": Function(_DAY, "number", "x-share"),
    "format-date": Function(("day", "text"), "text", "x-format", more=("$language",)),
    "format-date-time": Function(("day", "text"), "text", "x-format", more=("$language",)),
    "last": Function((), "number"),
}

# those that `writing` has a way of its own for
SPECIAL: Mapping[str, Function] = {
    "once": Function(_ANY, "kept"),
    "position": Function(_NODES, "number", least=0),
    "indexed-repeat": Function(("nodes", "nodes", "number"), "nodes", again=2),
    "jr:choice-name": Function(_TEXT * 2, "text"),
    "current": Function((), "nodes"),
    "instance": Function(_TEXT, "nodes"),
}

_ELSEWHERE = _(
    "it looks into a file beside the form; put the rows into a list of choices, and use instance()"
)
_PLACES = _("places on a map are not asked for here")

NO_SERVICE: Mapping[str, _StrPromise] = {
    "pulldata": _ELSEWHERE,
    "search": _ELSEWHERE,
    "area": _PLACES,
    "distance": _PLACES,
    "geofence": _PLACES,
    "intersects": _PLACES,
    "jr:itext": _("texts follow the language of the reader by themselves"),
    "property": _("there is no device to ask"),
    "version": _("the version is kept with the questionnaire"),
    "base64-decode": _("an answer is text, never encoded"),
    "extract-signed": _("there are no signed codes to scan"),
}
LAST_SAVED = _("an answer of another reply is offered beside the field, it is never filled in")
