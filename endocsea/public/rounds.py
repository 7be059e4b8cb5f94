"""Which states have replied in a round, and which have not: nothing of what they say."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from endocsea.charts.markup import element, escape, join
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.questionnaires.models import Round
from endocsea.replies.models import Reply
from endocsea.support.days import long_day
from endocsea.support.texts import collation, plain


def shown() -> QuerySet[Round]:
    """The rounds that were opened, the newest first; those made up for training at the end, or left out."""
    found = Round.objects.filter(opened_at__lte=now(), retired_on=None)
    if not settings.WITH_TRAINING:
        found = found.filter(training=False)
    return found.order_by("training", "-opens_on", "code")


def round_of(code: str) -> Round | None:
    return shown().filter(code=code).first()


def who_has_replied(round: Round, *, on: datetime.date) -> Table:
    """A row for each state that was asked, by name, as it stands on a day. Four statements."""
    dues, closed = round.due_days(), not round.takes_answers(at=now())
    replies = {each.state_id: each for each in Reply.objects.filter(round=round)}
    asked = [(pk, slug, plain(name)) for pk, slug, name in round.states.values_list("pk", "slug", "name")]
    rows: list[list[Value]] = []
    for pk, slug, name in sorted(asked, key=lambda row: collation(row[2])):
        due, reply = dues[pk], replies.get(pk)
        sent_on = localdate(reply.submitted_at) if reply and reply.submitted_at else None
        said = _how_it_stands(reply, sent_on, closed=closed)
        late = due is not None and due < (sent_on or on)
        rows.append(
            [
                Cell(name, href=reverse("public:state", args=(slug,))),
                long_day(due) or _("no day was set"),
                _late(said) if late else said,
            ]
        )
    columns = (Column(_("State")), Column(_("Asked until")), Column(_("Reply")))
    return Table(_("Who has replied"), columns, rows, id="replies")


def counted(round: Round) -> int:
    """How many states have replied."""
    return sum(each.is_sent for each in Reply.objects.filter(round=round))


def _how_it_stands(reply: Reply | None, sent_on: datetime.date | None, *, closed: bool) -> str:
    if reply is None or sent_on is None:
        return _("no reply") if closed else _("not replied yet")
    day = {"day": long_day(sent_on)}
    return (
        _("replied on %(day)s") % day if reply.is_sent else _("replied on %(day)s, opened again since") % day
    )


def _late(said: str) -> Cell:
    mark = element("span", _("late"), class_="tag tag-warm")
    return Cell(_("%(what)s (late)") % {"what": said}, html=join((escape(said), " ", mark)))
