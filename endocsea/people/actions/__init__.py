"""The deeds of the chapter: inviting and accepting, beginning and ending a role, one's own data."""

from .accounts import correct_own_data, erase, own_data
from .appointing import appoint, end
from .inviting import (
    accept,
    confirm,
    invitation_behind,
    invite,
    invite_from_the_machine,
    send_again,
    withdraw,
)
from .training import SignIn, add_training_people

__all__ = [
    "SignIn",
    "accept",
    "add_training_people",
    "appoint",
    "confirm",
    "correct_own_data",
    "end",
    "erase",
    "invitation_behind",
    "invite",
    "invite_from_the_machine",
    "own_data",
    "send_again",
    "withdraw",
]
