"""``endocsea assess portfolio`` as a person meets it, and its example."""

import csv
import json
import os
import shlex
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from endocsea.assessment import choose
from endocsea.config.assess import portfolio
from endocsea.config.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "portfolio"
FILES = {
    "candidates": "code,cost,needs,excludes\nA,3,,\nB,4,A,\nC,5,,B\n",
    "effects": (
        "candidate,unit,indicator,gain,chance\n"
        "A,XAA,C1-01,1,0.5\nB,XAA,C1-01,2,0.5\nB,XAB,C1-01,1,0.25\nC,XAB,C1-01,1,0.9\n"
    ),
    "gaps": "unit,indicator,gap\nXAA,C1-01,2\nXAB,C1-01,1\nXAC,C1-01,\nXAD,C1-01,0\n",
}
FLOORS = "kind,code,least\nunit,XAB,3\n"
CAPACITY = "quarter,capacity\n2021-Q1,10\n"


@pytest.fixture
def assess(tmp_path, monkeypatch, capfd):
    """Runs the command on files written for it; its results go to the folder ``out``."""
    monkeypatch.chdir(tmp_path)

    def run(*options, budget="8", **given):
        command = ["assess", "portfolio", "candidates.csv", "--budget", budget, "--out", "out", *options]
        for name, text in (FILES | given).items():
            Path(f"{name}.csv").write_text(text, encoding="utf-8")
            if name != "candidates":
                command += [f"--{name}", f"{name}.csv"]
        code = main(command)
        said = capfd.readouterr()
        return SimpleNamespace(code=code, out=said.out, err=said.err)

    return run


@pytest.fixture
def refused(assess, tmp_path):
    """Runs the command, which must refuse and write nothing; gives the defects, one a line."""

    def run(*options, **given):
        done = assess(*options, **given)
        first, *defects = done.err.splitlines()
        assert (done.code, done.out) == (2, "")
        assert f"nothing was written. Defects found: {len(defects)}." in first
        assert {path.suffix for path in tmp_path.iterdir()} == {".csv"}
        return defects

    return run


