"""The chapter's part of a content pack: the answers of the made-up states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from endocsea.support.pack import Defect, Pack, Row

ANSWERS = "training-material/answers.csv"
NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
WITH_AN_ANSWER = ("answered", "prefilled")
NEEDS_EVIDENCE = ("3", "4")  # level 3 or 4 needs at least one dated source (method, section 1)


def check(pack: Pack) -> Iterator[Defect]:
    """What no schema can say of the files of this chapter."""
    indicators = {row["id"]: row for row in pack.rows("benchmark/*/indicators.csv")}
    for row in pack.rows(ANSWERS):
        yield from _check_status(row)
        yield from _check_day(pack, row)
        indicator = indicators.get(row["indicator"])
        if row["answer"] is not None and indicator is not None:
            yield from _check_answer(row, indicator)


def _check_status(row: Row) -> Iterator[Defect]:
    answered = row["status"] in WITH_AN_ANSWER
    if answered and row["answer"] is None:
        what = f'the status is "{row["status"]}", but there is no answer.'
        yield Defect(ANSWERS, row.line, "answer", what, "Fill it, or write not_answered in status.")
    if not answered and row["answer"] is not None:
        what = f'the status is "{row["status"]}", but there is an answer.'
        yield Defect(ANSWERS, row.line, "answer", what, "Empty it, or write answered in status.")
    if (row["status"] != "not_answered") != bool(row["date"]):
        what = "what was answered has a day, and what was not has none."
        yield Defect(
            ANSWERS, row.line, "date", what, "Fill it, or write not_answered in status and empty it."
        )
    if bool(row["evidence_title"]) != bool(row["evidence_url"]):
        what = "evidence has both a title and an address."
        remedy = "Fill evidence_title and evidence_url, or neither."
        yield Defect(ANSWERS, row.line, "evidence_title", what, remedy)


def _check_day(pack: Pack, row: Row) -> Iterator[Defect]:
    opens, until = pack.training_round.get("opens"), pack.training_round.get("answers_until")
    if row["date"] and opens and until and not opens <= row["date"] <= until:
        what = f"{row['date']} is outside the round, {opens} to {until}."
        yield Defect(ANSWERS, row.line, "date", what, "Correct it, or the round in pack.yaml.")


def _check_answer(row: Row, indicator: Row) -> Iterator[Defect]:
    answer, kind = row["answer"], indicator["answer_type"]
    what = remedy = ""
    if kind == "level0-4" and answer not in ("0", "1", "2", "3", "4"):
        what, remedy = f'"{answer}" is not a level.', "Write 0, 1, 2, 3 or 4."
    elif kind == "yes-partly-no" and answer not in ("yes", "partly", "no"):
        what, remedy = f'"{answer}" is not an answer to this question.', "Write yes, partly or no."
    elif kind == "number" and not NUMBER.fullmatch(answer):
        what, remedy = f'"{answer}" is not a number.', "Write it with a point and without spaces."
    elif kind == "multi-select":
        unknown = [part for part in answer.split("|") if part not in (indicator["options"] or ())]
        if unknown:
            what = f'"{unknown[0]}" is not an option of {indicator["id"]}.'
            remedy = "Copy the options from indicators.csv, with | between them."
    if what:
        yield Defect(ANSWERS, row.line, "answer", what, remedy)
    if kind == "level0-4" and answer in NEEDS_EVIDENCE and row["evidence_title"] is None:
        what = f"level {answer} needs evidence."
        yield Defect(ANSWERS, row.line, "evidence_title", what, "Name it, or correct the level.")
