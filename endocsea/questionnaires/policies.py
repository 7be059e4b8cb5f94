"""Who may run a round, and who may share out its questions. Asked here and nowhere else."""

from __future__ import annotations

import datetime

from endocsea.support.actors import Actor, Role


def may_run_rounds(actor: Actor, *, on: datetime.date) -> bool:
    """Make, open and close rounds, give more time."""
    return Role.SECRETARIAT in actor.roles(on=on)


def may_share(actor: Actor, state: str, *, on: datetime.date) -> bool:
    """Say who answers which questions of a state: its coordinator."""
    return state in actor.speaks_for(on=on) and Role.COORDINATOR in actor.roles(on=on, state=state)
