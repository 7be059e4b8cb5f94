"""``endocsea assess disclosure`` as a person meets it, and its example."""

import csv
import json
import shlex
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from endocsea.config.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "disclosure"

TABLE = "state,count\nArden,3\nBelmora,7919\nCorvia,8641\ntotal,16563\n"
HEAD = "state,count\n"


@pytest.fixture
def assess(tmp_path, monkeypatch, capsys):
    """Runs the command on files written for it; its results go to the folder ``out``."""
    monkeypatch.chdir(tmp_path)

    def run(*options, table=TABLE, previous=None, out="out"):
        for name, text in (("table.csv", table), ("previous.csv", previous)):
            if text is not None:
                Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
        if previous is not None:
            options = (*options, "--previous", "previous.csv")
        code = main(["assess", "disclosure", "table.csv", "--out", out, *options])
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
        assert not {path.name for path in tmp_path.iterdir()} - {"table.csv", "previous.csv"}
        return defects

    return run


def rows(name, folder="out"):
    with (Path(folder) / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def files_in(folder):
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


# --- what comes out


def test_small_counts_and_what_protects_them_are_empty_and_say_why(assess):
    done = assess()

    assert done.code == 0
    assert Path("out/table.csv").read_text() == (
        "state,count,hidden\nArden,,small\nBelmora,,protects another\nCorvia,8641,\ntotal,16563,\n"
    )
    # by hand: the two are 16563 - 8641 = 7922 together
    assert Path("out/audit.csv").read_text() == (
        "state,lower,upper,wide_enough\nArden,1,4,yes\nBelmora,7918,7921,yes\n"
    )


def test_no_file_and_no_line_holds_a_hidden_count(assess):
    done = assess("--json")

    everything = [done.out, done.err, *(data.decode() for data in files_in("out").values())]
    assert any("8641" in text for text in everything)
    assert not any("7919" in text for text in everything)


def test_not_a_byte_depends_on_the_hidden_counts(assess):
    assess("--json")
    once = files_in("out")

    done = assess("--json", table=TABLE.replace("3\n", "1\n", 1).replace("7919", "7921"))

    assert files_in("out") == once
    assert done.err == ""


def test_every_setting_is_in_the_method(assess):
    assess("--threshold", "12", "--participants", "--one-authority")

    used = yaml.safe_load(Path("out/method.yaml").read_text())
    assert used["question"] == "disclosure"
    assert used["thresholds"] == {"persons": 12, "group": 12}
    assert (used["zero_shown"], used["participants"], used["compared_with_previous"]) == (False, True, False)


def test_json_says_the_same_as_the_files(assess):
    said = json.loads(assess("--json").out)

    assert list(said) == ["table", "audit"]
    for name, its in said.items():
        assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in its] == rows(name)


def test_without_json_it_says_what_was_written(assess):
    out = assess().out

    assert "table.csv and .json: 4 rows" in out
    assert "audit.csv and .json: 2 rows" in out


def test_a_table_with_nothing_to_hide_has_an_empty_audit(assess):
    done = assess(table=HEAD + "Arden,7\nBelmora,0\ntotal,7\n")

    assert done.code == 0
    assert rows("audit") == []
    assert [row["count"] for row in rows("table")] == ["7", "0", "7"]


def test_a_table_of_one_cell_and_one_of_small_cells_only(assess):
    assess(table=HEAD + "Arden,4\n")
    assert rows("table") == [{"state": "Arden", "count": "", "hidden": "small"}]

    assess(table=HEAD + "Arden,1\nBelmora,1\nCorvia,1\ntotal,3\n")
    assert [row["hidden"] for row in rows("table")] == ["small", "small", "small", "protects another"]


def test_rows_keep_their_order_and_columns_may_stand_anywhere(assess):
    assess(table="count,sex,state\n23,total,Arden\n3,women,Arden\n20,men,Arden\n")

    assert [(row["sex"], row["state"], row["hidden"]) for row in rows("table")] == [
        ("total", "Arden", ""),
        ("women", "Arden", "small"),
        ("men", "Arden", "protects another"),
    ]


def test_zeros_are_hidden_where_one_authority_reports(assess):
    table = HEAD + "Arden,0\nBelmora,7\nCorvia,9\n"
    assess(table=table)
    assert rows("table")[0]["count"] == "0"

    assess("--one-authority", table=table)
    assert rows("table")[0] == {"state": "Arden", "count": "", "hidden": "small"}


