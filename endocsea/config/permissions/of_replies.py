"""Rows about rounds, and about a state's reply from its first answer to its clearance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from endocsea.people.standing import Standing
from endocsea.questionnaires.policies import may_run_rounds, may_share
from endocsea.replies import policies as replies

from .table import DAY, OTHER, OWN, SCOPE, Cell, Gets, Row, at, done_by, everybody, seen_by


def rows_of_replies() -> Iterator[Row]:
    """What a state answers in a round that is open, and once it was signed and sent."""
    one = "workspace/replies/<slug:round>/<slug:state>/"
    section = f"{one}section/<str:section>/"
    runs = seen_by(may_run_rounds)
    yield Row(
        "Rounds, and how far each state is", ("workspace/rounds/", "workspace/rounds/<slug:code>/"), runs
    )
    yield Row("History of a round", ("workspace/history/rounds/<slug:code>/",), runs)
    yield Row("The form that makes a round", ("workspace/rounds/new/",), runs)
    for what, deed in (("Open a round", "open"), ("Close a round", "close"), ("Give more time", "more-time")):
        route = f"workspace/rounds/<slug:code>/{deed}/"
        yield Row(what, (route,), done_by(may_run_rounds), method="POST", parts={"round-deed": deed})
    yield Row("Histories that one may follow", ("workspace/history/",), everybody(Gets.SEES))
    yield Row("Replies that one may enter", ("workspace/replies/",), everybody(Gets.SEES))
    for of in (OWN, OTHER):
        parts = {"state": of, "section": "C3"}
        for sent in (False, True):
            kind = f"{SCOPE[of].removeprefix(' ')}, {'signed and sent' if sent else 'being answered'}"
            place = replies.Place(of, sent=sent)
            told = {**parts, "sent": "yes" if sent else ""}
            yield Row("How far a reply is", (one,), at(replies.may_enter, place), kind=kind, parts=told)
            yield Row("What a reply says", (section,), at(replies.may_read, place), kind=kind, parts=told)
            yield Row(
                "Answer a question (a member of a team: one that was shared)",
                (f"{one}answer/",),
                _answering(place),
                method="POST",
                kind=kind,
                parts=told,
            )
        yield from rows_of_clearing(of)
        signing, opening = at(replies.may_sign, of), at(replies.may_open_again, of)
        yield Row("Sign and send a reply", (f"{one}sign/",), signing, kind=SCOPE[of][1:], parts=parts)
        yield Row("Who answers what", (f"{one}shares/",), at(may_share, of), kind=SCOPE[of][1:], parts=parts)
        for what, route in (
            ("An institution's sheet", f"{one}shares/<int:pk>/sheet.docx"),
            ("The whole reply as a workbook", f"{one}workbook.xlsx"),
            ("A section as a workbook", f"{section}workbook.xlsx"),
            ("The file for clearance", f"{one}clearance.<slug:format>"),
            ("What came back in a file, beside what stands here", f"{one}bring-back/"),
        ):
            told = {**parts, "format": "docx", "share": "yes"}
            yield Row(what, (route,), at(may_share, of), kind=SCOPE[of][1:], parts=told)
        yield Row(
            "Take what came back",
            (f"{one}bring-back/take/",),
            at(may_share, of, Gets.DOES),
            method="POST",
            kind=SCOPE[of][1:],
            parts=parts,
        )
        yield Row(
            "Take questions back from an institution",
            (f"{one}shares/<int:pk>/",),
            at(may_share, of, Gets.DOES),
            method="POST",
            kind=SCOPE[of][1:],
            parts=parts,
        )
        for sent in (False, True):
            kind = f"{SCOPE[of].removeprefix(' ')}, {'signed and sent' if sent else 'being answered'}"
            told = {**parts, "sent": "yes" if sent else ""}
            history = at(replies.may_see_history, replies.Place(of, sent=sent))
            yield Row(
                "History of a reply", (f"workspace/history/{one[10:]}",), history, kind=kind, parts=told
            )
        parts = {**parts, "sent": "yes"}
        yield Row("Open a reply again", (f"{one}open-again/",), opening, kind=SCOPE[of][1:], parts=parts)


def rows_of_what_is_there() -> Iterator[Row]:
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
            at(replies.may_answer, replies.Place(of)),
            kind=SCOPE[of][1:],
            parts={"state": of, "section": "C3"},
        )
    drafts = "workspace/rounds/<slug:code>/draft/<slug:state>/<str:section>/"
    yield Row(
        "Drafts from public sources for a state that stays silent", (drafts,), seen_by(replies.may_draft)
    )
    yield Row(
        "Draft an answer from public sources",
        (drafts,),
        done_by(replies.may_draft),
        method="POST",
        parts={"state": OWN, "section": "C3"},
    )


def rows_of_clearing(of: str) -> Iterator[Row]:
    """The file for clearance, the signed letter, what was cleared, and support asked for."""
    one, kind = "workspace/replies/<slug:round>/<slug:state>/", SCOPE[of][1:]
    parts = {"state": of, "section": "C3", "clears": "yes"}
    signs, sent = at(replies.may_sign, of), replies.Place(of, sent=True)
    yield Row("The file for clearance on a page", (f"{one}clearance/",), signs, kind=kind, parts=parts)
    yield Row("The form that takes the signed letter in", (f"{one}clear/",), signs, kind=kind, parts=parts)
    yield Row(
        "Support that a state asks for, in a draft",
        (f"{one}wishes/",),
        at(replies.may_read, replies.Place(of)),
        kind=kind,
        parts=parts,
    )
    yield Row(
        "No longer ask for support",
        (f"{one}wishes/<int:pk>/withdraw/",),
        at(replies.may_sign, of, Gets.DOES),
        method="POST",
        kind=kind,
        parts=parts,
    )
    parts = {**parts, "sent": "yes"}
    yield Row(
        "What was cleared, beside what is said now",
        (f"{one}cleared/",),
        at(replies.may_see_cleared, of),
        kind=kind,
        parts=parts,
    )
    yield Row(
        "The signed letter",
        (f"{one}cleared/<int:pk>/letter.pdf",),
        at(replies.may_read, sent),
        kind=kind,
        parts={**parts, "of": "letter"},
    )
    yield Row(
        "The form that says what support was given",
        (f"{one}wishes/<int:pk>/given/",),
        at(replies.may_say_what_was_given, sent),
        kind=kind,
        parts=parts,
    )


def _answering(place: replies.Place) -> Cell:
    def cell(actor: Standing) -> Gets:
        if not replies.may_read(actor, place, on=DAY):
            return Gets.NOT_THERE
        shared = replace(place, shared=True)
        return Gets.DOES if replies.may_answer(actor, shared, on=DAY) and not place.sent else Gets.REFUSED

    return cell
