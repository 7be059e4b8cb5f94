"""Documents about made-up states, with every part and the cases that strain a page."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache
from typing import Any

from endocsea.charts.chart import Chart
from endocsea.documents.parts import (
    Block,
    Break,
    Bullets,
    Cite,
    Column,
    Document,
    Grid,
    Heading,
    NewPage,
    Panel,
    Paragraph,
    Picture,
    Text,
    Words,
)
from tests.charts.gallery import BELMORA, TRAINING, _profile, _spread

EN = Words(contents="Contents", notes="Notes", page="Page {page} of {pages}")
FR = Words(contents="Table des matières", notes="Notes", page="Page {page} sur {pages}")
LONG_NAME = "The United Provinces of Arden, Belmora, Corvia and Dunmere 1"  # 60 characters
GEORGIAN = "საქართველო"
ARMENIAN = "Հայաստան"
HOSTILE = [
    "#let x = 1; #panic()",
    "$x^2$",
    "a \\ b \\n",
    "*bold* and _slanted_",
    "@reference and <label>",
    "\"quoted\" and 'single'",
    "`code` and ```raw```",
    "= no heading",
    "- no item -- no dash ... no dots ~ no space",
    "/* no comment */ // none",
    "[content] {code} (group) %s {page}",
    "https://example.org/#let",
]
STATES = ("Arden", "Belmora", "Corvia", "Dunmere")
LAW = (
    "The offence covers conduct that takes place wholly online. It does not yet cover the case in which the "
    "child is only believed to be below the legal age."
)


def document(**more: Any) -> Document:
    """A small document; ``more`` replaces what it says."""
    plain = Document(
        title="Belmora: gap analysis",
        subtitle="What the conventions ask, what the review found, and what is not known",
        language="en",
        day=datetime.date(2021, 6, 30),
        running="Training material. Not a monitoring report.",
        facts=[("State", "Belmora"), ("Round", "31 May 2020")],
        cover=[],
        blocks=[],
        words=EN,
        author="Secretariat of the programme",
        keywords=["gap analysis", "Belmora"],
        notes={"lanzarote": ["Lanzarote Convention, Article 23"]},
    )
    return replace(plain, **more)


def grid(rows: int, **more: Any) -> Grid:
    """A table of so many rows, each with a cell of several lines; a row begins ``R01`` and ends ``end01``."""
    plain = Grid(
        caption="Provisions and what the review found",
        columns=[
            Column("Code", 0.8),
            Column("State"),
            Column("What the review found", 3.4),
            Column("Level", 0.7, True),
        ],
        rows=[
            [
                [f"R{number:02}"],
                [STATES[number % 4]],
                [LAW, Cite("lanzarote"), f" end{number:02}"]
                if number % 3
                else [f"In force since 2014. end{number:02}"],
                [f"{number % 4}.{number % 10}"],
            ]
            for number in range(1, rows + 1)
        ],
    )
    return replace(plain, **more)


@cache
def charts() -> tuple[Chart, Chart]:
    return _profile("profile", 720, BELMORA), _spread("spread", 720, (), TRAINING, waiting=False)


def rich(language: str = "en") -> Document:
    """Every part, in the order of a report."""
    profile, spread = charts()
    level, states = "The eight capabilities of Belmora, each with its level.", "Four made-up states by level."
    blocks: list[Block] = [
        Heading(1, "What matters most", "most"),
        Paragraph(["Belmora has a law on grooming, and nobody to apply it: no unit, no budget."], lead=True),
        Paragraph(
            [
                "The review of 31 May 2020 looked at 104 indicators of eight capabilities. ",
                Text("Sixty-one", strong=True),
                " could be answered from sources; the others are unknown, and an unknown is never read as zero",
                Cite("method"),
                Cite("lanzarote"),
                ". The detail is in ",
                Text("the table of provisions", to="table"),
                " and on ",
                Text("the programme's site", href="https://example.org/states/xab?round=2020&lang=en"),
                ".",
            ]
        ),
        Bullets(
            [
                ["Prevention: ", Text("beginnings", strong=True), ". Schools have a lesson plan", Cite("plan"), "."],
                ["Investigation: a unit of four officers without a mandate for victim identification."],
                ["Reporting: a helpline answers on weekdays, and refers nobody."],
            ]
        ),
        Panel(
            "What this document is not",
            [
                Paragraph(["It is not a monitoring report, and no body has adopted it."]),
                Bullets([["It describes; it does not mark a country."], ["It names what is not known."]]),
            ],
        ),
        Panel("Made up for training", [Paragraph(["Belmora does not exist. Its sources do not exist."])], warm=True),
        Picture(profile, level, key="profile"),
        Heading(2, "Names and languages"),
        Paragraph(
            [
                "Names are printed as they are written: ",
                Text(GEORGIAN, lang="ka"),
                ", ",
                Text(ARMENIAN, lang="hy", strong=True),
                ", ",
                Text("Ελλάδα", lang="el"),
                ", ",
                Text("Україна", lang="uk"),
                ", ",
                Text("Česko", lang="cs", emphasis=True),
                ", ",
                Text("Türkiye", lang="tr"),
                ", ",
                Text("République de Moldova", lang="fr"),
                ".",
                Break(),
                Text("A second line, quieter, with a date: 1 January 2021.", quiet=True),
            ]
        ),
        Paragraph([Text(GEORGIAN + " არის ქვეყანა კავკასიაში. ", lang="ka"), Text("Հայաստանը երկիր է։", lang="hy")]),
        Heading(3, "As typed"),
        Bullets([[text] for text in HOSTILE], numbered=True),
        Heading(1, "Provisions", "provisions"),
        Paragraph(["Forty provisions of two conventions, each with what the review found."]),
        grid(40, key="table"),
        Heading(2, "Where the states stand"),
        Picture(spread, states),
        Heading(2, "For writing by hand"),
        Grid(
            "Comments of the state",
            [Column("Question", 2), Column("Answer", 3), Column("Date", 1)],
            [[["Who coordinates?"], [], []], [["Who pays? " + LAW], [], []], [["Who reports?"], ["Nobody"], []]],
            empty_column_height=1.6,
        ),
        NewPage(),
        Heading(1, "Long words and addresses"),
        Grid(
            "Narrow columns",
            [
                Column("Source"),
                Column("Word", 0.7),
                Column("Wiederherstellungswort", 0.5),
                Column("Count", 0.4, True),
            ],
            [
                [
                    ["https://example.org/very/long/address/without/a/space?query=abcdefghijklmnopqrstuvw"],
                    [Text("Jugendgerichtsbarkeitsgesetzesänderung", lang="de")],
                    ["x" * 70],
                    ["1,234,567"],
                ],
                [["Հակառակորդների" * 3], ["ok"], [Text("responsabilitatea", lang="ro")], ["12"]],
            ],
        ),
        Paragraph(["See https://example.org/" + "long-path/" * 14 + "end."]),
    ]  # fmt: skip
    return document(
        title="Belmora: gap analysis",
        language=language,
        words=FR if language == "fr" else EN,
        ribbon="Training material: Belmora is made up",
        cover=[Paragraph(["Belmora meets 9 of the 40 provisions that were reviewed."], lead=True)],
        blocks=blocks,
        facts=[
            ("State", "Belmora"),
            ("Round", "Training round of 31 May 2020"),
            ("Edition of the benchmark", "2020"),
            ("As of", "30 June 2021"),
        ],
        notes={
            "lanzarote": [
                "Lanzarote Convention, Article 23, ",
                Text("text", href="https://example.org/lanzarote"),
                ".",
            ],
            "method": ["The method, edition 2020, section 3", Cite("kept"), "."],
            "plan": [
                Text("Plan de cours", lang="fr", emphasis=True),
                ", Ministry of Education of Belmora, 2019.",
            ],
            "kept": ["Cited by a note only."],
            "unused": ["Never cited."],
        },
    )
