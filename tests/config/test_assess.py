"""``endocsea assess`` as a person meets it: two files in, two files out, or every defect named."""

import csv
import errno
import json
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from endocsea.assessment import Method, read_yaml
from endocsea.config.cli import main
from tests.assessment.files import TREE, UNUSABLE, VALUES

LEVELS = "unit,node,level,known,lower,upper"
DRAWN = "mean,q05,median,q95,gap_probability,mcse,widest_probability"


@pytest.fixture
def assess(tmp_path, monkeypatch, capsys):
    """Runs the command on files written for it; its result goes to the folder ``out``."""
    monkeypatch.chdir(tmp_path)

    def run(*options, values=VALUES, tree=TREE, method=None, out="out"):
        command = ["assess", "--values", "values.csv", "--tree", "tree.csv", "--out", out, *options]
        if method is not None:
            command += ["--method", "method.yaml"]
        for name, text in (("values.csv", values), ("tree.csv", tree), ("method.yaml", method)):
            if text is not None:
                Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
        code = main(command)
        said = capsys.readouterr()
        return SimpleNamespace(code=code, out=said.out, err=said.err)

    return run


@pytest.fixture
def refused(assess, tmp_path):
    """Runs the command, which must refuse and write nothing; gives the defects, one a line."""

    def run(*options, **files):
        done = assess(*options, **files)
        first, *defects = done.err.splitlines()
        assert done.code == 2
        assert done.out == ""
        assert first == (
            f"endocsea: Nothing was calculated and nothing was written. Defects found: {len(defects)}. "
            "Correct these and run it again:"
        )
        assert "Traceback" not in done.err
        assert not {path.name for path in tmp_path.iterdir()} - {"values.csv", "tree.csv", "method.yaml"}
        return defects

    return run


def rows(file="out/levels.csv"):
    with open(file, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# --- what comes out


def test_levels_have_a_row_for_each_unit_and_node(assess):
    done = assess(values=VALUES + "XAC,C14-01,4,double\n")

    assert done.code == 0
    # by hand: XAB (2 + 1) / 2; XAC knows one of two, less than 0.6: at worst 4/2, at best 8/2
    assert Path("out/levels.csv").read_bytes().decode() == (
        f"{LEVELS}\nXAB,14,1.5,1.0,1.5,1.5\nXAC,14,,0.5,2.0,4.0\n"
    )


def test_with_replicates_there_are_seven_more_columns(assess):
    assess("--replicates", "3000")

    assert Path("out/levels.csv").read_text().splitlines()[0] == f"{LEVELS},{DRAWN}"
    (row,) = rows()
    assert float(row["q05"]) <= float(row["median"]) <= float(row["q95"])
    assert 0 <= float(row["gap_probability"]) <= 1


def test_without_a_level_there_are_no_drawn_figures(assess):
    assess("--replicates", "100", values=VALUES + "XAC,C14-01,4,double\n")

    assert [rows()[1][name] for name in ("level", *DRAWN.split(","))] == [""] * 7


def test_not_applicable_and_unknown_cells_are_told_apart(assess):
    values = "unit,indicator,value\nXAB,C14-01,2\nXAB,C14-02,NA\nXAC,C14-01,2\nXAC,C14-02,\n"

    assess(values=values)

    assert [(row["known"], row["upper"]) for row in rows()] == [("1.0", "2.0"), ("0.5", "3.0")]


def test_a_unit_with_no_value_at_all_is_there_without_a_level(assess):
    assess(values=VALUES + "XAC,C14-01,,\n")

    assert list(rows()[1].values()) == ["XAC", "14", "", "0.0", "0.0", "4.0"]


def test_a_unit_to_which_nothing_applies_has_no_number(assess):
    assess(values=VALUES + "XAC,C14-01,NA,\nXAC,C14-02,NA,\n")

    assert list(rows()[1].values()) == ["XAC", "14", "", "", "", ""]


def test_one_state_alone_is_enough(assess):
    assert assess("--replicates", "50").code == 0
    assert [row["unit"] for row in rows()] == ["XAB"]


def test_a_byte_order_mark_does_not_matter(assess):
    assert assess(values="\ufeff" + VALUES, tree="\ufeff" + TREE, method="\ufeffseed: 1").code == 0


def test_a_single_rating_gives_a_wider_interval_than_a_double_one(assess):
    assess("--replicates", "5000", values=VALUES.replace("double", "single"))
    single = float(rows()[0]["mcse"])
    assess("--replicates", "5000", values=VALUES.replace("single", "double"))

    assert float(rows()[0]["mcse"]) < single


def test_the_method_decides(assess):
    # by hand: the lower of 2 and 1; then (3 × 2 + 1) / 4
    assess(method="aggregation: minimum")
    assert rows()[0]["level"] == "1.0"
    assess(method="weights: {C14-01: 3}")
    assert rows()[0]["level"] == "1.75"


def test_the_method_as_used_gives_the_same_again_bit_for_bit(assess):
    assess("--replicates", "2100", "--seed", "7", method="weights: {C14-01: 0.1}\nleast_known: 0.5\n")
    once = Path("out/levels.csv").read_bytes()
    used = Path("out/method.yaml").read_bytes()

    assess("--replicates", "2100", method=used, out="again")

    assert Path("again/levels.csv").read_bytes() == once
    assert read_yaml(Path("again/method.yaml").read_text()) == read_yaml(used.decode())
    assert (read_yaml(used.decode()).seed, read_yaml(used.decode()).replicates) == (7, 2100)


def test_another_seed_gives_other_draws_and_the_same_levels(assess):
    assess("--replicates", "2000", "--seed", "1")
    (one,) = rows()
    assess("--replicates", "2000", "--seed", "2")
    (other,) = rows()

    assert one["mean"] != other["mean"]
    assert [one[name] for name in LEVELS.split(",")] == [other[name] for name in LEVELS.split(",")]


def test_without_replicates_the_method_says_that_nothing_was_drawn(assess):
    assess()

    used = Path("out/method.yaml").read_text()
    assert read_yaml(used) == Method(replicates=0)


def test_json_says_the_same_as_the_file(assess):
    done = assess("--json", "--replicates", "500", values=VALUES + "XAC,C14-01,4,\n")

    said = json.loads(done.out)
    assert list(said[0]) == [*LEVELS.split(","), *DRAWN.split(",")]
    assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in said] == rows()
    assert said[1]["level"] is None


