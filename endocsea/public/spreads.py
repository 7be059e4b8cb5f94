"""Where states stand on a capability: real states, training states apart, who is not reviewed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.charts import spread
from endocsea.charts.chart import Chart
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.findings.models import Observation
from endocsea.profiles.models import Level
from endocsea.profiles.queries import bands_of, current_public_run, default_bands
from endocsea.public.page import Picture, viewer
from endocsea.states.models import State
from endocsea.support.days import long_day
from endocsea.support.texts import collation, plain


def spread_of(capability: dict[str, Any], now: Picture) -> tuple[Chart, Chart]:
    """The spread for wide and narrow screens. Real states have no reviewed round yet: all are named
    as not reviewed; training states stand on a strip of their own.
    """
    run = current_public_run(training=True)
    bands = bands_of(run) if run else default_bands()
    real = sorted(
        (plain(name) for name in State.objects.real().values_list("name", flat=True)), key=collation
    )
    training = []
    shown = set(State.objects.for_training().values_list("pk", flat=True))
    if run and shown:
        training = [
            spread.State(plain(name), _place(band, verdict), reverse("public:state", args=(slug,)))
            for name, slug, band, verdict in Level.objects.filter(
                run=run, capability_id=capability["pk"], dimension="", state_id__in=shown
            )
            .order_by("state__iso3")
            .values_list("state__name", "state__slug", "band", "verdict")
        ]
    name = plain(capability["name"])
    draw = partial(
        spread.spread,
        title=_("%(capability)s: no real state reviewed yet") % {"capability": name},
        caption=_(
            "Bands of the level on %(day)s (training states: %(training)s). "
            "Restricted questions are left out."
        )
        % {"day": long_day(now.as_of), "training": long_day(now.training_as_of)},
        description=_("Columns are bands of the level; each mark is a state; names are in the table."),
        levels=[spread.Level(str(digit), plain(words)) for digit, (_start, words) in enumerate(bands)],
        states=[],
        training=training,
        not_reviewed=real,
        words=spread.SpreadWords(
            state=_("State"), place=_("Level"), kind=_("Kind"), reviewed=_("reviewed"),
            training=_("Training states (made up)"), unknown=_("no level: too little known"),
            not_applicable=_("not applicable"), own=_("your state"), count=_("states: {count}"),
            not_reviewed=_("{count} states: not reviewed"), not_reviewed_cell=_("not reviewed"),
        ),
    )  # fmt: skip
    return draw(key="spread"), draw(key="spread-narrow", width=320)


def _place(band: int | None, verdict: str) -> int | str:
    if band is not None:
        return band
    return spread.NOT_APPLICABLE if verdict == Level.Verdict.NOT_APPLICABLE else spread.UNKNOWN


def sources_table(capability: int) -> Table | None:
    """How many observations there are for each state, with the latest year; nothing where none may be seen."""
    rows: list[list[Value]] = [
        [Cell(name, href=f"{reverse('public:state', args=(slug,))}#observed"), count, latest]
        for name, slug, count, latest in sorted(
            (
                (plain(name), slug, count, latest)
                for name, slug, count, latest in Observation.objects.visible_to(viewer(), on=localdate())
                .filter(capability_id=capability)
                .values_list("state__name", "state__slug")
                .annotate(n=Count("pk"), latest=Max("as_of"))
                .order_by()
            ),
            key=lambda row: collation(row[0]),
        )
    ]
    if not rows:
        return None
    return Table(
        _("Observations by state"),
        (
            Column(_("State")),
            Column(_("Observations"), "number"),
            Column(_("The latest speaks of"), "number"),
        ),
        rows,
    )
