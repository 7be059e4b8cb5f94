"""What waits for a person in the rounds that take answers: as coordinator, in a team, for an organisation, and in the
secretariat.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endocsea.people.models import Appointment, Person
from endocsea.people.standing import Standing
from endocsea.questionnaires.models import Round, RoundQuerySet, Share
from endocsea.questionnaires.policies import may_run_rounds
from endocsea.replies.answers.readiness import is_ready
from endocsea.replies.models import Comment, Reply
from endocsea.replies.policies import may_find_voices, may_follow
from endocsea.replies.reading import desk
from endocsea.replies.voices.desk import desk_of_voice, voices_of
from endocsea.states.models import State
from endocsea.support.actors import Role
from endocsea.support.texts import collation, plain

from .tasks import Task

NAMED = 5  # states in a sentence before it stops


def of_replies(person: Person, reader: Standing, *, at: datetime.datetime) -> Iterator[Task]:
    """The tasks of all of a person's roles; nothing of what was answered is in them."""
    held = list(person.appointments.on(reader.day).select_related("state"))
    for each in held:
        if each.role == Role.COORDINATOR and each.state is not None:
            yield from _coordinating(person, each.state, reader, at)
    yield from _in_the_team(person, [each for each in held if each.role == Role.TEAM], reader, at)
    yield from _beside_states(person, reader, at)
    if may_run_rounds(reader, on=reader.day):
        yield from _running(reader, at)
    if may_follow(reader, on=reader.day):
        yield from _asked_of_the_secretariat(at)


def _coordinating(person: Person, state: State, reader: Standing, at: datetime.datetime) -> Iterator[Task]:
    for round in _open(at).filter(states=state):
        seen = desk(person, round=round.code, state=state.slug, at=at, on=reader.day)
        if not seen.coordinates or seen.reply.is_sent:
            continue
        due, address = round.due_for(state), [round.code, state.slug]
        counts = seen.counts().values()
        told = {
            "state": plain(state.name),
            "round": plain(round.name),
            "ready": sum(each.ready for each in counts),
            "asked": sum(each.asked for each in counts),
        }
        if seen.reply.step == Reply.Step.RETURNED:
            said = _("Sent back with questions: %(state)s, %(round)s; %(ready)s of %(asked)s ready")
        elif told["ready"] == told["asked"]:
            said = _("Sign and send: %(state)s, %(round)s; all %(asked)s are ready")
        else:
            said = _("Answer: %(state)s, %(round)s; %(ready)s of %(asked)s ready")
        yield Task(said % told, reverse("replies:reply", args=address), due)
        asked = Q(reply=seen.reply) if seen.reply.pk else Q(pk=None)
        if count := sum(_discussions(asked, last_by={Role.SECRETARIAT, Role.RAPPORTEUR, Role.TEAM}).values()):
            said = ngettext(
                "One question of others waits for you: %(state)s, %(round)s",
                "%(count)s questions of others wait for you: %(state)s, %(round)s",
                count,
            )
            told["count"] = count
            yield Task(said % told, reverse("replies:comments", args=address), due)


def _in_the_team(
    person: Person, held: list[Appointment], reader: Standing, at: datetime.datetime
) -> Iterator[Task]:
    shares = Share.objects.filter(member__in=held, withdrawn_at=None, round__in=_open(at))
    for share in shares.select_related("round", "state").order_by("pk"):
        seen = desk(person, round=share.round.code, state=share.state.slug, at=at, on=reader.day)
        if not seen.open:
            continue
        left = [
            path
            for path in share.questions
            if (seen.counted is None or path in seen.counted) and not is_ready(seen.answers.get(path))
        ]
        if not left:
            continue
        said = ngettext(
            "Answer one question for %(institution)s: %(state)s, %(round)s",
            "Answer %(count)s questions for %(institution)s: %(state)s, %(round)s",
            len(left),
        )
        told = {
            "count": len(left),
            "institution": share.institution,
            "state": plain(share.state.name),
            "round": plain(share.round.name),
        }
        address = [share.round.code, share.state.slug, left[0].partition("/")[0]]
        due = share.due_on or share.round.due_for(share.state)
        yield Task(said % told, reverse("replies:section", args=address), due)


