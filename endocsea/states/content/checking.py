"""The chapter's part of a content pack: the programme, its states, their channels and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from endocsea.support.pack import Defect, Pack, Row

STATES = "states/states.csv"
MAP = "states/map.json"
PERIODS = (
    ("coe_member_since", "coe_member_until"),
    ("eu_member_from", "eu_member_until"),
    ("role_from", "role_until"),
)
MADE_UP_CODE = re.compile("X[A-Z]{2}")  # ISO 3166 leaves XAA to XZZ to its users: no real state has one
PRECISION = {  # what a date looks like at each precision: characters of YYYY-MM-DD
    "day": 10,
    "range": 10,
    "upper bound": 10,
    "reported": 10,
    "month": 7,
    "year": 4,
    "unknown": 0,
}


def check(pack: Pack) -> Iterator[Defect]:
    """What no schema can say of the files of this chapter."""
    for row in pack.rows(STATES):
        yield from _check_state(row)
    for row in pack.rows("states/reporting_channels.csv"):
        yield from _check_channel(row)
    for row in pack.rows("programme/events.csv"):
        yield from _check_event(row)
    yield from _check_figures(pack)
    yield from _check_map(pack)


def _check_state(row: Row) -> Iterator[Defect]:
    if MADE_UP_CODE.fullmatch(row["iso3"]):
        what = f'"{row["iso3"]}" is a code for made-up states.'
        yield Defect(STATES, row.line, "iso3", what, "Put made-up states into training-material/ only.")
    for since, until in PERIODS:
        if row[until] and not row[since]:
            yield Defect(STATES, row.line, since, f"there is an end in {until} but no beginning.", "Fill it.")
        elif row[until] and row[until] < row[since]:
            what = f"{row[until]} is before {since}, {row[since]}."
            yield Defect(STATES, row.line, until, what, "Correct one of the two days.")
    if bool(row["project_role"]) != bool(row["role_from"]):
        what = "a role and its first day go together, and one of them is empty."
        yield Defect(STATES, row.line, "role_from", what, "Fill both project_role and role_from, or neither.")


def _check_channel(row: Row) -> Iterator[Defect]:
    path = "states/reporting_channels.csv"
    if bool(row["confirmed_on"]) != bool(row["confirmed_by"]):
        what = "a confirmation needs both a day and a post."
        yield Defect(path, row.line, "confirmed_on", what, "Fill confirmed_on and confirmed_by, or neither.")
    if not row["source_url"] and row["confidence"] != "memory":
        what = f'"{row["confidence"]}" says that a source was read, but none is named.'
        yield Defect(path, row.line, "source_url", what, "Name the source, or write memory in confidence.")


def _check_event(row: Row) -> Iterator[Defect]:
    path = "programme/events.csv"
    start, end = row["date_start"] or "", row["date_end"] or ""
    wanted = PRECISION[row["date_precision"]]
    for column, written in (("date_start", start), ("date_end", end)):
        if len(written) != wanted:
            form = "YYYY-MM-DD"[:wanted] or "nothing"
            what = f'"{written}" does not go with the precision "{row["date_precision"]}".'
            yield Defect(path, row.line, column, what, f"Write {form}, or correct date_precision.")
            return
    if end < start:
        yield Defect(
            path, row.line, "date_end", f"{end} is before date_start, {start}.", "Correct one of them."
        )


def _check_figures(pack: Pack) -> Iterator[Defect]:
    path = "states/figures.csv"
    metrics = {row["code"]: row for row in pack.rows("states/metrics.csv")}
    states = {row["iso3"] for row in pack.rows(STATES)}
    for row in pack.rows(path):
        metric = metrics.get(row["metric"])
        if metric is None:
            continue
        if row["unit"] not in metric["units"]:
            what = f'"{row["unit"]}" is not a unit of {metric["code"]}.'
            remedy = (
                f"Write one of {', '.join(metric['units'])}, or add it to units and units_fr in metrics.csv."
            )
            yield Defect(path, row.line, "unit", what, remedy)
        scale = "state" if row["iso3_or_region"] in states else "region"
        if metric["scale"] not in (scale, "both"):
            what = f"{metric['code']} is not counted by {scale}."
            remedy = "Correct the code here, or scale in metrics.csv."
            yield Defect(path, row.line, "iso3_or_region", what, remedy)


def _check_map(pack: Pack) -> Iterator[Defect]:
    document = pack.document(MAP)
    if document is None or any(defect.file == MAP for defect in pack.defects):
        return
    outlines, states = document["states"].keys(), {row["iso3"]: row for row in pack.rows(STATES)}
    for code in sorted(states.keys() - outlines):
        what = f"{states[code]['name_en']} ({code}) has no outline."
        yield Defect(MAP, None, "states", what, "Add it, or take the state out of states.csv.")
    known = {row.cells["iso3"] for row in pack.sheets[STATES].rows} if states else outlines
    for code in sorted(outlines - known):
        what = f"{code} is not in {STATES}."
        yield Defect(MAP, None, f"states.{code}", what, "Take its outline out, or add the state.")
