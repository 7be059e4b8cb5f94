"""Is a state silent? Then, and only then, the secretariat may draft its answers from public sources."""

from __future__ import annotations

import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from endocsea.questionnaires.models import Round

from ..answers.given import Origin
from ..models import Answer, AnswerVersion, Reply


def own_answers(round: Round) -> QuerySet[Answer]:
    """What states said themselves, in whatever words: all but drafts that nobody has touched."""
    drafted = AnswerVersion.objects.filter(
        answer=OuterRef("pk"), number=F("answer__number"), origin=Origin.SOURCES.value
    )
    return Answer.objects.filter(~Exists(drafted), round=round, retired_on=None)


def is_silent(reply: Reply, *, at: datetime.datetime, on: datetime.date) -> bool:
    """The round takes answers, the state's due day has passed, and it has neither answered nor sent anything."""
    due = reply.round.due_for(reply.state)
    if due is None or due >= on or reply.is_sent or not reply.round.takes_answers(at=at):
        return False
    return not own_answers(reply.round).filter(state=reply.state).exists()