def _beside_states(person: Person, reader: Standing, at: datetime.datetime) -> Iterator[Task]:
    """Organisations that are asked the same questions as a state."""
    if not may_find_voices(reader, on=reader.day):
        return
    for voice in voices_of(person, on=reader.day):
        seen = desk_of_voice(voice, reader, at=at, on=reader.day)
        sections = seen.sections()
        told = {
            "organisation": voice.organisation,
            "state": plain(voice.state.name),
            "round": plain(voice.round.name),
            "answered": sum(each.answered for each in sections),
            "asked": sum(each.asked for each in sections),
        }
        if not seen.open or told["answered"] == told["asked"]:
            continue
        if voice.organisation:
            said = _("Answer for %(organisation)s: %(state)s, %(round)s; %(answered)s of %(asked)s answered")
        else:
            said = _("Answer for your organisation: %(state)s, %(round)s; %(answered)s of %(asked)s answered")
        yield Task(said % told, reverse("replies:voice", args=[voice.pk]), voice.round.answers_until)


def _running(reader: Standing, at: datetime.datetime) -> Iterator[Task]:
    for round in _open(at):
        sent = {each.state_id for each in Reply.objects.filter(round=round) if each.is_sent}
        days = round.due_days()
        late = sorted(
            (
                state
                for state in round.states.all()
                if state.pk not in sent and (due := days[state.pk]) is not None and due < reader.day
            ),
            key=lambda state: collation(plain(state.name)),
        )
        if not late:
            continue
        names = ", ".join(plain(state.name) for state in late[:NAMED])
        said = ngettext(
            "%(round)s: one state is past its due day (%(which)s)",
            "%(round)s: %(count)s states are past their due day (%(which)s)",
            len(late),
        )
        told = {
            "round": plain(round.name),
            "count": len(late),
            "which": f"{names}, …" if len(late) > NAMED else names,
        }
        first = min(day for state in late if (day := days[state.pk]) is not None)
        yield Task(said % told, reverse("replies:round", args=[round.code]), first)


def _asked_of_the_secretariat(at: datetime.datetime) -> Iterator[Task]:
    asked = Q(within=Comment.Within.SECRETARIAT, reply__round__in=_open(at))
    waiting = _discussions(asked, last_by={Role.COORDINATOR, Role.TEAM})
    replies = Reply.objects.filter(pk__in=waiting).select_related("round", "state")
    for reply in sorted(replies, key=lambda each: collation(plain(each.state.name))):
        count = waiting[reply.pk]
        said = ngettext(
            "Answer one comment of %(state)s: %(round)s",
            "Answer %(count)s comments of %(state)s: %(round)s",
            count,
        )
        told = {"count": count, "state": plain(reply.state.name), "round": plain(reply.round.name)}
        yield Task(said % told, reverse("replies:comments", args=[reply.round.code, reply.state.slug]))


def _discussions(which: Q, *, last_by: set[Role]) -> dict[int, int]:
    """How many discussions are open by reply in which the last word is of one of these roles."""
    answers = Comment.objects.filter(to=OuterRef("pk")).order_by("-at", "-pk").values("role")[:1]
    open_ones = Comment.objects.filter(which, to=None, voice=None, settled_at=None)
    last = Q(last__in=last_by) | Q(last=None, role__in=last_by)
    found = open_ones.annotate(last=Subquery(answers)).filter(last)
    return dict(found.values_list("reply").annotate(count=Count("pk")).order_by())


def _open(at: datetime.datetime) -> RoundQuerySet:
    return Round.objects.open(at=at).filter(version__isnull=False).order_by("opens_on", "code")
