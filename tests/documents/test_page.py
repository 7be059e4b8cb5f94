"""A document on a page: the parts of the PDF and of Word, in their order."""

import datetime
import re

from endocsea.documents.page import markup
from endocsea.documents.parts import (
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
    Text,
    Words,
)


def document(*blocks, **more):
    given = {
        "title": "A paper",
        "subtitle": "",
        "language": "en",
        "day": datetime.date(2021, 3, 1),
        "running": "",
        "facts": [],
        "cover": [],
        "blocks": blocks,
        "words": Words(contents="Contents", notes="Sources", page="Page {page} of {pages}"),
    }
    return Document(**{**given, **more})


def test_every_text_is_escaped_wherever_it_stands():
    bad = "<script>"
    told = markup(
        document(
            Heading(1, bad),
            Paragraph([bad, Text(bad, strong=True, lang="fr")]),
            Bullets([[bad]]),
            Panel(bad, [Paragraph([bad])]),
            Grid(bad, [Column(bad)], [[[bad, Break(), Text(bad, quiet=True)]]]),
            facts=[(bad, bad)],
        )
    )

    assert bad not in told
    assert told.count("&lt;script&gt;") == 13  # the caption of a table is read aloud for its frame, too


def test_headings_begin_below_the_title_of_the_page_and_a_new_page_is_marked_at_what_begins_it():
    told = markup(document(Heading(1, "One"), NewPage(), Heading(1, "Two"), Heading(2, "Three")))

    assert re.findall(r"<h(\d)(?: class=\"new-page\")?>(\w+)", told) == [
        ("2", "One"),
        ("2", "Two"),
        ("3", "Three"),
    ]
    assert told.count("new-page") == 2  # the first part after the cover begins a page as well


def test_a_note_is_printed_once_with_the_number_of_its_first_citation():
    told = markup(
        document(Paragraph(["See", Cite("b"), Cite("a"), Cite("b")]), notes={"a": ["Alpha"], "b": ["Beta"]})
    )

    assert told.index("Beta") < told.index("Alpha")
    assert (told.count('href="#note-1"'), told.count('id="note-1"')) == (2, 1)


def test_rows_for_writing_by_hand_and_columns_of_numbers_are_marked():
    told = markup(document(Grid("", [Column("n", number=True)], [[["1"]]], empty_column_height=1.4)))

    assert "to-fill-in" in told
    assert '<td class="num">1</td>' in told
    assert 'aria-label="n"' in told
