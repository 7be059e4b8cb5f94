"""Who may make a questionnaire, run a round, and share out its questions. Asked here and nowhere else."""

from __future__ import annotations

import datetime

from endocsea.support.actors import Actor, Role


def may_run_rounds(actor: Actor, *, on: datetime.date) -> bool:
    """Make, open and close rounds, give more time."""
    return Role.SECRETARIAT in actor.roles(on=on)


def may_make(actor: Actor, *, on: datetime.date) -> bool:
    """Make questionnaires, change them before a round uses them, have them translated.

    The secretariat, and whoever takes one in by a command, at the machine itself.
    """
    return bool(actor.roles(on=on) & {Role.SECRETARIAT, Role.PREVIEW})


def may_share(actor: Actor, state: str, *, on: datetime.date) -> bool:
    """Say who answers which questions of a state: its coordinator."""
    return state in actor.speaks_for(on=on) and Role.COORDINATOR in actor.roles(on=on, state=state)
