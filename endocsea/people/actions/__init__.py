"""The deeds of the chapter: inviting and accepting, beginning and ending a role, letting in again, one's own data."""

from .accounts import correct_own_data, erase, note_visit, own_data
from .appointing import appoint, end
from .closing import close_accounts
from .inviting import (
    accept,
    confirm,
    invitation_behind,
    invite,
    invite_from_the_machine,
    send_again,
    withdraw,
)
from .letting_in import let_in_again
from .training import SignIn, add_training_people

__all__ = [
    "SignIn",
    "accept",
    "add_training_people",
    "appoint",
    "close_accounts",
    "confirm",
    "correct_own_data",
    "end",
    "erase",
    "invitation_behind",
    "invite",
    "invite_from_the_machine",
    "let_in_again",
    "note_visit",
    "own_data",
    "send_again",
    "withdraw",
]
