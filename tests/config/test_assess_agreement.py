"""``endocsea assess agreement`` as a person meets it, and its example."""

import csv
import json
import shlex
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from endocsea.assessment import METRICS, RESAMPLES, Method
from endocsea.config.cli import main
from endocsea.config.commands import assess as command

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "agreement"

# over all: the case that tests/assessment/test_agreement.py works out by hand, alpha 7/9
RATINGS = (
    "unit,indicator,reviewer,value,capability,theme\n"
    "XAB,C3-01,ana,0,3,offences\nXAB,C3-01,ravi,0,3,offences\n"
    "XAB,C3-02,ana,0,3,procedure\nXAB,C3-02,ravi,1,3,procedure\n"
    "XAC,C3-01,ana,2,3,offences\nXAC,C3-01,ravi,2,3,offences\n"
)
PLAIN = "unit,indicator,reviewer,value\nXAB,q1,ana,2\nXAB,q1,ravi,3\nXAC,q1,ana,1\nXAC,q1,ravi,1\n"


@pytest.fixture
def assess(tmp_path, monkeypatch, capsys):
    """Runs the command on a file written for it; its results go to the folder ``out``."""
    monkeypatch.chdir(tmp_path)

    def run(*options, ratings=RATINGS):
        Path("ratings.csv").write_bytes(ratings if isinstance(ratings, bytes) else ratings.encode())
        code = main(["assess", "agreement", "ratings.csv", "--out", "out", *options])
        said = capsys.readouterr()
        return SimpleNamespace(code=code, out=said.out, err=said.err)

    return run


@pytest.fixture
def refused(assess, tmp_path):
    """Runs the command, which must refuse and write nothing; gives the defects, one a line."""

    def run(*options, **files):
        done = assess(*options, **files)
        first, *defects = done.err.splitlines()
        assert (done.code, done.out) == (2, "")
        assert f"nothing was written. Defects found: {len(defects)}." in first
        assert [path.name for path in tmp_path.iterdir()] == ["ratings.csv"]
        return defects

    return run


