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


def same_as_the_files(said):
    for name, its in said.items():
        assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in its] == rows(
            f"out/{name}.csv"
        )
        assert json.loads(Path(f"out/{name}.json").read_text()) == its


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

    assert [rows()[1][name] for name in ("level", *DRAWN.split(","))] == [""] * 8


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
    done = assess(
        *("--json", "--replicates", "500", "--sensitivity", "--questions"), values=VALUES + "XAC,C14-01,4,\n"
    )

    said = json.loads(done.out)
    assert list(said) == ["levels", "bands", "sensitivity", "questions"]
    assert list(said["levels"][0]) == [*LEVELS.split(","), *DRAWN.split(",")]
    assert said["levels"][1]["level"] is None
    same_as_the_files(said)


def test_json_of_levels_alone_is_a_list(assess):
    done = assess("--json")

    same_as_the_files({"levels": json.loads(done.out)})


def test_without_json_it_says_what_was_written(assess):
    done = assess()

    assert done.out.splitlines() == [
        "out/levels.csv and .json: 1 row",
        "out/method.yaml: the method, exactly as used",
    ]


def test_bands_have_a_row_for_each_band_and_add_up_to_one(assess):
    assess("--replicates", "3000", values=VALUES + "XAC,C14-01,4,\n")

    found = rows("out/bands.csv")
    assert ",".join(found[0]) == "unit,node,band,probability,mcse"
    assert [(row["unit"], row["band"]) for row in found] == [("XAB", f"{at}.0") for at in range(5)]
    assert sum(float(row["probability"]) for row in found) == pytest.approx(1)


def test_what_drives_the_doubt_has_a_row_for_each_source(assess):
    done = assess("--sensitivity", "--replicates", "20000")

    assert done.code == 0
    found = rows("out/sensitivity.csv")
    assert ",".join(found[0]) == (
        "unit,node,variance,source,first,first_low,first_high,total,total_low,total_high"
    )
    assert [row["source"] for row in found] == ["unknown", "reviewers", "method"]
    # by hand: both answers are known, so nothing comes from the unknown
    assert (found[0]["first"], found[0]["total"]) == ("0.0", "0.0")
    for row in found[1:]:
        assert float(row["first_low"]) <= float(row["first"]) <= float(row["first_high"])
        assert float(row["total_low"]) <= float(row["total"]) <= float(row["total_high"])
    assert sum(float(row["first"]) for row in found) < 1.1


def test_it_says_nothing_where_there_is_no_level_and_leaves_cells_empty_where_nothing_varies(assess):
    nothing = (
        "rating_error: {single: {one: 0, two: 0}, double: {one: 0, two: 0}, adjudicated: {one: 0, two: 0}}"
    )
    values = "unit,indicator,value\nXAB,C14-01,2\nXAB,C14-02,2\nXAC,C14-01,2\n"

    assess("--sensitivity", "--replicates", "10", method=nothing, values=values)

    assert [
        (row["unit"], row["variance"], row["first"], row["total_high"]) for row in rows("out/sensitivity.csv")
    ] == [("XAB", "0.0", "", "")] * 3


def test_what_to_ask_has_a_row_for_each_unanswered_question(assess):
    values = VALUES + "XAC,C14-01,,\nXAC,C14-02,NA,\nXAD,C14-01,,\nXAD,C14-02,,\n"

    assess("--questions", "--replicates", "5000", values=values)

    found = rows("out/questions.csv")
    assert ",".join(found[0]) == "unit,indicator,node,variance,variance_less,doubt,doubt_less"
    assert sorted((row["unit"], row["indicator"]) for row in found) == [
        *(("XAC", "C14-01"), ("XAD", "C14-01"), ("XAD", "C14-02"))
    ]
    worth = [float(row["variance_less"]) for row in found[1:]]
    assert worth == sorted(worth, reverse=True)
    assert 0 < float(found[0]["variance_less"]) <= float(found[0]["variance"])


def test_where_everything_is_answered_there_is_nothing_to_ask(assess):
    done = assess("--questions", "--replicates", "10")

    assert "out/questions.csv and .json: 0 rows" in done.out
    assert Path("out/questions.json").read_text() == "[]"


def test_without_replicates_these_take_the_methods_and_levels_get_no_intervals(assess):
    assess("--questions", "--sensitivity", method="replicates: 300", values=VALUES + "XAC,C14-01,4,\n")

    assert Path("out/levels.csv").read_text().splitlines()[0] == LEVELS
    assert not Path("out/bands.csv").exists()
    assert read_yaml(Path("out/method.yaml").read_text()).replicates == 300
    assert len(rows("out/questions.csv")) == 1


def test_each_of_these_is_the_same_alone_as_beside_the_others(assess):
    values, same = VALUES + "XAC,C14-01,4,\n", ("--replicates", "300", "--seed", "3")
    assess(*same, "--questions", "--sensitivity", values=values)
    assess(*same, "--questions", values=values, out="asked")
    assess(*same, "--sensitivity", values=values, out="driven")

    for folder, name in (("asked", "questions"), ("driven", "sensitivity"), ("asked", "bands")):
        assert Path(f"{folder}/{name}.csv").read_bytes() == Path(f"out/{name}.csv").read_bytes()


