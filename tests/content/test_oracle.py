"""The reader of packs against frictionless, an independent reader of the same schemas."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from frictionless import Package, Resource, Schema

ROOT = Path(__file__).parents[2]
EDITION = "2020"


def schemas() -> dict[str, dict[str, Any]]:
    found = {}
    for path in sorted((ROOT / "schemas").rglob("*.json")):
        schema = json.loads(path.read_text("utf-8").replace("/*/", f"/{EDITION}/"))
        found[schema["path"]] = schema
    return found


TABLES = {path: schema for path, schema in schemas().items() if path.endswith(".csv")}
DOCUMENTS = {path: schema for path, schema in schemas().items() if not path.endswith(".csv")}


def frictionless_rows(folder: Path) -> set[tuple[str, int | None]]:
    """File and row of each error that frictionless finds, foreign keys included."""
    resources = [
        Resource(name=path, path=path, schema=Schema.from_descriptor(schema), basepath=str(folder))
        for path, schema in TABLES.items()
    ]
    report = Package(resources=resources, basepath=str(folder)).validate()
    return {
        (task.name, getattr(error, "row_number", None)) for task in report.tasks for error in task.errors
    } | {("", None) for _ in report.errors}


def test_frictionless_finds_every_table_valid() -> None:
    assert len(TABLES) == 26
    assert frictionless_rows(ROOT / "content") == set()


@pytest.mark.parametrize("path", DOCUMENTS)
def test_jsonschema_finds_every_document_valid(path: str) -> None:
    text = (ROOT / "content" / path).read_text("utf-8")
    value = json.loads(text) if path.endswith(".json") else yaml.load(text, Loader=yaml.BaseLoader)
    if path.endswith(".yaml"):
        value = as_json_has_it(value, yaml.safe_load(text))
    jsonschema.Draft202012Validator(DOCUMENTS[path]).validate(value)


def as_json_has_it(text: Any, value: Any) -> Any:
    """YAML's own values, but days as the text that they were written as."""
    if isinstance(value, dict):
        return {name: as_json_has_it(text[str(name)], inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_json_has_it(t, v) for t, v in zip(text, value, strict=True)]
    return value if isinstance(value, str | int | float | bool | None) else text


def drop_last_cell(copy: Any) -> None:
    rows = copy.table("states/states.csv")
    rows[4].pop()
    copy.write("states/states.csv", rows)


def add_a_cell(copy: Any) -> None:
    rows = copy.table("trainings/trainings.csv")
    rows[6].append("more")
    copy.write("trainings/trainings.csv", rows)


def repeat_a_row(copy: Any) -> None:
    rows = copy.table("standards/glossary.csv")
    copy.write("standards/glossary.csv", [*rows, rows[3]])


def empty_a_row(copy: Any) -> None:
    rows = copy.table("programme/outputs.csv")
    rows[8] = [""] * len(rows[0])
    copy.write("programme/outputs.csv", rows)


BROKEN: dict[str, tuple[Callable[[Any], None], str, int]] = {
    "a day that cannot be": (
        lambda c: c.set("states/states.csv", 12, coe_member_since="1995-13-07"),
        "states/states.csv",
        12,
    ),
    "a number with a comma": (
        lambda c: c.set("states/figures.csv", 300, value="72,5"),
        "states/figures.csv",
        300,
    ),
    "a year in words": (
        lambda c: c.set("mechanisms/practices.csv", 9, year="about 2018"),
        "mechanisms/practices.csv",
        9,
    ),
    "a level that does not exist": (
        lambda c: c.set("training-material/findings.csv", 7, level="5"),
        "training-material/findings.csv",
        7,
    ),
    "a word outside the list": (
        lambda c: c.set("findings/observations.csv", 40, confidence="sure"),
        "findings/observations.csv",
        40,
    ),
    "a required cell left empty": (
        lambda c: c.set("findings/observations.csv", 77, statement=""),
        "findings/observations.csv",
        77,
    ),
    "a code of the wrong form": (
        lambda c: c.set("mechanisms/mechanisms.csv", 3, id="ME3"),
        "mechanisms/mechanisms.csv",
        3,
    ),
    "a state that is not there": (
        lambda c: c.set("standards/treaty_status.csv", 50, iso3="ZZZ"),
        "standards/treaty_status.csv",
        50,
    ),
    "an outcome that is not there": (
        lambda c: c.set("programme/events.csv", 5, outcome="9.9"),
        "programme/events.csv",
        5,
    ),
    "an indicator that is not there": (
        lambda c: c.set("training-material/findings.csv", 9, indicator="C9-99"),
        "training-material/findings.csv",
        9,
    ),
    "a slug used twice": (
        lambda c: c.set("states/states.csv", 6, slug="albania"),
        "states/states.csv",
        6,
    ),
    "neither yes nor no": (
        lambda c: c.set("standards/capabilities.csv", 5, used_by_project="perhaps"),
        "standards/capabilities.csv",
        5,
    ),
    "a cell too few": (drop_last_cell, "states/states.csv", 5),
    "a cell too many": (add_a_cell, "trainings/trainings.csv", 7),
    "a key that comes twice": (repeat_a_row, "standards/glossary.csv", 84),
    "a row of empty cells": (empty_a_row, "programme/outputs.csv", 9),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_both_readers_find_the_same_row(copy: Any, fault: str) -> None:
    spoil, path, row = BROKEN[fault]
    spoil(copy)
    assert (path, row) in frictionless_rows(copy.folder)
    assert (path, row) in {(defect.file, defect.row) for defect in copy.defects()}
