"""The end of a section's page: what contradicts in it, whether it is signed off, and what is missing for that."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

from endocsea.questionnaires.form import Question
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.refusals import Refusal

from . import policies
from .anchors import anchor_of
from .answers.readiness import not_ready, paths_of
from .models import SectionSigned
from .reading import Contradiction, Desk


class Missing(NamedTuple):
    anchor: str
    question: Question


class Open(NamedTuple):
    """A question for whose answer the reply cannot be sent yet."""

    section: str
    anchor: str
    question: Question


@dataclass(frozen=True, slots=True)
class SigningRefused:
    """What was sent to sign off or to reopen a section and not taken, as the page shows it again, and why."""

    text: str
    reason: str  # why it is no case data
    refusal: Refusal

    @property
    def case_data(self) -> LooksLikeCaseData | None:
        return self.refusal if isinstance(self.refusal, LooksLikeCaseData) else None

    @property
    def status(self) -> HTTPStatus:
        return HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass(frozen=True, slots=True)
class SigningOff:
    """``may``: the reader signs it off, or reopens it."""

    signed: SectionSigned | None
    may: bool
    missing: tuple[Missing, ...]
    contradictions: tuple[Contradiction, ...]
    refused: SigningRefused | None = None


def signing_off(desk: Desk, section: str, refused: SigningRefused | None = None) -> SigningOff:
    return SigningOff(
        signed=desk.signed.get(section),
        may=may_sign_off(desk, section),
        missing=tuple(
            Missing(anchor_of(path), question)
            for path, question in desk.not_ready_in(section)
            if desk.may_read(path, question)
        ),
        contradictions=tuple(desk.contradictions(section)),
        refused=refused,
    )


def open_in_reply(desk: Desk) -> list[Open]:
    """What is missing before the whole is signed, in the order of the form: for whoever signs it."""
    asked = desk.form.by_path()
    return [
        Open(path.partition("/")[0], anchor_of(path), asked[path])
        for path in not_ready(desk.form, desk.answers, relevant=desk.counted)
    ]


def may_sign_off(desk: Desk, section: str) -> bool:
    """Whether the reader signs off a section, and reopens it, as long as the reply takes answers."""
    whole = set(paths_of(desk.form, section)) <= desk.mine
    return desk.open and policies.may_sign_section(
        desk.reader, desk.reply.state.iso3, whole=whole, on=desk.on
    )
