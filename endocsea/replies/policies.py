"""Who may read and write what a state answers. Asked here and nowhere else.

A state's drafts are its own: nobody else reads an answer before the state has signed and sent it. Then its reviewers
and the secretariat do. What is restricted stays with those who answer it, the secretariat and the reviewers.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from endocsea.support.actors import Actor, Role

from .links.bearer import Bearer

REVIEW: Final = frozenset({Role.SECRETARIAT, Role.RAPPORTEUR})
RUN: Final = frozenset({Role.SECRETARIAT})


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stands: its state by code, and what the reply is at."""

    state: str
    sent: bool = False  # signed and sent by the state
    restricted: bool = False
    shared: bool = False  # with the actor who asks
    training: bool = False  # of a made-up state


def may_answer(actor: Actor, place: Place, *, on: datetime.date) -> bool:
    """The coordinator every question of their state; a member of the team, or the bearer of a link, those that were
    shared with them.
    """
    if isinstance(actor, Bearer):
        return place.shared
    roles = _roles_in_state(actor, place.state, on)
    if Role.COORDINATOR in roles or (Role.TEAM in roles and place.shared):
        return True
    return may_exchange(actor, place, on=on)


def may_exchange(actor: Actor, place: Place, *, on: datetime.date) -> bool:
    """Take whole replies out as files and in again, at the machine itself: those of made-up states."""
    return place.training and Role.PREVIEW in actor.roles(on=on)


def may_read(actor: Actor, place: Place, *, on: datetime.date) -> bool:
    """A state's own people what is theirs, the bearer of a link what they answer; the review once it was sent."""
    if isinstance(actor, Bearer):
        return place.shared
    roles = _roles_in_state(actor, place.state, on)
    if Role.COORDINATOR in roles:
        return True
    if Role.TEAM in roles:
        return place.shared or not place.restricted
    if actor.speaks_for(on=on):
        return False
    return place.sent and bool(actor.roles(on=on, state=place.state) & REVIEW)


def may_read_drafts(actor: Actor, state: str, *, on: datetime.date) -> bool:
    """What an answer was before it was sent: a state's own people and bearers of links, as far as they may read it."""
    return isinstance(actor, Bearer) or bool(_roles_in_state(actor, state, on))


def may_enter(actor: Actor, place: Place, *, on: datetime.date) -> bool:
    """Whether an actor finds a way into a state's reply at all: to read it, or to follow how far it is."""
    return may_read(actor, place, on=on) or may_follow(actor, on=on)


def may_find_replies(actor: Actor, *, on: datetime.date) -> bool:
    """Whether there can be a reply that an actor may enter."""
    return bool(actor.speaks_for(on=on)) or bool(actor.roles(on=on) & REVIEW)


def may_follow(actor: Actor, *, on: datetime.date) -> bool:
    """How far replies are, by state and section: counts, and nothing of what they say."""
    return bool(actor.roles(on=on) & RUN)


def may_see_history(actor: Actor, place: Place, *, on: datetime.date) -> bool:
    """What was done to a reply, and when: the state's coordinator, and the review once it was sent."""
    reviews = not actor.speaks_for(on=on) and may_read(actor, place, on=on)
    return reviews or may_sign(actor, place.state, on=on)


def may_sign(actor: Actor, state: str, *, on: datetime.date) -> bool:
    """The coordinator sends the reply in the state's name."""
    return Role.COORDINATOR in _roles_in_state(actor, state, on)


def may_see_cleared(actor: Actor, state: str, *, on: datetime.date) -> bool:
    """What was cleared beside what is said now: the coordinator, and the secretariat as far as it reads answers."""
    return may_follow(actor, on=on) or may_sign(actor, state, on=on)


def may_say_what_was_given(actor: Actor, place: Place, *, on: datetime.date) -> bool:
    """What came of the support that a state asked for: the secretariat, once it reads the reply."""
    return may_follow(actor, on=on) and may_read(actor, place, on=on)


def may_open_again(actor: Actor, state: str, *, on: datetime.date) -> bool:
    """The secretariat, and the coordinator as long as the review has not begun."""
    return may_follow(actor, on=on) or may_sign(actor, state, on=on)


def may_share(actor: Actor, state: str, *, on: datetime.date) -> bool:
    """The coordinator says who answers what."""
    return Role.COORDINATOR in _roles_in_state(actor, state, on)


