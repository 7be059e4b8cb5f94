"""Who may report a text, and who decides. Asked here and nowhere else."""

from __future__ import annotations

import datetime

from endocsea.support.actors import Actor, Role

from .places import Place


def may_quarantine(actor: Actor, *, on: datetime.date) -> bool:
    """The safeguarding officer alone."""
    return Role.SAFEGUARDING in actor.roles(on=on)


def may_report(actor: Actor, place: Place, key: str, *, on: datetime.date) -> bool:
    """Whoever may see a record may report it, and so hide it until the officer has decided."""
    return place.seen is not None and place.records(place.seen(actor, on), key).exists()
