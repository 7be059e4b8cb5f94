"""Who gets what at which address: a table asked of the policies, never typed by hand.

Each row is a page or a deed, each column a chair: a visitor, somebody without a role, and one person per role.
Roles that are held for a state hold it for one of two, so that a row can tell the own state from another. A test
visits every address from every chair and compares. ``python -m endocsea.config.manage permissions`` prints the
page ``docs/reference/permissions.md``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import Final, Literal

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation import override

from endocsea.config.urls import NOT_OFFERED
from endocsea.people import policies
from endocsea.people.models import Appointment, Invitation, Person
from endocsea.people.rules import GIVEN, MAY_NAME_A_STATE, NAMES, SPEAK_FOR_A_STATE
from endocsea.people.standing import Standing
from endocsea.quarantine.policies import may_quarantine
from endocsea.questionnaires.policies import may_make, may_run_rounds, may_share
from endocsea.replies import policies as replies
from endocsea.states.models import State
from endocsea.support.actors import Role

DAY: Final = datetime.date(2000, 1, 1)  # of the synthetic chairs: any day does
OWN: Final = "OWN"
OTHER: Final = "OTHER"
PUBLIC: Final = ("", "healthz", "<language>/…")


class Gets(StrEnum):
    SEES = "sees"
    DOES = "does"
    REFUSED = "refused"  # may be here, and is told why the deed cannot be done
    NOT_THERE = "not there"
    SIGNS_IN = "signs in first"
    GOES_ON = "goes on"  # to what comes next, for this page is for others


@dataclass(frozen=True, slots=True)
class Chair:
    """A column of the table; ``actor`` is nobody for a visitor."""

    name: str
    role: Role | None
    actor: Standing | None


@dataclass(frozen=True, slots=True)
class Record:
    """What a row is about: a role that somebody holds, or that somebody is invited to."""

    role: Role
    of: str | None = None
    confirmed: bool = True

    def appointment(self) -> Appointment:
        return Appointment(person=Person(), role=self.role, state=self._state())

    def invitation(self) -> Invitation:
        return Invitation(role=self.role, state=self._state())

    def _state(self) -> State | None:
        return State(iso3=self.of) if self.of else None


Cell = Callable[[Standing], Gets]


@dataclass(frozen=True, slots=True)
class Row:
    """A page or deed: the routes where it lives, what is sent there, and what each chair gets.

    ``kind`` tells rows of one deed apart; those with the same cells share a line of the page.
    """

    what: str
    routes: tuple[str, ...]
    cell: Cell
    visitor: Gets = Gets.SIGNS_IN
    method: Literal["GET", "POST"] = "GET"
    kind: str = ""
    record: Record | None = None
    parts: dict[str, str] = field(default_factory=dict)

    def gets(self, chair: Chair) -> Gets:
        return self.cell(chair.actor) if chair.actor is not None else self.visitor


def chairs() -> list[Chair]:
    """A visitor, somebody without a role, and one per role: for a state where the role can be held for one."""
    nobody = Standing("person:00000000-0000-0000-0000-000000000000", DAY)
    found = [Chair("visitor", None, None), Chair("no role", None, nobody)]
    for number, role in enumerate(GIVEN, start=1):
        held = frozenset({(role, OWN if role in MAY_NAME_A_STATE else None)})
        actor = Standing(f"person:00000000-0000-0000-0000-{number:012}", DAY, held)
        found.append(Chair(str(NAMES[role]).lower(), role, actor))
    return found


def _everybody(gets: Gets) -> Cell:
    return lambda actor: gets


def _page(rule: Callable[..., bool]) -> Cell:
    return lambda actor: Gets.SEES if rule(actor, on=DAY) else Gets.NOT_THERE


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


# By role: of which state the record is.
PLACES: Final = {role: (OWN, OTHER) if role in SPEAK_FOR_A_STATE else (None,) for role in GIVEN}
SCOPE: Final = {OWN: " of the own state", OTHER: " of another state", None: ""}


def _leaving(actor: Standing) -> Gets:
    for role, _state in actor.held:
        me = Person(key=actor.journal_id.removeprefix("person:"))
        held = Appointment(person=me, role=role)
        if policies.may_see_appointment(actor, held, on=DAY) and policies.may_end(actor, held, on=DAY):
            return Gets.DOES
    return Gets.NOT_THERE


def _rows_of_people() -> Iterator[Row]:
    yield Row("My work today", ("workspace/",), _everybody(Gets.SEES))
    yield Row("People and their roles", ("workspace/people/",), _page(policies.may_see_people))
    yield Row("The form that invites", ("workspace/people/invite/",), _page(policies.may_invite_anybody))
    for record in _records():
        what = "Nominate, or invite" if record.role is Role.COORDINATOR else "Invite"
        yield _deed(what, "workspace/people/invite/", _inviting(record), record)
    decide = "workspace/people/invitations/<int:pk>/<slug:deed>/"
    for record in _records():
        if record.role is Role.COORDINATOR:
            nominated = Record(record.role, record.of, confirmed=False)
            yield _deed("Confirm a nomination", decide, _deciding(nominated), nominated, deed="confirm")
    for record in _records():
        yield _deed("Send an invitation again", decide, _deciding(record), record, deed="send-again")
    for record in _records():
        cell = _deciding(record, withdrawing=True)
        yield _deed("Withdraw an invitation of somebody else", decide, cell, record, deed="withdraw")
    end = "workspace/people/roles/<int:pk>/end/"
    for record in _records():
        yield _deed("End a role of somebody else", end, _ending(record), record)
    yield Row("Leave a role of my own (the last administrator stays)", (end,), _leaving, method="POST")
    let_in = "workspace/people/<int:pk>/let-in-again/"
    for record in _records():
        yield _deed("Let in again who lost device and codes", let_in, _letting_in(record), record)


def _rows_of_protection() -> Iterator[Row]:
    """What the safeguarding officer and the data protection officer see and do."""
    yield Row(
        "Report a text that must not be here, of a record that one may see",
        ("workspace/report/<slug:kind>/<path:key>/",),
        _everybody(Gets.DOES),
        method="POST",
    )
    officer = _page(may_quarantine)
    yield Row("Reported texts that wait", ("workspace/reported/",), officer)
    yield Row("Look for a text in every record", ("workspace/reported/everywhere/",), officer)
    does = _deed_of(may_quarantine)
    decide = "workspace/reported/<int:pk>/<slug:deed>/"
    yield Row("Destroy a reported text", (decide,), does, method="POST", parts={"deed": "destroy"})
    yield Row("Show a reported text again", (decide,), does, method="POST", parts={"deed": "release"})
    yield Row("Destroy a text in every record", ("workspace/reported/everywhere/",), does, method="POST")
    data = _page(policies.may_protect_data)
    yield Row("All accounts, and when they are closed", ("workspace/data-protection/",), data)
    yield Row("History of a person", ("workspace/history/people/<int:pk>/",), data)
    yield Row("The log of access and exports", ("workspace/data-protection/log/",), data)
    yield Row(
        "Erase the data of somebody else (whoever holds a role ends it first)",
        ("workspace/data-protection/accounts/<int:pk>/erase/",),
        _deed_of(policies.may_protect_data),
        method="POST",
    )


def _deed_of(rule: Callable[..., bool]) -> Cell:
    return lambda actor: Gets.DOES if rule(actor, on=DAY) else Gets.NOT_THERE


def _rows_of_questionnaires() -> Iterator[Row]:
    """What is asked, before and after a round uses it."""
    one = "workspace/questionnaires/<slug:code>/<int:number>/"
    for what, routes in (
        ("Questionnaires and their versions", ("workspace/questionnaires/",)),
        (
            "The forms that make a questionnaire",
            ("workspace/questionnaires/build/", "workspace/questionnaires/import/"),
        ),
        ("A version of a questionnaire, and as a workbook", (one, f"{one}form.xlsx")),
        ("A question of a version", (f"{one}item/<path:path>/",)),
        (
            "What is different between two versions",
            ("workspace/questionnaires/<slug:code>/compare/<int:one>/<int:two>/",),
        ),
        ("A version as those who answer will see it", (f"{one}preview/",)),
        (
            "The languages of a version, and its texts to translate",
            (
                f"{one}languages/",
                f"{one}languages/workbook.xlsx",
                f"{one}languages/<slug:language>.xlsx",
            ),
        ),
    ):
        yield Row(what, routes, _page(may_make))
    for what, route in (
        ("Build a questionnaire from a benchmark", "workspace/questionnaires/build/"),
        ("Take in a questionnaire from a workbook", "workspace/questionnaires/import/take/"),
        ("Change the order of a version, or add a section", f"{one}edit/"),
        ("Word a question anew, move it, take it out", f"{one}item/<path:path>/"),
        ("Make the next version", f"{one}next/"),
        ("Take translations", f"{one}languages/take/"),
    ):
        yield Row(what, (route,), _deed_of(may_make), method="POST")


def _rows_of_replies() -> Iterator[Row]:
    """What a state answers in a round that is open, and once it was signed and sent."""
    one = "workspace/replies/<slug:round>/<slug:state>/"
    section = f"{one}section/<str:section>/"
    runs = _page(may_run_rounds)
    yield Row(
        "Rounds, and how far each state is", ("workspace/rounds/", "workspace/rounds/<slug:code>/"), runs
    )
    yield Row("History of a round", ("workspace/history/rounds/<slug:code>/",), runs)
    yield Row("The form that makes a round", ("workspace/rounds/new/",), runs)
    for what, deed in (("Open a round", "open"), ("Close a round", "close"), ("Give more time", "more-time")):
        route = f"workspace/rounds/<slug:code>/{deed}/"
        yield Row(what, (route,), _deed_of(may_run_rounds), method="POST", parts={"round-deed": deed})
    yield Row("Histories that one may follow", ("workspace/history/",), _everybody(Gets.SEES))
    yield Row("Replies that one may enter", ("workspace/replies/",), _everybody(Gets.SEES))
    for of in (OWN, OTHER):
        parts = {"state": of, "section": "C3"}
        for sent in (False, True):
            kind = f"{SCOPE[of].removeprefix(' ')}, {'signed and sent' if sent else 'being answered'}"
            place = replies.Place(of, sent=sent)
            told = {**parts, "sent": "yes" if sent else ""}
            yield Row("How far a reply is", (one,), _at(replies.may_enter, place), kind=kind, parts=told)
            yield Row("What a reply says", (section,), _at(replies.may_read, place), kind=kind, parts=told)
            yield Row(
                "Answer a question (a member of a team: one that was shared)",
                (f"{one}answer/",),
                _answering(place),
                method="POST",
                kind=kind,
                parts=told,
            )
        yield from _rows_of_clearing(of)
        signing, opening = _at(replies.may_sign, of), _at(replies.may_open_again, of)
        yield Row("Sign and send a reply", (f"{one}sign/",), signing, kind=SCOPE[of][1:], parts=parts)
        yield Row("Who answers what", (f"{one}shares/",), _at(may_share, of), kind=SCOPE[of][1:], parts=parts)
        for what, route in (
            ("An institution's sheet", f"{one}shares/<int:pk>/sheet.docx"),
            ("The whole reply as a workbook", f"{one}workbook.xlsx"),
            ("The file for clearance", f"{one}clearance.<slug:format>"),
            ("What came back in a file, beside what stands here", f"{one}bring-back/"),
        ):
            told = {**parts, "format": "docx", "share": "yes"}
            yield Row(what, (route,), _at(may_share, of), kind=SCOPE[of][1:], parts=told)
        yield Row(
            "Take what came back",
            (f"{one}bring-back/take/",),
            _at(may_share, of, Gets.DOES),
            method="POST",
            kind=SCOPE[of][1:],
            parts=parts,
        )
        yield Row(
            "Take questions back from an institution",
            (f"{one}shares/<int:pk>/",),
            _at(may_share, of, Gets.DOES),
            method="POST",
            kind=SCOPE[of][1:],
            parts=parts,
        )
        for sent in (False, True):
            kind = f"{SCOPE[of].removeprefix(' ')}, {'signed and sent' if sent else 'being answered'}"
            told = {**parts, "sent": "yes" if sent else ""}
            history = _at(replies.may_see_history, replies.Place(of, sent=sent))
            yield Row(
                "History of a reply", (f"workspace/history/{one[10:]}",), history, kind=kind, parts=told
            )
        parts = {**parts, "sent": "yes"}
        yield Row("Open a reply again", (f"{one}open-again/",), opening, kind=SCOPE[of][1:], parts=parts)


def _rows_of_what_is_there() -> Iterator[Row]:
    """What a reply begins with: what public sources say, what was said last time, what the secretariat drafted."""
    one = "workspace/replies/<slug:round>/<slug:state>/"
    for of in (OWN, OTHER):
        for sent in (False, True):
            kind = f"{SCOPE[of].removeprefix(' ')}, {'signed and sent' if sent else 'being answered'}"
            place = replies.Place(of, sent=sent)
            told = {"state": of, "section": "C3", "sent": "yes" if sent else ""}
            for what, deed in (
                ("Confirm what was said last time, or was drafted", "confirm"),
                ("Say a word on what public sources say", "offer"),
            ):
                yield Row(what, (f"{one}{deed}/",), _answering(place), method="POST", kind=kind, parts=told)
        yield Row(
            "What was answered last time (a member of a team: what was shared)",
            (f"{one}section/<str:section>/last-time/",),
            _at(replies.may_answer, replies.Place(of)),
            kind=SCOPE[of][1:],
            parts={"state": of, "section": "C3"},
        )
    drafts = "workspace/rounds/<slug:code>/draft/<slug:state>/<str:section>/"
    yield Row("Drafts from public sources for a state that stays silent", (drafts,), _page(replies.may_draft))
    yield Row(
        "Draft an answer from public sources",
        (drafts,),
        _deed_of(replies.may_draft),
        method="POST",
        parts={"state": OWN, "section": "C3"},
    )


def _rows_of_discussion() -> Iterator[Row]:
    """What is said at questions, and sections that are signed off."""
    one = "workspace/replies/<slug:round>/<slug:state>/"
    signs = partial(replies.may_sign_section, whole=True)
    for of in (OWN, OTHER):
        for sent in (False, True):
            kind = f"{SCOPE[of].removeprefix(' ')}, {'signed and sent' if sent else 'being answered'}"
            place = replies.Place(of, sent=sent)
            told = {"state": of, "section": "C3", "said": "yes", "sent": "yes" if sent else ""}
            comments, says = f"{one}comments/", _at(replies.may_comment, place, Gets.DOES)
            yield Row(
                "Discussion of a reply", (comments,), _at(replies.may_enter, place), kind=kind, parts=told
            )
            yield Row("Comment at a question", (comments,), says, method="POST", kind=kind, parts=told)
            yield Row(
                "Settle a comment that the secretariat reads",
                (f"{comments}<int:pk>/settle/",),
                says,
                method="POST",
                kind=kind,
                parts=told,
            )
        for what, route in (("Sign off a section", "sign-off"), ("Reopen a section", "reopen")):
            yield Row(
                f"{what} (a member of a team: one all of which was shared)",
                (f"{one}section/<str:section>/{route}/",),
                _at(signs, of, Gets.DOES),
                method="POST",
                kind=SCOPE[of][1:],
                parts={"state": of, "section": "C3"},
            )


def _rows_of_evidence() -> Iterator[Row]:
    """What proves answers, and which sites may be asked whether a source opens."""
    one = "workspace/replies/<slug:round>/<slug:state>/"
    piece = f"{one}evidence-of/<int:pk>/"
    add = f"{one}evidence/<path:question>/"
    for of in (OWN, OTHER):
        for sent in (False, True):
            kind = f"{SCOPE[of].removeprefix(' ')}, {'signed and sent' if sent else 'being answered'}"
            place = replies.Place(of, sent=sent)
            told = {"state": of, "section": "C3", "proof": "C3/C3-07", "sent": "yes" if sent else ""}
            for what, route in (
                ("What proves an answer", add),
                ("All sources of a reply", f"{one}sources/"),
                ("A file that proves an answer", f"{one}files/<uuid:key>/"),
            ):
                yield Row(what, (route,), _at(replies.may_read, place), kind=kind, parts=told)
            for what, route, cell in (
                (
                    "Attach evidence (a member of a team: to a question that was shared)",
                    add,
                    _answering(place),
                ),
                ("Withdraw evidence", f"{piece}withdraw/", _answering(place)),
                ("Say that evidence cannot be reached", f"{piece}check/", _checking(place)),
                ("See whether a source opens", f"{piece}look/", _at(replies.may_read, place, Gets.DOES)),
            ):
                yield Row(what, (route,), cell, method="POST", kind=kind, parts=told)
    listing = _deed_of(replies.may_list_domains)
    yield Row("Sites that may be asked for a page", ("workspace/domains/",), _page(replies.may_list_domains))
    yield Row("List a site", ("workspace/domains/",), listing, method="POST")
    yield Row("Remove a site", ("workspace/domains/<int:pk>/remove/",), listing, method="POST")


def _checking(place: replies.Place) -> Cell:
    """The review once the reply was sent; before that, whoever answers."""
    if not place.sent:
        return _answering(place)

    def cell(actor: Standing) -> Gets:
        if not replies.may_read(actor, place, on=DAY):
            return Gets.NOT_THERE
        return Gets.DOES if replies.may_check_evidence(actor, place, on=DAY) else Gets.REFUSED

    return cell


def _rows_of_clearing(of: str) -> Iterator[Row]:
    """The file for clearance, the signed letter, what was cleared, and support asked for."""
    one, kind = "workspace/replies/<slug:round>/<slug:state>/", SCOPE[of][1:]
    parts = {"state": of, "section": "C3", "clears": "yes"}
    signs, sent = _at(replies.may_sign, of), replies.Place(of, sent=True)
    yield Row("The file for clearance on a page", (f"{one}clearance/",), signs, kind=kind, parts=parts)
    yield Row("The form that takes the signed letter in", (f"{one}clear/",), signs, kind=kind, parts=parts)
    yield Row(
        "Support that a state asks for, in a draft",
        (f"{one}wishes/",),
        _at(replies.may_read, replies.Place(of)),
        kind=kind,
        parts=parts,
    )
    yield Row(
        "No longer ask for support",
        (f"{one}wishes/<int:pk>/withdraw/",),
        _at(replies.may_sign, of, Gets.DOES),
        method="POST",
        kind=kind,
        parts=parts,
    )
    parts = {**parts, "sent": "yes"}
    yield Row(
        "What was cleared, beside what is said now",
        (f"{one}cleared/",),
        _at(replies.may_see_cleared, of),
        kind=kind,
        parts=parts,
    )
    yield Row(
        "The signed letter",
        (f"{one}cleared/<int:pk>/letter.pdf",),
        _at(replies.may_read, sent),
        kind=kind,
        parts={**parts, "of": "letter"},
    )
    yield Row(
        "The form that says what support was given",
        (f"{one}wishes/<int:pk>/given/",),
        _at(replies.may_say_what_was_given, sent),
        kind=kind,
        parts=parts,
    )


def _rows_across_replies() -> Iterator[Row]:
    """Organisations that answer beside a state, and all replies to one question."""
    rounds, voice = "workspace/rounds/<slug:code>/", "workspace/voices/<int:pk>/"
    beside = "workspace/replies/<slug:round>/<slug:state>/voices/"
    by_question = f"{rounds}by-question/"
    yield Row(
        "All replies to one question, on a page and as a file",
        (by_question, f"{by_question}<path:question>/", f"{by_question}<path:question>/all.<slug:format>"),
        _page(replies.may_compare),
    )
    yield Row("Organisations that answer in a round", (f"{rounds}voices/",), _page(replies.may_invite_voices))
    invites = _deed_of(replies.may_invite_voices)
    yield Row("Have an organisation answer beside a state", (f"{rounds}voices/",), invites, method="POST")
    withdraw = f"{rounds}voices/<int:pk>/withdraw/"
    yield Row("Withdraw an organisation", (withdraw,), invites, method="POST")
    yield Row("For which organisations one answers", ("workspace/voices/",), _page(replies.may_find_voices))
    for of in (OWN, OTHER):
        parts, kind = {"voice": of, "state": of, "section": "C3"}, f"about{SCOPE[of].removeprefix(' of')}"
        yield Row(
            "The questions of an organisation for which one was asked to answer",
            (voice, f"{voice}section/<str:section>/"),
            _speaking(of, Gets.SEES),
            kind=kind,
            parts=parts,
        )
        yield Row(
            "Answer for an organisation",
            (f"{voice}answer/",),
            _speaking(of, Gets.DOES),
            method="POST",
            kind=kind,
            parts=parts,
        )
        hears = _at(replies.may_hear_voices, of)
        yield Row("What organisations answer, beside the state", (beside,), hears, kind=kind, parts=parts)
        yield Row(
            "React to what an organisation answers",
            (f"{beside}react/",),
            _reacting(of),
            method="POST",
            kind=kind,
            parts=parts,
        )


def _rows_without_an_account() -> Iterator[Row]:
    """One-time links, and answers that are entered from a letter; whoever has opened a link is no chair."""
    nobody = _everybody(Gets.NOT_THERE)
    door, behind = "workspace/by-link/<str:token>/", "workspace/by-link/at/<uuid:key>/"
    yield Row("The page of a one-time link", (door,), _everybody(Gets.SEES), Gets.SEES)
    yield Row(
        "Open a one-time link (the first browser)", (door,), _everybody(Gets.DOES), Gets.DOES, method="POST"
    )
    other = "that another browser has, or nobody"
    yield Row("The questions behind a link", (behind,), nobody, Gets.NOT_THERE, kind=other)
    for what, route in (("Answer by a link", "answer/"), ("Hand in by a link", "hand-in/")):
        yield Row(what, (f"{behind}{route}",), nobody, Gets.NOT_THERE, method="POST", kind=other)
    one = "workspace/replies/<slug:round>/<slug:state>/"
    sheet = f"{one}shares/<int:pk>/"
    for of in (OWN, OTHER):
        kind, parts = SCOPE[of][1:], {"state": of, "section": "C3", "share": "yes", "format": ""}
        sees, does = _at(may_share, of), _at(may_share, of, Gets.DOES)
        yield Row("Links of an institution", (f"{sheet}links/",), sees, kind=kind, parts=parts)
        yield Row("Make a link", (f"{sheet}links/",), does, method="POST", kind=kind, parts=parts)
        yield Row("End a link", (f"{one}links/<uuid:key>/end/",), does, method="POST", kind=kind, parts=parts)
        yield Row("Answers from a letter", (f"{sheet}letter/",), sees, kind=kind, parts=parts)
        yield Row(
            "Enter an answer from a letter",
            (f"{sheet}letter/answer/",),
            does,
            method="POST",
            kind=kind,
            parts=parts,
        )
        for sent in (False, True):
            kind = f"{SCOPE[of].removeprefix(' ')}, {'signed and sent' if sent else 'being answered'}"
            told = {"state": of, "section": "C3", "question": "C3/C3-07", "sent": "yes" if sent else ""}
            reads = _at(replies.may_read, replies.Place(of, sent=sent))
            yield Row(
                "Versions of an answer (the review: what was sent)",
                (f"{one}versions/<path:question>/",),
                reads,
                kind=kind,
                parts=told,
            )


def _speaking(of: str, gets: Gets) -> Cell:
    return lambda actor: gets if replies.may_speak(actor, of, actor.journal_id, on=DAY) else Gets.NOT_THERE


def _reacting(of: str) -> Cell:
    def cell(actor: Standing) -> Gets:
        if not replies.may_hear_voices(actor, of, on=DAY):
            return Gets.NOT_THERE
        return Gets.DOES if replies.may_react(actor, of, on=DAY) else Gets.REFUSED

    return cell


def _at(rule: Callable[..., bool], place: object, gets: Gets = Gets.SEES) -> Cell:
    return lambda actor: gets if rule(actor, place, on=DAY) else Gets.NOT_THERE


def _answering(place: replies.Place) -> Cell:
    def cell(actor: Standing) -> Gets:
        if not replies.may_read(actor, place, on=DAY):
            return Gets.NOT_THERE
        shared = replace(place, shared=True)
        return Gets.DOES if replies.may_answer(actor, shared, on=DAY) and not place.sent else Gets.REFUSED

    return cell


def _records() -> Iterator[Record]:
    return (Record(role, of) for role in GIVEN for of in PLACES[role])


def _deed(what: str, route: str, cell: Cell, record: Record, **parts: str) -> Row:
    kind = f"{str(NAMES[record.role]).lower()}{SCOPE[record.of]}"
    return Row(what, (route,), cell, method="POST", kind=kind, record=record, parts=parts)


def _rows_of_an_account() -> Iterator[Row]:
    sees = _everybody(Gets.SEES)
    yield Row("My account, and what is kept of me", ("workspace/me/",), sees)
    yield Row("All that is kept of me, as a file", ("workspace/me/data.json",), sees)
    yield Row(
        "Erase my account (whoever holds a role ends it first)",
        ("workspace/me/erase/",),
        lambda actor: Gets.REFUSED if actor.held else Gets.DOES,
        method="POST",
    )
    yield Row("The page behind the link of a letter", ("workspace/join/<str:token>/",), sees, Gets.SEES)
    yield Row(
        "Accept what was sent to another address",
        ("workspace/join/<str:token>/",),
        _everybody(Gets.REFUSED),
        Gets.DOES,
        method="POST",
    )


def _rows_of_signing_in() -> Iterator[Row]:
    account = "workspace/account/"
    yield Row(
        "Sign in",
        (f"{account}login/",),
        _everybody(Gets.GOES_ON),
        Gets.SEES,
    )
    yield Row(
        "Told that accounts are by invitation, where others have a sign-up",
        (f"{account}signup/",),
        _everybody(Gets.GOES_ON),
        Gets.SEES,
    )
    yield Row(
        "What the page's script asks for when a passkey signs in",
        (f"{account}second-factor/webauthn/login/",),
        _everybody(Gets.GOES_ON),
    )
    yield Row(
        "A new password, by a letter",
        (
            f"{account}password/reset/",
            f"{account}password/reset/done/",
            f"{account}password/reset/key/done/",
            f"{account}^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        ),
        _everybody(Gets.SEES),
        Gets.SEES,
    )
    yield Row(
        "The second step of signing in",
        (f"{account}second-factor/authenticate/",),
        _everybody(Gets.GOES_ON),
        Gets.SIGNS_IN,
    )
    yield Row(
        "Told that an account may not sign in", (f"{account}inactive/",), _everybody(Gets.SEES), Gets.SEES
    )
    yield Row("Sign out", (f"{account}logout/",), _everybody(Gets.DOES), method="POST")
    yield Row(
        "Confirm that it is I, change my password, set up and remove second factors, see and end my sessions",
        (
            f"{account}reauthenticate/",
            f"{account}password/change/",
            f"{account}sessions/",
            f"{account}second-factor/",
            f"{account}second-factor/reauthenticate/",
            f"{account}second-factor/totp/activate/",
            f"{account}second-factor/totp/deactivate/",
            f"{account}second-factor/recovery-codes/",
            f"{account}second-factor/recovery-codes/generate/",
            f"{account}second-factor/recovery-codes/download/",
            f"{account}second-factor/webauthn/",
            f"{account}second-factor/webauthn/add/",
            f"{account}second-factor/webauthn/reauthenticate/",
            f"{account}second-factor/webauthn/keys/<int:pk>/remove/",
            f"{account}second-factor/webauthn/keys/<int:pk>/edit/",
        ),
        _everybody(Gets.SEES),
    )
    yield Row(
        "Set a first password: whoever has one changes it",
        (f"{account}password/set/",),
        _everybody(Gets.GOES_ON),
    )
    yield Row(
        "Add an address, confirm one, sign in by a letter: not offered",
        (
            *(f"{account}{address}" for address in NOT_OFFERED),
            f"{account}^confirm-email/(?P<key>[-:\\w]+)/$",
        ),
        _everybody(Gets.NOT_THERE),
        Gets.NOT_THERE,
    )


def rows() -> list[Row]:
    """The whole table; every address has a row."""
    public = Row("The public site", PUBLIC, _everybody(Gets.SEES), Gets.SEES)
    return [
        public,
        *_rows_of_questionnaires(),
        *_rows_of_replies(),
        *_rows_across_replies(),
        *_rows_of_evidence(),
        *_rows_of_discussion(),
        *_rows_of_what_is_there(),
        *_rows_without_an_account(),
        *_rows_of_people(),
        *_rows_of_protection(),
        *_rows_of_an_account(),
        *_rows_of_signing_in(),
    ]


def routes(patterns: Iterable[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    """Every address of the site as the URL configuration writes it, those of the public site as one."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern.pattern, LocalePrefixPattern):
            yield PUBLIC[-1]
        elif isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def page() -> str:
    """``docs/reference/permissions.md``: the table as a person reads it."""
    with override("en"):
        columns = chairs()
        lines: dict[tuple[str, str, tuple[Gets, ...]], list[str]] = {}
        for row in rows():
            where = " · ".join(f"`/{_readable(route)}`" for route in row.routes)
            cells = tuple(row.gets(chair) for chair in columns)
            lines.setdefault((row.what, where, cells), []).append(row.kind)
        head = ["page or deed", *(chair.name for chair in columns), "address"]
        table = [head, ["---"] * len(head)]
        for (what, where, cells), kinds in lines.items():
            named = what if kinds == [""] else f"{what}: {'; '.join(kinds)}"
            table.append([named, *(str(cell) for cell in cells), where])
    return INTRODUCTION + "\n".join(f"| {' | '.join(line)} |" for line in table) + "\n"


def _readable(route: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", re.sub(r"\(\?P<(\w+)>[^)]*\)|[\^$]", _part, route))


def _part(found: re.Match[str]) -> str:
    return f"<{found[1]}>" if found[1] else ""


INTRODUCTION: Final = """# Who may what

Every address of the site, and what each chair gets there. The table is asked of the policies that decide
(`endocsea/people/policies.py` and those of the other chapters); a test visits every address from every chair and
compares. It is written by `python -m endocsea.config.manage permissions`; nobody types it.

- **sees**: the page. Some pages about signing in ask for the password or a code once more before.
- **does**: the deed.
- **refused**: may come to the form or record, and is told why the deed cannot be done.
- **not there**: the same answer as for an address that does not exist.
- **signs in first**: is led to the page that signs in, and back.
- **goes on**: this page is for others; is led to what comes next.

National coordinators, team members, rapporteurs, civil society and trainers hold their role here for one state, the
own one. Whoever is of the secretariat, a coordinator, a rapporteur, the safeguarding or data protection officer or
an administrator sets up a second factor before any page but those about the account opens. Being of the steering
group follows from other roles and opens nothing more so far.

"""
