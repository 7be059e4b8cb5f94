"""A document for Word: the same words as in the PDF, in real styles, and the same bytes each time."""

import io
import zipfile
from dataclasses import replace

import docx as python_docx
import pytest
from docx.oxml.ns import qn

from endocsea.documents.parts import Bullets, Cite, Grid, Heading, Paragraph, Text
from endocsea.documents.word import docx
from endocsea.support.guard import uploads

from .sample import HOSTILE, document, grid, rich


def opened(made):
    return python_docx.Document(io.BytesIO(made))


def everything(word):
    return "\n".join(t.text or "" for t in word.element.iter(qn("w:t")))


def test_every_part_is_written_twice_with_the_same_bytes_and_passes_the_guard():
    made = docx(rich())

    assert made == docx(rich())
    assert uploads.inspect(io.BytesIO(made), "report.docx").kind == "docx"


def test_headings_lists_and_tables_are_real_ones_with_their_header_row_repeated():
    word = opened(
        docx(document(blocks=[Heading(1, "Law"), Heading(2, "Offences"), Bullets([["one"]]), grid(3)]))
    )
    styles = [paragraph.style.name for paragraph in word.paragraphs]
    table = word.tables[-1]

    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet", "Caption"} <= set(styles)
    assert [cell.text for cell in table.rows[0].cells] == ["Code", "State", "What the review found", "Level"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_numbered_lists_each_begin_at_one():
    lists = [Bullets([["a"], ["b"]], numbered=True), Bullets([["c"]], numbered=True)]
    word = opened(docx(document(blocks=lists)))
    own = [each._p.pPr.numPr.numId.val for each in word.paragraphs if each.style.name == "List Number"]

    assert own[0] == own[1] != own[2]


def test_notes_are_numbered_in_the_order_of_citation_and_linked():
    notes = {"a": ["First."], "b": ["Second, see", Cite("c")], "c": ["Third."], "d": ["Never cited."]}
    word = opened(docx(document(blocks=[Paragraph(["x", Cite("b"), Cite("a")])], notes=notes)))
    said = [paragraph.text for paragraph in word.paragraphs]
    anchors = {each.get(qn("w:anchor")) for each in word.element.iter(qn("w:hyperlink"))}
    marks = {each.get(qn("w:name")) for each in word.element.iter(qn("w:bookmarkStart"))}

    assert said[-3:] == ["1. Second, see3", "2. First.", "3. Third."]
    assert anchors <= marks


def test_what_a_person_wrote_is_never_markup():
    word = opened(docx(document(blocks=[Paragraph([Text(each)]) for each in HOSTILE])))

    assert [each.text for each in word.paragraphs[-len(HOSTILE) :]] == HOSTILE


def test_language_is_said_for_the_document_and_for_words_in_another():
    made = docx(document(language="fr", blocks=[Paragraph([Text("in English", lang="en")])]))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        styles, body = package.read("word/styles.xml"), package.read("word/document.xml")

    assert b'w:lang w:val="fr-FR"' in styles
    assert b'w:lang w:val="en-GB"' in body


def test_characters_that_are_none_are_shown_as_such():
    assert "a\ufffdb" in everything(opened(docx(document(blocks=[Paragraph(["a\x00b"])]))))


def test_what_cannot_be_printed_is_refused_as_for_the_pdf():
    wrong = Grid("T", grid(1).columns, [[["too few"]]])
    with pytest.raises(ValueError, match="4 columns"):
        docx(document(blocks=[wrong]))
    with pytest.raises(ValueError, match="no title"):
        docx(replace(document(), title=" "))