def read(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def rows(name, folder="out"):
    return read(Path(folder) / f"{name}.csv")


# --- what comes out


def test_every_candidate_has_a_row_with_what_it_adds_and_why(assess):
    assert assess().code == 0

    found = rows("portfolio")
    assert ",".join(found[0]) == "code,name,component,chosen,cost,start,end,adds,why"
    # by hand, for 8: A and B close 2 × (1 − 0.75 × 0.5) + 0.25 = 1.5, A and C 2 × 0.25 + 0.9 = 1.4
    assert [(row["code"], row["chosen"], row["cost"]) for row in found] == [
        ("A", "yes", "3"),
        ("B", "yes", "4"),
        ("C", "no", "5"),
    ]
    assert [float(row["adds"]) for row in found] == pytest.approx([0.25, 1, 0.675])
    assert found[2]["why"] == "It and B exclude each other."


def test_the_closure_of_each_gap_tells_unknown_from_none(assess):
    assess()

    found = {row["unit"]: row for row in rows("closure")}
    assert ",".join(found["XAA"]) == "unit,indicator,gap,weight,share,closed,left"
    assert [float(found["XAA"][name]) for name in ("gap", "share", "closed", "left")] == pytest.approx(
        [2, 0.625, 1.25, 0.75]
    )
    assert list(found["XAC"].values()) == ["XAC", "C1-01", "", "1.0", "", "", ""]
    assert list(found["XAD"].values()) == ["XAD", "C1-01", "0.0", "1.0", "", "", "0.0"]


def test_the_frontier_has_the_budgets_asked_for_and_ones_own(assess):
    assess("--points", "4")

    found = rows("frontier")
    assert ",".join(found[0]) == "budget,spent,closed,share,bound,worth,step,enters,leaves"
    assert [row["budget"] for row in found] == ["0", "4", "8", "12"]
    assert [float(row["closed"]) for row in found] == pytest.approx([0, 0.5, 1.5, 1.5])
    assert [row["enters"] for row in found] == ["", "A", "B", ""]
    assert float(found[2]["share"]) == pytest.approx(1.5 / 3)

    assess("--points", "2", budget="8.00")
    assert [row["budget"] for row in rows("frontier")] == ["0", "8", "12"]


def test_the_last_line_says_what_it_comes_to_and_that_people_decide(assess):
    assert assess().out.splitlines()[-1] == (
        "2 of 3 activities for 7 of 8: they should close 1.5 of a weighted gap of 3 (50.0 %), and no choice closes "
        "more. This is a proposal: people decide."
    )


def test_where_there_is_no_gap_nothing_is_chosen(assess):
    done = assess(gaps="unit,indicator,gap\nXAA,C1-01,\nXAB,C1-01,0\n")

    assert done.code == 0
    assert (
        "0 of 3 activities for 0 of 8: they should close 0 of a weighted gap of 0, and no choice" in done.out
    )


def test_a_budget_of_zero_is_an_answer_too(assess):
    assert assess(budget="0").code == 0
    assert {row["chosen"] for row in rows("portfolio")} == {"no"}


def test_floors_capacity_and_all_columns_are_read(assess):
    candidates = (
        "code,name,component,cost,start,load,needs,excludes\n"
        "A,Advice,1,3,2021-Q1,4,,\nB,Courses,1,4,,7,A,\nC,Study,2,5,2021-Q1,6,,B\n"
    )

    assess(candidates=candidates, floors=FLOORS, capacity=CAPACITY)

    # A and B carry 11, more than 10; so A and C, 10, of which Belmora has 5
    assert [row["chosen"] for row in rows("portfolio")] == ["yes", "no", "yes"]
    assert [row["start"] for row in rows("portfolio")] == ["2021-Q1", "", "2021-Q1"]
    assert rows("portfolio")[2]["name"] == "Study"


def test_weights_are_read(assess):
    assess(gaps="unit,indicator,gap,weight\nXAA,C1-01,2,1\nXAB,C1-01,1,10\n")

    assert [row["chosen"] for row in rows("portfolio")] == ["yes", "no", "yes"]


def test_with_json_the_three_tables_are_printed_and_nothing_else(assess):
    told = json.loads(assess("--json").out)

    assert set(told) == {"portfolio", "frontier", "closure"}
    assert told["closure"][2]["gap"] is None
    assert told["portfolio"] == json.loads(Path("out/portfolio.json").read_text())


def test_what_the_solver_writes_by_itself_is_not_in_the_json(assess, monkeypatch):
    def talking(*given):
        os.write(1, b"a line from elsewhere\n")
        return choose(*given)

    monkeypatch.setattr(portfolio, "choose", talking)

    assert json.loads(assess("--json").out)


def test_the_method_says_what_was_asked(assess):
    assess("--points", "3", budget="8.50")

    used = yaml.safe_load(Path("out/method.yaml").read_text(encoding="utf-8"))
    assert (used["question"], used["budget"], used["points"]) == ("portfolio", 8.5, 3)
    assert used["share_closed"].startswith("1 − Π (1 − chance × min(1, gain / gap))")


def test_the_same_files_give_the_same_bytes_whatever_the_order_of_their_rows(assess):
    def turned(text):
        first, *rest = text.splitlines()
        return "\n".join([first, *reversed(rest), ""])

    assess()
    once = {file.name: file.read_bytes() for file in Path("out").iterdir()}
    assess(**{name: turned(text) for name, text in FILES.items()})

    assert {file.name: file.read_bytes() for file in Path("out").iterdir()} == once


# --- what is refused


def test_cells_that_cannot_be_read_are_named_in_all_files_at_once(refused):
    assert refused(
        candidates="code,cost\nA,dear\nA,3\n", gaps="unit,indicator\nXAA,C1-01\n", floors="kind,code,least\n"
    ) == [
        'candidates.csv, row 2, column cost: "dear" is not a number. Write it with a point and without spaces, for '
        "example 12000.",
        'candidates.csv, row 3, column code: "A" is already in row 2. Give each row its own code, or remove one of '
        "the two.",
        "gaps.csv, row 1, column gap: the column is missing. Add it to the header (gap in levels, empty where "
        "unknown) and to each row.",
        "floors.csv: there is a header, but no row. Add a row.",
    ]


def test_what_does_not_fit_together_is_named_with_file_and_row(refused):
    assert refused(
        candidates="code,cost,needs\nA,-3,\nB,4,Z;A\nC,1,\n",
        effects=FILES["effects"] + "C,XAA,C9-99,1,2\n",
        capacity="quarter,capacity\n2021,3\n",
    ) == [
        "candidates.csv, row 2, column cost: -3 is not possible here. Give a number of zero or more.",
        "effects.csv, row 6, column chance: The chance 2 is outside 0 to 1. Give 0 to 1.",
        'capacity.csv, row 2, column quarter: "2021" is not a quarter. Write it like 2021-Q3.',
        "candidates.csv, row 3, column needs: Z is no candidate. Correct the code, or add it.",
        "effects.csv, row 6, column indicator: There is no gap given for C9-99 of XAA. Correct the codes, or add the "
        "gap: 0 where there is none, empty where it is unknown.",
    ]


def test_a_floor_that_cannot_be_met_is_named_with_its_row(refused):
    (only,) = refused(floors="kind,code,least\nunit,XAA,1\nunit,XAB,4.5\n", budget="4")

    assert only.startswith("floors.csv, row ")
    assert "cannot be met with a budget of 4" in only
    assert only.endswith("raise the budget: 8 would do for all floors.")


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        ("-5", "A budget of -5 is not possible. Give zero or more."),
        ("much", '--budget: "much" is not a number.'),
        ("1e400", '--budget: "1e400" is not a number.'),
        ("", "--budget: the cell is empty."),
    ],
)
def test_a_budget_that_is_none_is_refused(refused, budget, said):
    (only,) = refused(f"--budget={budget}")

    assert said in only


