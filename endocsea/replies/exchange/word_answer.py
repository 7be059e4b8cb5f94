"""What the rows of one question say: ticks and texts become an answer, or it is unclear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from endocsea.questionnaires.form import CHOOSES, Kind

from ..answers.fitting import EXPECTED, OTHER, fits
from ..answers.given import WITH_A_VALUE, Given, Status
from ..answers.texts import texts_of
from . import sheet_words, values
from .sheet import Beside, Line
from .sheet_code import Printed
from .sheet_texts import normal, quoted
from .sheet_words import Field, Still
from .word_document import ticked
from .word_writing import option_of

LONGEST: Final = {Field.POST: 160, Field.WHY: 20_000, Field.MORE: 20_000, Field.ANSWER: 20_000}
Rows = Mapping[Field, Sequence[str]]
Name = TypeVar("Name", bound=str)
Strays = list[tuple[Field, str]]


class Unclear(Exception):
    """A question that is not taken: the field, what stands there, what to do."""

    def __init__(self, field: Field | None, what: str, remedy: str) -> None:
        super().__init__(what)
        self.field, self.what, self.remedy = field, what, remedy


@dataclass(slots=True)
class Ticked:
    """What is ticked in a field; what was written behind a line, by its name; what belongs to no line."""

    names: list[str]
    behind: dict[str, str]
    rest: list[str]
    whole: bool  # every line is there, with its box


def answer_of(line: Line, rows: Rows, printed: Printed, language: str) -> tuple[Given, Strays]:
    """Raises `Unclear`."""
    strays: Strays = []
    still, because = _still(rows, strays)
    value, other = _value(line, rows, printed, strays)
    none = _none(rows, strays)
    written = {name: _text(rows, name) for name in (Field.WHY, Field.MORE, Field.POST)}
    if because:
        written[Field.MORE] = "\n".join(part for part in (written[Field.MORE], because) if part)
    given = Given(reason=written[Field.WHY], explanation=written[Field.MORE], respondent=written[Field.POST])
    stood = _stood(line, printed)
    unchanged = value == printed.value and printed.status in {each.value for each in WITH_A_VALUE}
    if none is not None and (value or other) and printed.status == none.value:
        none = None  # it stood there before, and the answer is new
    if none is not None:
        if (value or other) and not unchanged:
            raise Unclear(
                Field.NONE, _("There is an answer, and a tick that says there is none."), _take_one()
            )
        if still is Still.YES and printed.status != none.value:
            raise Unclear(Field.STILL, _("The former answer is still true, and there is none."), _take_one())
        return _in(line, replace(given, status=none), language), strays
    if still is Still.YES:
        return _in(line, _confirmed(given, value, other, stood), language), strays
    if still is not None and value and value == stood.value and other == stood.other:
        raise Unclear(
            Field.STILL, _("The former answer is no longer true, and the same is ticked below."), _take_one()
        )
    if still is Still.CORRECTED and not (value or other):
        raise Unclear(
            Field.STILL, _("The former answer is corrected, and no answer is given below."), _take_one()
        )
    if value or other:
        status = Status.ANSWERED
        if printed.status == Status.PREFILLED.value and unchanged and other == line.given.other:
            status = Status.PREFILLED  # nobody has confirmed it
        given = replace(given, status=status, value=value, other=other)
    return _in(line, given, language), strays


def beside_of(rows: Rows) -> tuple[Beside, Strays]:
    """What shows the answer, and who may read it."""
    found = _ticks(rows.get(Field.CLASS, ()), _options(sheet_words.CLASSES))
    who = found.names[0] if len(found.names) == 1 else ""
    strays = [(Field.CLASS, text) for text in [*found.rest, *found.behind.values()]]
    if len(found.names) > 1:
        strays.append((Field.CLASS, _("%(n)d lines are ticked") % {"n": len(found.names)}))
    return Beside(_text(rows, Field.PROOF), who), strays


def _still(rows: Rows, strays: Strays) -> tuple[Still | None, str]:
    found = _ticks(rows.get(Field.STILL, ()), _options(sheet_words.STILL_TRUE))
    if len(found.names) > 1:
        raise Unclear(Field.STILL, _("More than one line is ticked."), _take_one())
    still = Still(found.names[0]) if found.names else None
    because = found.behind.pop(Still.NO.value, "")
    said = "\n".join(part for part in (because, *found.rest) if part)
    strays += [(Field.STILL, text) for text in found.behind.values()]
    if said and still is not Still.NO:
        strays.append((Field.STILL, said))
        said = ""
    return still, said


def _none(rows: Rows, strays: Strays) -> Status | None:
    found = _ticks(rows[Field.NONE], _options(sheet_words.NO_ANSWER))
    if len(found.names) > 1:
        raise Unclear(Field.NONE, _("More than one line is ticked."), _take_one())
    strays += [(Field.NONE, text) for text in [*found.rest, *found.behind.values()]]
    return Status(found.names[0]) if found.names else None


def _value(line: Line, rows: Rows, printed: Printed, strays: Strays) -> tuple[str, str]:
    question = line.question
    if question.kind is Kind.CONSENT:
        found = _ticks(rows[Field.ANSWER], _options({"OK": sheet_words.YES}))
        strays += [(Field.ANSWER, text) for text in [*found.rest, *found.behind.values()]]
        return " ".join(found.names), ""
    if question.kind in CHOOSES and question.kind is not Kind.RANKED:
        return _chosen(line, rows, printed, strays)
    text = _text(rows, Field.ANSWER)
    value = values.typed(question, text)
    if value is None or not fits(question, value, line.choices):
        raise Unclear(
            Field.ANSWER,
            _("%(text)s can be read in more than one way, or in none.") % {"text": quoted(text)},
            str(EXPECTED[question.kind]),
        )
    return value, ""


def _chosen(line: Line, rows: Rows, printed: Printed, strays: Strays) -> tuple[str, str]:
    found = _ticks(rows[Field.ANSWER], _choices(line), by_number=line.question.kind is Kind.LEVEL)
    if len(found.names) > 1 and line.question.kind is not Kind.SEVERAL:
        said = ", ".join(option_of(line, name) for name in found.names)
        raise Unclear(
            Field.ANSWER, _("More than one line is ticked: %(lines)s.") % {"lines": said}, _take_one()
        )
    if not found.names and not found.whole:
        raise Unclear(
            Field.ANSWER,
            _("Lines or boxes were deleted, and none is ticked."),
            _("Ask which line is meant, and enter it here."),
        )
    other = found.behind.pop(OTHER, "")
    strays += [(Field.ANSWER, text) for text in [*found.rest, *found.behind.values()]]
    if other and OTHER not in found.names:
        strays.append((Field.ANSWER, other))
        other = ""
    order = [choice.name for choice in line.choices] + [OTHER]
    was = printed.value.split()
    names = was if set(was) == set(found.names) else sorted(found.names, key=order.index)
    return " ".join(names), other


def _choices(line: Line) -> dict[str, str]:
    """The lines to tick in every language that they may have gone out in, and their names."""
    languages = {*(language for each in line.choices for language in each.label), *dict(settings.LANGUAGES)}
    options: dict[str, str] = {}
    for language in sorted(languages):
        with translation.override(language):
            for each in line.choices:
                options.setdefault(normal(option_of(line, each.name)), each.name)
            if line.question.other:
                options.setdefault(normal(str(sheet_words.OTHER)), OTHER)
    return options


def _options(words: Mapping[Name, Promise]) -> dict[str, str]:
    return {
        normal(said): str(name)
        for name, label in words.items()
        for said in sheet_words.in_every_language(label)
    }


def _ticks(texts: Sequence[str], options: Mapping[str, str], *, by_number: bool = False) -> Ticked:
    """``by_number``: a level that was worded anew since the sheet went out is known by its number, its words told."""
    by_words = sorted(
        ((words.split(), name) for words, name in options.items()), key=lambda each: -len(each[0])
    )
    found = Ticked([], {}, [], whole=True)
    seen = set()
    for text in texts:
        if not text.strip():
            continue
        paragraph = ticked(text)
        said = normal(paragraph.text).split()
        words, name = next(((w, n) for w, n in by_words if w and said[: len(w)] == w), ([], ""))
        if not name and by_number and said[1:2] == [normal("–")] and said[0] in options.values():
            name = said[0]
        if not name:
            found.rest.append(text.strip())
            continue
        seen.add(name)
        found.whole = found.whole and paragraph.boxed
        if paragraph.ticked and name not in found.names:
            found.names.append(name)
        if behind := " ".join(paragraph.text.split()[len(words) :]):
            found.behind[name] = behind
    found.whole = found.whole and seen == set(options.values())
    return found


def _text(rows: Rows, field: Field) -> str:
    text = "\n".join(part.rstrip() for part in rows.get(field, ())).strip()
    most = LONGEST.get(field, 20_000)
    if len(text) > most:
        raise Unclear(
            field,
            _("The text has %(length)d characters; %(most)d can be kept.")
            % {"length": len(text), "most": most},
            _("Ask for a shorter one, and for the document that says the rest."),
        )
    return text


def _stood(line: Line, printed: Printed) -> Given:
    """What the sheet showed as the answer so far."""
    if printed.value or not line.before:
        return Given(
            Status(printed.status) if printed.status else Status.NOT_ANSWERED, printed.value, line.given.other
        )
    return line.before


def _confirmed(given: Given, value: str, other: str, stood: Given) -> Given:
    if (value or other) and (value, other) != (stood.value, stood.other):
        raise Unclear(
            Field.STILL, _("The former answer is still true, and another one is ticked below."), _take_one()
        )
    if stood.status is Status.NOT_ANSWERED:
        raise Unclear(Field.STILL, _("There is no former answer that could be still true."), _take_one())
    return replace(
        given,
        status=Status.ANSWERED if stood.status is Status.PREFILLED else stood.status,
        value=stood.value,
        other=stood.other,
        reason=given.reason or stood.reason,
        explanation=given.explanation or stood.explanation,
    )


def _in(line: Line, given: Given, language: str) -> Given:
    """The answer with its language: that of the sheet, unless its texts are those that stood there."""
    written = texts_of(line.question, given)
    if written == texts_of(line.question, line.given):
        return replace(given, language=line.given.language)
    return replace(given, language=language if written else "")


def _take_one() -> str:
    return _("Ask which of the two is meant, and enter it here.")
