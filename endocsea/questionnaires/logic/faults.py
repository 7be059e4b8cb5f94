"""What is wrong with the logic of a form: every fault, at which item, in which expression, at which character."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from endocsea.support.pack.defects import printable
from endocsea.support.refusals import Refusal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SENTENCES: Mapping[str, _StrPromise] = {
    "unexpected": _("“%(found)s” is not expected at character %(at)d."),
    "ends-early": _("It ends where something should follow: a bracket is open, or an operand is missing."),
    "unfinished-text": _("The text that begins at character %(at)d has no closing quotation mark."),
    "too-long": _("It is longer than %(at)d characters."),
    "too-deep": _(
        "Brackets and functions are inside each other more often than anybody can follow (character %(at)d)."
    ),
    "path-kind": _(
        "“%(found)s” at character %(at)d: only names, “.” and “..” with “/” between them are supported."
    ),
    "not-read": _("It cannot be run: %(found)s."),
    "unknown-name": _("There is no item “%(found)s”."),
    "ambiguous-name": _("“%(found)s” is the name of several items: %(names)s."),
    "unknown-function": _("There is no function “%(found)s”."),
    "arguments": _("“%(found)s” was given %(given)d values, and takes %(takes)s."),
    "argument-kind": _("“%(found)s” cannot be used in this way: %(names)s."),
    "no-service": _("“%(found)s” is not supported: %(names)s."),
    "unknown-list": _("There is no list of choices “%(found)s”."),
    "pattern": _("The pattern “%(found)s” is not understood: %(names)s."),
    "no-item": _("It refers to nothing, so its outcome never depends on an answer."),
    "loop": _("It depends on itself: %(names)s."),
    "unfit-name": _(
        "“%(found)s” cannot be a name: a letter or “_” comes first, then letters, digits, “_”, “-” and “.”."
    ),
    "name-twice": _("Two items beside each other have the name “%(found)s”."),
}

EXPRESSIONS: Mapping[str, _StrPromise] = {
    "relevant": _("relevant"),
    "required": _("required"),
    "constraint": _("constraint"),
    "calculation": _("calculation"),
    "choice_filter": _("choice filter"),
    "choices": _("choices"),
    "count": _("repeat count"),
    "default": _("default"),
    "name": _("name"),
}


def told(path: str, part: str, sentence: str) -> str:
    """A sentence with the place that it speaks of."""
    return _("%(path)s, %(part)s: %(sentence)s") % {
        "path": path,
        "part": EXPRESSIONS[part],
        "sentence": sentence,
    }


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. ``part`` says which expression of the item, by its name in `form.Question`."""

    path: str
    part: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        sentence = SENTENCES[self.code] % {"at": 0, "found": "", "names": "", **self.facts}
        return printable(told(self.path, self.part, sentence))


class LogicRefused(Refusal):
    code = "questionnaires.logic-refused"
    sentence = _("The logic of this questionnaire cannot be run. Faults found: %(count)s.")
    remedy = _("Mend these expressions:\n%(faults)s")

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(count=len(self.faults), faults="\n".join(map(str, self.faults)))
