"""``endocsea assess change`` as a person meets it, and its example."""

import csv
import json
import shlex
from pathlib import Path
from types import SimpleNamespace

import pytest

from endocsea.assessment import Method, read_yaml
from endocsea.config.cli import main
from endocsea.config.commands import assess as command

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "change"

TREE = "code,parent,weight\n14,,1\nC14-01,14,1\nC14-02,14,1\n"
BEFORE = "unit,indicator,value,confidence\nXAB,C14-01,1,double\nXAB,C14-02,1,double\n"
AFTER = "unit,indicator,value,confidence\nXAB,C14-01,4,double\nXAB,C14-02,4,double\n"
COLUMNS = "unit,node,verdict,change,q05,q95,better,worse,otherwise,p,q,before,after,from_new,from_lost"
COLUMNS += ",twice,once,never,new"
RESULTS = ["change.csv", "change.json", "method.yaml", "not-compared.csv", "not-compared.json"]


@pytest.fixture
def change(tmp_path, monkeypatch, capsys):
    """Runs the command on files written for it; its results go to the folder ``out``."""
    monkeypatch.chdir(tmp_path)

    def run(*options, out="out", **files):
        given = {"before.csv": BEFORE, "after.csv": AFTER, "tree.csv": TREE}
        given |= {f"{name}.yaml" if name == "method" else f"{name}.csv": its for name, its in files.items()}
        for name, text in given.items():
            Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
        line = ["assess", "change", "before.csv", "after.csv", "--tree", "tree.csv", "--out", out, *options]
        line += ["--mapping", "mapping.csv"] if "mapping" in files else []
        line += ["--method", "method.yaml"] if "method" in files else []
        code = main(line)
        said = capsys.readouterr()
        return SimpleNamespace(code=code, out=said.out, err=said.err)

    return run


@pytest.fixture
def refused(change, tmp_path):
    """Runs the command, which must refuse and write nothing; gives the defects, one a line."""

    def run(*options, **files):
        done = change(*options, **files)
        first, *defects = [line for line in done.err.splitlines() if not line.startswith("·")]
        assert (done.code, done.out) == (2, "")
        assert f"nothing was written. Defects found: {len(defects)}." in first
        assert not (tmp_path / "out").exists()
        return defects

    return run


def rows(name="change", folder="out"):
    with (Path(folder) / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# --- what comes out


def test_there_is_a_row_for_each_state_and_capability(change):
    assert change("--replicates", "2000").code == 0

    (row,) = rows()
    assert ",".join(row) == COLUMNS
    assert (row["unit"], row["node"], row["verdict"]) == ("XAB", "14", "better")
    # by hand: from 1 to 4 on both
    assert [row[name] for name in ("change", "before", "after", "from_new", "from_lost")] == [
        *("3.0", "1.0", "4.0", "0.0", "0.0")
    ]
    assert [row[name] for name in ("twice", "once", "never", "new")] == ["2", "0", "0", "0"]
    assert rows("not-compared") == []


def test_where_it_cannot_be_told_there_are_no_numbers_but_counts(change):
    change("--replicates", "50", after=AFTER.replace("XAB,C14-01,4,double", "XAB,C14-01,,"))

    (row,) = rows()
    assert row["verdict"] == "cannot tell"
    assert [row[name] for name in ("change", "q05", "q95", "better", "p", "q", "after", "from_new")] == [
        ""
    ] * 8
    assert [row[name] for name in ("before", "twice", "once")] == ["1.0", "1", "1"]


def test_what_is_not_compared_is_named(change):
    before = BEFORE + "XAB,C13-01,2,\nXAC,C14-01,2,\n"
    after = AFTER + "XAD,C14-01,2,\nXAB,C14-03,4,\n"

    change("--replicates", "50", before=before, after=after, tree=TREE + "C14-03,14,1\n")

    assert [tuple(row.values()) for row in rows("not-compared")] == [
        ("indicator without a counterpart", "C13-01"),
        ("indicator without a counterpart", "C14-03"),
        ("unit only before", "XAC"),
        ("unit only after", "XAD"),
    ]


def test_a_mapping_says_which_indicators_mean_the_same(change):
    before = BEFORE.replace("C14-01", "C9-01")

    change("--replicates", "50", before=before, mapping="before,after\nC9-01,C14-01\nC14-02,C14-02\n")
    assert rows()[0]["twice"] == "2"
    change("--replicates", "50", before=before, mapping="before,after\nC14-02,C14-02\n")
    assert (rows()[0]["twice"], rows()[0]["new"]) == ("1", "1")
    assert [row["code"] for row in rows("not-compared")] == ["C14-01", "C9-01"]


def test_the_method_decides(change):
    # by hand: (3 × 3 + 0) / 4; then the lower of both
    after = AFTER.replace("C14-02,4", "C14-02,1")
    change("--replicates", "50", after=after, method="weights: {C14-01: 3}")
    assert rows()[0]["change"] == "2.25"
    change("--replicates", "50", after=after, method="aggregation: minimum\nsources: []")
    assert rows()[0]["change"] == "0.0"


def test_the_method_as_used_gives_the_same_again_and_draws_nothing_unknown(change):
    change("--replicates", "2100", "--seed", "7", method="sources: [unknown, reviewers]")
    once = Path("out/change.csv").read_bytes()
    used = Path("out/method.yaml").read_text()
    settings = read_yaml(used)
    assert (settings.sources, settings.seed, settings.replicates) == (("reviewers",), 7, 2100)

    change(method=used, out="again")

    assert Path("again/change.csv").read_bytes() == once


def test_replicates_and_seed_are_the_methods_unless_given(change):
    change()

    used = read_yaml(Path("out/method.yaml").read_text())
    assert (used.replicates, used.seed) == (Method().replicates, Method().seed)


def test_another_seed_gives_other_draws_and_the_same_change(change):
    change("--replicates", "200", "--seed", "1", after=AFTER.replace(",4,", ",2,"))
    (one,) = rows()
    change("--replicates", "200", "--seed", "2", after=AFTER.replace(",4,", ",2,"))
    (other,) = rows()

    assert one["p"] != other["p"]
    assert [one[name] for name in ("change", "before", "after")] == [
        other[name] for name in ("change", "before", "after")
    ]


def test_json_says_the_same_as_the_files(change):
    done = change("--json", "--replicates", "50", before=BEFORE + "XAC,C14-01,2,\n")

    said = json.loads(done.out)
    assert list(said) == ["change", "not-compared"]
    for name, its in said.items():
        assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in its] == rows(name)
        assert json.loads(Path(f"out/{name}.json").read_text()) == its


