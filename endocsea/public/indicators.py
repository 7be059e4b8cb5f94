"""The questions of the benchmark, all of them, and what stands behind one. Restricted ones too: their
wording is public, while nothing that states or sources say to them ever is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from endocsea.charts.markup import Markup, element, join
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.standards.meanings import articles_named
from endocsea.standards.models import Indicator, LegalLine, Provision
from endocsea.support.classes import Confidentiality
from endocsea.support.texts import cell, plain, say

Text = dict[str, str]


class Asked(NamedTuple):
    """A question in the list."""

    pk: int
    code: str
    capability: int
    capability_name: Text
    question: Text
    theme: Text
    answer_type: str
    dimension: str
    core: bool
    sensitivity: str

    @property
    def restricted(self) -> bool:
        return self.sensitivity == Confidentiality.RESTRICTED

    @property
    def address(self) -> str:
        return reverse("public:indicator", args=(self.code,))


@dataclass(frozen=True, slots=True)
class Chapter:
    """The questions of one capability."""

    number: int
    name: Text
    count: int
    table: Table

    @property
    def markup(self) -> Markup:
        """The table under its heading, which says what the caption would."""
        return self.table.html(hide_caption=True)


def asked() -> list[Asked]:
    """Every question in the order of capabilities. One statement."""
    return [
        Asked(*row)
        for row in Indicator.objects.filter(retired_on=None)
        .order_by("capability__number", "position")
        .values_list(
            "pk", "code", "capability__number", "capability__name", "question", "theme", "answer_type", "dimension",
            "core", "sensitivity",
        )
    ]  # fmt: skip


def chapters_of(questions: list[Asked]) -> list[Chapter]:
    """The questions by capability, each with its theme, its kind of answer and its marks."""
    answers, dimensions = _words()
    rows: dict[int, list[list[Value]]] = defaultdict(list)
    names: dict[int, Text] = {}
    for each in questions:
        names[each.capability] = each.capability_name
        link = element("a", say(each.question), href=each.address)
        code = element("span", each.code, class_="under code")
        rows[each.capability].append(
            [
                Cell(f"{plain(each.question)} ({each.code})", html=join((link, " ", code))),
                cell(each.theme),
                answers[each.answer_type],
                dimensions[each.dimension],
                _marks(each),
            ]
        )
    columns = (
        Column(_("Question")), Column(_("Theme")), Column(_("Answer")), Column(_("Dimension")), Column(_("Marks")),
    )  # fmt: skip
    return [
        Chapter(
            number,
            names[number],
            len(its),
            Table(f"{number} {plain(names[number])}", columns, its, id=f"capability-{number}-questions"),
        )
        for number, its in rows.items()
    ]


def _marks(each: Asked) -> Value:
    marks = []
    if each.core:
        marks.append((_("core set"), "tag tag-strong"))
    if each.restricted:
        marks.append((_("answers restricted"), "tag"))
    if not marks:
        return "–"
    return Cell(
        "; ".join(words for words, _class in marks),
        html=join((element("span", words, class_=kind) for words, kind in marks), " "),
    )


def questions_download() -> tuple[Table, list[str]]:
    """All questions with all that is asked; the source is where each was drawn from."""
    answers, dimensions = _words()
    rests: dict[int, list[str]] = defaultdict(list)
    for pk, code, article in _links().values_list(
        "indicator_id", "provision__instrument__code", "provision__article"
    ):
        rests[pk].append(f"{code}:{article}")
    rows: list[list[Value]] = []
    sources = []
    questions = (
        Indicator.objects.filter(retired_on=None)
        .order_by("capability__number", "position")
        .values_list(*_DOWNLOADED)
    )
    for (
        pk, code, number, name, question, theme, answer, dimension, core, sensitivity,
        levels, options, unit, guidance, evidence, source, edition,
    ) in questions:  # fmt: skip
        ladder = [plain(step) for step in steps(levels)]
        rows.append(
            [
                code,
                plain(question),
                number,
                plain(name),
                plain(theme),
                answers[answer],
                dimensions[dimension],
                _("yes") if core else _("no"),
                _("yes") if sensitivity == Confidentiality.RESTRICTED else _("no"),
                *(ladder or [""] * 5),
                " | ".join(plain(option) for option in steps(options)),
                plain(unit),
                plain(guidance),
                plain(evidence),
                "; ".join(rests[pk]),
                edition,
            ]
        )
        sources.append(source)
    columns = (
        Column(_("Code")), Column(_("Question")), Column(_("Capability"), "number"),
        Column(_("Name of the capability")), Column(_("Theme")), Column(_("Answer")), Column(_("Dimension")),
        Column(_("Core set")), Column(_("Answers restricted")),
        *(Column(_("Level %(n)d") % {"n": level}) for level in range(5)),
        Column(_("The choices")), Column(_("Unit")), Column(_("Guidance")), Column(_("Evidence asked")),
        Column(_("Provisions")), Column(_("Edition")),
    )  # fmt: skip
    return Table(_("Questions"), columns, rows), sources


_DOWNLOADED = (
    "pk", "code", "capability__number", "capability__name", "question", "theme", "answer_type", "dimension",
    "core", "sensitivity", "levels", "options", "unit", "guidance", "evidence", "source", "edition__code",
)  # fmt: skip


def steps(lists: dict[str, list[str]]) -> list[Text]:
    """Lists per language (levels, choices) as texts, one after the other."""
    return [
        {language: texts[place] for language, texts in lists.items()}
        for place in range(len(lists.get("en", ())))
    ]


def ladder(levels: dict[str, list[str]]) -> Markup:
    """The five levels in words, from 0 up."""
    items = (
        element("li", join((element("b", level), element("span", say(text)))), class_=f"lv-{level}")
        for level, text in enumerate(steps(levels))
    )
    return element("ol", join(items), class_="ladder")


def provisions_behind(indicator: int) -> Table | None:
    """The provisions that a question rests on, with force and legal line: undecided for every real state."""
    forces = dict(Provision.Force.choices)
    lines = {
        provision: (level, note)
        for provision, level, note in LegalLine.objects.filter(
            indicator_id=indicator, training=False, retired_on=None
        ).values_list("provision_id", "level", "note")
    }
    rows: list[list[Value]] = []
    for pk, short, kind, slug, article, article_slug, title, force in (
        _links()
        .filter(indicator_id=indicator)
        .values_list(
            "provision_id", "provision__instrument__short_title", "provision__instrument__kind",
            "provision__instrument__slug", "provision__article", "provision__slug", "provision__title",
            "provision__force",
        )
    ):  # fmt: skip
        name = f"{plain(short)}, {articles_named(kind, [article])}"
        drawn = _("level %(n)d") % {"n": lines[pk][0]} if pk in lines else _("undecided")
        rows.append(
            [
                Cell(name, href=reverse("public:article", args=(slug, article_slug))),
                cell(title),
                str(forces[force]),
                drawn,
            ]
        )
    if not rows:
        return None
    columns = (Column(_("Provision")), Column(_("Title")), Column(_("Force")), Column(_("Legal line")))
    return Table(_("Provisions that the question rests on"), columns, rows)


def questions_on(provision: int) -> list[dict[str, Any]]:
    """The questions that measure a provision, in the order of capabilities. One statement."""
    return [
        {"code": code, "question": question, "restricted": sensitivity == Confidentiality.RESTRICTED}
        for code, question, sensitivity in Indicator.objects.filter(provisions=provision, retired_on=None)
        .order_by("capability__number", "position")
        .values_list("code", "question", "sensitivity")
    ]


def _links() -> Any:
    return Indicator.provisions.through.objects.filter(
        indicator__retired_on=None, provision__retired_on=None
    ).order_by("provision__instrument__position", "provision__position")


def _words() -> tuple[dict[str, str], dict[str, str]]:
    return (
        {value: str(label) for value, label in Indicator.Answer.choices},
        {value: str(label) for value, label in Indicator.Dimension.choices},
    )
