"""The chapter's part of a content pack: desk research, and findings on the made-up states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from endocsea.support.pack import Defect, Pack, Row

OBSERVATIONS = "findings/observations.csv"
FINDINGS = "training-material/findings.csv"
RESTRICTED_CAPABILITY = 4  # law enforcement: without an indicator an observation on it is restricted
ALLOWED_VALUES = {  # nobody derives a level from one excerpt: a level question has no value
    "multi-select": re.compile("yes"),
    "yes-partly-no": re.compile("yes|partly|no"),
    "number": re.compile(r"[0-9]+(\.[0-9]+)?"),
}


def check(pack: Pack) -> Iterator[Defect]:
    """What no schema can say of the files of this chapter."""
    indicators = {row["id"]: row for row in pack.rows("benchmark/*/indicators.csv")}
    for row in pack.rows(OBSERVATIONS):
        yield from _check_observation(row, indicators)
    answers = {(row["state"], row["indicator"]): row for row in pack.rows("training-material/answers.csv")}
    for row in pack.rows(FINDINGS):
        yield from _check_verdict(row)
        yield from _check_round(pack, row)
        if (indicator := indicators.get(row["indicator"])) and indicator["answer_type"] != "level0-4":
            what = f"{indicator['id']} gives no level."
            yield Defect(FINDINGS, row.line, "indicator", what, "Only questions of type level0-4 are rated.")
        elif answer := answers.get((row["state"], row["indicator"])):
            yield from _check_against_answer(row, answer)


def _check_observation(row: Row, indicators: Mapping[str, Row]) -> Iterator[Defect]:
    indicator = indicators.get(row["indicator"])
    if row["indicator"] and indicator is None:
        return  # reported where the indicator is missing or wrong
    restricted = (
        row["capability"] == RESTRICTED_CAPABILITY
        if indicator is None
        else indicator["sensitivity"] == "restricted"
    )
    wanted = "restricted" if restricted else "public"
    if row["sensitivity"] != wanted:
        on = row["indicator"] or f"capability {row['capability']} without an indicator"
        what = f'"{row["sensitivity"]}" does not follow the rule for {on}.'
        yield Defect(OBSERVATIONS, row.line, "sensitivity", what, f"Write {wanted}.")
    if indicator is not None and indicator["capability"] != row["capability"]:
        what = f"{indicator['id']} belongs to capability {indicator['capability']}."
        yield Defect(OBSERVATIONS, row.line, "capability", what, "Correct one of the two.")
    if row["value"] is not None:
        form = ALLOWED_VALUES.get(indicator["answer_type"]) if indicator is not None else None
        if form is None or not form.fullmatch(row["value"]):
            what = f'"{row["value"]}" is not a value that this indicator can have here.'
            yield Defect(OBSERVATIONS, row.line, "value", what, "Empty it: the statement says it in words.")


def _check_verdict(row: Row) -> Iterator[Defect]:
    level, claimed = row["level"], row["claimed"]
    agrees = {
        "confirmed": level == claimed,
        "lowered": level < claimed,
        "raised": level > claimed,
        "not_verifiable": True,
    }
    if not agrees[row["verdict"]]:
        what = f'"{row["verdict"]}" does not go with level {level} where {claimed} was claimed.'
        yield Defect(FINDINGS, row.line, "verdict", what, "Correct the verdict or the level.")
    ratings = {row["rating_1"], row["rating_2"]}
    if row["adjudicated"] != (len(ratings) > 1):
        what = f"the ratings are {row['rating_1']} and {row['rating_2']}."
        remedy = "Write yes where they differ, no where they agree."
        yield Defect(FINDINGS, row.line, "adjudicated", what, remedy)
    elif not row["adjudicated"] and level not in ratings:
        what = f"both reviewers rated {row['rating_1']}, but the level is {level}."
        yield Defect(FINDINGS, row.line, "level", what, "Correct the level or the ratings.")
    if level >= 3 and row["evidence_strength"] in ("none", "statement_only"):
        what = f"level {level} needs at least one dated source."
        yield Defect(FINDINGS, row.line, "evidence_strength", what, "Name the evidence, or lower the level.")


def _check_round(pack: Pack, row: Row) -> Iterator[Defect]:
    code, closes = pack.training_round.get("code"), pack.training_round.get("closes")
    if code and row["round"] != code:
        what = f'"{row["round"]}" is not the training round.'
        yield Defect(FINDINGS, row.line, "round", what, f"Write {code}, as in pack.yaml.")
    if closes and row["reviewed_on"] > closes:
        what = f"{row['reviewed_on']} is after the end of the round, {closes}."
        yield Defect(FINDINGS, row.line, "reviewed_on", what, "Correct it, or the round in pack.yaml.")


def _check_against_answer(row: Row, answer: Row) -> Iterator[Defect]:
    if answer["answer"] != str(row["claimed"]):
        said = f'"{answer["answer"]}"' if answer["answer"] else "nothing"
        what = f"the state answered {said} (training-material/answers.csv, row {answer.line})."
        yield Defect(FINDINGS, row.line, "claimed", what, "Write the level that was answered.")
    if answer["date"] and row["reviewed_on"] < answer["date"]:
        what = f"{row['reviewed_on']} is before the answer, {answer['date']}."
        yield Defect(FINDINGS, row.line, "reviewed_on", what, "Correct one of the two days.")
