"""The sheet of a state's reply, or of the questions that one institution answers, from the records."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from django.utils.timezone import get_current_timezone

from endocsea.questionnaires.form import ASKS_NOTHING, Form, Group, Item, Question, Texts
from endocsea.questionnaires.models import Round
from endocsea.states.models import State

from ..answers.consequences import what_follows
from ..answers.given import Given
from ..answers.last_time import last_time
from ..models import Answer, AnswerVersion, Evidence, OfferTaken
from ..offering.offers import Offer, offers_for
from .sheet import Beside, Line, Sheet


def sheet_of(
    round: Round,
    state: State,
    *,
    language: str,
    on: datetime.date,
    only: Collection[str] | None = None,
    whole: bool = False,
    institution: str = "",
    due_on: datetime.date | None = None,
) -> Sheet:
    """All questions of a round, or those with the paths in ``only``, with what the state answers so far.

    What is not asked, because of what was answered, is left out unless it is to be the ``whole``: to read what came
    back from before.

    Whose eyes they are for is asked before: everything that is named here goes out.
    """
    assert round.version is not None
    form = round.version.form
    here = answers_here(round, state)
    answers = {path: given for path, (given, _number) in here.items()}
    noon = datetime.datetime.combine(on, datetime.time(12), get_current_timezone())
    left_out = frozenset() if whole else what_follows(form, answers, at=noon).left_out(answers)
    before = before_this(round, state)
    beside = beside_answers(round, state)
    offers = _offers(round, state, on=on)
    return Sheet(
        round=round.code,
        round_name=round.name,
        state=state.iso3,
        state_name=state.name,
        institution=institution,
        language=language,
        digest=round.version.digest,
        made_on=on,
        due_on=due_on or round.due_for(state),
        lines=tuple(
            Line(
                path,
                section,
                question,
                form.choices.get(question.choices, ()),
                *here.get(path, (Given(), 0)),
                before.get(question.indicator) if question.indicator else None,
                beside.get(path, Beside()),
                tuple(each for each in offers if each.touches(path, question)),
            )
            for path, section, question in _asked(form)
            if (only is None or path in only) and path not in left_out
        ),
    )


def _offers(round: Round, state: State, *, on: datetime.date) -> list[Offer]:
    """What public sources say at one question or another, and the state has said no word on in this round."""
    taken = OfferTaken.objects.filter(reply__round=round, reply__state=state)
    judged = set(taken.values_list("offer", flat=True))
    return [each for each in offers_for(state, on=on) if each.indicator and each.key not in judged]


def answers_here(round: Round, state: State) -> dict[str, tuple[Given, int]]:
    """What stands here, by path, with its version."""
    answers = Answer.objects.filter(round=round, state=state, retired_on=None)
    return {each.question: (each.given, each.number) for each in answers}


def beside_answers(round: Round, state: State) -> dict[str, Beside]:
    """What shows each answer, in words, and who may read it, by path."""
    proofs: dict[str, list[str]] = {}
    found = Evidence.objects.filter(answer__round=round, answer__state=state, retired_on=None)
    found = found.exclude(life__in=(Evidence.Life.REJECTED, Evidence.Life.SUPERSEDED))
    for each in found.select_related("answer", "citation__source").order_by("pk"):
        proofs.setdefault(each.answer.question, []).append(_proof_in_words(each))
    classes = Answer.objects.filter(round=round, state=state, retired_on=None)
    return {
        path: Beside("\n".join(proofs.get(path, ())), confidentiality)
        for path, confidentiality in classes.values_list("question", "confidentiality")
    }


def proofs_here(round: Round, state: State) -> dict[str, set[str]]:
    """Every piece of evidence that was given, in the words of a sheet, by path: also what stands no longer."""
    proofs: dict[str, set[str]] = {}
    found = Evidence.objects.filter(answer__round=round, answer__state=state)
    for each in found.select_related("answer", "citation__source"):
        proofs.setdefault(each.answer.question, set()).add(_proof_in_words(each))
    return proofs


def _proof_in_words(evidence: Evidence) -> str:
    source, locator = evidence.citation.source, evidence.citation.locator
    parts = (source.title or source.address, locator, evidence.dated and evidence.dated.isoformat())
    return ", ".join(part for part in parts if part)


def versions_of(round: Round, state: State) -> dict[str, dict[int, Given]]:
    """Every version that was kept, by path and number; what the content brought and nobody touched is version 0."""
    found: dict[str, dict[int, Given]] = {}
    for answer in Answer.objects.filter(round=round, state=state, retired_on=None):
        found.setdefault(answer.question, {})[answer.number] = answer.given
    kept = AnswerVersion.objects.filter(answer__round=round, answer__state=state).select_related("answer")
    for version in kept:
        found.setdefault(version.answer.question, {})[version.number] = version.given
    return found


def before_this(round: Round, state: State) -> dict[str, Given]:
    """By indicator, what the state said the last time that it was asked."""
    return {indicator: each.given for indicator, each in last_time(round, state).items()}


def _asked(form: Form) -> Iterator[tuple[str, Texts, Question]]:
    for section in form.items:
        yield from _within(section, "", section.label)


def _within(item: Item, above: str, section: Texts) -> Iterator[tuple[str, Texts, Question]]:
    path = f"{above}{item.name}"
    if isinstance(item, Group):
        for each in item.items:
            yield from _within(each, f"{path}/", section)
    elif item.kind not in ASKS_NOTHING:
        yield path, section, item
