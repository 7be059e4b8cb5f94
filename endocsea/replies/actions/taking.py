"""Taking what came back in a file: those differences that a person chose, all of them or none."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction

from endocsea.questionnaires.models import Round
from endocsea.states.models import State
from endocsea.support.actors import Actor

from ..answers.given import Origin
from ..exchange.sheet import Difference
from ..models import Answer
from .answering import save
from .citing import cite_in_words


@transaction.atomic
def take(
    *,
    round: Round,
    state: State,
    differences: Collection[Difference],
    origin: Origin,
    proofs: Collection[tuple[str, str]] = (),
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> list[Answer]:
    """Save each on top of the version that the comparison saw; ``proofs`` are (question, words) of new evidence.

    Raises what `save` and `cite_in_words` raise, and takes nothing then.
    """
    taken = [
        save(
            round=round,
            state=state,
            question=each.path,
            given=each.back,
            seen=each.seen,
            origin=origin,
            harmless=harmless,
            by=by,
            at=at,
        )
        for each in differences
    ]
    cite_in_words(round=round, state=state, proofs=proofs, harmless=harmless, by=by, at=at)
    return taken
