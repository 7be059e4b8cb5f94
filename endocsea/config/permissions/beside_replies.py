"""Rows about what stands beside a reply: discussion, evidence, other voices, all replies, links without an account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from endocsea.people.standing import Standing
from endocsea.questionnaires.policies import may_share
from endocsea.replies import policies as replies

from .of_replies import _answering
from .table import DAY, OTHER, OWN, SCOPE, Cell, Gets, Row, at, done_by, everybody, seen_by


def rows_of_discussion() -> Iterator[Row]:
    """What is said at questions, and sections that are signed off."""
    one = "workspace/replies/<slug:round>/<slug:state>/"
    signs = partial(replies.may_sign_section, whole=True)
    for of in (OWN, OTHER):
        for sent in (False, True):
            kind = f"{SCOPE[of].removeprefix(' ')}, {'signed and sent' if sent else 'being answered'}"
            place = replies.Place(of, sent=sent)
            told = {"state": of, "section": "C3", "said": "yes", "sent": "yes" if sent else ""}
            comments, says = f"{one}comments/", at(replies.may_comment, place, Gets.DOES)
            yield Row(
                "Discussion of a reply", (comments,), at(replies.may_enter, place), kind=kind, parts=told
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
                at(signs, of, Gets.DOES),
                method="POST",
                kind=SCOPE[of][1:],
                parts={"state": of, "section": "C3"},
            )


def rows_of_evidence() -> Iterator[Row]:
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
                yield Row(what, (route,), at(replies.may_read, place), kind=kind, parts=told)
            for what, route, cell in (
                (
                    "Attach evidence (a member of a team: to a question that was shared)",
                    add,
                    _answering(place),
                ),
                ("Withdraw evidence", f"{piece}withdraw/", _answering(place)),
                ("Say that evidence cannot be reached", f"{piece}check/", _checking(place)),
                ("See whether a source opens", f"{piece}look/", at(replies.may_read, place, Gets.DOES)),
            ):
                yield Row(what, (route,), cell, method="POST", kind=kind, parts=told)
    listing = done_by(replies.may_list_domains)
    yield Row(
        "Sites that may be asked for a page", ("workspace/domains/",), seen_by(replies.may_list_domains)
    )
    yield Row("List a site", ("workspace/domains/",), listing, method="POST")
    yield Row("Remove a site", ("workspace/domains/<int:pk>/remove/",), listing, method="POST")


def rows_of_translations() -> Iterator[Row]:
    """Answers in another language than their own: before the reply is sent by the state, then by the review."""
    route = "workspace/replies/<slug:round>/<slug:state>/translation/<path:question>/"
    for of in (OWN, OTHER):
        for sent in (False, True):
            kind = f"{SCOPE[of].removeprefix(' ')}, {'signed and sent' if sent else 'being answered'}"
            place = replies.Place(of, sent=sent)
            told = {"state": of, "section": "C3", "question": "C3/C3-07", "sent": "yes" if sent else ""}
            reads, does = at(replies.may_read, place), _translating(place)
            yield Row("Translations of an answer", (route,), reads, kind=kind, parts=told)
            yield Row(
                "Translate an answer (a member of a team: one that was shared)",
                (route,),
                does,
                method="POST",
                kind=kind,
                parts=told,
            )


def _translating(place: replies.Place) -> Cell:
    def cell(actor: Standing) -> Gets:
        if not replies.may_read(actor, place, on=DAY):
            return Gets.NOT_THERE
        shared = replace(place, shared=True)
        return Gets.DOES if replies.may_translate(actor, shared, on=DAY) else Gets.REFUSED

    return cell


def _checking(place: replies.Place) -> Cell:
    """The review once the reply was sent; before that, whoever answers."""
    if not place.sent:
        return _answering(place)

    def cell(actor: Standing) -> Gets:
        if not replies.may_read(actor, place, on=DAY):
            return Gets.NOT_THERE
        return Gets.DOES if replies.may_check_evidence(actor, place, on=DAY) else Gets.REFUSED

    return cell


def rows_across_replies() -> Iterator[Row]:
    """Organisations that answer beside a state, and all replies to one question."""
    rounds, voice = "workspace/rounds/<slug:code>/", "workspace/voices/<int:pk>/"
    beside = "workspace/replies/<slug:round>/<slug:state>/voices/"
    by_question = f"{rounds}by-question/"
    yield Row(
        "All replies to one question, on a page and as a file",
        (by_question, f"{by_question}<path:question>/", f"{by_question}<path:question>/all.<slug:format>"),
        seen_by(replies.may_compare),
    )
    yield Row(
        "Organisations that answer in a round", (f"{rounds}voices/",), seen_by(replies.may_invite_voices)
    )
    invites = done_by(replies.may_invite_voices)
    yield Row("Have an organisation answer beside a state", (f"{rounds}voices/",), invites, method="POST")
    withdraw = f"{rounds}voices/<int:pk>/withdraw/"
    yield Row("Withdraw an organisation", (withdraw,), invites, method="POST")
    made, parts = f"{rounds}voices/<int:pk>/links/", {"voice": OWN, "code": "spring-2021"}
    yield Row("Links of an organisation", (made,), seen_by(replies.may_invite_voices), parts=parts)
    yield Row("Make a link for an organisation", (made,), invites, method="POST", parts=parts)
    ended = f"{rounds}voices/links/<uuid:key>/end/"
    yield Row("End a link of an organisation", (ended,), invites, method="POST", parts=parts)
    yield Row("For which organisations one answers", ("workspace/voices/",), seen_by(replies.may_find_voices))
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
        hears = at(replies.may_hear_voices, of)
        yield Row("What organisations answer, beside the state", (beside,), hears, kind=kind, parts=parts)
        yield Row(
            "React to what an organisation answers",
            (f"{beside}react/",),
            _reacting(of),
            method="POST",
            kind=kind,
            parts=parts,
        )


def rows_without_an_account() -> Iterator[Row]:
    """One-time links, and answers that are entered from a letter; whoever has opened a link is no chair."""
    nobody = everybody(Gets.NOT_THERE)
    door, behind = "workspace/by-link/<str:token>/", "workspace/by-link/at/<uuid:key>/"
    yield Row("The page of a one-time link", (door,), everybody(Gets.SEES), Gets.SEES)
    yield Row(
        "Open a one-time link (the first browser)", (door,), everybody(Gets.DOES), Gets.DOES, method="POST"
    )
    other = "that another browser has, or nobody"
    questions = (behind, f"{behind}section/<str:section>/")
    yield Row("The questions behind a link", questions, nobody, Gets.NOT_THERE, kind=other)
    for what, route in (("Answer by a link", "answer/"), ("Hand in by a link", "hand-in/")):
        yield Row(what, (f"{behind}{route}",), nobody, Gets.NOT_THERE, method="POST", kind=other)
    one = "workspace/replies/<slug:round>/<slug:state>/"
    sheet = f"{one}shares/<int:pk>/"
    for of in (OWN, OTHER):
        kind, parts = SCOPE[of][1:], {"state": of, "section": "C3", "share": "yes", "format": ""}
        sees, does = at(may_share, of), at(may_share, of, Gets.DOES)
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
            reads = at(replies.may_read, replies.Place(of, sent=sent))
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
