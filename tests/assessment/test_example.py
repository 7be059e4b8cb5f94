"""The example that comes with the method: it runs as its pages say, and agrees with the content."""

import csv
import pickle
import shlex
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from endocsea.assessment import Method, Tree, Values, read_yaml, simulate
from endocsea.config.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "assess"
PAGES = ROOT / "docs" / "explanation"
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


def test_what_drives_the_doubt_and_what_to_ask_come_out_as_the_page_says(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    page = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    command = command_of(page[page.index("## What drives the doubt") :])
    assert command[-2:] == ["--out", "out"]

    assert main([*command[:-1], str(tmp_path)]) == 0

    driven = [
        row for row in rows_of(tmp_path / "sensitivity.csv") if (row["unit"], row["node"]) == ("XAB", "4")
    ]
    for row in driven:
        assert f"| {row['source']} | {float(row['first']):.2f} | {float(row['total']):.2f} |" in page
    asked = [row for row in rows_of(tmp_path / "questions.csv") if (row["unit"], row["node"]) == ("XAB", "3")]
    assert [row["indicator"] for row in asked] == ["C3-12", "C3-22"]
    for row in asked:
        worth = [f"{float(row[name]):.3f}" for name in ("variance", "variance_less", "doubt", "doubt_less")]
        assert f"| {row['indicator']} | {' | '.join(worth)} |" in page
    assert len(rows_of(tmp_path / "sensitivity.csv")) == 4 * 8 * 3
    told = (PAGES / "sensitivity.md").read_text(encoding="utf-8")
    for row in driven:
        assert f"{row['source']} {float(row['first']):.2f} and {float(row['total']):.2f}" in told
    told = (PAGES / "questions.md").read_text(encoding="utf-8")
    first, second = ([float(row[name]) for row in asked] for name in ("variance_less", "doubt_less"))
    assert f"`C3-12` would take {first[0]:.3f} of a variance of {float(asked[0]['variance']):.3f}" in told
    assert f"`C3-22` {first[1]:.3f}" in told
    assert f"{float(asked[0]['doubt']):.3f}, they take {second[0]:.3f} and {second[1]:.3f}" in told


@pytest.mark.parametrize(
    ("page", "result"),
    [("uncertainty", "bands"), ("sensitivity", "sensitivity"), ("questions", "questions")],
)
def test_the_pages_that_explain_show_commands_that_run(page, result, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    command = command_of((PAGES / f"{page}.md").read_text(encoding="utf-8"))
    assert command[-2:] == ["--out", "out"]

    assert main([*command[:-1], str(tmp_path)]) == 0

    assert rows_of(tmp_path / f"{result}.csv")


def test_the_page_shows_an_executor_that_works(monkeypatch):
    page = (PAGES / "uncertainty.md").read_text(encoding="utf-8")
    shown = page[page.index("```python\n") + len("```python\n") :]
    made = {}
    exec(shown[: shown.index("```")], made)
    monkeypatch.setitem(sys.modules, "dask", ModuleType("dask"))
    monkeypatch.setitem(sys.modules, "dask.distributed", ModuleType("dask.distributed"))
    monkeypatch.setattr(sys.modules["dask.distributed"], "as_completed", reversed, raising=False)
    values = Values.of({"Arden": {"a": 1, "b": 3}, "Belmora": {"a": 2, "b": None}})
    tree = Tree.from_rows([("3", "", 1), ("a", "3", 1), ("b", "3", 1)])

    here, there = (
        simulate(values, tree, Method(), replicates=20_000, executor=executor)
        for executor in (None, made["OnDask"](Cluster()))
    )

    np.testing.assert_array_equal(here.mean, there.mean)
    np.testing.assert_array_equal(here.q95, there.q95)


class Cluster:
    """What the page uses of Dask's client, without a cluster."""

    def nthreads(self):
        return {"one": 2, "other": 2}

    def scatter(self, work, broadcast):
        assert broadcast
        return pickle.dumps(work)

    def submit(self, do, sent, piece, pure):
        assert not pure
        answer = do(pickle.loads(sent), piece)
        return SimpleNamespace(result=lambda: answer)


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
