"""What public sources say, on the sheets that go out: to be read there, and never taken for somebody's answer."""

import dataclasses

import pytest
from django.utils import translation

from endocsea.replies.actions import take_offer
from endocsea.replies.answers.given import Status
from endocsea.replies.exchange.making import sheet_of
from endocsea.replies.exchange.sheet import How, compare
from endocsea.replies.exchange.sheet_words import Field
from endocsea.replies.exchange.word_reading import returned as from_word
from endocsea.replies.exchange.word_writing import docx_of
from endocsea.replies.exchange.workbook import returned as from_excel
from endocsea.replies.exchange.workbook import xlsx_of
from endocsea.replies.exchange.workbook.words import Column
from endocsea.replies.models import OfferTaken
from endocsea.replies.offering.offers import Offer
from endocsea.sources.models import Citation, Source

from .conftest import AT
from .test_clearing_with_word import needs_office, through_libreoffice
from .word_hand import Hand as WordHand
from .workbook_hand import Hand as SheetHand

LEVEL = "C3/C3-07"
SAID = "The national plan of Arden has a chapter\non children online."
PRINTED = (
    "The national plan of Arden has a chapter on children online. (Gazette of Arden, p. 3, as of March 2019)"
)
ASKED = "Still true? Write in the explanation: yes, or what is not."


def offer(key="OBS-1", indicator="C3-07", statement=SAID, citation=1):
    return Offer(
        key=key,
        indicator=indicator,
        capability=3,
        statement=statement,
        value="",
        as_of="2019-03",
        limits="",
        known_by="published by the state",
        source="Gazette of Arden, p. 3",
        address="https://example.org/gazette",
        citation=citation,
    )


@pytest.fixture
def offers(arden, monkeypatch):
    """Arden is offered one sentence at a question, one at a section; Belmora nothing."""
    source = Source.objects.create(title="Gazette of Arden", address="https://example.org/gazette")
    citation = Citation.objects.create(source=source, locator="p. 3")
    known = (offer(citation=citation.pk), offer("OBS-2", "", "A sentence on the section.", citation.pk))
    for module in ("exchange.making", "actions.offering"):
        monkeypatch.setattr(
            f"endocsea.replies.{module}.offers_for", lambda state, *, on: known if state == arden else ()
        )
    return known


@pytest.fixture
def sheet(spring, arden, offers):
    return sheet_of(spring, arden, language="en", on=AT.date(), only=[LEVEL, "C1/C1-02"])


@pytest.fixture
def whole(spring, arden, offers):
    return sheet_of(spring, arden, language="en", on=AT.date(), whole=True)


def in_word(sheet, fill=None):
    hand = WordHand(docx_of(sheet))
    if fill:
        fill(hand)
    return hand.saved()