def test_without_json_it_says_what_was_written(change):
    assert change("--replicates", "50").out.splitlines() == [
        "out/change.csv and .json: 1 row",
        "out/not-compared.csv and .json: 0 rows",
        "out/method.yaml: the method, exactly as used",
    ]
    assert sorted(path.name for path in Path("out").iterdir()) == RESULTS


def test_what_the_engine_says_goes_beside_the_json(change, monkeypatch):
    monkeypatch.setattr("endocsea.assessment.engines.compiled_before", lambda: False)

    done = change("--json", "--replicates", "50")

    assert "compiling the engine, once" in done.err
    assert json.loads(done.out)["change"][0]["verdict"] == "better"


def test_the_command_is_there_with_its_words(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["assess", "change", "--help"])

    said = capsys.readouterr().out
    assert stopped.value.code == 0
    assert "BEFORE.csv AFTER.csv" in said
    for option in ("--tree", "--mapping", "--method", "--replicates", "--seed", "--out", "--json"):
        assert option in said
    assert command._change in command.QUESTIONS


# --- what is refused


@pytest.mark.parametrize(
    ("files", "where", "what", "remedy"),
    [
        ({"before": ""}, "before.csv: ", "the file is empty.", "unit,indicator,value,confidence"),
        ({"after": "unit,indicator,value\n"}, "after.csv: ", "a header, but no row.", "Add a row."),
        ({"before": BEFORE + "XAC,C14-01,5,\n"}, "before.csv, row 4, column value", "outside", "0 to 4"),
        ({"after": AFTER + "XAB,C9-01,1,\n"}, "after.csv, row 4, column indicator", "not in the tree", "add"),
        ({"before": BEFORE + "XAB,C14-01,1,\n"}, "before.csv, row 4, column unit +", "in row 2", "remove"),
        ({"tree": TREE + "C14-03,9,1\n"}, "tree.csv, row 5", "under 9, which has no row", "Add a row for 9"),
        ({"mapping": "before,after\nC14-01,\n"}, "mapping.csv, row 2, column after", "is empty", "Fill it"),
        (
            {"mapping": "before,after\nC14-01,C14-01\nC14-01,C14-02\n"},
            "mapping.csv, row 3, column before",
            "already in row 2",
            "its own",
        ),
        ({"mapping": "old,new\nC14-01,C14-01\n"}, "mapping.csv, row 1", "is missing", "Add it"),
        ({"mapping": "before,after\nC14-01,14\n"}, "C14-01", "14, which is no indicator.", "Correct it."),
        ({"method": "weights: {C9-01: 1}"}, "method.yaml, weights", "C9-01", "Correct the code."),
        ({"method": "colour: red"}, "method.yaml: ", "'colour' is not a setting.", "Settings are"),
        ({"after": AFTER.replace("XAB", "XAC")}, "No unit", "in both rounds.", "Use the same codes"),
    ],
)
def test_each_defect_is_named_with_its_place_and_its_remedy(refused, files, where, what, remedy):
    defects = refused("--replicates", "10", **files)

    assert any(where in defect and what in defect and remedy in defect for defect in defects)


