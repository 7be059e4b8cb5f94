"""Rows about people and their roles, and about the protection of data."""

from __future__ import annotations

from collections.abc import Iterator

from endocsea.people import policies
from endocsea.people.models import Appointment, Person
from endocsea.people.rules import GIVEN, NAMES
from endocsea.people.standing import Standing
from endocsea.quarantine.policies import may_quarantine
from endocsea.support.actors import Role

from .table import DAY, PLACES, SCOPE, Cell, Gets, Record, Row, done_by, everybody, seen_by


def _inviting(record: Record) -> Cell:
    """Whoever may invite to nothing does not see the form; a choice that is not theirs is refused."""

    def cell(actor: Standing) -> Gets:
        if not policies.may_invite_anybody(actor, on=DAY):
            return Gets.NOT_THERE
        return (
            Gets.DOES if policies.may_nominate(actor, record.role, on=DAY, state=record.of) else Gets.REFUSED
        )

    return cell


def _ending(record: Record) -> Cell:
    def cell(actor: Standing) -> Gets:
        held = record.appointment()
        if not policies.may_see_appointment(actor, held, on=DAY):
            return Gets.NOT_THERE
        return Gets.DOES if policies.may_end(actor, held, on=DAY) else Gets.REFUSED

    return cell


def _letting_in(record: Record) -> Cell:
    other = Standing(str(Person().journal_id), DAY, frozenset({(record.role, record.of)}))

    def cell(actor: Standing) -> Gets:
        if not policies.may_see_appointment(actor, record.appointment(), on=DAY):
            return Gets.NOT_THERE
        return Gets.DOES if policies.may_let_in_again(actor, other, on=DAY) else Gets.REFUSED

    return cell


def _deciding(record: Record, *, withdrawing: bool = False) -> Cell:
    def cell(actor: Standing) -> Gets:
        invitation = record.invitation()
        if not policies.may_see_invitation(actor, invitation, on=DAY):
            return Gets.NOT_THERE
        may = (
            policies.may_withdraw(actor, invitation, on=DAY)
            if withdrawing
            else policies.may_invite(actor, record.role, on=DAY, state=record.of)
        )
        return Gets.DOES if may else Gets.REFUSED

    return cell


def _leaving(actor: Standing) -> Gets:
    for role, _state in actor.held:
        me = Person(key=actor.journal_id.removeprefix("person:"))
        held = Appointment(person=me, role=role)
        if policies.may_see_appointment(actor, held, on=DAY) and policies.may_end(actor, held, on=DAY):
            return Gets.DOES
    return Gets.NOT_THERE


def rows_of_people() -> Iterator[Row]:
    yield Row("My work today", ("workspace/",), everybody(Gets.SEES))
    yield Row("People and their roles", ("workspace/people/",), seen_by(policies.may_see_people))
    yield Row("The form that invites", ("workspace/people/invite/",), seen_by(policies.may_invite_anybody))
    for record in records():
        what = "Nominate, or invite" if record.role is Role.COORDINATOR else "Invite"
        yield deed_about(what, "workspace/people/invite/", _inviting(record), record)
    decide = "workspace/people/invitations/<int:pk>/<slug:deed>/"
    for record in records():
        if record.role is Role.COORDINATOR:
            nominated = Record(record.role, record.of, confirmed=False)
            yield deed_about("Confirm a nomination", decide, _deciding(nominated), nominated, deed="confirm")
    for record in records():
        yield deed_about("Send an invitation again", decide, _deciding(record), record, deed="send-again")
    for record in records():
        cell = _deciding(record, withdrawing=True)
        yield deed_about("Withdraw an invitation of somebody else", decide, cell, record, deed="withdraw")
    end = "workspace/people/roles/<int:pk>/end/"
    for record in records():
        yield deed_about("End a role of somebody else", end, _ending(record), record)
    yield Row("Leave a role of my own (the last administrator stays)", (end,), _leaving, method="POST")
    let_in = "workspace/people/<int:pk>/let-in-again/"
    for record in records():
        yield deed_about("Let in again who lost device and codes", let_in, _letting_in(record), record)


def rows_of_protection() -> Iterator[Row]:
    """What the safeguarding officer and the data protection officer see and do."""
    yield Row(
        "Report a text that must not be here, of a record that one may see",
        ("workspace/report/<slug:kind>/<path:key>/",),
        everybody(Gets.DOES),
        method="POST",
    )
    officer = seen_by(may_quarantine)
    yield Row("Reported texts that wait", ("workspace/reported/",), officer)
    yield Row("Look for a text in every record", ("workspace/reported/everywhere/",), officer)
    does = done_by(may_quarantine)
    decide = "workspace/reported/<int:pk>/<slug:deed>/"
    yield Row("Destroy a reported text", (decide,), does, method="POST", parts={"deed": "destroy"})
    yield Row("Show a reported text again", (decide,), does, method="POST", parts={"deed": "release"})
    yield Row("Destroy a text in every record", ("workspace/reported/everywhere/",), does, method="POST")
    data = seen_by(policies.may_protect_data)
    yield Row("All accounts, and when they are closed", ("workspace/data-protection/",), data)
    yield Row("History of a person", ("workspace/history/people/<int:pk>/",), data)
    yield Row("The log of access and exports", ("workspace/data-protection/log/",), data)
    yield Row(
        "Erase the data of somebody else (whoever holds a role ends it first)",
        ("workspace/data-protection/accounts/<int:pk>/erase/",),
        done_by(policies.may_protect_data),
        method="POST",
    )


def records() -> Iterator[Record]:
    return (Record(role, of) for role in GIVEN for of in PLACES[role])


def deed_about(what: str, route: str, cell: Cell, record: Record, **parts: str) -> Row:
    kind = f"{str(NAMES[record.role]).lower()}{SCOPE[record.of]}"
    return Row(what, (route,), cell, method="POST", kind=kind, record=record, parts=parts)