class TestWhatGoesOut:
    def test_it_stands_at_the_question_that_it_touches(self, sheet):
        by_path = {line.path: [each.key for each in line.offers] for line in sheet.lines}

        assert by_path == {LEVEL: ["OBS-1"], "C1/C1-02": []}

    def test_in_word_with_its_source_its_place_and_its_day(self, sheet):
        hand = WordHand(docx_of(sheet))

        assert hand.cell("C3-07", Field.OFFERED).text.split("\n") == [PRINTED, ASKED]
        with pytest.raises(StopIteration):
            hand.row("C1-02", Field.OFFERED)

    def test_in_excel_among_what_is_there_to_be_read(self, sheet):
        hand = SheetHand(xlsx_of(sheet))
        found = hand.cell("C3-07", Column.MEANT)

        assert found.value.endswith(f"From public sources, unconfirmed: {PRINTED}\n{ASKED}")
        assert found.protection.locked
        assert "public sources" not in hand.cell("C1-02", Column.MEANT).value

    def test_in_the_language_of_the_sheet(self, sheet):
        with translation.override("fr"):
            label = translation.gettext("From public sources, unconfirmed")
        hand = WordHand(docx_of(dataclasses.replace(sheet, language="fr")))

        assert any(label == row.cells[0].paragraphs[0].text for row in hand.table("C3-07").rows)

    def test_not_once_the_state_has_said_its_word(self, spring, arden, ana, offers):
        take_offer(
            round=spring, state=arden, question=LEVEL, offer="OBS-1", word=OfferTaken.Word.CONFIRMED, by=ana, at=AT
        )  # fmt: skip
        again = sheet_of(spring, arden, language="en", on=AT.date(), only=[LEVEL])

        assert [line.offers for line in again.lines] == [()]

    def test_never_on_another_state_s_sheet(self, spring, belmora, offers):
        other = sheet_of(spring, belmora, language="en", on=AT.date())

        assert not any(line.offers for line in other.lines)
        assert b"national plan of Arden" not in docx_of(other)

    def test_the_same_sheet_gives_the_same_bytes(self, sheet):
        assert docx_of(sheet) == docx_of(sheet)
        assert xlsx_of(sheet) == xlsx_of(sheet)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("write", "read", "name"), [(docx_of, from_word, "sheet.docx"), (xlsx_of, from_excel, "sheet.xlsx")]
)
class TestWhatComesBackUntouched:
    def test_is_nobody_s_text(self, sheet, whole, language, write, read, name):
        came = read(write(dataclasses.replace(sheet, language=language)), name, whole)

        assert came.troubles == ()
        assert all(
            not given.texts() and given.status is Status.NOT_ANSWERED for given, _ in came.answers.values()
        )
        assert {each.how for each in compare(came, {}, {})} == {How.SAME}
        assert all(not each.proof for each in came.beside.values())

    def test_is_still_nobody_s_once_the_sentence_is_offered_no_more(
        self, sheet, whole, language, write, read, name
    ):
        lines = tuple(dataclasses.replace(line, offers=()) for line in whole.lines)
        today = dataclasses.replace(whole, lines=lines)
        came = read(write(dataclasses.replace(sheet, language=language)), name, today)

        assert came.troubles == ()
        assert not any(given.texts() for given, _ in came.answers.values())


@needs_office
def test_a_sheet_that_libreoffice_saved_still_tells_what_was_printed_from_what_was_written(
    sheet, whole, tmp_path
):
    def fill(hand):
        hand.cell("C3-07", Field.OFFERED).add_paragraph("yes, since March")

    untouched, written = through_libreoffice([in_word(sheet), in_word(sheet, fill)], tmp_path)
    came = from_word(untouched, "sheet.docx", whole)

    assert came.troubles == ()
    assert not came.answers[LEVEL][0].texts()
    assert "“yes, since March”" in from_word(written, "sheet.docx", whole).troubles[0].what


class TestWhatSomebodyWrites:
    def test_in_the_explanation_is_the_explanation(self, sheet, whole):
        word = in_word(sheet, lambda hand: hand.write("C3-07", Field.MORE, "Yes, and since 2020 by law."))
        hand = SheetHand(xlsx_of(sheet))
        hand.write("C3-07", "Yes, and since 2020 by law.", Column.MORE)

        for came in (from_word(word, "sheet.docx", whole), from_excel(hand.saved(), "sheet.xlsx", whole)):
            assert came.answers[LEVEL][0].explanation == "Yes, and since 2020 by law."
            assert came.troubles == ()

    def test_into_the_printed_row_is_told_word_by_word_and_taken_for_nothing(self, sheet, whole):
        def fill(hand):
            hand.cell("C3-07", Field.OFFERED).add_paragraph("yes, since March")

        came = from_word(in_word(sheet, fill), "sheet.docx", whole)

        assert [each.where for each in came.troubles] == ["C3-07, From public sources, unconfirmed"]
        assert "“yes, since March”" in came.troubles[0].what
        assert not came.answers[LEVEL][0].texts()

    def test_over_the_printed_sentence_is_told(self, sheet, whole):
        came = from_word(
            in_word(sheet, lambda hand: hand.write("C3-07", Field.OFFERED, "No.")), "sheet.docx", whole
        )

        assert [each.what for each in came.troubles] == ["Outside the fields stands “No.”."]
        assert not came.answers[LEVEL][0].texts()

    def test_a_printed_row_that_was_deleted_takes_nothing_with_it(self, sheet, whole):
        def fill(hand):
            row = hand.row("C3-07", Field.OFFERED)._tr
            row.getparent().remove(row)
            hand.tick("C3-07", Field.ANSWER, "3")

        came = from_word(in_word(sheet, fill), "sheet.docx", whole)

        assert (came.answers[LEVEL][0].value, came.troubles) == ("3", ())
