"""What was said at the questions of a reply, as one person may read it: two statements, however much it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from endocsea.journal.models import Entry
from endocsea.support.actors import Role
from endocsea.support.texts import shown

from . import policies
from .anchors import anchor_of
from .models import Comment, Reply

if TYPE_CHECKING:
    from .reading import Desk

WHO: Final[Mapping[str, str | Promise]] = {
    Role.COORDINATOR: _("the coordinator"),
    Role.TEAM: _("a member of the team"),
    Role.SECRETARIAT: _("the secretariat"),
}
YOU: Final = _("you")


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment; ``who`` said it, in words."""

    comment: Comment
    who: str | Promise

    @property
    def text(self) -> str:
        return shown(self.comment.text)


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and what was answered to it."""

    first: Remark
    answers: tuple[Remark, ...]

    @property
    def open(self) -> bool:
        return self.first.comment.settled_at is None

    @property
    def question(self) -> str:
        return self.first.comment.question

    @property
    def name(self) -> str:
        """The name of the question."""
        return self.question.rsplit("/", 1)[-1]

    @property
    def section(self) -> str:
        return self.question.partition("/")[0]

    @property
    def anchor(self) -> str:
        return anchor_of(self.question)

    @property
    def of_the_secretariat(self) -> bool:
        return self.first.comment.role == Role.SECRETARIAT

    @property
    def for_the_state_only(self) -> bool:
        return self.first.comment.within == Comment.Within.STATE


@dataclass(frozen=True, slots=True)
class Talk:
    """The discussion at one question. ``chooses``: whoever comments says who reads it."""

    threads: tuple[Thread, ...] = ()
    may_comment: bool = False
    chooses: bool = False

    @property
    def open(self) -> int:
        return sum(thread.open for thread in self.threads)


def talks(desk: Desk, paths: Collection[str] | None = None) -> dict[str, Talk]:
    """By path, what the reader of a desk may read and write there; of all questions, or of some."""
    asked = desk.form.by_path() if paths is None else {path: desk.form.by_path()[path] for path in paths}
    places = {path: desk.place(path, question) for path, question in asked.items()}
    chooses = bool(desk.reader.speaks_for(on=desk.on))
    threads = _threads(desk, places, some=paths is not None)
    found = {}
    for path, place in places.items():
        may = policies.may_comment(desk.reader, place, on=desk.on)
        if may or path in threads:
            found[path] = Talk(tuple(threads.get(path, ())), may, chooses)
    return found


def discussed(desk: Desk) -> dict[str, Any]:
    """For the page of a reply: how much is open, and what the secretariat asked and nobody has settled, which a
    reply is sent back with.
    """
    open_threads = [thread for talk in talks(desk).values() for thread in talk.threads if thread.open]
    asked = [thread for thread in open_threads if thread.of_the_secretariat]
    back = desk.reply.step == Reply.Step.RETURNED
    return {"open_talk": len(open_threads), "waiting": asked, "sent_back": asked if back else []}


def _threads(desk: Desk, places: Mapping[str, policies.Place], *, some: bool) -> dict[str, list[Thread]]:
    if desk.reply.pk is None:
        return {}
    there = Comment.objects.filter(reply=desk.reply, voice=None).order_by("at", "pk")
    if some:
        there = there.filter(question__in=list(places))
    comments = [each for each in there if each.question in places and _may_read(desk, places, each)]
    said_by_me = _of(desk, comments)
    firsts: dict[int, tuple[Remark, list[Remark]]] = {}
    for comment in comments:
        remark = Remark(comment, YOU if comment.pk in said_by_me else WHO.get(comment.role, comment.role))
        if comment.to_id is None:
            firsts[comment.pk] = (remark, [])
        elif comment.to_id in firsts:
            firsts[comment.to_id][1].append(remark)
    found: dict[str, list[Thread]] = {}
    for first, answers in firsts.values():
        found.setdefault(first.comment.question, []).append(Thread(first, tuple(answers)))
    for path, threads in found.items():
        found[path] = sorted(threads, key=lambda thread: not thread.open)
    return found


def _may_read(desk: Desk, places: Mapping[str, policies.Place], comment: Comment) -> bool:
    return policies.may_read_comment(
        desk.reader,
        places[comment.question],
        within_state=comment.within == Comment.Within.STATE,
        on=desk.on,
    )


def _of(desk: Desk, comments: list[Comment]) -> set[int]:
    """Those that the reader made, as the journal has it."""
    if not comments:
        return set()
    made = Entry.objects.filter(
        about_kind="comment",
        about_key__in=[str(each.pk) for each in comments],
        deed="comment made",
        doer__actor=desk.reader.journal_id,
    )
    return {int(key) for key in made.values_list("about_key", flat=True)}