def test_two_that_mean_the_same_are_refused(refused):
    found = refused(mapping="before,after\nC14-01,C14-01\nC14-02,C14-01\n")

    assert found == ["C14-01 is given for more than one indicator. Keep one of them."] * 2


def test_all_defects_of_all_files_are_named_at_once(refused):
    found = refused(
        "--seed",
        "-1",
        before=BEFORE + "XAC,C14-01,y,\n",
        after=AFTER + "XAC,C14-01,x,\n",
        mapping="before,after\nC14-01,\n",
        method="seed: x",
    )

    assert [defect.split(":")[0].split(" is ")[0] for defect in found] == [
        "The seed -1",
        "method.yaml, seed",
        "mapping.csv, row 2, column after",
        "before.csv, row 4, column value",
        "after.csv, row 4, column value",
    ]


@pytest.mark.parametrize("replicates", ["0", "-5", "1000000001"])
def test_a_number_of_replicates_that_cannot_be_is_refused(refused, replicates):
    (defect,) = refused("--replicates", replicates)

    assert defect.endswith("replicates cannot be drawn. Give 1 to 1,000,000,000.")


@pytest.mark.parametrize("file", ["before.csv", "after.csv", "tree.csv"])
def test_a_file_that_is_not_there_is_named(change, capsys, file):
    change()
    Path(file).unlink()

    line = ["assess", "change", "before.csv", "after.csv", "--tree", "tree.csv", "--out", "other"]
    assert main(line) == 2
    assert f"{file}: there is no such file." in capsys.readouterr().err
    assert not Path("other").exists()


@pytest.mark.parametrize("missing", ["--tree", "--out"])
def test_tree_and_folder_are_required(capsys, missing):
    line = ["assess", "change", "before.csv", "after.csv", "--tree", "tree.csv", "--out", "out"]
    at = line.index(missing)

    with pytest.raises(SystemExit):
        main(line[:at] + line[at + 2 :])

    assert f"the following arguments are required: {missing}" in capsys.readouterr().err


@pytest.mark.parametrize("name", RESULTS)
def test_a_file_that_is_no_earlier_result_is_never_replaced(change, tmp_path, name):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("mine\n")

    done = change("--replicates", "10")

    assert done.code == 2
    assert "the file is there, and is no result of an earlier run." in done.err
    assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == {name: "mine\n"}


def test_an_earlier_result_is_replaced(change):
    change("--replicates", "10")

    assert change("--replicates", "10", after=AFTER.replace(",4,", ",1,")).code == 0
    assert rows()[0]["change"] == "0.0"


# --- the example


def command_of(page):
    start = page.index(".venv/bin/endocsea assess change")
    return shlex.split(page[start:].splitlines()[0].strip("`"))[1:]


def shown(number):
    return f"{float(number):.2f}" if number else ""


@pytest.mark.parametrize("page", ["examples/change/README.md", "docs/explanation/change.md"])
def test_the_example_runs_as_the_page_says(page, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    arguments = command_of((ROOT / page).read_text(encoding="utf-8"))
    assert arguments[-2:] == ["--out", "out"]

    assert main([*arguments[:-1], str(tmp_path)]) == 0

    told = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    for row in rows(folder=tmp_path):
        interval = f"{shown(row['q05'])} to {shown(row['q95'])}" if row["q05"] else ""
        numbers = [shown(row[name]) for name in ("before", "after", "from_new", "from_lost")]
        cells = [
            row["unit"],
            row["node"],
            row["verdict"],
            shown(row["change"]),
            interval,
            *numbers,
            row["twice"],
        ]
        assert f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |") in told
    assert [row["code"] for row in rows("not-compared", tmp_path)] == ["C14-03", "C14-13"]
    assert {row["verdict"] for row in rows(folder=tmp_path)} == {
        *("better", "worse", "no clear change", "cannot tell")
    }


def test_the_example_speaks_of_the_made_up_states_only():
    for name in ("before.csv", "after.csv"):
        with (EXAMPLE / name).open(encoding="utf-8", newline="") as stream:
            assert {row["unit"] for row in csv.DictReader(stream)} == {"XAA", "XAB", "XAC", "XAD"}
