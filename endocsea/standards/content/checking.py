"""The chapter's part of a content pack: standards, what binds whom, and the benchmark."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from endocsea.support.pack import Defect, Pack, Row

TREATY_STATUS = "standards/treaty_status.csv"
TRAINING_TREATY_STATUS = "training-material/treaty_status.csv"
DATES = ("signature_date", "ratification_date", "entry_into_force")
HOW_WE_KNOW = ("seen_fields", "derived_fields", "memory_fields")
EDITION_FILE = re.compile(r"benchmark/([^/]+)/(indicators\.csv|indicators_fr\.csv|method\.yaml)")
LEVELS = 5

Day = datetime.date


def check(pack: Pack) -> Iterator[Defect]:
    """What no schema can say of the files of this chapter."""
    yield from _check_slugs(pack)
    starts = {row["code"]: row["in_force"] for row in pack.rows("standards/instruments.csv")}
    for path in (TREATY_STATUS, TRAINING_TREATY_STATUS):
        for row in pack.rows(path):
            yield from _check_treaty(path, row)
    for row in pack.rows(TREATY_STATUS):
        yield from _check_how_we_know(row)
        yield from _check_derived(row, starts)
    for path in sorted({*pack.sheets, *pack.documents}):
        if match := EDITION_FILE.fullmatch(path):
            edition, name = match.groups()
            yield from EDITION_CHECKS[name](pack, path, edition)
    yield from _check_legal_lines(pack)


def _check_slugs(pack: Pack) -> Iterator[Defect]:
    path = "standards/provisions.csv"
    first: dict[tuple[str, str], Row] = {}
    for row in pack.rows(path):
        earlier = first.setdefault((row["instrument"], row["slug"]), row)
        if earlier is not row:
            what = f'"{row["slug"]}" is the address of {earlier["article"]} (row {earlier.line}) already.'
            yield Defect(path, row.line, "slug", what, "Give each provision of an instrument its own.")


def _check_treaty(path: str, row: Row) -> Iterator[Defect]:
    status, signed = row["status"], row.get("signature_date")
    deposited, in_force = row["ratification_date"], row["entry_into_force"]
    if signed and deposited and deposited < signed:
        what = f"{deposited} is before the signature, {signed}."
        yield Defect(path, row.line, "ratification_date", what, "Correct one of the two days.")
    if deposited and in_force and in_force < deposited and row["action"] != "succession":
        what = f"{in_force} is before the deposit, {deposited}: only a succession takes effect earlier."
        yield Defect(path, row.line, "entry_into_force", what, "Correct one of the two days.")
    if status in ("none", "signatory") and (deposited or in_force):
        what = f'"{status}" does not go with a deposit or an entry into force.'
        yield Defect(path, row.line, "status", what, "Correct the status, or empty the two dates.")
    if status == "withdrawn" and not row.get("end_date"):
        what = "a withdrawal needs the day on which it took effect."
        yield Defect(path, row.line, "end_date", what, "Fill it, for example 2021-07-01.")


def _check_how_we_know(row: Row) -> Iterator[Defect]:
    named = [(column, name) for column in HOW_WE_KNOW for name in row[column] or ()]
    for column, name in named:
        if row[name] is None:
            remedy = f"Fill {name}, or take it out here."
            yield Defect(TREATY_STATUS, row.line, column, f"{name} is named, but empty.", remedy)
    for name in DATES:
        times = sum(name == other for _, other in named)
        if row[name] is not None and times != 1:
            what = f"{name} is named in {times} of {', '.join(HOW_WE_KNOW)}."
            yield Defect(TREATY_STATUS, row.line, name, what, "Name each date that is filled in one of them.")


def _check_derived(row: Row, starts: Mapping[str, Day | None]) -> Iterator[Defect]:
    if "entry_into_force" not in (row["derived_fields"] or ()) or row["action"] == "succession":
        return
    if row["ratification_date"] is None or row["entry_into_force"] is None:
        return  # reported above
    rule = ENTRY_INTO_FORCE.get(row["instrument"])
    if rule is None:
        what = f"no rule is known by which {row['instrument']} enters into force."
        remedy = "Name the date in seen_fields or memory_fields instead."
        yield Defect(TREATY_STATUS, row.line, "derived_fields", what, remedy)
        return
    days = [rule(row["ratification_date"])]
    if start := starts.get(row["instrument"]):
        days.append(start)
    if row["entry_into_force"] != max(days):
        what = f"{row['entry_into_force']} does not follow from the deposit on {row['ratification_date']}."
        remedy = f"By the rule of the treaty it is {max(days)}; correct one of the two, or name its source."
        yield Defect(TREATY_STATUS, row.line, "entry_into_force", what, remedy)


def _after_three_months(deposit: Day) -> Day:
    """First day of the month that follows three full months: the rule of these treaties of the Council."""
    return _months_later(deposit.replace(day=1), 4)


def _months_later(day: Day, months: int) -> Day:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return Day(year, month + 1, min(day.day, last))


ENTRY_INTO_FORCE: Mapping[str, Callable[[Day], Day]] = {
    "LANZ": _after_three_months,
    "BUDA": _after_three_months,
    "BUDA1": _after_three_months,
    "ISTA": _after_three_months,
    "CRC": lambda deposit: deposit + datetime.timedelta(days=30),
    "OPSC": lambda deposit: _months_later(deposit, 1),
    "OPIC": lambda deposit: _months_later(deposit, 3),
}


def _check_indicators(pack: Pack, path: str, edition: str) -> Iterator[Defect]:
    used = {row["number"]: row["used_by_project"] for row in pack.rows("standards/capabilities.csv")}
    for row in pack.rows(path):
        yield from _check_level_texts(path, row, "levels", row["answer_type"] == "level0-4")
        options = row["options"] or ()
        if row["answer_type"] == "multi-select" and len(options) < 2:
            what = f"a multi-select question needs options to choose from, and there are {len(options)}."
            yield Defect(path, row.line, "options", what, "Write two or more, with | between them.")
        if row["answer_type"] != "multi-select" and options:
            what = f"a question of type {row['answer_type']} has no options."
            yield Defect(path, row.line, "options", what, "Empty it, or write multi-select in answer_type.")
        if (row["answer_type"] == "number") != bool(row["unit"]):
            what = "a unit goes with a number, and with nothing else."
            yield Defect(path, row.line, "unit", what, "Fill it for a number, empty it otherwise.")
        if row["legal_line"] is not None and row["answer_type"] != "level0-4":
            what = "a legal line is a level, and this question has none."
            yield Defect(path, row.line, "legal_line", what, "Empty it.")
        if not row["id"].startswith(f"C{row['capability']}-"):
            what = f"{row['id']} does not belong to capability {row['capability']}."
            yield Defect(path, row.line, "capability", what, "Correct one of the two.")
        if used.get(row["capability"]) is False:
            what = f"capability {row['capability']} is not used by the project."
            remedy = "Correct it, or write yes in used_by_project of capabilities.csv."
            yield Defect(path, row.line, "capability", what, remedy)


def _check_indicators_fr(pack: Pack, path: str, edition: str) -> Iterator[Defect]:
    for row in pack.rows(path):
        yield from _check_level_texts(path, row, "levels_fr", wanted=bool(row["levels_fr"]))


def _check_level_texts(path: str, row: Row, column: str, wanted: bool) -> Iterator[Defect]:
    texts = row[column] or ()
    if wanted and (len(texts) != LEVELS or len(set(texts)) != LEVELS):
        what = f"there are {len(texts)} texts of levels, {len(set(texts))} of them different."
        yield Defect(
            path, row.line, column, what, "Write five different ones, for 0 to 4, with | between them."
        )
    elif texts and not wanted:
        what = "only a question of type level0-4 has texts of levels."
        yield Defect(path, row.line, column, what, "Empty it, or write level0-4 in answer_type.")


def _check_method(pack: Pack, path: str, edition: str) -> Iterator[Defect]:
    if any(defect.file == path for defect in pack.defects):
        return
    method = pack.documents[path]
    if method["edition"] != edition:
        what = f'"{method["edition"]}" is not the edition of this folder.'
        yield Defect(path, None, "edition", what, f'Write "{edition}".')
    known = {row["id"] for row in pack.rows(f"benchmark/{edition}/indicators.csv")}
    named = [("weights", name) for name in method.get("weights", {})]
    named += [("gates", gate["indicator"]) for gate in method.get("gates", ())]
    for key, name in named:
        if name not in known:
            what = f'"{name}" is not an indicator of this edition.'
            yield Defect(path, None, key, what, f"Write one of benchmark/{edition}/indicators.csv.")
    begins = [band["from"] for band in method.get("bands", ())]
    if any(after <= before for before, after in pairwise(begins)):
        what = "the bands do not begin at rising levels."
        yield Defect(path, None, "bands", what, "Put them in order, each beginning above the one before.")


EDITION_CHECKS: Mapping[str, Callable[[Pack, str, str], Iterator[Defect]]] = {
    "indicators.csv": _check_indicators,
    "indicators_fr.csv": _check_indicators_fr,
    "method.yaml": _check_method,
}


def _check_legal_lines(pack: Pack) -> Iterator[Defect]:
    path = "training-material/legal_lines.csv"
    indicators = {row["id"]: row for row in pack.rows("benchmark/*/indicators.csv")}
    for row in pack.rows(path):
        indicator = indicators.get(row["indicator"])
        if indicator is None:
            continue
        if indicator["answer_type"] != "level0-4":
            what = f"{indicator['id']} gives no level, so no line can be drawn."
            yield Defect(path, row.line, "indicator", what, "Name a question of type level0-4.")
        if row["provision"] not in indicator["provisions"]:
            what = f"{indicator['id']} does not rest on {row['provision']}."
            remedy = f"Write one of {', '.join(indicator['provisions'])}, or add it to the indicator."
            yield Defect(path, row.line, "provision", what, remedy)
