"""What may be shown of one question that is not restricted: where public sources speak to it in real
states, and the reviewed levels of made-up ones. The two are never in one table, and no real state has a level.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.findings.models import Finding, Observation
from endocsea.profiles.queries import current_public_run
from endocsea.public.page import viewer
from endocsea.public.reviewed_findings import level_cell
from endocsea.replies.models import Answer
from endocsea.standards.meanings import articles_named
from endocsea.standards.models import LegalLine
from endocsea.states.models import State
from endocsea.support.classes import BASES, Basis, Confidentiality
from endocsea.support.days import fuzzy, long_day
from endocsea.support.texts import collation, plain


@dataclass
class _Of:
    """What visible observations say of one state and the question: how many, not how well it does."""

    name: str
    slug: str
    count: int = 0
    heard: int = 0
    latest: str = ""
    sources: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


def observed_on(indicator: int, *, today: datetime.date) -> tuple[Table | None, list[str], list[str]]:
    """The real states by name whose observations the viewer may see today, with the sources of each row
    and how they are known. One statement.
    """
    states: dict[str, _Of] = {}
    for slug, name, as_of, basis, address, title, commented, until in (
        Observation.objects.visible_to(viewer(), on=today)
        .filter(indicator_id=indicator, indicator__sensitivity=Confidentiality.PUBLIC, state__training=False)
        .order_by("as_of", "code")
        .values_list(
            "state__slug", "state__name", "as_of", "basis", "citation__source__address",
            "citation__source__title", "commented_on", "comment_until",
        )
    ):  # fmt: skip
        of = states.setdefault(slug, _Of(plain(name), slug))
        of.count += 1
        of.heard += bool((commented and commented <= today) or (until and until < today))
        of.latest = as_of
        of.sources.append(address or title)
        of.known.append(str(BASES[Basis(basis)]))
    if not states:
        return None, [], []
    ordered = sorted(states.values(), key=lambda of: collation(of.name))
    rows: list[list[Value]] = [
        [
            Cell(of.name, href=f"{reverse('public:state', args=(of.slug,))}#observed"),
            of.count,
            of.heard or _("none"),
            fuzzy(of.latest),
        ]
        for of in ordered
    ]
    columns = (
        Column(_("State")), Column(_("Observations"), "number"),
        Column(_("Of them, the state was heard on"), "number"), Column(_("The latest speaks of")),
    )  # fmt: skip
    return (
        Table(_("States to which public sources speak on this question"), columns, rows),
        ["; ".join(dict.fromkeys(of.sources)) for of in ordered],
        ["; ".join(dict.fromkeys(of.known)) for of in ordered],
    )


@dataclass(frozen=True, slots=True)
class Training:
    """The made-up states on their own day."""

    levels: Table
    lines: tuple[str, ...]


def training_levels(indicator: int, levels: dict[str, list[str]], *, on: datetime.date) -> Training | None:
    """The reviewed levels of the made-up states for a question that gives levels; nothing where there are none."""
    run = current_public_run(training=True)
    states = sorted(
        ((pk, plain(name), slug) for pk, name, slug in State.objects.for_training().values_list(*_STATE)),
        key=lambda state: collation(state[1]),
    )
    if run is None or not states:
        return None
    public = {"round_id": run.round_id, "indicator_id": indicator}
    concluded = dict(
        Finding.objects.shown()
        .filter(indicator__sensitivity=Confidentiality.PUBLIC, **public)
        .values_list("state_id", "level")
    )
    given = dict(
        Answer.objects.sent()
        .filter(indicator__sensitivity=Confidentiality.PUBLIC, retired_on=None, **public)
        .values_list("state_id", "status")
    )
    rows: list[list[Value]] = [
        [
            Cell(name, href=f"{reverse('public:state', args=(slug,))}#findings"),
            level_cell(concluded[pk], levels) if pk in concluded else _no_level(given.get(pk)),
        ]
        for pk, name, slug in states
    ]
    return Training(
        Table(
            _("Training material: levels of made-up states on %(day)s") % {"day": long_day(on)},
            (Column(_("Made-up state")), Column(_("Level concluded"))),
            rows,
        ),
        tuple(_lines(indicator)),
    )


_STATE = ("pk", "name", "slug")


def _no_level(status: str | None) -> str:
    if status is None or status == Answer.Status.ANSWERED:
        return _("unknown (not reviewed)")
    if status == Answer.Status.NOT_APPLICABLE:
        return str(Answer.Status(status).label)
    return _("unknown (%(why)s)") % {"why": Answer.Status(status).label}


def _lines(indicator: int) -> list[str]:
    """The made-up legal lines, in words."""
    return [
        _("%(instrument)s, %(article)s: level %(n)d")
        % {"instrument": plain(short), "article": articles_named(kind, [article]), "n": level}
        for short, kind, article, level in LegalLine.objects.filter(
            indicator_id=indicator, training=True, retired_on=None
        )
        .order_by("provision__instrument__position", "provision__position")
        .values_list(
            "provision__instrument__short_title", "provision__instrument__kind", "provision__article", "level"
        )
    ]
