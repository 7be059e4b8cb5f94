"""Deeds about people are done one after the other.

Whether a deed is possible depends on what others do meanwhile: who coordinates, who is invited, who is left to
administer. One turn for all of them, taken first, leaves no two that could wait for each other. They are rare.
"""

from __future__ import annotations

from endocsea.support import turns
from endocsea.support.actors import Actor

from .. import refusals
from ..models import Person


def take_turn(by: Actor) -> None:
    """Wait for the turn; it lasts until the transaction ends. What was read before it has to be read again.

    Raises `refusals.MayNot` where the account of who acts was erased or closed meanwhile.
    """
    turns.take("people")
    if isinstance(by, Person) and not Person.objects.filter(pk=by.pk, is_active=True).exists():
        raise refusals.MayNot