def test_without_json_it_says_what_was_written(assess):
    done = assess()

    assert "levels.csv and .json: 1 row" in done.out
    assert "method.yaml: the method, exactly as used" in done.out


def test_progress_is_told_at_most_once_a_second(assess, monkeypatch):
    clock = iter(range(0, 10_000, 2))  # two seconds at each look
    monkeypatch.setattr(
        "endocsea.config.assess.progress.time", SimpleNamespace(monotonic=lambda: next(clock))
    )

    done = assess("--replicates", "40000")

    lines = done.err.splitlines()
    assert lines[-1] == "· 40,000 of 40,000 replicates"
    assert len(lines) > 1


def test_a_quick_run_tells_no_progress(assess):
    assert assess("--replicates", "50").err == ""


def test_an_earlier_result_is_replaced(assess):
    assess("--replicates", "50")
    done = assess()

    assert done.code == 0
    assert Path("out/levels.csv").read_text().splitlines()[0] == LEVELS
    assert sorted(path.name for path in Path("out").iterdir()) == ["levels.csv", "levels.json", "method.yaml"]


def test_neither_django_nor_a_data_folder_is_needed(tmp_path):
    command = [*shlex.split("assess --values values.csv --tree tree.csv --replicates 10 --out out")]
    (tmp_path / "values.csv").write_text(VALUES)
    (tmp_path / "tree.csv").write_text(TREE)
    script = f"import sys; from endocsea.config.cli import main; code = main({command}); "
    script += "sys.exit(9 if 'django' in sys.modules else code)"

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "home").exists()


# --- what is refused


@pytest.mark.parametrize(("files", "where", "what", "remedy"), UNUSABLE)
def test_each_defect_is_named_with_its_place_and_its_remedy(refused, files, where, what, remedy):
    (defect,) = refused(**files)

    assert where in defect
    assert what in defect
    assert remedy in defect


def test_all_defects_of_all_files_are_named_at_once(refused):
    found = refused(
        values=VALUES + "XAC,C9-01,2,\nXAC,C14-01,5,threefold\n",
        tree=TREE + "C14-03,13,-1\n",
        method="colour: red\nseed: x",
    )

    assert sorted(defect.split(":")[0] for defect in found) == [
        "method.yaml",
        "method.yaml, seed",
        "tree.csv, row 5, column parent",
        "tree.csv, row 5, column weight",
        "values.csv, row 5, column confidence",
    ]


