"""Calculating profiles: reviewed findings in, a run with its levels out."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Count

from endocsea import assessment
from endocsea.assessment import engines
from endocsea.findings.models import Finding
from endocsea.journal.actions import record
from endocsea.questionnaires.models import Round
from endocsea.replies.models import Answer
from endocsea.standards.models import Capability, Indicator
from endocsea.support.actors import Actor

from .models import Level, OpenQuestion, Run

# What a reviewer's level is worth, for the chance that another would have given another one.
SINGLE, DOUBLE, ADJUDICATED = (
    assessment.CONFIDENCES.index(name) for name in ("single", "double", "adjudicated")
)


@dataclass(frozen=True, slots=True)
class Input:
    """Everything that goes into a run; ``digest`` tells whether it was calculated before."""

    states: tuple[tuple[int, str], ...]  # id, code
    questions: tuple[tuple[str, int, str], ...]  # indicator, capability, dimension
    levels: dict[tuple[str, str], tuple[int, int]]  # state, indicator: level, confidence
    not_applicable: frozenset[tuple[str, str]]
    method: str

    @property
    def digest(self) -> str:
        parts = [
            self.states, self.questions, sorted(self.levels.items()), sorted(self.not_applicable), self.method,
            engines.name(), engines.EDITION,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def bring_up_to_date(*, by: Actor, at: datetime.datetime) -> int:
    """See to it that each round's current public run is the one of its input as it is now.

    Returns the number of runs calculated: input that was calculated before, and came back, is not
    calculated again. A run is calculated outside the transaction that keeps it.
    """
    made = 0
    for asked in Round.objects.filter(retired_on=None).select_related("edition"):
        given = read_input(asked, public=True)
        runs = Run.objects.filter(round=asked, public=True)
        if runs.filter(input_digest=given.digest, current=True).exists():
            continue
        if earlier := runs.filter(input_digest=given.digest).first():
            with transaction.atomic():
                _make_current(earlier)
                record(
                    "profiles taken up again",
                    by=by,
                    at=at,
                    about=("round", asked.code),
                    facts={"run": earlier.pk},
                )
        elif given.levels:
            _keep(asked, given, by=by, at=at)
            made += 1
        else:
            runs.update(current=False)
    return made


def _make_current(run: Run) -> None:
    Run.objects.filter(round_id=run.round_id, public=run.public).update(current=False)
    Run.objects.filter(pk=run.pk).update(current=True)


def read_input(asked: Round, *, public: bool) -> Input:
    """The findings of a round as numbers; for a public run without anything restricted."""
    indicators = Indicator.objects.giving_levels().filter(edition=asked.edition)
    if public:
        indicators = indicators.without_restricted()
    questions = tuple(indicators.order_by("position").values_list("code", "capability__number", "dimension"))
    codes = {code for code, *_rest in questions}
    levels = {}
    for state, code, level, adjudicated, ratings in _findings(asked):
        if code in codes:
            confidence = ADJUDICATED if adjudicated else DOUBLE if ratings > 1 else SINGLE
            levels[state, code] = (level, confidence)
    not_applicable = frozenset(
        (state, code)
        for state, code in Answer.objects.sent()
        .filter(round=asked, status=Answer.Status.NOT_APPLICABLE, retired_on=None)
        .values_list("state__iso3", "indicator__code")
        if code in codes and (state, code) not in levels
    )
    states = tuple(asked.states.filter(retired_on=None).order_by("iso3").values_list("pk", "iso3"))
    return Input(states, questions, levels, not_applicable, asked.edition.method)


def _findings(asked: Round) -> Iterable[tuple[str, str, int, bool, int]]:
    return (
        Finding.objects.filter(round=asked, retired_on=None)
        .annotate(given=Count("ratings"))
        .values_list("state__iso3", "indicator__code", "level", "adjudicated", "given")
    )


def _keep(asked: Round, given: Input, *, by: Actor, at: datetime.datetime) -> Run:
    method = assessment.read_yaml(given.method)
    values = _values(given)
    whole = _tree(given, by_dimension=False)
    found = assessment.assess(values, whole, method)
    spread = assessment.simulate(values, whole, method)
    worth = assessment.questions(values, whole, method)
    apart = assessment.assess(values, _tree(given, by_dimension=True), method)
    capabilities = dict(Capability.objects.values_list("number", "pk"))
    indicators = dict(Indicator.objects.filter(edition=asked.edition).values_list("code", "pk"))
    states = {state: pk for pk, state in given.states}
    with transaction.atomic():
        run = Run.objects.create(
            round=asked,
            public=True,
            method=assessment.to_yaml(method, replicates=spread.replicates, seed=spread.seed),
            input_digest=given.digest,
            made_at=at,
            current=False,
        )
        _make_current(run)
        levels = []
        for pk, state in given.states:
            for node in found.nodes:
                level = _level(found, state, node)
                interval = spread.of(state, node)
                if interval is not None:
                    level |= {
                        name: getattr(interval, name)
                        for name in ("mean", "q05", "median", "q95", "gap_probability", "mcse")
                    }
                levels.append(Level(run=run, state_id=pk, capability_id=capabilities[int(node)], **level))
            for node in apart.nodes:
                number, dimension = node.split()
                level = _level(apart, state, node) | {"dimension": dimension, "weakest": []}
                levels.append(Level(run=run, state_id=pk, capability_id=capabilities[int(number)], **level))
        Level.objects.bulk_create(levels)
        OpenQuestion.objects.bulk_create(
            OpenQuestion(
                run=run,
                state_id=states[each.unit],
                indicator_id=indicators[each.indicator],
                settles=each.variance_less / each.variance if each.variance else 0.0,
                settles_gap=each.doubt_less,
            )
            for each in worth
        )
        record(
            "profiles calculated", by=by, at=at, about=("round", asked.code),
            facts={"run": run.pk, "states": len(given.states), "levels": len(levels)},
        )  # fmt: skip
    return run


def _values(given: Input) -> assessment.Values:
    codes = [code for code, *_rest in given.questions]
    shape = (len(given.states), len(codes))
    level, mask, confidence = np.full(shape, np.nan), np.zeros(shape, bool), np.zeros(shape, np.int8)
    for s, (_pk, state) in enumerate(given.states):
        for q, code in enumerate(codes):
            if (state, code) in given.levels:
                level[s, q], confidence[s, q] = given.levels[state, code]
            mask[s, q] = (state, code) in given.not_applicable
    states = [state for _pk, state in given.states]
    return assessment.Values(states, codes, level, not_applicable=mask, confidence=confidence)


def _tree(given: Input, *, by_dimension: bool) -> assessment.Tree:
    """One root a capability, or one a capability and dimension. Nothing stands above: no number is
    ever formed across capabilities.
    """
    rows = []
    for code, capability, dimension in given.questions:
        rows.append((code, f"{capability} {dimension}" if by_dimension else str(capability), 1.0))
    return assessment.Tree.from_rows(
        [*((root, "", 1.0) for root in dict.fromkeys(r[1] for r in rows)), *rows]
    )


def _level(found: assessment.Assessment, state: str, node: str) -> dict[str, Any]:
    outcome = found.of(state, node)
    return {
        "known": outcome.answered,
        "asked": outcome.answered + outcome.unanswered,
        "level": outcome.level,
        "lower": outcome.lower,
        "upper": outcome.upper,
        "band": outcome.band,
        "verdict": outcome.verdict if outcome.lower is not None else Level.Verdict.NOT_APPLICABLE,
        "weakest": list(outcome.weakest),
    }
