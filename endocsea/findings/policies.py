"""Who may see an observation. Asked here and nowhere else.

The public sees an observation about a state only after that state has commented, or its term to
comment has passed; a restricted one never. The preview at one's own machine also shows what the
states have not seen yet, and says so. What was reported to the safeguarding officer nobody sees until that is decided.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from endocsea.quarantine.queries import is_hidden
from endocsea.support.actors import Actor, Role
from endocsea.support.classes import Confidentiality

if TYPE_CHECKING:
    from .models import Observation


def classes_seen_by(actor: Actor, *, on: datetime.date) -> frozenset[str]:
    """The classes that an actor sees whole, whatever the state said or not."""
    if Role.PREVIEW in actor.roles(on=on):
        return frozenset({Confidentiality.PUBLIC, Confidentiality.STATE})
    return frozenset({Confidentiality.PUBLIC})


def may_see_observation(actor: Actor, observation: Observation, *, on: datetime.date) -> bool:
    """Whether an actor sees one observation on a day."""
    if observation.retired_on is not None or is_hidden("observation", observation.code):
        return False
    if observation.confidentiality in classes_seen_by(actor, on=on):
        return True
    return observation.confidentiality == Confidentiality.STATE and state_was_heard(observation, on=on)


def state_was_heard(observation: Observation, *, on: datetime.date) -> bool:
    """Whether the state has commented by that day, or its term had passed before it."""
    commented = observation.commented_on is not None and observation.commented_on <= on
    return commented or (observation.comment_until is not None and observation.comment_until < on)
