"""What a reply said when a file was printed: found by the checksum that stands on the paper."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from endocsea.questionnaires.models import Round
from endocsea.states.models import State

from ..answers.given import Given
from ..models import Answer, AnswerVersion
from .differing import Said, checksum_of
from .reading import cleared_words


def said_when(begins: str, *, round: Round, state: State, now: Said) -> dict[str, str] | None:
    """What was said when its checksum began so: ``now``, or the answers before some of the last changes.

    None: at no moment, with the sentences about the state as they are today.
    """
    said = dict(now)
    if checksum_of(said).startswith(begins):
        return said
    for changed in _steps_back(round, state, now):
        said |= changed
        if checksum_of(said).startswith(begins):
            return said
    return None


def _steps_back(round: Round, state: State, now: Said) -> Iterator[Mapping[str, str]]:
    """From the last moment at which something was saved to the first: how each answer read before it."""
    assert round.version is not None
    form = round.version.form
    questions = form.by_path()
    rows = Answer.objects.filter(round=round, state=state, retired_on=None)
    answers = {each.pk: each.question for each in rows if each.question in now}
    before: dict[int, Given] = {pk: Given() for pk in answers}
    steps: dict[datetime.datetime, dict[str, str]] = {}
    kept = AnswerVersion.objects.filter(answer__in=answers).order_by("number")
    for version in kept:
        if version.number > 0:  # 0 is what the content brought: it was there from the beginning
            path = answers[version.answer_id]
            question = questions[path]
            words = cleared_words(question, form.choices.get(question.choices, ()), before[version.answer_id])
            steps.setdefault(version.saved_at, {}).setdefault(path, words)
        before[version.answer_id] = version.given
    for moment in sorted(steps, reverse=True):
        yield steps[moment]