def test_the_seed_decides_what_is_drawn_for_them(assess):
    values = VALUES + "XAC,C14-01,4,\n"
    for seed in ("3", "4"):
        assess(
            *("--questions", "--sensitivity", "--replicates", "300", "--seed", seed), values=values, out=seed
        )

    for name in ("questions", "sensitivity"):
        assert Path(f"3/{name}.csv").read_bytes() != Path(f"4/{name}.csv").read_bytes()


def test_what_the_engine_says_goes_beside_the_json(assess, monkeypatch):
    monkeypatch.setattr("endocsea.assessment.engines.compiled_before", lambda: False)

    done = assess("--json", "--replicates", "50")

    assert done.err.splitlines()[0] == "· compiling the engine, once: about ten seconds …"
    assert json.loads(done.out)["levels"][0]["unit"] == "XAB"


def test_levels_alone_need_no_engine(assess, monkeypatch):
    monkeypatch.setattr("endocsea.assessment.engines.warm", None)

    assert assess().code == 0


def test_the_options_are_explained(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["assess", "--help"])

    said = " ".join(capsys.readouterr().out.split())
    assert stopped.value.code == 0
    assert "--sensitivity what drives the doubt about each level (Sobol indices)" in said
    assert "--questions which unanswered questions to ask first" in said
    assert "change what changed from one round to the next" in said


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
    assess("--replicates", "50", "--sensitivity", "--questions")
    done = assess()

    assert done.code == 0  # and what belonged to the earlier run's method is gone
    assert Path("out/levels.csv").read_text().splitlines()[0] == LEVELS
    assert sorted(path.name for path in Path("out").iterdir()) == ["levels.csv", "levels.json", "method.yaml"]


def test_a_file_of_ones_own_beside_the_results_stays(assess, tmp_path):
    (tmp_path / "out").mkdir()
    for name in ("bands.csv", "bands.json", "notes.txt"):
        (tmp_path / "out" / name).write_text("mine")

    assert assess().code == 0

    for name in ("bands.csv", "bands.json", "notes.txt"):
        assert (tmp_path / "out" / name).read_text() == "mine"


def test_neither_django_nor_a_data_folder_is_needed(tmp_path):
    command = [*shlex.split("assess --values values.csv --tree tree.csv --replicates 10 --out out")]
    (tmp_path / "values.csv").write_text(VALUES)
    (tmp_path / "tree.csv").write_text(TREE)
    script = f"import sys; from endocsea.config.cli import main; code = main({command}); "
    script += "sys.exit(9 if 'django' in sys.modules else code)"

    # twice: the first may say that it compiles the engine
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=tmp_path,
            env={"HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
            timeout=120,
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


@pytest.mark.parametrize("name", ["values.csv", "tree.csv", "method.yaml"])
def test_a_file_that_is_far_too_large_is_refused_before_it_is_read(refused, tmp_path, monkeypatch, name):
    with (tmp_path / name).open("wb") as stream:
        stream.truncate(500 * 2**20)  # it takes no room on the disk

    read_bytes = Path.read_bytes

    def read(file):
        assert file.name != name, "it was read"
        return read_bytes(file)

    monkeypatch.setattr(Path, "read_bytes", read)
    given = {"values": VALUES, "tree": TREE} | {name.removesuffix(".csv"): None}
    options = ("--method", name) if name == "method.yaml" else ()

    (defect,) = refused(*options, **{key: its for key, its in given.items() if key != "method.yaml"})

    assert defect == (
        f"{name}: the file has 500 MB; up to 64 MB are read. Check that it is the right file, or split it."
    )


@pytest.mark.parametrize("replicates", ["0", "-5", "1000000001"])
def test_a_number_of_replicates_that_cannot_be_is_refused(refused, replicates):
    (defect,) = refused("--replicates", replicates)

    assert defect.endswith("replicates cannot be drawn. Give 1 to 1,000,000,000.")


@pytest.mark.parametrize(("option", "what"), [("--questions", "replicates"), ("--sensitivity", "draws")])
def test_more_than_these_can_count_is_refused(refused, option, what):
    (defect,) = refused(option, method="replicates: 10000001")

    assert defect == f"10,000,001 {what} are more than are needed. Give up to 10,000,000."


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
    ("name", "text"),
    [
        ("levels.csv", "height,of,floors\n"),
        ("levels.json", "{}\n"),
        ("bands.csv", "unit,node,height\n"),
        ("sensitivity.csv", "unit,node,first\n"),
        ("questions.json", "{}\n"),
        ("method.yaml", "# mine\n"),
    ],
)
def test_a_file_that_is_no_earlier_result_is_never_replaced(assess, tmp_path, name, text):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text(text)

    done = assess("--replicates", "10", "--sensitivity", "--questions")

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
