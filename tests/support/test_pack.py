"""The reader of content packs, on a pack of four small files."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from endocsea.support.pack import ContentRefused, Defect, Pack, check_pack, digest_of_english, read_pack

REPOSITORY = Path(__file__).parents[2]


def field(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "title": name.capitalize(), "description": "", **more}


TOWNS = {
    "path": "towns.csv",
    "fields": [
        field("code", example="AA", constraints={"required": True, "pattern": "[A-Z]{2}"}),
        field("name", constraints={"required": True, "unique": True}),
        field("since", "date", example="1995-07-13"),
        field("people", "integer", constraints={"minimum": 0}),
        field("share", "number", constraints={"minimum": 0, "maximum": 1}),
        field("level", "integer", constraints={"minimum": 0, "maximum": 4}),
        field("walled", "boolean", trueValues=["yes"], falseValues=["no"]),
        field("kind", constraints={"enum": ["port", "market"]}),
        field("seen", **{"endocsea:fuzzy-date": True}),
        field("gates", **{"endocsea:list": {"separator": "|", "unique": True}}),
        field(
            "twin",
            **{"endocsea:reference": [{"resource": "towns.csv", "fields": ["code"]}, {"words": ["none"]}]},
        ),
        field(
            "laws",
            **{
                "endocsea:list": {"separator": ";"},
                "endocsea:reference": [
                    {"prefix": "T:", "resource": "towns.csv", "fields": ["code"]},
                    {"resource": "laws.csv", "fields": ["book", "article"], "joined_by": ":"},
                ],
            },
        ),
        field("url", **{"endocsea:link": True}),
    ],
    "primaryKey": ["code"],
    "missingValues": [""],
}
TOWNS_FR = {
    "path": "towns_fr.csv",
    "fields": [
        field("code", constraints={"required": True}),
        field("name_fr", constraints={"required": True}, **{"endocsea:translates": "name"}),
        field("gates_fr", **{"endocsea:list": {"separator": "|"}, "endocsea:translates": "gates"}),
        field("of_english"),
    ],
    "primaryKey": ["code"],
    "foreignKeys": [{"fields": ["code"], "reference": {"resource": "towns.csv", "fields": ["code"]}}],
    "missingValues": [""],
    "endocsea:translation-of": "towns.csv",
}
LAWS = {
    "path": "laws.csv",
    "fields": [field("book"), field("article"), field("parent")],
    "primaryKey": ["book", "article"],
    "foreignKeys": [
        {"fields": ["book", "parent"], "reference": {"resource": "", "fields": ["book", "article"]}}
    ],
    "missingValues": [""],
}
HEADER = "code,name,since,people,share,level,walled,kind,seen,gates,twin,laws,url"
FIRST = "AA,Aville,1995-07-13,12,0.5,3,yes,port,2019-11,north|south,BB,LAW:1(1);T:BB,https://example.org/a"
SECOND = "BB,Beton,,,,,,,,,none,,"


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    folder = tmp_path / "schemas"
    folder.mkdir()
    for name, schema in {"towns": TOWNS, "towns_fr": TOWNS_FR, "laws": LAWS}.items():
        (folder / f"{name}.json").write_text(json.dumps(schema), encoding="utf-8")
    about = (REPOSITORY / "schemas/pack.json").read_text("utf-8")
    (folder / "pack.json").write_text(about, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "pack.yaml").write_bytes((REPOSITORY / "content/pack.yaml").read_bytes())
    (folder / "towns.csv").write_text(f"{HEADER}\n{FIRST}\n{SECOND}\n", encoding="utf-8")
    french = [
        "code,name_fr,gates_fr,of_english",
        f"AA,Aville,nord|sud,{digest_of_english(['Aville', 'north|south'])}",
        f"BB,Béton,,{digest_of_english(['Beton', ''])}",
    ]
    (folder / "towns_fr.csv").write_text("\n".join(french) + "\n", encoding="utf-8")
    (folder / "laws.csv").write_text("book,article,parent\nLAW,1,\nLAW,1(1),1\n", encoding="utf-8")
    return folder


def sentences(folder: Path, schemas: Path) -> list[str]:
    return [str(defect) for defect in read_pack(folder, schemas).defects]


def replace(folder: Path, old: str, new: str, path: str = "towns.csv") -> None:
    text = (folder / path).read_text("utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def test_a_sound_pack_has_typed_rows_and_no_defect(folder: Path, schemas: Path) -> None:
    pack = read_pack(folder, schemas)
    assert pack.defects == pack.notices == ()
    first, second = pack.rows("towns.csv")
    assert (first.line, second.line) == (2, 3)
    assert first["since"] == datetime.date(1995, 7, 13)
    assert (first["people"], first["share"], first["walled"]) == (12, Decimal("0.5"), True)
    assert first["seen"] == "2019-11"
    assert first["gates"] == ("north", "south")
    assert second["since"] is second["gates"] is second["walled"] is None
    assert first.cells["gates"] == "north|south"
    assert pack.about["as_of"] == datetime.date(2021, 6, 30)


WRONG_CELLS = [
    ("1995-07-13", "1995-13-07", 'column since: "1995-13-07" is not a day that can be. '
     "Write it as YYYY-MM-DD, for example 1995-07-13."),
    ("1995-07-13", "13/07/1995", 'column since: "13/07/1995" is not a day that can be. '
     "Write it as YYYY-MM-DD, for example 1995-07-13."),
    (",12,", ",twelve,", 'column people: "twelve" is not a whole number. Write digits only, for example 3.'),
    (",12,", ",-1,", "column people: -1 is below 0. Write 0 or more."),
    (",0.5,", ',"0,5",', 'column share: "0,5" is not a number. '
     "Write it with a point and without spaces, for example 72.5."),
    (",0.5,", ",1.5,", "column share: 1.5 is above 1. Write a value from 0 to 1."),
    (",3,yes", ",7,yes", "column level: 7 is above 4. Write a value from 0 to 4."),
    ("yes", "maybe", 'column walled: "maybe" is not one of the words used here. '
     "Write yes or no, or leave it empty."),
    (",port,", ",harbour,", 'column kind: "harbour" is not one of the words used here. '
     "Write one of: port, market."),
    ("2019-11", "2019-13", 'column seen: "2019-13" is not a day, month or year that can be. '
     "Write it as YYYY-MM-DD, YYYY-MM or YYYY, for example 2019-11."),
    ("AA,Aville", "AA,", "column name: the cell is empty. Fill it: name."),
    ("AA,Aville", "AA,  ", "column name: the cell is empty. Fill it: name."),
    (",12,", ", ,", "column people: the cell holds nothing but blanks. Empty it."),
    (",BB,LAW", ",CC,LAW", 'column twin: "CC" is not in towns.csv as code or the words none. '
     "Write one from there, or add its row there first."),
    ("LAW:1(1)", "LAW:2", 'column laws: "LAW:2" is not in towns.csv as T:code or laws.csv as book:article. '
     "Write one from there, or add its row there first."),
    ("T:BB", "T:CC", 'column laws: "T:CC" is not in towns.csv as T:code or laws.csv as book:article. '
     "Write one from there, or add its row there first."),
    ("LAW:1(1);T:BB", "LAW:1(1);;T:BB", 'column laws: "LAW:1(1);;T:BB" has an empty part. '
     "Put one ; between two parts, and none elsewhere."),
    ("north|south", "north|north", 'column gates: "north" is named twice. Name it once.'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sentence"), WRONG_CELLS)
def test_a_wrong_cell_is_named_with_its_remedy(
    folder: Path, schemas: Path, old: str, new: str, sentence: str
) -> None:
    replace(folder, old, new)
    assert f"towns.csv, row 2, {sentence}" in sentences(folder, schemas)


def test_a_code_of_the_wrong_form_is_shown_the_right_one(folder: Path, schemas: Path) -> None:
    replace(folder, "BB,Beton", "B1,Beton")
    found = sentences(folder, schemas)
    assert (
        'towns.csv, row 3, column code: "B1" does not have the form that is asked for. Write it like AA.'
        in found
    )


def test_a_missing_file_is_named_with_its_header(folder: Path, schemas: Path) -> None:
    (folder / "laws.csv").unlink()
    assert sentences(folder, schemas) == [
        "laws.csv: the file is missing. Add it. A file without rows holds its header: book,article,parent"
    ]


def test_a_missing_column_is_named(folder: Path, schemas: Path) -> None:
    (folder / "laws.csv").write_text("book,article\nLAW,1\nLAW,1(1)\n", encoding="utf-8")
    assert sentences(folder, schemas) == [
        "laws.csv, row 1, column parent: the column is missing. "
        "Add it to the header (parent) and to each row."
    ]


def test_an_unknown_column_is_named_with_what_may_have_been_meant(folder: Path, schemas: Path) -> None:
    replace(folder, "parent", "parents", "laws.csv")
    assert (
        "laws.csv, row 1, column parents: no column of this name belongs here. Did you mean parent? "
        "The columns of this file are: book, article, parent."
    ) in sentences(folder, schemas)


def test_a_column_that_is_there_twice_is_named(folder: Path, schemas: Path) -> None:
    (folder / "laws.csv").write_text(
        "book,article,parent,book\nLAW,1,,LAW\nLAW,1(1),1,LAW\n", encoding="utf-8"
    )
    assert sentences(folder, schemas) == [
        "laws.csv, row 1, column book: the column is there twice. Keep one of the two."
    ]


@pytest.mark.parametrize(("row", "cells"), [("LAW,2", 2), ("LAW,2,,", 4)])
def test_a_ragged_row_is_named_once(folder: Path, schemas: Path, row: str, cells: int) -> None:
    replace(folder, "LAW,1(1),1", f"LAW,1(1),1\n{row}", "laws.csv")
    assert sentences(folder, schemas) == [
        f"laws.csv, row 4: the row has {cells} cells, the header has 3. "
        "Check its commas and quotation marks: a cell with a comma in it stands in double quotes."
    ]


def test_an_empty_row_is_named(folder: Path, schemas: Path) -> None:
    replace(folder, "LAW,1(1)", "\nLAW,1(1)", "laws.csv")
    assert sentences(folder, schemas) == ["laws.csv, row 3: the row is empty. Delete it."]


def test_an_unknown_code_is_named_with_where_it_belongs(folder: Path, schemas: Path) -> None:
    replace(folder, "LAW,1(1),1", "LAW,1(1),9", "laws.csv")
    assert sentences(folder, schemas) == [
        'laws.csv, row 3, column book + parent: "LAW + 9" is not in laws.csv, book + article. '
        "Write a value from there, or add its row to laws.csv first."
    ]


@pytest.mark.parametrize(("article", "offered"), [("1(1)", "1(1)"), ("1(\0001)", "1(\\x001)")])
def test_a_value_that_may_have_been_meant_is_offered(
    folder: Path, schemas: Path, article: str, offered: str
) -> None:
    replace(folder, "LAW,1(1),1", f"LAW,{article},1\nLAW,2,1(l)", "laws.csv")
    assert (
        'laws.csv, row 4, column book + parent: "LAW + 1(l)" is not in laws.csv, book + article. '
        f"Did you mean {offered}? Write a value from there, or add its row to laws.csv first."
    ) in sentences(folder, schemas)


def test_a_key_that_comes_twice_names_both_rows(folder: Path, schemas: Path) -> None:
    replace(folder, "LAW,1(1),1", "LAW,1(1),1\nLAW,1,", "laws.csv")
    assert sentences(folder, schemas) == [
        'laws.csv, row 4, column book + article: "LAW + 1" is already in row 2. '
        "Give each row its own book + article, or remove one of the two."
    ]


def test_a_cell_that_is_not_utf_8_is_named_by_row_and_column(folder: Path, schemas: Path) -> None:
    data = (folder / "towns_fr.csv").read_bytes().replace("Béton".encode(), "Béton".encode("cp1252"))
    (folder / "towns_fr.csv").write_bytes(data)
    assert sentences(folder, schemas) == [
        'towns_fr.csv, row 3, column name_fr: "B\\udce9ton" is not written in UTF-8. '
        'Save the file as "CSV UTF-8" and write the cell again.'
    ]


def test_utf_16_is_recognised(folder: Path, schemas: Path) -> None:
    (folder / "laws.csv").write_text("book,article,parent\n", encoding="utf-16")
    assert sentences(folder, schemas)[0] == (
        'laws.csv: the file is written in UTF-16. Save it as "CSV UTF-8".'
    )


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(folder: Path, schemas: Path) -> None:
    data = (folder / "towns.csv").read_bytes().replace(b"\n", b"\r\n")
    (folder / "towns.csv").write_bytes(b"\xef\xbb\xbf" + data)
    pack = read_pack(folder, schemas)
    assert pack.defects == ()
    assert pack.rows("towns.csv")[1]["name"] == "Beton"


def test_columns_may_stand_in_another_order(folder: Path, schemas: Path) -> None:
    (folder / "laws.csv").write_text("parent,book,article\n,LAW,1\n1,LAW,1(1)\n", encoding="utf-8")
    assert sentences(folder, schemas) == []


def test_a_nul_byte_is_named_by_row_and_column(folder: Path, schemas: Path) -> None:
    replace(folder, "Aville", "Avi\0lle")
    assert (
        "towns.csv, row 2, column name: the cell holds a character that cannot be printed (number 0). "
        "Take it out."
    ) in sentences(folder, schemas)


def test_an_empty_file_is_told_its_header(folder: Path, schemas: Path) -> None:
    (folder / "laws.csv").write_bytes(b"\n")
    assert sentences(folder, schemas) == [
        "laws.csv: the file is empty. A file without rows holds its header: book,article,parent"
    ]


def test_semicolons_between_columns_are_recognised(folder: Path, schemas: Path) -> None:
    (folder / "laws.csv").write_text("book;article;parent\nLAW;1;\n", encoding="utf-8")
    assert sentences(folder, schemas) == [
        "laws.csv, row 1: the columns are separated by ';'. Save the file with commas between the columns."
    ]


def test_quotation_marks_that_do_not_match_are_named(folder: Path, schemas: Path) -> None:
    replace(folder, "AA,Aville", 'AA,"A"ville')
    assert (
        "towns.csv, row 2: the quotation marks of this row do not match. "
        'Put the cell in double quotes, and write a quotation mark inside it twice: "".'
    ) in sentences(folder, schemas)


def test_rows_are_counted_as_a_spreadsheet_does(folder: Path, schemas: Path) -> None:
    replace(folder, "Aville", '"A\nville\non two\nlines"')
    replace(folder, "BB,Beton,", "BB,Beton,soon")
    found = sentences(folder, schemas)
    assert any(
        s.startswith('towns.csv, row 3, column since: "soon" is not a day that can be.') for s in found
    )


def test_a_file_that_no_schema_describes_is_named(folder: Path, schemas: Path) -> None:
    (folder / "town.csv").write_text("code\n", encoding="utf-8")
    assert sentences(folder, schemas) == [
        "town.csv: no schema describes this file. Did you mean towns.csv? "
        "Move it out of the pack, or describe it in a schema."
    ]


def test_hidden_files_of_the_system_are_left_alone(folder: Path, schemas: Path) -> None:
    (folder / ".DS_Store").write_bytes(b"\0")
    (folder / "~$towns.csv").write_bytes(b"\0")
    assert sentences(folder, schemas) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "code: [endocsea",
            "pack.yaml, row 1: this is not YAML (expected ',' or ']', but got '<stream end>').",
        ),
        ("", "pack.yaml: the file is empty. Write its keys: code, name, as_of"),
        ("- a list", "pack.yaml: \"['a list']\" is not a group of keys and values."),
    ],
)
def test_wrong_yaml_is_named(folder: Path, schemas: Path, text: str, sentence: str) -> None:
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    assert sentences(folder, schemas)[0].startswith(sentence)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("as_of: 2021-06-30", "as_of: 2021-06-31", 'column as_of: "2021-06-31" is not a day that can be. '
         "Write it as YYYY-MM-DD, for example 2021-06-30."),
        ("edition:", "editions:", "column edition: the key is missing. "
         "Add it (Edition of the benchmark in use: a folder of benchmark/)."),
        ("edition:", "editions:", "column editions: the key is unknown."),
        ("[en, fr]", "[fr]", 'column languages: "en" is missing from the list. Add it.'),
        ('edition: "2020"', "edition: 2020", 'column edition: "2020" is not a text. Write a text '
         "(Edition of the benchmark in use: a folder of benchmark/)."),
        ("en: Training round 2020", "en: ''", "column training_round.name.en: "),
    ],
)  # fmt: skip
def test_a_wrong_key_of_the_description_is_named(
    folder: Path, schemas: Path, old: str, new: str, sentence: str
) -> None:
    replace(folder, old, new, "pack.yaml")
    assert any(s.startswith(f"pack.yaml, {sentence}") for s in sentences(folder, schemas))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("nord|sud", "nord", "row 2, column gates_fr: "
         "the parts differ in number: 1 here, 2 in towns.csv, row 2, column gates. "
         "Write as many, in the same order, with | between."),
        ("nord|sud", "", "row 2, column gates_fr: "
         "the cell is empty, but towns.csv, row 2, column gates, is filled. Add the translation."),
        ("Béton,", "Béton,est", "row 3, column gates_fr: "
         "the cell is filled, but towns.csv, row 3, column gates, is empty. Empty it, or fill the English."),
    ],
)  # fmt: skip
def test_a_translation_that_does_not_fit_its_english_is_named(
    folder: Path, schemas: Path, old: str, new: str, sentence: str
) -> None:
    replace(folder, old, new, "towns_fr.csv")
    assert sentences(folder, schemas) == [f"towns_fr.csv, {sentence}"]


def test_a_row_without_a_translation_is_named(folder: Path, schemas: Path) -> None:
    text = (folder / "towns_fr.csv").read_text("utf-8").splitlines()
    (folder / "towns_fr.csv").write_text("\n".join(text[:2]) + "\n", encoding="utf-8")
    assert sentences(folder, schemas) == [
        'towns_fr.csv, column code: "BB" of towns.csv, row 3, has no row here. Add its translation.'
    ]


def test_a_stale_translation_is_noticed_with_the_new_mark(folder: Path, schemas: Path) -> None:
    replace(folder, "BB,Beton", "BB,Betown")
    pack = read_pack(folder, schemas)
    assert pack.defects == ()
    mark = digest_of_english(["Betown", ""])
    assert [str(notice) for notice in pack.notices] == [
        "towns_fr.csv, row 3, column of_english: the English in towns.csv, row 3, has changed since it was "
        f"translated. Bring the translation up to date, then write {mark} here."
    ]


def test_a_link_without_a_scheme_is_noticed(folder: Path, schemas: Path) -> None:
    replace(folder, "https://example.org/a", "www.example.org/a")
    pack = read_pack(folder, schemas)
    assert pack.defects == ()
    assert [str(notice) for notice in pack.notices] == [
        'towns.csv, row 2, column url: "www.example.org/a" does not look like a web address. '
        "Write it whole, with https:// in front and without blanks."
    ]


def test_a_source_named_in_words_is_no_link(folder: Path, schemas: Path) -> None:
    replace(folder, "https://example.org/a", '"Project summary, 8 July 2020"')
    assert read_pack(folder, schemas).notices == ()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_missing_in_one_language_is_noticed(folder: Path, schemas: Path, language: str) -> None:
    (folder / "pages" / language).mkdir(parents=True)
    (folder / "pages" / language / "about.md").write_text("## Hello\n", encoding="utf-8")
    pack = read_pack(folder, schemas)
    other = {"en": "fr", "fr": "en"}[language]
    assert pack.pages == {f"{language}/about.md": "## Hello\n"}
    assert pack.defects == ()
    assert [notice.file for notice in pack.notices] == [f"pages/{other}/about.md"]


def test_an_empty_page_is_a_defect(folder: Path, schemas: Path) -> None:
    (folder / "pages/en").mkdir(parents=True)
    (folder / "pages/en/about.md").write_text(" \n", encoding="utf-8")
    assert sentences(folder, schemas) == [
        "pages/en/about.md: the page is empty. Write it, or remove the file."
    ]


def test_a_folder_that_is_no_pack_gives_one_sentence(tmp_path: Path, schemas: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere", schemas / "laws.json"):
        assert sentences(place, schemas) == [
            f"{place}: this folder is not a content pack: it has no pack.yaml. "
            "Name the folder that holds pack.yaml."
        ]


def test_a_folder_in_place_of_a_file_does_not_stop_the_reading(folder: Path, schemas: Path) -> None:
    (folder / "laws.csv").unlink()
    (folder / "laws.csv").mkdir()
    assert [s.split(".")[0] for s in sentences(folder, schemas)] == ["laws"]


def test_all_defects_of_all_files_are_named_at_once(folder: Path, schemas: Path) -> None:
    replace(folder, "1995-07-13", "never")
    replace(folder, ",12,", ",many,")
    replace(folder, "Beton", "Aville")
    replace(folder, "LAW,1(1),1", "LAW,1(1),9", "laws.csv")
    (folder / "more.csv").write_text("x\n", encoding="utf-8")
    found = {(d.file, d.row, d.column) for d in read_pack(folder, schemas).defects}
    assert found == {
        ("towns.csv", 2, "since"),
        ("towns.csv", 2, "people"),
        ("towns.csv", 3, "name"),
        ("laws.csv", 3, "book + parent"),
        ("more.csv", None, None),
    }


def test_rows_with_a_defect_are_kept_from_what_builds_on_them(folder: Path, schemas: Path) -> None:
    replace(folder, "1995-07-13", "never")
    pack = read_pack(folder, schemas)
    assert [row["code"] for row in pack.rows("towns.csv")] == ["BB"]
    assert len(pack.sheets["towns.csv"].rows) == 2
    assert pack.rows("nowhere.csv") == ()


def test_a_file_without_all_its_columns_gives_no_rows_to_build_on(folder: Path, schemas: Path) -> None:
    (folder / "laws.csv").write_text("book,article\nLAW,1\nLAW,1(1)\n", encoding="utf-8")
    assert read_pack(folder, schemas).rows("laws.csv") == ()


def test_defects_of_further_checks_join_those_of_the_reading(folder: Path, schemas: Path) -> None:
    def no_ports(pack: Pack) -> list[Defect]:
        rows = [row for row in pack.rows("towns.csv") if row["kind"] == "port"]
        return [
            Defect("towns.csv", row.line, "kind", "there is no sea here.", "Write market.") for row in rows
        ]

    pack = check_pack(folder, schemas, [no_ports])
    assert [str(d) for d in pack.defects] == [
        "towns.csv, row 2, column kind: there is no sea here. Write market."
    ]


def test_a_refusal_repeats_every_defect() -> None:
    defects = [Defect("a.csv", n, None, f"100% wrong {n}.", "Mend it.") for n in (2, 3)]
    refusal = ContentRefused(defects)
    assert refusal.code == "content.refused"
    assert refusal.defects == tuple(defects)
    assert str(refusal) == (
        "The content was not loaded and nothing was changed. Defects found: 2. "
        "Correct these and load it again:\n"
        "a.csv, row 2: 100% wrong 2. Mend it.\na.csv, row 3: 100% wrong 3. Mend it."
    )


def test_a_long_cell_is_not_repeated_whole(folder: Path, schemas: Path) -> None:
    replace(folder, "1995-07-13", "x" * 300)
    (sentence,) = sentences(folder, schemas)
    assert f'"{"x" * 79}…" is not a day' in sentence