def test_a_frontier_of_one_budget_is_refused(refused):
    assert refused("--points", "1") == ["A frontier of 1 budgets is not possible. Ask for 2 or more."]


def test_a_file_that_is_no_result_is_not_replaced(assess):
    Path("out").mkdir()
    Path("out/frontier.csv").write_text("mine\n")

    done = assess()

    assert done.code == 2
    assert "out/frontier.csv" in done.err
    assert Path("out/frontier.csv").read_text() == "mine\n"


# --- the example


def test_the_example_runs_as_its_page_says(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(ROOT)
    page = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    command = shlex.split(page[page.index(".venv/bin/endocsea assess") :].splitlines()[0].strip("`"))[1:]
    assert command[-2:] == ["--out", "out"]

    assert main([*command[:-1], str(tmp_path / "out")]) == 0

    assert capsys.readouterr().out.splitlines()[-1] in page
    found = {row["code"]: row for row in rows("portfolio", tmp_path / "out")}
    # by hand: Belmora, Corvia and Dunmere get 0.6 × 1, 0.4 × 2 and 0.5 × 2 of their gaps in C8-11 from C2 alone
    assert float(found["C2"]["adds"]) == pytest.approx(2.4)
    closure = {(row["unit"], row["indicator"]): row for row in rows("closure", tmp_path / "out")}
    # A2 reaches 0.4 × 1/2 of Corvia's gap of 2 in C3-09, A3 0.5 × 2/2: 1 − 0.8 × 0.5
    assert float(closure["XAC", "C3-09"]["share"]) == pytest.approx(0.6)
    points = {row["budget"]: row for row in rows("frontier", tmp_path / "out")}
    assert (points["331636"]["enters"], points["331636"]["leaves"]) == ("B1;B4;B5", "B3;C1")
    assert {points[budget]["spent"] for budget in ("414545", "456000")} == {"383000"}
    assert points["82909"]["closed"] == ""
    assert closure["XAA", "C8-13"]["gap"] == ""


def test_the_examples_gaps_are_those_of_the_training_material():
    levels = {
        (row["unit"], row["indicator"]): row["value"] for row in read(ROOT / "examples/assess/values.csv")
    }
    for row in read(EXAMPLE / "gaps.csv"):
        level = levels[row["unit"], row["indicator"]]
        assert row["gap"] == ("" if level == "" else f"{max(0, 2 - float(level)):g}")