def may_check_evidence(actor: Actor, place: Place, *, on: datetime.date) -> bool:
    """Say that evidence holds, or reject it: the review, once the reply was sent."""
    return not actor.speaks_for(on=on) and may_read(actor, place, on=on)


def may_translate(actor: Actor, place: Place, *, on: datetime.date) -> bool:
    """The texts of an answer: the state's own people who answer it, and the review once the reply was sent."""
    if place.sent:
        return may_check_evidence(actor, place, on=on)
    roles = _roles_in_state(actor, place.state, on)
    return Role.COORDINATOR in roles or (Role.TEAM in roles and place.shared)


def may_read_translation(actor: Actor, place: Place, *, drafted: bool, on: datetime.date) -> bool:
    """Whoever reads the answer; what may be of a version that was never sent (``drafted``), only the state."""
    if not may_read(actor, place, on=on):
        return False
    return not drafted or may_read_drafts(actor, place.state, on=on)


def may_comment(actor: Actor, place: Place, *, on: datetime.date) -> bool:
    """At a question: the state's own people who may read it; and the secretariat, which reads no draft by that."""
    if actor.speaks_for(on=on):
        return may_read(actor, place, on=on)
    return may_follow(actor, on=on)


def may_read_comment(actor: Actor, place: Place, *, within_state: bool, on: datetime.date) -> bool:
    """The state's own people at questions that they may read; what is not only for them, the secretariat at any
    time, and the review once the reply was sent.
    """
    if isinstance(actor, Bearer):
        return False
    if actor.speaks_for(on=on):
        return may_read(actor, place, on=on)
    return not within_state and (may_follow(actor, on=on) or may_read(actor, place, on=on))


def may_sign_section(actor: Actor, state: str, *, whole: bool, on: datetime.date) -> bool:
    """The coordinator, and a member of the team with whom the ``whole`` section was shared."""
    roles = _roles_in_state(actor, state, on)
    return Role.COORDINATOR in roles or (Role.TEAM in roles and whole)


def may_draft(actor: Actor, *, on: datetime.date) -> bool:
    """From public sources, for a state that stays silent; the draft says so everywhere."""
    return may_follow(actor, on=on)


def may_list_domains(actor: Actor, *, on: datetime.date) -> bool:
    """Which hosts may be asked for a page."""
    return may_follow(actor, on=on)


def may_invite_voices(actor: Actor, *, on: datetime.date) -> bool:
    """Which organisations answer beside a state."""
    return may_follow(actor, on=on)


def may_hear_voices(actor: Actor, state: str, *, on: datetime.date) -> bool:
    """What organisations answered about a state: the review, and the state's coordinator, who may react."""
    if actor.speaks_for(on=on):
        return may_sign(actor, state, on=on)
    return bool(actor.roles(on=on, state=state) & REVIEW)


def may_react(actor: Actor, state: str, *, on: datetime.date) -> bool:
    """To what an organisation answered: the state's coordinator, in the state's name."""
    return may_sign(actor, state, on=on)


def may_name_voices(actor: Actor, *, on: datetime.date) -> bool:
    """Whether an actor is told the names of organisations that want to be known to the secretariat only."""
    return may_follow(actor, on=on) and not actor.speaks_for(on=on)


def may_speak(actor: Actor, state: str, member: str, *, on: datetime.date) -> bool:
    """Answer for an organisation: whoever was asked to (``member``, as the journal names them), while they are of
    civil society and of no state's own people; or the bearer of a link to its questions, who is named likewise.
    """
    if isinstance(actor, Bearer):
        return actor.journal_id == member
    civil = Role.CIVIL_SOCIETY in actor.roles(on=on, state=state)
    return civil and actor.journal_id == member and not actor.speaks_for(on=on)


def may_find_voices(actor: Actor, *, on: datetime.date) -> bool:
    """Whether there can be questions that an actor answers for an organisation."""
    return Role.CIVIL_SOCIETY in actor.roles(on=on) and not actor.speaks_for(on=on)


def may_compare(actor: Actor, *, on: datetime.date) -> bool:
    """All replies to one question on one page; which of them, `may_read` says."""
    return bool(actor.roles(on=on) & REVIEW) and not actor.speaks_for(on=on)


def _roles_in_state(actor: Actor, state: str, on: datetime.date) -> frozenset[Role]:
    if state not in actor.speaks_for(on=on):
        return frozenset()
    return actor.roles(on=on, state=state) & {Role.COORDINATOR, Role.TEAM}
