"""What the reviewed findings on a state propose, with the provisions that could carry it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping

from endocsea.standards.applicability import Law, law_of
from endocsea.standards.models import Indicator, Instrument, LegalLine
from endocsea.standards.rules import Verdict

from .rules import Proposal, Provision, propose


def proposals_of(
    state: int, levels: Mapping[str, int], *, edition: int, on: datetime.date, training: bool
) -> list[Proposal]:
    """The proposals for a state (by id) from its reviewed levels by indicator, in the order of ``levels``.

    Six statements. Lines made up for training count for training states alone.
    """
    provisions = _provisions(levels, edition, law_of(state, on=on, training=training), on, training)
    found = (propose(code, level, provisions[code]) for code, level in levels.items())
    return [each for each in found if each is not None]


def _provisions(
    codes: Iterable[str], edition: int, law: Law, on: datetime.date, training: bool
) -> dict[str, list[Provision]]:
    lines = {
        (indicator, provision): level
        for indicator, provision, level in LegalLine.objects.filter(
            training=training, retired_on=None
        ).values_list("indicator__code", "provision_id", "level")
    }
    bodies = {
        body: pk
        for pk, body in Instrument.objects.filter(kind="treaty", retired_on=None)
        .order_by("-position")
        .values_list("pk", "body")
    }
    found: dict[str, list[Provision]] = defaultdict(list)
    for code, pk, instrument, short, kind, body, article, force in (
        Indicator.provisions.through.objects.filter(
            indicator__code__in=list(codes), indicator__edition_id=edition, provision__retired_on=None
        )
        .order_by("provision__instrument__position", "provision__position")
        .values_list(
            "indicator__code", "provision_id", "provision__instrument_id", "provision__instrument__code",
            "provision__instrument__kind", "provision__instrument__body", "provision__article",
            "provision__force",
        )
    ):  # fmt: skip
        if kind == "opinion" and not _adopted_by(article, on):
            continue
        treaty = bodies.get(body)
        party = kind == "opinion" and treaty is not None and law.verdicts[treaty].verdict is Verdict.BINDS
        found[code].append(
            Provision(
                key=f"{short}:{article}",
                kind=kind,
                force=force,
                applies=law.of_provision(instrument, article),
                line=lines.get((code, pk)),
                party=party,
            )
        )
    return found


def _adopted_by(article: str, on: datetime.date) -> bool:
    """Whether a committee's document, named by its year, was there for sure on the day."""
    return int(article[:4]) < on.year
