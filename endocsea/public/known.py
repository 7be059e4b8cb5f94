"""How we know what stands on this site: records counted by how each is known, as a visitor may see them.

Restricted observations are in no count. Records about made-up states are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.charts import shares
from endocsea.charts.chart import Chart
from endocsea.charts.tables import Column, Table, Value
from endocsea.findings.models import Finding, Observation
from endocsea.public.channels import visible_to
from endocsea.public.page import viewer
from endocsea.standards.models import Provision, Term, TreatyStatus
from endocsea.standards.words import KNOWN_BY
from endocsea.states.models import Figure, ProgrammeFact, ReportingChannel, State
from endocsea.support.classes import BASES, Basis
from endocsea.support.texts import separators

UNMARKED = "unmarked"  # cites a source; how far it was read was not written down
PARTS = (Basis.READ_FULL, Basis.READ_PART, Basis.MEMORY, Basis.CONFLICT, UNMARKED)

Counted = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Knowledge:
    wide: Chart
    narrow: Chart
    dates: Table
    training: Table | None
    total: int
    counted: Counter[str]
    statuses: int
    checked: int  # of them, compared with the depositary by a named person
    differing: int  # of them, on which sources differ
    channels: int
    confirmed: int  # of them


def how_we_know() -> Knowledge:
    """Everything counted. A statement for each kind of record."""
    kinds = _kinds()
    sums: Counter[str] = Counter()
    for _name, _href, counted in kinds:
        sums.update(counted)
    statuses = TreatyStatus.objects.filter(retired_on=None, state__training=False)
    channels = ReportingChannel.objects.filter(retired_on=None)
    draw = partial(
        shares.shares,
        title=_("How the records on this site are known"),
        caption=_(
            "Every bar has the same length, however many records it stands for; the number stands beside "
            "the name. Counted on the records of this site; restricted observations are in no count."
        ),
        description=_("For each kind of record, the share that was read in full, in part, or remembered."),
        kinds=[
            shares.Kind(name, tuple(counted.get(part, 0) for part in PARTS), href)
            for name, href, counted in kinds
        ],
        parts=part_words(),
        words=shares.SharesWords(
            kind=_("Records"),
            total=_("All"),
            part=_("{part}: {count}"),
            none=_("none that may be shown here"),
        ),
        separators=separators(),
    )
    return Knowledge(
        draw(key="known"), draw(key="known-narrow", width=320),
        _dates_table(statuses), _training_table(), sum(sums.values()), sums,
        statuses.count(), statuses.exclude(checked_on=None).count(), statuses.filter(verified="conflict").count(),
        channels.count(), channels.exclude(confirmed_on=None).count(),
    )  # fmt: skip


def part_words() -> list[str]:
    return [
        _("read in full"), _("read in part"), _("from memory"), _("sources differ"),
        _("source named, reading not noted"),
    ]  # fmt: skip


def _kinds() -> list[tuple[str, str, Counted]]:
    seen = Observation.objects.visible_to(viewer(), on=localdate())
    facts = ProgrammeFact.objects.filter(retired_on=None).count()
    about = f"{reverse('public:about')}#facts"
    return [
        (_("States: names, memberships"), reverse("public:states"), _by_basis(State.objects.real())),
        (_("Provisions of treaties and other standards"), reverse("public:standards"), _provisions()),
        (_("Observations about states"), reverse("public:states"), _by_basis(seen)),
        (
            _("Published figures"),
            reverse("public:figures"),
            _by_basis(Figure.objects.filter(retired_on=None)),
        ),
        (
            _("Helplines, police, hotlines"),
            reverse("public:help"),
            _by_basis(visible_to(viewer())),
        ),
        (
            _("Terms of the glossary"),
            reverse("public:glossary"),
            _by_basis(Term.objects.filter(retired_on=None)),
        ),
        (_("Facts about the programme"), about, {UNMARKED: facts}),
    ]


def _by_basis(records: QuerySet) -> Counted:  # type: ignore[type-arg]
    return dict(records.order_by().values_list("basis").annotate(n=Count("pk")))


def _provisions() -> Counted:
    """Provisions say how their text was read: ``seen``, ``seen (summary)`` and the like, ``memory``."""
    counted: Counter[str] = Counter()
    rows = (
        Provision.objects.filter(retired_on=None).order_by().values_list("verified").annotate(n=Count("pk"))
    )
    for verified, n in rows:
        whole = {"seen": Basis.READ_FULL, "memory": Basis.MEMORY, "conflict": Basis.CONFLICT}
        counted[whole.get(verified, Basis.READ_PART)] += n
    return counted


def _dates_table(statuses: QuerySet[TreatyStatus]) -> Table:
    """The dates of treaties, each by itself: one may be read where its neighbour is remembered."""
    how = {key: str(words) for key, words in KNOWN_BY.items()} | {"memory": str(BASES[Basis.MEMORY])}
    counted: dict[str, Counter[str]] = {}
    for known_by in statuses.values_list("known_by", flat=True):
        for field, key in known_by.items():
            counted.setdefault(field, Counter())[key] += 1
    names = (
        ("signed_on", _("Signed")),
        ("ratified_on", _("Ratified, acceded or succeeded")),
        ("in_force_on", _("In force for the state")),
    )
    rows: list[list[Value]] = [
        [
            name,
            *(counted.get(field, Counter())[each] for each in how),
            sum(counted.get(field, {}).values()),
        ]
        for field, name in names
    ]
    columns = (
        Column(_("Date")), *(Column(words, "number") for words in how.values()),
        Column(_("All"), "number"),
    )  # fmt: skip
    return Table(_("Dates of treaties, state by state"), columns, rows, id="dates")


def _training_table() -> Table | None:
    """What was made up so that people can practise; nothing where this installation leaves it out."""
    states = State.objects.for_training().count()
    if not states:
        return None
    statuses = TreatyStatus.objects.filter(retired_on=None, state__training=True).count()
    rows: list[list[Value]] = [
        [_("States"), states],
        [_("Treaty statuses"), statuses],
        [_("Findings that pages show"), Finding.objects.shown().count()],
    ]
    return Table(
        _("Training material"), (Column(_("Made up for training")), Column(_("All"), "number")), rows,
        id="made-up",
    )  # fmt: skip
