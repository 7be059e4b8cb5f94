"""A state's desk-research observations, as its reply is offered them."""

from __future__ import annotations

import datetime

from django.db.models import F

from endocsea.quarantine.queries import without_hidden
from endocsea.replies.offering.offers import Offer
from endocsea.states.models import State
from endocsea.support.classes import Confidentiality

from .models import Observation


def offers(state: State, *, on: datetime.date) -> tuple[Offer, ...]:
    """All that stand, but what is restricted to named roles: the state is asked about them before anybody else."""
    standing = without_hidden(
        Observation.objects.filter(state=state, retired_on=None), "observation", F("code")
    )
    found = standing.exclude(confidentiality=Confidentiality.RESTRICTED).select_related(
        "citation__source", "indicator", "capability"
    )
    return tuple(
        Offer(
            key=each.code,
            indicator=each.indicator.code if each.indicator else "",
            capability=each.capability.number,
            statement=each.statement,
            value=each.value,
            as_of=each.as_of,
            limits=each.note,
            known_by=each.get_basis_display(),
            source=", ".join(
                part
                for part in (
                    each.citation.source.title or each.citation.source.address,
                    each.citation.locator,
                )
                if part
            ),
            address=each.citation.source.address,
            citation=each.citation_id,
        )
        for each in found.order_by("code")
    )