def test_a_higher_threshold_hides_more(assess):
    table = HEAD + "Arden,7\nBelmora,30\n"
    assess(table=table)
    assert rows("table")[0]["count"] == "7"

    assess("--threshold", "8", table=table)
    assert rows("table")[0]["hidden"] == "small"


def test_a_small_group_of_participants_has_no_breakdown(assess):
    table = "state,sex,count\nArden,women,8\nArden,men,1\nArden,total,9\n"

    assess("--participants", table=table)

    assert [(row["count"], row["hidden"]) for row in rows("table")] == [
        ("", "no breakdown"),
        ("", "no breakdown"),
        ("9", ""),
    ]


# --- the last published version


def test_a_small_change_since_the_last_version_is_hidden(assess):
    assess(table=HEAD + "Arden,20\nBelmora,30\n", out="last")
    previous = Path("last/table.csv").read_text()

    assess(table=HEAD + "Arden,23\nBelmora,35\n", previous=previous)

    assert [(row["count"], row["hidden"]) for row in rows("table")] == [("", "small"), ("35", "")]
    assert yaml.safe_load(Path("out/method.yaml").read_text())["compared_with_previous"] is True


def test_the_last_version_may_have_its_columns_in_another_order_and_no_reasons(assess):
    table = "state,sex,count\nArden,women,23\nArden,men,40\n"

    assess(table=table, previous="count,sex,state\n20,women,Arden\n40,men,Arden\n")

    assert [row["hidden"] for row in rows("table")] == ["small", ""]


def test_a_count_that_is_known_already_is_not_repeated_by_the_audit(assess):
    # a group that has become small: its breakdown is hidden now, and was shown before
    table = "state,sex,count\nArden,women,6\nArden,men,0\nArden,total,6\n"
    previous = "state,sex,count,hidden\nArden,women,40,\nArden,men,0,\nArden,total,40,\n"

    done = assess("--participants", table=table, previous=previous)

    assert done.code == 0
    audit = {row["sex"]: (row["lower"], row["upper"]) for row in rows("audit")}
    assert audit["men"] == ("", "")


def test_what_cannot_be_protected_is_refused_by_name(refused):
    (defect,) = refused("--threshold", "8", table=HEAD + "Arden,6\n", previous=HEAD + "Arden,6\n")

    assert defect == (
        "Arden could be worked out more closely than the rules allow. "
        "Leave totals out, merge categories, or wait until more has changed since the last version."
    )


@pytest.mark.parametrize(
    ("previous", "defect"),
    [
        (
            "sex,count\nwomen,20\n",
            "previous.csv: The last version counts by sex, this table by state. "
            "Give the last version of the same table.",
        ),
        (
            HEAD + "Dunmere,20\n",
            "previous.csv, state: The last version has the category Dunmere, this table has not. "
            "Add it, with 0 where there was nobody: otherwise the two cannot be compared.",
        ),
        (
            HEAD + "Arden,-20\n",
            "previous.csv, row 2, column count: The count is not a whole number from 0 to 1,000,000,000. "
            "Write digits only, and 0 where there was nobody.",
        ),
        ("", "previous.csv: the file is empty. A file without rows holds its header: count,hidden"),
    ],
)
def test_a_last_version_that_does_not_fit_is_refused(refused, previous, defect):
    assert refused(previous=previous) == [defect]


# --- what is refused


@pytest.mark.parametrize("count", ["-7919", "7919.5", "inf", "nan", "7,919", "7919 persons", "", "7919" * 9])
def test_a_count_that_is_none_is_named_by_its_row_and_not_repeated(refused, count):
    (defect,) = refused(table=f'{HEAD}Arden,"{count}"\nBelmora,3\n')

    assert defect == (
        "table.csv, row 2, column count: The count is not a whole number from 0 to 1,000,000,000. "
        "Write digits only, and 0 where there was nobody."
    )


def test_a_total_that_does_not_add_up_is_named_and_not_repeated(refused):
    (defect,) = refused(table=TABLE.replace("16563", "7127"))

    assert defect == (
        "table.csv, row 5, column count: total is not the sum of its parts. "
        "Correct the total, or leave its row out."
    )