def rows(name, folder="out"):
    with (Path(folder) / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# --- what comes out


def test_there_is_a_row_over_all_and_for_each_group(assess):
    assert assess().code == 0

    found = rows("agreement")
    assert ",".join(found[0]) == (
        "kind,group,rated,items,unanimous,ratings,reviewers,alpha,lower,upper,resamples,reason"
    )
    assert [(row["kind"], row["group"], row["items"]) for row in found] == [
        ("all", "", "3"),
        ("capability", "3", "3"),
        ("theme", "offences", "2"),
        ("theme", "procedure", "1"),
    ]
    assert float(found[0]["alpha"]) == pytest.approx(7 / 9)
    assert found[3]["alpha"] == ""
    assert found[3]["reason"] == "only one item was rated by two reviewers"


def test_the_interval_is_around_alpha(assess):
    more = "".join(f"XAD,q{at},{who},{at}\n" for at in range(5) for who in ("ana", "ravi"))
    assess(ratings=PLAIN + more)

    found = rows("agreement")[0]
    assert float(found["lower"]) < float(found["alpha"]) < float(found["upper"]) <= 1
    assert int(found["resamples"]) > 1990


def test_groups_are_optional(assess):
    assert assess(ratings=PLAIN).code == 0

    assert [row["kind"] for row in rows("agreement")] == ["all"]


def test_an_indicator_without_a_theme_is_in_none(assess):
    assess(ratings=RATINGS.replace("3,procedure", "3,"))

    assert [row["group"] for row in rows("agreement")] == ["", "3", "offences"]


def test_each_two_reviewers_have_a_row(assess):
    assess(ratings=RATINGS + "XAC,C3-01,otto,3,3,offences\n")

    assert [(row["first"], row["second"], row["items"]) for row in rows("pairs")] == [
        ("ana", "ravi", "3"),
        ("ana", "otto", "1"),
        ("ravi", "otto", "1"),
    ]
    assert float(rows("pairs")[0]["alpha"]) == pytest.approx(7 / 9)


def test_the_widest_differences_say_who_gave_what(assess):
    assess(ratings=RATINGS + "XAC,C3-02,ana,4,3,procedure\nXAC,C3-02,ravi,1.5,3,procedure\n")

    assert [list(row.values()) for row in rows("widest")] == [
        ["XAC", "C3-02", "2.5", "ana: 4; ravi: 1.5"],
        ["XAB", "C3-02", "1.0", "ana: 0; ravi: 1"],
    ]


def test_an_empty_cell_and_not_applicable_are_no_ratings(assess):
    more = "XAD,C3-01,ana,,3,offences\nXAD,C3-01,ravi,2,3,offences\n"
    more += "XAD,C3-02,ana,NA,3,procedure\nXAD,C3-02,ravi,2,3,procedure\n"

    assess(ratings=RATINGS + more)

    found = rows("agreement")[0]
    assert (found["rated"], found["items"]) == ("5", "3")
    assert float(found["alpha"]) == pytest.approx(7 / 9)
    # whether it applies is a difference all the same
    assert list(rows("widest")[-1].values()) == ["XAD", "C3-02", "", "ana: NA; ravi: 2"]


def test_one_reviewer_gets_a_reason_and_no_pair(assess):
    done = assess(ratings="unit,indicator,reviewer,value\nXAB,q1,ana,2\nXAC,q1,ana,3\n")

    assert done.code == 0
    assert rows("agreement")[0]["reason"] == "one reviewer: agreement cannot be measured"
    assert rows("pairs") == rows("widest") == []


def test_words_can_be_compared_as_such(assess):
    words = PLAIN.replace(",2\n", ",yes\n").replace(",3\n", ",partly\n").replace(",1\n", ",no\n")

    assert assess("--metric", "nominal", ratings=words).code == 0
    # by hand: of four ratings no, no, yes, partly five pairs differ, one inside an item: 1 - 3 · 1 / 5
    assert float(rows("agreement")[0]["alpha"]) == pytest.approx(0.4)
    assert list(rows("widest")[0].values()) == ["XAB", "q1", "1.0", "ana: yes; ravi: partly"]


def test_the_metric_decides(assess):
    assess("--metric", "interval")

    assert float(rows("agreement")[0]["alpha"]) == pytest.approx(24 / 29)


def test_a_byte_order_mark_does_not_matter(assess):
    assert assess(ratings="\ufeff" + RATINGS).code == 0


def test_the_method_as_used_is_written_beside(assess):
    assess("--resamples", "300", "--seed", "5", "--metric", "interval")

    used = yaml.safe_load(Path("out/method.yaml").read_text())
    assert next(iter(used)) == "engine"
    assert ",".join(used).endswith(
        ",question,coefficient,metric,resamples,seed,interval,resampled,ordinal_distances,not_applicable"
    )
    assert [used[key] for key in ("question", "metric", "resamples", "seed", "interval")] == [
        *("agreement", "interval", 300, 5, 0.95)
    ]


def test_the_defaults_are_those_of_the_library_and_the_method(assess):
    assess()

    used = yaml.safe_load(Path("out/method.yaml").read_text())
    assert (used["metric"], used["resamples"], used["seed"]) == ("ordinal", RESAMPLES, Method().seed)


def test_the_command_offers_the_metrics_that_there_are(capsys):
    with pytest.raises(SystemExit):
        main(["assess", "agreement", "--help"])

    assert "{" + ",".join(METRICS) + "}" in capsys.readouterr().out
    assert command._agreement in command.QUESTIONS


def test_the_same_file_gives_the_same_bytes_and_the_order_of_rows_the_same_numbers(assess):
    assess(ratings=PLAIN)
    once = Path("out/agreement.csv").read_bytes()
    header, *rest = PLAIN.splitlines()

    assess(ratings="\n".join([header, *reversed(rest)]) + "\n")

    assert Path("out/agreement.csv").read_bytes() == once


def test_json_says_the_same_as_the_files(assess):
    done = assess("--json")

    said = json.loads(done.out)
    assert list(said) == ["agreement", "pairs", "widest"]
    for name, its in said.items():
        assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in its] == rows(name)


def test_without_json_it_says_what_was_written(assess):
    assert assess().out.splitlines() == [
        "out/agreement.csv and .json: 4 rows",
        "out/pairs.csv and .json: 1 row",
        "out/widest.csv and .json: 1 row",
        "out/method.yaml: the method, exactly as used",
    ]


# --- what is refused