def test_all_defects_of_sound_rows_are_named_too(refused):
    found = refused(values=VALUES + "XAC,C9-01,2,\nXAC,C14-01,5,\nXAC,C14-02,x,\n")

    assert [defect.split(":")[0] for defect in found] == [
        "values.csv, row 4, column indicator",
        "values.csv, row 5, column value",
        "values.csv, row 6, column value",
    ]


@pytest.mark.parametrize("replicates", ["0", "-5", "1000000001"])
def test_a_number_of_replicates_that_cannot_be_is_refused(refused, replicates):
    (defect,) = refused("--replicates", replicates)

    assert defect.endswith("replicates cannot be drawn. Give 1 to 1,000,000,000.")


def test_a_seed_that_cannot_be_is_refused(refused):
    assert refused("--replicates", "5", "--seed", "-1") == ["The seed -1 is below zero. Give 0 or more."]


def test_a_method_that_does_not_fit_the_tree_is_refused(refused):
    (weight,) = refused(method="weights: {C9-01: 1}")
    (gate,) = refused(method='gates: [{indicator: C9-01, below: 1, caps: "14", at: 1}]')

    assert "C9-01 has a weight in the method, but is not in the tree. Correct the code." in weight
    assert "A gate lets C9-01 cap 14. Name an indicator of the tree, and a node above it." in gate


def test_a_rule_that_is_not_drawn_is_refused_with_replicates_only(assess, refused):
    (defect,) = refused("--replicates", "5", method="aggregation: median")

    assert "for example aggregations: {median: 1}, or take `method` out of sources." in defect
    assert assess(method="aggregation: median").code == 0


@pytest.mark.parametrize("name", ["values.csv", "tree.csv"])
def test_files_that_are_not_there_and_folders_are_named(refused, tmp_path, name):
    (defect,) = refused("--method", "nowhere.yaml")
    assert defect == "nowhere.yaml: there is no such file. Check the name and the right to read it."

    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    given = {"values": VALUES, "tree": TREE} | {name.removesuffix(".csv"): None}
    (defect,) = refused(**given)
    assert defect == f"{name}: this is a folder, not a file. Check the name and the right to read it."


@pytest.mark.parametrize("out", ["taken", "taken/deeper"])
def test_a_file_in_the_place_of_the_folder_is_said(assess, tmp_path, out):
    (tmp_path / "taken").write_text("mine")

    done = assess(out=out)

    assert done.code == 2
    assert f"{out}: the folder cannot be written. Name another with --out." in done.err
    assert (tmp_path / "taken").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "text"), [("levels.csv", "height,of,floors\n"), ("method.yaml", "# mine\n")]
)
def test_a_file_that_is_no_earlier_result_is_never_replaced(assess, tmp_path, name, text):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text(text)

    done = assess()

    assert done.code == 2
    assert (
        "the file is there, and is no result of an earlier run. Name another folder with --out." in done.err
    )
    assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == {name: text}


def test_a_full_disk_is_said_and_leaves_nothing_half_written(assess, monkeypatch, tmp_path):
    assess()
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("endocsea.config.writing.os.fsync", full)
    done = assess("--replicates", "20")

    assert done.code == 2
    assert "out: the disk or a quota is full. Free some space and run it again." in done.err
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize("option", [["--replicates", "many"], ["--seed", "1.5"], ["--colour", "red"]])
def test_an_option_that_cannot_be_is_refused_with_the_usage(assess, capsys, option):
    with pytest.raises(SystemExit) as stopped:
        assess(*option)

    assert stopped.value.code == 2
    assert "usage: endocsea" in capsys.readouterr().err


def test_a_method_that_does_not_fit_the_tree_is_named_with_its_setting_beside_all_other_defects(refused):
    found = refused(
        values=VALUES + "XAC,C14-01,5,\n",
        method="weights: {C99: 1}\naggregation: {default: arithmetic, Q: minimum}",
    )

    assert [defect.split(". ")[0] for defect in found] == [
        "method.yaml, aggregation: Q is no node",
        "method.yaml, weights: C99 has a weight in the method, but is not in the tree",
        "values.csv, row 4, column value: 5 is outside the range",
    ]


def test_a_seed_below_zero_is_refused_even_where_nothing_is_drawn(refused):
    assert refused("--seed", "-1") == ["The seed -1 is below zero. Give 0 or more."]
