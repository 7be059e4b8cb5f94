"""Which sources of the register a state may be offered to cite.

The register is one for everybody, and a state's drafts are its own: so what another state alone has cited is not
among them.
"""

from __future__ import annotations

import datetime
from typing import Final

from django.db.models import Q, QuerySet

from endocsea.sources.models import Citation, Source
from endocsea.sources.register import matching
from endocsea.standards.models import Capability, Provision, Term, TreatyStatus
from endocsea.states.models import Figure, ProgrammeFact, State
from endocsea.support.classes import Confidentiality
from endocsea.support.texts import storable

from ..models import Evidence
from ..offering.offers import offers_for

MOST_SHOWN: Final = 20
LAST_CITED: Final = 6  # shown before anything is sought


def cited_by(state: State) -> QuerySet[Source]:
    """What a state itself has cited, in any round; not what only answers for named persons cite, as a member of the
    team who may not read those is offered the same.
    """
    cited = Evidence.objects.filter(answer__state=state, retired_on=None)
    open_ones = cited.exclude(answer__confidentiality=Confidentiality.RESTRICTED)
    return Source.objects.filter(pk__in=open_ones.values("citation__source"))


def known_to(state: State, *, on: datetime.date) -> QuerySet[Source]:
    """What a state has cited, and what the programme's own pages and the desk research about it are drawn from."""
    cited = Q(pk__in=cited_by(state).values("pk"))
    public = Citation.objects.filter(
        Q(pk__in=[each.citation for each in offers_for(state, on=on)])
        | Q(pk__in=ProgrammeFact.objects.values("citation"))
        | Q(pk__in=Figure.objects.values("citation"))
    ).values("source")
    linked = Q()
    for model in (Capability, Provision, Term, TreatyStatus):
        through = model.citations.through.objects.values("citation__source")
        linked |= Q(pk__in=through)
    return Source.objects.filter(cited | linked | Q(pk__in=public))


def offered(state: State, text: str, *, on: datetime.date) -> list[Source]:
    """What a person may choose from: what is found for a text; without one, what the state cited last.

    What the state has cited itself comes first.
    """
    own, text = cited_by(state), storable(text)
    if not text.strip():
        return list(own.order_by("-pk")[:LAST_CITED])
    mine = list(matching(text, own).order_by("title", "address")[:MOST_SHOWN])
    others = matching(text, known_to(state, on=on)).exclude(pk__in=[each.pk for each in mine])
    return [*mine, *others.order_by("title", "address")[: MOST_SHOWN - len(mine)]]