@pytest.mark.parametrize(
    ("ratings", "where", "what", "remedy"),
    [
        (
            RATINGS + "XAD,C3-01,ana,two,3,offences\n",
            "row 8, column value",
            '"two" is not a number',
            "--metric nominal.",
        ),
        (
            RATINGS + 'XAD,C3-01,ana,"2,5",3,offences\n',
            "row 8, column value",
            '"2,5" is not a number',
            "with a point",
        ),
        (RATINGS + "XAD,C3-01,ana,inf,3,offences\n", "row 8, column value", "not a number", "point"),
        (RATINGS + "XAD,C3-01,ana, 2,3,offences\n", "row 8, column value", "form", "like 2."),
        (RATINGS + "XAD,C3-01,ana,2,14,offences\n", "row 8, column capability", "row 2", "one capability"),
        (RATINGS + "XAD,C3-01,ana,2,3,\n", "row 8, column theme", "row 2", "one theme"),
        (RATINGS + "XAB,C3-01,ana,4,3,offences\n", "row 8, column unit +", "already in row 2", "remove"),
        (RATINGS + "XAD,C3-01,,4,3,offences\n", "row 8, column reviewer", "is empty", "who rated"),
        (RATINGS + ",C3-01,ana,4,3,offences\n", "row 8, column unit", "is empty", "state, or any unit"),
        (RATINGS + "XAD,,ana,4,3,offences\n", "row 8, column indicator", "is empty", "C3-01"),
        (RATINGS + "XAD,C3-01,ana,4,3\n", "row 8", "5 cells, the header has 6", "quotes"),
        ("unit,indicator,value\nXAB,q1,2\n", "row 1, column reviewer", "is missing", "Add it"),
        (PLAIN.replace("reviewer", "rater"), "row 1, column rater", "no column", "The columns of this"),
        ("unit,indicator,reviewer,value\n", "ratings.csv: ", "a header, but no row.", "Add a row."),
        ("", "ratings.csv: ", "the file is empty.", "unit,indicator,reviewer,value"),
        (PLAIN.replace(",", ";"), "row 1: ", "separated by ';'", "commas"),
        (PLAIN.encode("utf-16"), "ratings.csv: ", "UTF-16", "CSV UTF-8"),
    ],
)
def test_each_defect_is_named_with_its_place_and_its_remedy(refused, ratings, where, what, remedy):
    defects = refused(ratings=ratings)

    (defect,) = [each for each in defects if where in each]
    assert what in defect
    assert remedy in defect


def test_all_defects_are_named_at_once(refused):
    more = "XAD,C3-01,ana,two,14,offences\nXAD,C3-02,ana,three,3,procedure\n"

    assert [defect.split(":")[0] for defect in refused(ratings=RATINGS + more)] == [
        "ratings.csv, row 8, column value",
        "ratings.csv, row 8, column capability",
        "ratings.csv, row 9, column value",
    ]


@pytest.mark.parametrize("count", ["-1", "1000001"])
def test_a_number_of_resamples_that_cannot_be_is_refused(refused, count):
    (defect,) = refused("--resamples", count)

    assert defect.endswith("resamples cannot be drawn. Give 0 to 1,000,000.")


def test_a_seed_that_cannot_be_is_refused(refused):
    assert refused("--seed", "-1") == ["The seed -1 is below zero. Give 0 or more."]


def test_measurements_are_refused(refused):
    many = "".join(f"XAB,q{at},ana,{at}\n" for at in range(201))

    (defect,) = refused(ratings="unit,indicator,reviewer,value\n" + many)

    assert defect.startswith("There are 201 different values; up to 200 can be compared.")


def test_a_file_that_is_not_there_is_named(assess, capsys):
    assert main(["assess", "agreement", "nowhere.csv", "--out", "out"]) == 2
    assert "nowhere.csv: there is no such file." in capsys.readouterr().err


@pytest.mark.parametrize("name", ["agreement.csv", "pairs.json", "widest.csv", "method.yaml"])
def test_a_file_that_is_no_earlier_result_is_never_replaced(assess, tmp_path, name):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("mine\n")

    done = assess()

    assert done.code == 2
    assert "the file is there, and is no result of an earlier run." in done.err
    assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == {name: "mine\n"}


def test_an_earlier_result_is_replaced(assess):
    assess()

    assert assess(ratings=PLAIN).code == 0
    assert len(rows("agreement")) == 1


# --- the example


def command_of(page):
    start = page.index(".venv/bin/endocsea assess agreement")
    return shlex.split(page[start:].splitlines()[0].strip("`"))[1:]


@pytest.mark.parametrize("page", ["examples/agreement/README.md", "docs/explanation/agreement.md"])
def test_the_example_runs_as_the_page_says(page, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    arguments = command_of((ROOT / page).read_text(encoding="utf-8"))
    assert arguments[-2:] == ["--out", "out"]

    assert main([*arguments[:-1], str(tmp_path)]) == 0

    found = {row["group"]: row for row in rows("agreement", tmp_path)}
    assert [row["kind"] for row in found.values()] == ["all", *["capability"] * 2, *["theme"] * 5]
    helpline, removal = found["helpline"], found["removal"]
    assert (helpline["unanimous"], helpline["items"], helpline["ratings"]) == ("6", "6", "12")
    assert (helpline["alpha"], helpline["reason"]) == ("", "no variation: all ratings are the same")
    assert round(float(removal["alpha"]), 2) == 0.68
    assert (float(removal["lower"]) < 0, float(removal["upper"])) == (True, 1)
    assert removal["items"] == "7"
    assert len(rows("pairs", tmp_path)) == 3
    assert rows("widest", tmp_path)[-1]["ratings"] == "reviewer 1: NA; reviewer 3: 2"


def test_the_example_speaks_of_the_made_up_states_only():
    with (EXAMPLE / "ratings.csv").open(encoding="utf-8", newline="") as stream:
        assert {row["unit"] for row in csv.DictReader(stream)} == {"XAA", "XAB", "XAC", "XAD"}
