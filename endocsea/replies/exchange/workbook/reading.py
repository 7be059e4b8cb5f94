"""A workbook that came back: what can be read of it, and everything that cannot, by sheet and cell.

Nothing is guessed: where cells say two things, the question is not taken, and its trouble says why.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endocsea.support.texts import plain
from endocsea.support.workbooks import Opened, opened

from ...answers.given import Given
from .. import refused
from ..sheet import Beside, Returned, Sheet, Trouble
from ..sheet_code import Identity, Printed, shown_code
from ..sheet_texts import normal, quoted
from .answer import Unclear, answer_of, beside_of
from .rows import Block, Sorted, identity_of, sort
from .words import Column

_MOST_STRAYS = 100  # nobody reads on


def returned(content: bytes, name: str, sheet: Sheet) -> Returned:
    """What a file holds for the reply of ``sheet``, which has every question of the round.

    Raises what `support.workbooks.opened` raises, `refused.NotASheet`, `OfAnotherRound`,
    `OfAnotherState`, `OfAnotherWording`, `WithoutQuestions`.
    """
    book = opened(content, name)
    identity = identity_of(book.tables)
    if identity is None:
        raise refused.NotASheet
    _see_that_it_belongs_here(identity, sheet)
    codes = {normal(shown_code(line, sheet)): line for line in sheet.lines}
    found = sort(book.tables, {line.path: line for line in sheet.lines}, codes)
    if not found.blocks:
        raise refused.WithoutQuestions
    answers: dict[str, tuple[Given, int]] = {}
    beside: dict[str, Beside] = {}
    troubles: list[Trouble] = []
    for path, blocks in found.blocks.items():
        try:
            given, here = _one(
                blocks,
                printed := identity.questions.get(path, Printed()),
                identity.language or sheet.language,
            )
        except Unclear as unclear:
            troubles.append(Trouble(unclear.where, unclear.what, unclear.remedy))
            continue
        answers[path] = (given, printed.seen)
        if here != Beside():
            beside[path] = here
    troubles += _remarks(book, found)
    troubles += _gone(found, identity, sheet)
    return Returned(
        sheet.round, sheet.state, identity.institution, sheet.digest, answers, tuple(troubles), beside
    )


def belongs_to(content: bytes, name: str) -> tuple[str, str]:
    """Round and state, by their codes, that a workbook says it is of. Raises as `returned` does, of what it is."""
    identity = identity_of(opened(content, name).tables)
    if identity is None:
        raise refused.NotASheet
    return identity.round, identity.state


def _see_that_it_belongs_here(identity: Identity, sheet: Sheet) -> None:
    if identity.round != sheet.round:
        raise refused.OfAnotherRound(theirs=identity.round, ours=sheet.round)
    if identity.state != sheet.state:
        raise refused.OfAnotherState(theirs=identity.state, ours=plain(sheet.state_name))
    if not sheet.digest.startswith(identity.digest) or not identity.digest:
        raise refused.OfAnotherWording


def _one(blocks: list[Block], printed: Printed, language: str) -> tuple[Given, Beside]:
    """What the rows of a question say; a row that was copied whole says the same twice. Raises `Unclear`."""
    said = {(answer_of(each, printed, language), beside_of(each)) for each in blocks}
    if len(said) > 1:
        raise Unclear(
            blocks[-1].row.where(Column.CODE),
            _("The question stands here, too, and its answers differ: %(other)s.")
            % {"other": blocks[0].row.where(Column.CODE)},
            _("Delete one of the two, and upload it again."),
        )
    return said.pop()


def _remarks(book: Opened, found: Sorted) -> list[Trouble]:
    """What belongs to no question."""
    copy = _("Copy it into the cell where it belongs, or leave it out.")
    troubles = [
        Trouble(where, _("Outside the cells to fill in stands %(text)s.") % {"text": quoted(text)}, copy)
        for where, text in found.strays[:_MOST_STRAYS]
    ]
    troubles += [
        Trouble(
            where,
            _("No question of this round has the code %(code)s.") % {"code": quoted(code)},
            _("Take the question's code from the questionnaire of this very round."),
        )
        for where, code in found.strange[:_MOST_STRAYS]
    ]
    troubles += [
        Trouble(_("the workbook"), _("A comment or note says %(text)s.") % {"text": quoted(comment)}, copy)
        for comment in book.comments[:_MOST_STRAYS]
    ]
    return troubles


def _gone(found: Sorted, identity: Identity, sheet: Sheet) -> list[Trouble]:
    """The questions that went out and are not there any more."""
    gone = [path for path in identity.questions if path not in found.blocks]
    if not gone:
        return []
    codes = {line.path: shown_code(line, sheet) for line in sheet.lines}
    what = ngettext(
        "%(n)d question is not in the workbook any more: %(codes)s.",
        "%(n)d questions are not in the workbook any more: %(codes)s.",
        len(gone),
    )
    remedy = _("Nothing changes for them. Ask whoever filled it in, or send out a new workbook.")
    facts = {"n": len(gone), "codes": ", ".join(codes.get(path, path) for path in gone)}
    return [Trouble(_("the workbook"), what % facts, remedy)]