@pytest.mark.parametrize(
    ("table", "where", "what"),
    [
        (HEAD + "Arden,3\nArden,4\n", "table.csv, row 3, column state", "is already in row 2."),
        ("", "table.csv", "the file is empty."),
        (HEAD, "table.csv", "The table has no rows."),
        ("state\nArden\n", "table.csv, row 1, column count", "the column is missing."),
        ("count\n3\n", "table.csv", "The table has no dimension."),
        (TABLE.replace("Belmora", ""), "table.csv, row 3, column state", "the cell is empty."),
        (HEAD + "Total,3\n", "table.csv, row 2, column state", "This could be a total or a category."),
        (HEAD + "total,3\n", "table.csv, state", "There is no category but total."),
        ("state;count\nArden;3\n", "table.csv, row 1", "the columns are separated by ';'."),
        (
            "state,sex,count\nArden,women,3\nBelmora,men,4\n",
            "table.csv",
            "Arden × men has no row. Add it, with 0 if there was nobody.",
        ),
        (
            "age,sex,sector,count\n11,women,police,30\n",
            "table.csv",
            "The table crosses 3 characteristics of persons.",
        ),
        (
            "state,count,hidden\nArden,,small\n",
            "table.csv, row 1, column hidden",
            "no column of this name belongs here.",
        ),
        (b"state,count\n\xe9,3\n", "table.csv, row 2, column state", "is not written in UTF-8."),
    ],
)
def test_each_defect_of_a_table_is_named_with_its_place(refused, table, where, what):
    found = refused(table=table)

    assert any(defect.startswith(f"{where}: ") and what in defect for defect in found), found


def test_a_lower_threshold_is_refused_with_the_reason(refused):
    (defect,) = refused("--threshold", "4")

    assert defect == (
        "persons: A threshold of 4 persons in a count is lower than the rule. Give 5 or more: "
        "thresholds may only be raised, because below it a person could be found."
    )


def test_a_file_that_is_not_there_is_named(refused):
    assert refused("--previous", "nowhere.csv") == [
        "nowhere.csv: there is no such file. Check the name and the right to read it."
    ]


def test_defects_of_both_files_are_named_at_once(refused):
    found = refused(table=HEAD + "Arden,x\n", previous=HEAD + "Arden,y\n")

    assert [defect.split(",")[0] for defect in found] == ["table.csv", "previous.csv"]


def test_a_file_that_is_no_earlier_result_is_never_replaced(assess, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "table.csv").write_text(TABLE)

    done = assess()

    assert done.code == 2
    assert "no result of an earlier run. Name another folder with --out." in done.err
    assert (tmp_path / "out" / "table.csv").read_text() == TABLE


# --- the example


def test_the_example_runs_as_its_page_says(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(ROOT)
    page = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    start = page.index(".venv/bin/endocsea assess disclosure")
    command = shlex.split(page[start:].splitlines()[0].strip("`"))[1:]
    assert command[-2:] == ["--out", "out"]

    assert main([*command[:-1], str(tmp_path)]) == 0

    shown = {(row["state"], row["sector"]): row["count"] or row["hidden"] for row in rows("table", tmp_path)}
    assert shown["Arden", "prosecutors"] == "small"  # three persons
    assert shown["Dunmere", "police"] == "small"  # two more than last year
    assert {shown["Corvia", sector] for sector in ("police", "prosecutors", "teachers")} == {"no breakdown"}
    assert shown["Corvia", "total"] == "8"
    assert [(row["lower"], row["upper"]) for row in rows("audit", tmp_path)][:2] == [("23", "26"), ("1", "4")]
    assert {row["wide_enough"] for row in rows("audit", tmp_path)} == {"yes"}


def test_the_last_version_of_the_example_was_made_by_the_same_command(assess):
    # by hand: what was counted a year earlier, before Corvia took part
    before = {"Arden": (19, 3, 31), "Belmora": (12, 7, 9), "Dunmere": (40, 5, 16)}
    before["total"] = tuple(map(sum, zip(*before.values(), strict=True)))
    sectors = ("police", "prosecutors", "teachers", "total")
    lines = [
        f"{state},{sector},{count}"
        for state, counts in before.items()
        for sector, count in zip(sectors, (*counts, sum(counts)), strict=True)
    ]

    assess("--participants", table="state,sector,count\n" + "\n".join(lines) + "\n")

    assert Path("out/table.csv").read_bytes() == (EXAMPLE / "previous.csv").read_bytes()
