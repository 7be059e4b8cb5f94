"""The treaties as a matrix: a row for each state by name, a column for each treaty, words in every cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from endocsea.charts.markup import element, join
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.public.instruments import Listed
from endocsea.public.standings import Row
from endocsea.standards.meanings import BRIEFLY, STANDINGS, in_force_words
from endocsea.standards.rules import Applicability, Reason
from endocsea.standards.standing import Everywhere, Standing, standing
from endocsea.standards.words import REASONS
from endocsea.support.days import long_day
from endocsea.support.texts import plain


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix, and how many of its cells say what."""

    table: Table
    counted: Counter[Standing]

    @property
    def cells(self) -> int:
        return self.counted.total()

    @property
    def in_force(self) -> int:
        return self.counted[Standing.IN_FORCE]

    @property
    def not_in_force(self) -> int:
        return self.counted[Standing.NOT_IN_FORCE]

    @property
    def cannot_tell(self) -> int:
        return self.counted[Standing.CANNOT_TELL]


def matrix_of(treaties: list[Listed], over: Everywhere) -> Matrix:
    counted: Counter[Standing] = Counter()
    rows: list[list[Value]] = []
    for state in over.states:
        law = over.laws[state.pk]
        address = f"{reverse('public:state', args=(state.slug,))}#obligations"
        cells: list[Value] = [Cell(state.name, href=address)]
        for treaty in treaties:
            verdict = law.verdicts[treaty.pk]
            counted[standing(verdict)] += 1
            cells.append(_cell(verdict, law.statuses.get(treaty.pk), over))
        rows.append(cells)
    caption = _("States and treaties on %(day)s") % {"day": long_day(over.on)}
    columns = (Column(_("State")), *(Column(plain(treaty.short_title)) for treaty in treaties))
    return Matrix(Table(caption, columns, rows, id="matrix"), counted)


_CLASSES = {
    Standing.IN_FORCE: "cell cell-in",
    Standing.NOT_IN_FORCE: "cell cell-not",
    Standing.CANNOT_TELL: "cell cell-unknown",
}


def _cell(verdict: Applicability, row: Row | None, over: Everywhere) -> Cell:
    stands = standing(verdict)
    word = in_force_words(verdict.reason, stands)
    facts = _facts(verdict, row, over)
    shown = [element("strong", word), *(element("span", fact, class_="day") for fact in facts)]
    return Cell("; ".join([word, *facts]), html=element("div", join(shown), class_=_CLASSES[stands]))


def _facts(verdict: Applicability, row: Row | None, over: Everywhere) -> list[str]:
    """A date and how it is known; where we cannot tell, why."""
    since = [_("since %(day)s") % {"day": long_day(verdict.since)}] if verdict.since else []
    stands = standing(verdict)
    if stands is Standing.CANNOT_TELL:
        return [*since, str(REASONS[verdict.reason])]
    if row is None:
        return since
    if stands is Standing.IN_FORCE:
        return [*since, _briefly(row, "in_force_on")]
    return _not_in_force(verdict.reason, row, over)


def _not_in_force(reason: Reason, row: Row, over: Everywhere) -> list[str]:
    """How far a state had come on that day; what came later is not told here."""
    if reason is Reason.ENDED:
        return [_("until %(day)s") % {"day": long_day(row["ended_on"])}]
    if reason is Reason.NOT_YET_IN_FORCE:
        return [_("from %(day)s") % {"day": long_day(row["in_force_on"])}, _briefly(row, "in_force_on")]
    if reason is Reason.NOT_OPEN_YET:
        return []
    if row["signed_on"] and row["signed_on"] <= over.on:
        return [_("signed %(day)s") % {"day": long_day(row["signed_on"])}, _briefly(row, "signed_on")]
    return [_("not signed")] if row["status"] == "none" or row["signed_on"] else []


def _briefly(row: Row, field: str) -> str:
    """How a date is known, in one word or few: the legend says more."""
    return str(BRIEFLY.get(row["known_by"].get(field), BRIEFLY["memory"]))


def legend() -> list[tuple[str, str, str]]:
    """(class of the mark, word, what it means) of every kind of cell."""
    return [
        (
            "cell-in",
            str(STANDINGS[Standing.IN_FORCE]),
            _("for the state on that day; its date was read in a source, or follows from one by the treaty's own rule"),
        ),
        (
            "cell-not",
            _("not in force"),
            _("not a Party, not yet, or no longer, as a source says; or the treaty was not open yet"),
        ),
        (
            "cell-unknown",
            str(STANDINGS[Standing.CANNOT_TELL]),
            _("the date is unverified, sources differ, or nobody read the status for that day"),
        ),
    ]  # fmt: skip
