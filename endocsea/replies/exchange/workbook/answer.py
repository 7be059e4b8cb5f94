"""What the rows of one question say: cells become an answer, or it is unclear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from endocsea.documents.telling import clean
from endocsea.questionnaires.form import CHOOSES, Kind
from endocsea.support.workbooks import Wrong

from ...answers.fitting import EXPECTED, OTHER, fits
from ...answers.given import WITH_A_VALUE, Given, Status
from ...answers.texts import texts_of
from ..sheet import Beside, Line
from ..sheet_code import Printed
from ..sheet_texts import normal, quoted
from . import cells, words
from .rows import Block, Row
from .words import Column

_LONGEST: Final = 20_000
_LONGEST_POST: Final = 160


class Unclear(Exception):
    """A question that is not taken: the cell, what stands there, what to do."""

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.where, self.what, self.remedy = where, what, remedy


@dataclass(frozen=True, slots=True)
class _Value:
    value: str = ""
    other: str = ""


def answer_of(block: Block, printed: Printed, language: str) -> Given:
    """Raises `Unclear`."""
    line, row = block.line, block.row
    here = line.given
    given = Given(
        reason=_text(row, Column.WHY, here.reason),
        explanation=_text(row, Column.MORE, here.explanation),
        respondent=_text(row, Column.POST, here.respondent, _LONGEST_POST),
    )
    came = _value(block, printed)
    status = _status(row)
    answered = bool(came.value or came.other)
    before = Status(printed.status) if printed.status in list(Status) else Status.NOT_ANSWERED
    if status is None:
        status = Status.ANSWERED if answered else Status.NOT_ANSWERED
    elif status in WITH_A_VALUE:
        unchanged = came.value == printed.value and came.other == here.other
        if status is Status.PREFILLED and not unchanged:
            status = Status.ANSWERED
        if not answered and not (before is status and not printed.value and not here.other):
            if before is not status:
                raise Unclear(
                    row.where(Column.STATUS),
                    _("The status says that there is an answer, and there is none."),
                    _take_one(),
                )
            status = Status.NOT_ANSWERED  # emptied, and the status left as it stood
    elif answered:
        if status is not before:
            raise Unclear(
                row.where(Column.STATUS),
                _("There is an answer, and a status that says there is none."),
                _take_one(),
            )
        status = Status.ANSWERED  # the status stood there before, and the answer is new
    if status in WITH_A_VALUE:
        given = replace(given, value=came.value, other=came.other)
    return _in(line, replace(given, status=status), language)


def beside_of(block: Block) -> Beside:
    """What shows the answer, and who may read it. Raises `Unclear`."""
    row = block.row
    said = row.text(Column.CLASS)
    who = words.classes().get(normal(said))
    if said and who is None:
        raise _unreadable(row, Column.CLASS, said, _("Choose from the list, or leave the cell empty."))
    proof = _text(row, Column.PROOF, block.line.beside.proof)
    return Beside(proof, who.value if who else "")


def _status(row: Row) -> Status | None:
    said = normal(_read(row, Column.STATUS))
    if not said:
        return None
    status = words.statuses().get(said)
    if status is None:
        raise _unreadable(
            row, Column.STATUS, row.text(Column.STATUS), _("Choose from the list, or leave the cell empty.")
        )
    return None if status is Status.NOT_ANSWERED else status


def _value(block: Block, printed: Printed) -> _Value:
    line, row, kind = block.line, block.row, block.line.question.kind
    if kind is Kind.SEVERAL:
        return _several(block, printed)
    if kind is Kind.RANKED:
        return _Value(_ranked(block))
    said = _read(row, Column.ANSWER)
    if said and said == printed.value:
        value: str | None = said
    elif kind in CHOOSES:
        value = cells.chosen(line.question, line.choices, row.cell(Column.ANSWER))
    elif kind is Kind.CONSENT:
        value = {True: "OK", False: "", None: None}[cells.marked(row.cell(Column.ANSWER))]
    else:
        value = cells.typed(line.question, row.cell(Column.ANSWER))
    if value is None or (value != printed.value and not fits(line.question, value, line.choices)):
        raise _unreadable(row, Column.ANSWER, said, str(EXPECTED[kind]))
    if len(value) > _LONGEST:
        raise _too_long(row, Column.ANSWER, len(value), _LONGEST)
    if value == clean(line.given.value).strip():
        value = line.given.value
    other = _other(block)
    if other and value not in ("", OTHER) and (value, other) != (printed.value, line.given.other):
        raise Unclear(
            row.where(Column.ANSWER),
            _("There is an answer of the list, and another one written in."),
            _take_one(),
        )
    return _Value(value or (OTHER if other else ""), other)


def _several(block: Block, printed: Printed) -> _Value:
    line, row = block.line, block.row
    _see_that_nothing_is_typed(row, words.MARK_BELOW)
    names = []
    for name in words.options_of(line.question, line.choices):
        for each in block.options.get(name, []):
            if name == OTHER:
                continue
            ticked = cells.marked(_cell(each, Column.ANSWER))
            if ticked is None:
                raise _unreadable(
                    each,
                    Column.ANSWER,
                    each.text(Column.ANSWER),
                    _("Mark it with x, or leave the cell empty."),
                )
            if ticked and name not in names:
                names.append(name)
    other = _other(block)
    if other:
        names.append(OTHER)
    if cells.marked(other):
        other = ""
    missing = {each.name for each in line.choices} - set(block.options)
    if not names and missing:
        raise Unclear(
            row.where(Column.ANSWER),
            _("Rows below the question are gone, and none is marked."),
            _("Ask what is meant, and enter it here."),
        )
    was = printed.value.split()
    return _Value(" ".join(was if set(was) == set(names) else names), other)


def _ranked(block: Block) -> str:
    _see_that_nothing_is_typed(block.row, words.ORDER_BELOW)
    places: dict[str, str] = {}
    for name in words.options_of(block.line.question, block.line.choices):
        for each in block.options.get(name, []):
            said = cells.text_of(_cell(each, Column.ANSWER))
            if said:
                places[said.rstrip(".")] = name
    wanted = [str(number) for number in range(1, len(block.line.choices) + 1)]
    if not places:
        return ""
    if sorted(places) != sorted(wanted):
        raise _unreadable(
            block.row, Column.ANSWER, ", ".join(sorted(places)), str(EXPECTED[block.line.question.kind])
        )
    return " ".join(places[number] for number in wanted)


def _other(block: Block) -> str:
    """What was written in beside the list."""
    said = {_text(each, Column.ANSWER, block.line.given.other) for each in block.options.get(OTHER, [])} - {
        ""
    }
    if len(said) > 1:
        raise Unclear(
            block.row.where(Column.ANSWER),
            _("Two different things are written in beside the list."),
            _take_one(),
        )
    return said.pop() if said else ""


def _see_that_nothing_is_typed(row: Row, told: Promise) -> None:
    said = _read(row, Column.ANSWER)
    if said and normal(said) not in {normal(each) for each in words.in_every_language(told)}:
        raise _unreadable(row, Column.ANSWER, said, str(told))


def _cell(row: Row, column: Column) -> object:
    """What stands there. Raises `Unclear` for errors, for formulas without a value, and under merged cells."""
    if above := row.covered(column):
        raise Unclear(
            row.where(column),
            _("The cell is merged with %(cell)s, so whose answer stands there is not clear.")
            % {"cell": above},
            _("Split the cells, write the answer into each, and upload it again."),
        )
    cell = row.cell(column)
    if isinstance(cell, Wrong):
        what = _("The cell holds the error %(error)s.") % {"error": cell.said} if cell.said else ""
        raise Unclear(
            row.where(column),
            what or _("The cell holds a formula that was never calculated."),
            _("Write the answer itself into the cell, and upload it again."),
        )
    return cell


def _read(row: Row, column: Column) -> str:
    return cells.text_of(_cell(row, column))


def _text(row: Row, column: Column, stood: str, most: int = _LONGEST) -> str:
    """Free text; letter by letter what stood there, where nobody touched it."""
    text = _read(row, column)
    if len(text) > most:
        raise _too_long(row, column, len(text), most)
    return stood if text == clean(stood).strip() else text


def _in(line: Line, given: Given, language: str) -> Given:
    """The answer with its language: that of the sheet, unless its texts are those that stood there."""
    written = texts_of(line.question, given)
    if written == texts_of(line.question, line.given):
        return replace(given, language=line.given.language)
    return replace(given, language=language if written else "")


def _unreadable(row: Row, column: Column, said: str, remedy: str) -> Unclear:
    what = _("%(text)s can be read in more than one way, or in none.") % {"text": quoted(said)}
    return Unclear(row.where(column), what, remedy)


def _too_long(row: Row, column: Column, length: int, most: int) -> Unclear:
    what = _("The text has %(length)d characters; %(most)d can be kept.") % {"length": length, "most": most}
    return Unclear(
        row.where(column), what, _("Ask for a shorter one, and for the document that says the rest.")
    )


def _take_one() -> str:
    return _("Ask which of the two is meant, and enter it here.")
