"""The picture of a state that a run gives: capability by capability, and drawn."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.utils.formats import get_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from endocsea.charts.chart import Chart
from endocsea.charts.profile import Band, ProfileRow, ProfileWords, Weakest, profile
from endocsea.support.days import long_day
from endocsea.support.texts import plain

from .models import Level, Run
from .queries import bands_of


class Found(NamedTuple):
    """What a run says of a capability, whole (``dimension`` empty) or for one dimension."""

    number: int
    name: dict[str, str]
    dimension: str
    known: int
    asked: int
    level: float | None
    lower: float | None
    upper: float | None
    verdict: str
    weakest: list[str]
    q05: float | None
    q95: float | None

    @property
    def unknown(self) -> int:
        return self.asked - self.known


def found_about(state: int, run: Run) -> list[Found]:
    """Everything that a run says of a state (by id), in the framework's order. One statement."""
    return [
        Found(*row)
        for row in Level.objects.filter(run=run, state_id=state)
        .order_by("capability__number", "dimension")
        .values_list(
            "capability__number", "capability__name", "dimension", "known", "asked", "level", "lower", "upper",
            "verdict", "weakest", "q05", "q95",
        )
    ]  # fmt: skip


def verdict_words(found: Found) -> str:
    """The verdict as a whole phrase; "cannot tell" says on how many questions it depends."""
    if found.verdict == Level.Verdict.GAP:
        return _("gap")
    if found.verdict == Level.Verdict.NO_GAP:
        return _("no gap")
    if found.verdict == Level.Verdict.CANNOT_TELL:
        return ngettext(
            "cannot tell: it depends on %(n)d unanswered question",
            "cannot tell: it depends on %(n)d unanswered questions",
            found.unknown,
        ) % {"n": found.unknown}
    return _("not applicable")


def profile_of(
    name: str,
    run: Run,
    found: Sequence[Found],
    questions: Mapping[str, Mapping[str, str]],
    *,
    on: datetime.date,
    training: bool,
    link: Callable[[int], str | None],
    key: str,
    width: int = 720,
) -> Chart:
    """The profile chart. ``questions`` (code → question) names the weakest; ``link`` gives the address of a
    capability, or none.
    """
    rows = [
        ProfileRow(
            number=str(each.number),
            name=plain(each.name),
            known=each.known,
            asked=each.asked,
            level=each.level,
            interval=_pair(each.q05, each.q95),
            bounds=_pair(each.lower, each.upper),
            verdict=verdict_words(each),
            weakest=tuple(
                Weakest(code, plain(questions[code])) for code in each.weakest if code in questions
            ),
            href=link(each.number),
        )
        for each in found
        if not each.dimension
    ]
    return profile(
        key=key,
        title=_("%(state)s: capability by capability") % {"state": name},
        caption=_(
            "Reviewed findings as of %(day)s, without restricted questions. Dot: level. Bar: 90 %% interval "
            "over what reviewers and choices of method leave open. Line: the exact bounds, if everything "
            "unknown were 0 or 4."
        )
        % {"day": long_day(on)},
        description="; ".join(f"{row.number} {row.name}: {row.verdict}" for row in rows),
        rows=rows,
        bands=[Band(start, plain(words)) for start, words in bands_of(run)],
        words=_words(),
        decimal=get_format("DECIMAL_SEPARATOR", get_language()),
        ribbon=_("Training material: a made-up state") if training else None,
        width=width,
    )


def _pair(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)


def _words() -> ProfileWords:
    return ProfileWords(
        capability=_("Capability"),
        level=_("Level"),
        band=_("In words"),
        interval=_("90 % interval"),
        bounds=_("Exact bounds"),
        known_heading=_("Known"),
        verdict=_("Verdict"),
        weakest=_("Weakest questions"),
        weakest_lead=_("Weakest:"),
        more=_("and {count} more, in the table"),
        span=_("{low} to {high}"),
        known=_("{known} of {asked} known"),
        no_level=_("no level: {known} of {asked} known"),
        unknown=_("unknown"),
        not_applicable=_("not applicable"),
        gap=_("gap below 2"),
    )
