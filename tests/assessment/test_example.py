"""The example that comes with the method: it runs as its pages say, and agrees with the content."""

import csv
import shlex
from pathlib import Path

import pytest

from endocsea.assessment import Method, read_yaml
from endocsea.config.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "assess"
CONTENT = ROOT / "content"


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def command_of(page):
    """The arguments of the ``endocsea assess`` command that a page shows."""
    start = page.index(".venv/bin/endocsea assess")
    return shlex.split(page[start:].splitlines()[0].strip("`"))[1:]


@pytest.mark.parametrize("page", ["README.md", "examples/assess/README.md"])
def test_the_example_runs_as_the_page_says(page, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    command = command_of((ROOT / page).read_text(encoding="utf-8"))
    assert command[-2:] == ["--out", "out"]

    assert main([*command[:-1], str(tmp_path / "out")]) == 0

    found = {(row["unit"], row["node"]): row for row in rows_of(tmp_path / "out" / "levels.csv")}
    assert len(found) == 4 * 8
    belmora = found["XAB", "14"]
    # by hand: (2 + 2 + 1 + 1 + 0 + 1 + 0 + 2) / 8 = 9/8, eight of nine known
    assert belmora["level"] == "1.125"
    assert float(belmora["known"]) == pytest.approx(8 / 9)
    assert (float(belmora["lower"]), float(belmora["upper"])) == pytest.approx((1, 13 / 9))
    assert float(belmora["gap_probability"]) > 0.9
    assert read_yaml((tmp_path / "out" / "method.yaml").read_text(encoding="utf-8")) == Method()


def test_the_example_agrees_with_the_training_material():
    asked = {
        row["id"]: row["capability"]
        for row in rows_of(CONTENT / "benchmark/2020/indicators.csv")
        if row["answer_type"] == "level0-4" and row["sensitivity"] != "restricted"
    }
    findings = {
        (row["state"], row["indicator"]): row for row in rows_of(CONTENT / "training-material/findings.csv")
    }
    aside = {
        (row["state"], row["indicator"])
        for row in rows_of(CONTENT / "training-material/answers.csv")
        if row["status"] == "not_applicable"
    }
    expected = {}
    for state in (row["code"] for row in rows_of(CONTENT / "training-material/states.csv")):
        for code in asked:
            found = findings.get((state, code))
            if found is None:
                expected[state, code] = ("NA" if (state, code) in aside else "", "")
            else:
                twice = "double" if found["rating_1"] and found["rating_2"] else "single"
                expected[state, code] = (
                    found["level"],
                    "adjudicated" if found["adjudicated"] == "yes" else twice,
                )

    given = {
        (row["unit"], row["indicator"]): (row["value"], row["confidence"])
        for row in rows_of(EXAMPLE / "values.csv")
    }

    assert given == expected
    assert len(given) == 4 * 74


def test_the_example_groups_indicators_by_capability():
    capability = {row["id"]: row["capability"] for row in rows_of(CONTENT / "benchmark/2020/indicators.csv")}
    tree = rows_of(EXAMPLE / "tree.csv")

    assert {row["code"] for row in tree if row["parent"]} == {
        row["indicator"] for row in rows_of(EXAMPLE / "values.csv")
    }
    assert all(row["parent"] == capability[row["code"]] for row in tree if row["parent"])
    assert all(row["weight"] == "1" for row in tree)


def test_the_examples_method_is_the_shipped_one():
    shipped = (CONTENT / "benchmark" / "2020" / "method.yaml").read_text(encoding="utf-8")

    assert (EXAMPLE / "method.yaml").read_text(encoding="utf-8") == shipped
