"""A sheet in Word goes out, is filled in as people do it, and comes back."""

import copy
import dataclasses
import datetime
import functools
import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from endocsea.questionnaires.form import Choice, Kind, Question
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.exchange import refused
from endocsea.replies.exchange.sheet import Beside, Line, Sheet
from endocsea.replies.exchange.sheet_words import Field
from endocsea.replies.exchange.word_reading import returned
from endocsea.replies.exchange.word_writing import docx_of
from endocsea.support.guard import refused as guarded

from .word_hand import Hand

LEVELS = tuple(
    Choice(str(number), {"en": words, "fr": french})
    for number, (words, french) in enumerate(
        (
            ("No body", "Aucun organe"),
            ("Informal group only", "Groupe informel"),
            ("Body that meets", "Organe actif"),
        )
    )
)
LISTED = (Choice("1", {"en": "police"}), Choice("2", {"en": "health"}), Choice("3", {"en": "education"}))
GOVERNANCE, POLICE = {"en": "Governance", "fr": "Gouvernance"}, {"en": "Police"}


def line(name, kind, section=GOVERNANCE, choices=(), given=None, seen=0, **more):
    beside = more.pop("beside", Beside())
    before = more.pop("before", None)
    question = Question(name, kind, {"en": f"What about {name}?"}, {"en": "A decision"}, **more)
    return Line(f"S/{name}", section, question, choices, given or Given(), seen, before, beside)


def sheet(*lines, **more):
    lines = lines or (
        line(
            "C1-01",
            Kind.LEVEL,
            choices=LEVELS,
            given=Given(Status.ANSWERED, "1", explanation="A group."),
            seen=2,
        ),
        line("C1-02", Kind.SEVERAL, choices=LISTED, other=True),
        line("C4-01", Kind.NUMBER, POLICE, unit={"en": "euro"}),
        line("C4-02", Kind.TEXT, POLICE),
    )
    return Sheet(
        **{
            "round": "spring-2021",
            "round_name": {"en": "Spring 2021"},
            "state": "XAA",
            "state_name": {"en": "Arden"},
            "institution": "Ministry of the Interior",
            "language": "en",
            "digest": "0123456789abcdef" * 4,
            "made_on": datetime.date(2021, 3, 1),
            "due_on": datetime.date(2021, 4, 30),
            "lines": lines,
        }
        | more
    )


@functools.cache
def sent():
    return docx_of(sheet())


def back(hand, whole=None):
    content = hand.saved() if isinstance(hand, Hand) else hand
    return returned(content, "sheet.docx", whole or sheet())


def given(came, code):
    return came.answers[f"S/{code}"][0]


def said(came):
    return [f"{each.where}: {each.what}" for each in came.troubles]


def test_the_same_sheet_gives_the_same_bytes():
    assert docx_of(sheet()) == docx_of(sheet())


def test_a_sheet_that_nobody_touched_comes_back_equal():
    whole = sheet(
        line(
            "A",
            Kind.LEVEL,
            choices=LEVELS,
            given=Given(Status.ANSWERED, "1", explanation="One.\n\nTwo."),
            seen=2,
        ),
        line("B", Kind.LEVEL, choices=LEVELS, given=Given(Status.WITHHELD, reason="A law."), seen=1),
        line("C", Kind.LEVEL, choices=LEVELS, given=Given(Status.PREFILLED, "2"), seen=0),
        line(
            "D",
            Kind.SEVERAL,
            choices=LISTED,
            other=True,
            given=Given(Status.ANSWERED, "3 1 other", "customs"),
        ),
        line(
            "E",
            Kind.NUMBER,
            unit={"en": "euro"},
            given=Given(Status.ANSWERED, "12.5", respondent="Budget unit"),
        ),
        line("F", Kind.LEVEL, choices=LEVELS, before=Given(Status.ANSWERED, "0")),
        line("G", Kind.TEXT, given=Given(Status.ANSWERED, "Nothing & <more> 𝔘")),
    )

    came = back(docx_of(whole), whole)

    assert came.troubles == ()
    assert came.answers == {each.path: (each.given, each.seen) for each in whole.lines}
    assert (came.round, came.state, came.institution, came.digest) == (
        "spring-2021",
        "XAA",
        "Ministry of the Interior",
        whole.digest,
    )


def test_what_a_person_ticks_and_writes_is_read():
    hand = Hand(sent())
    hand.untick("C1-01", Field.ANSWER, "1 –")
    hand.tick("C1-01", Field.ANSWER, "2 –")
    hand.write("C1-01", Field.MORE, "The council meets.\nTwice a year.")
    hand.write("C1-01", Field.POST, "Head of unit")
    hand.write("C1-01", Field.PROOF, "Decree 12/2019, article 4, page 3")
    hand.tick("C1-02", Field.ANSWER, "education")
    hand.tick("C1-02", Field.ANSWER, "police")
    hand.tick("C1-02", Field.ANSWER, "other, namely:").add_run(" customs")
    hand.write("C4-01", Field.ANSWER, "1 200,50")
    hand.tick("C4-02", Field.NONE, "we withhold it")
    hand.write("C4-02", Field.WHY, "The law on classified information")
    hand.untick("C4-02", Field.CLASS, "our state")
    hand.tick("C4-02", Field.CLASS, "named persons only")

    came = back(hand)

    assert came.troubles == ()
    assert came.answers["S/C1-01"] == (
        Given(
            Status.ANSWERED,
            "2",
            explanation="The council meets.\nTwice a year.",
            respondent="Head of unit",
            language="en",
        ),
        2,
    )
    assert given(came, "C1-02") == Given(Status.ANSWERED, "1 3 other", "customs", language="en")
    assert given(came, "C4-01") == Given(Status.ANSWERED, "1200.50")
    assert given(came, "C4-02") == Given(
        Status.WITHHELD, reason="The law on classified information", language="en"
    )
    assert came.beside["S/C1-01"] == Beside("Decree 12/2019, article 4, page 3", "state")
    assert came.beside["S/C4-02"] == Beside("", "restricted")


@pytest.mark.parametrize("sign", ["X", "x", "☑", "✓", "[x]", "☐ X", "x ☐", "(X)", "●"])
def test_a_tick_is_a_tick_however_it_is_made(sign):
    hand = Hand(sent())
    hand.tick("C1-02", Field.ANSWER, "health", sign=sign)

    assert given(back(hand), "C1-02").value == "2"


def test_an_x_behind_a_line_is_a_tick():
    hand = Hand(sent())
    hand.tick("C1-02", Field.ANSWER, "health", sign="☐").add_run("  X")

    assert given(back(hand), "C1-02").value == "2"


class TestStillTrue:
    def whole(self, **more):
        return sheet(line("C1-01", Kind.LEVEL, choices=LEVELS, **more))

    def came(self, whole, *ticks, because=""):
        hand = Hand(docx_of(whole))
        for field, beginning in ticks:
            paragraph = hand.tick("C1-01", field, beginning)
            if because and field is Field.STILL:
                paragraph.add_run(f" {because}")
        return back(hand, whole)

    def test_yes_confirms_the_answer_of_the_last_round(self):
        before = Given(Status.ANSWERED, "2", explanation="Since 2015.", language="en")
        came = self.came(self.whole(before=before), (Field.STILL, "yes"))

        assert (given(came, "C1-01"), came.troubles) == (before, ())

    def test_yes_confirms_what_public_sources_say(self):
        came = self.came(self.whole(given=Given(Status.PREFILLED, "2")), (Field.STILL, "yes"))

        assert given(came, "C1-01") == Given(Status.ANSWERED, "2")

    def test_no_with_the_right_answer_takes_the_reason_as_explanation(self):
        whole = self.whole(before=Given(Status.ANSWERED, "2"))
        came = self.came(whole, (Field.STILL, "no"), (Field.ANSWER, "0 –"), because="the body was dissolved")

        assert given(came, "C1-01") == Given(
            Status.ANSWERED, "0", explanation="the body was dissolved", language="en"
        )
        assert came.troubles == ()

    def test_not_known_wins_over_an_answer_that_was_printed_and_left_ticked(self):
        came = self.came(self.whole(given=Given(Status.PREFILLED, "2")), (Field.NONE, "not known"))

        assert given(came, "C1-01") == Given(Status.NOT_KNOWN)

    @pytest.mark.parametrize(
        "ticks",
        [
            ((Field.STILL, "yes"), (Field.STILL, "no")),
            ((Field.STILL, "yes"), (Field.ANSWER, "1 –")),
            ((Field.STILL, "corrected"),),
            ((Field.STILL, "corrected"), (Field.ANSWER, "2 –")),
            ((Field.STILL, "yes"), (Field.NONE, "not known")),
            ((Field.NONE, "not known"), (Field.NONE, "we withhold")),
            ((Field.NONE, "not known"), (Field.ANSWER, "1 –")),
        ],
    )
    def test_ticks_that_say_two_things_are_not_taken_and_told(self, ticks):
        came = self.came(self.whole(before=Given(Status.ANSWERED, "2")), *ticks)

        assert "S/C1-01" not in came.answers
        assert [each.where.split(",")[0] for each in came.troubles] == ["C1-01"]


class TestWhatPeopleDoToDocuments:
    def test_two_levels_ticked_are_not_taken_and_both_are_named(self):
        hand = Hand(sent())
        hand.tick("C1-01", Field.ANSWER, "2 –")
        came = back(hand)

        assert "S/C1-01" not in came.answers
        assert said(came) == [
            "C1-01, Your answer: More than one line is ticked: 1 – Informal group only, 2 – Body that meets."
        ]

    def test_a_tick_that_was_taken_away_empties_the_answer_and_leaves_the_texts(self):
        hand = Hand(sent())
        hand.untick("C1-01", Field.ANSWER, "1 –")

        assert given(back(hand), "C1-01") == Given(explanation="A group.")

    def test_lines_that_were_deleted_with_no_tick_left_are_told(self):
        hand = Hand(sent())
        for paragraph in hand.cell("C1-02", Field.ANSWER).paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
        came = back(hand)

        assert "S/C1-02" not in came.answers
        assert said(came) == ["C1-02, Your answer: Lines or boxes were deleted, and none is ticked."]

    def test_a_level_whose_words_were_changed_beside_its_tick_is_told(self):
        hand = Hand(sent())
        hand.tick("C1-02", Field.ANSWER, "health").runs[-1].text = " health and care"
        came = back(hand)

        assert given(came, "C1-02").value == "2"
        assert said(came) == ["C1-02, Your answer: Outside the fields stands “and care”."]

    def test_text_beside_the_fields_is_quoted(self):
        hand = Hand(sent())
        hand.row("C1-01", Field.MORE).cells[0].add_paragraph("see annex")
        hand.cell("C1-01", Field.STANDS).add_paragraph("This is wrong.")
        hand.cell("C1-01", Field.MEANT).add_paragraph("Which decision?")
        hand.cell("C1-01", Field.CLASS).add_paragraph("ask the minister")
        hand.table("C4-02")._tbl.addnext(hand.word.add_paragraph("We answered in March.")._p)

        troubles = said(back(hand))

        for words in (
            "see annex",
            "This is wrong.",
            "Which decision?",
            "ask the minister",
            "We answered in March.",
        ):
            assert any(words in each for each in troubles), words

    def test_changes_that_are_marked_are_read_as_accepted_and_told(self):
        hand = Hand(sent())
        paragraph = hand.cell("C1-01", Field.MORE).paragraphs[0]
        marked = 'w:id="91" w:author="x" w:date="2021-03-02T00:00:00Z"'
        run = paragraph.runs[0]._r
        gone = parse_xml(f"<w:del {nsdecls('w')} {marked}><w:r><w:delText>A group.</w:delText></w:r></w:del>")
        run.addprevious(gone)
        run.addprevious(parse_xml(f"<w:ins {nsdecls('w')} {marked}><w:r><w:t>A council.</w:t></w:r></w:ins>"))
        run.getparent().remove(run)
        came = back(hand)

        assert given(came, "C1-01").explanation == "A council."
        assert said(came) == [
            "beside the questions: Changes are marked in the document; they were read as accepted."
        ]

    def test_a_comment_is_quoted(self):
        hand = Hand(sent())
        hand.word.add_comment(hand.cell("C1-01", Field.MORE).paragraphs[0].runs, "Is this still so?", "x")

        assert said(back(hand)) == ["beside the questions: A comment or note says “Is this still so?”."]

    def test_deleted_questions_change_nothing_and_are_named(self):
        hand = Hand(sent())
        table = hand.table("C1-02")._tbl
        table.getparent().remove(table)
        came = back(hand)

        assert list(came.answers) == ["S/C1-01", "S/C4-01", "S/C4-02"]
        assert said(came) == ["beside the questions: 1 question is not on the sheet any more: C1-02."]

    def test_tables_that_were_merged_split_and_reordered_still_read(self):
        hand = Hand(sent())
        hand.tick("C4-02", Field.NONE, "not known")
        first, second, last = (hand.table(code)._tbl for code in ("C1-01", "C1-02", "C4-02"))
        for row in list(second.tr_lst):  # the paragraph between two tables was deleted
            first.append(row)
        second.getparent().remove(second)
        half = copy.deepcopy(last)  # a table was split in the middle
        for row in half.tr_lst[:4]:
            half.remove(row)
        for row in last.tr_lst[4:]:
            last.remove(row)
        last.addnext(half)
        first.addprevious(hand.table("C4-01")._tbl)  # and one was moved up
        came = back(hand)

        assert came.troubles == ()
        assert list(came.answers) == ["S/C4-01", "S/C1-01", "S/C1-02", "S/C4-02"]
        assert given(came, "C4-02") == Given(Status.NOT_KNOWN)

    def test_a_label_and_its_field_that_became_one_cell_still_read(self):
        hand = Hand(sent())
        row = hand.row("C4-02", Field.ANSWER)
        row.cells[1].paragraphs[0].add_run("We cooperate.")
        row.cells[0].merge(row.cells[1])

        assert given(back(hand), "C4-02").value == "We cooperate."

    def test_a_row_that_is_gone_leaves_the_question_as_it_was(self):
        hand = Hand(sent())
        row = hand.row("C1-01", Field.MORE)._tr
        row.getparent().remove(row)
        came = back(hand)

        assert "S/C1-01" not in came.answers
        assert said(came) == [
            "C1-01, Explanation: This row is not on the sheet any more, so the question was not taken."
        ]

    def test_a_question_that_was_pasted_twice_is_not_taken(self):
        hand = Hand(sent())
        table = hand.table("C4-02")._tbl
        table.addnext(copy.deepcopy(table))
        came = back(hand)

        assert "S/C4-02" not in came.answers
        assert said(came) == ["C4-02: The question stands twice in the document."]

    def test_a_sheet_that_lost_what_no_program_shows_still_reads_and_forgets_its_versions(self):
        stripped = without_parts(sent(), "customXml/", b"w:bookmark", b"w:elsewhere")
        came = back(stripped)

        assert came.troubles == ()
        assert came.answers["S/C1-01"] == (Given(Status.ANSWERED, "1", explanation="A group."), -1)

    def test_a_text_of_a_megabyte_is_told_and_not_taken(self):
        hand = Hand(sent())
        hand.write("C4-02", Field.MORE, "word " * 200_000)
        came = back(hand)

        assert "S/C4-02" not in came.answers
        assert said(came) == ["C4-02, Explanation: The text has 999999 characters; 20000 can be kept."]

    @pytest.mark.parametrize("text", ["twelve", "1.200", "1,200", "12 or 13", "-"])
    def test_a_number_that_can_be_read_in_two_ways_or_none_is_told(self, text):
        hand = Hand(sent())
        hand.write("C4-01", Field.ANSWER, text)
        came = back(hand)

        assert "S/C4-01" not in came.answers
        assert said(came) == [f"C4-01, Your answer: “{text}” can be read in more than one way, or in none."]


def without_parts(content, prefix, old=b"", new=b""):
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(written, "w") as kept:
        for name in package.namelist():
            if not name.startswith(prefix):
                part = package.read(name)
                if name == "word/document.xml":
                    part = part.replace(old, new)
                if name == "word/_rels/document.xml.rels":
                    part = b"".join(
                        piece
                        for piece in part.replace(b"><", b">\n<").splitlines()
                        if b"customXml" not in piece
                    )
                kept.writestr(name, part)
    return written.getvalue()


class TestRefused:
    @pytest.mark.parametrize(
        ("more", "refusal"),
        [
            ({"round": "autumn-2021"}, refused.OfAnotherRound),
            ({"state": "XAB"}, refused.OfAnotherState),
            ({"digest": "f" * 64}, refused.OfAnotherWording),
        ],
    )
    def test_a_sheet_of_another_round_state_or_wording(self, more, refusal):
        with pytest.raises(refusal):
            back(docx_of(sheet(**more)))

    def test_a_document_that_is_no_sheet_and_a_sheet_without_questions(self):
        written = io.BytesIO()
        docx.Document().save(written)
        with pytest.raises(refused.NotASheet):
            back(written.getvalue())
        hand = Hand(sent())
        for table in hand.word.tables:
            table._tbl.getparent().remove(table._tbl)
        with pytest.raises(refused.WithoutQuestions):
            back(hand)

    @pytest.mark.parametrize(
        ("content", "refusal"),
        [
            (b"", guarded.Empty),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, guarded.OldOffice),  # .doc, or a password
            (b"PK\x03\x04 torn", guarded.Damaged),
            (b"x" * (25 * 1024 * 1024 + 1), guarded.TooLarge),
            (b"plain text", refused.NotWord),
        ],
    )
    def test_what_is_no_word_document(self, content, refusal):
        with pytest.raises(refusal):
            back(content)

    def test_a_document_with_macros(self):
        written = io.BytesIO(sent())
        with zipfile.ZipFile(written, "a") as package:
            package.writestr("word/vbaProject.bin", b"macro")
        with pytest.raises(guarded.Macros):
            back(written.getvalue())

    @pytest.mark.parametrize("old", [b"w:body", b"w:document"])
    def test_a_document_whose_parts_are_no_document(self, old):
        with pytest.raises(guarded.Damaged):
            back(without_parts(sent(), "nothing", old, b"w:strange"))

    def test_a_document_that_becomes_enormous(self):
        hand = Hand(sent())
        hand.write("C4-02", Field.MORE, "word " * 5_000_000)
        with pytest.raises(guarded.Expands):
            back(hand)

    def test_a_document_that_was_torn_in_the_middle(self):
        content = sent()
        with pytest.raises(guarded.Damaged):
            back(content[: len(content) // 2])


@pytest.mark.parametrize("language", ["fr", "ka"])
def test_a_sheet_in_another_language_comes_back_equal(language):
    whole = sheet(language=language)
    came = back(docx_of(whole), whole)

    assert came.troubles == ()
    assert came.answers == {each.path: (each.given, each.seen) for each in whole.lines}


def test_every_field_of_an_answer_goes_out_and_comes_back():
    every = Given(Status.ANSWERED, "1 other", "o", "r", "e", "p", "en")
    whole = sheet(line("A", Kind.SEVERAL, choices=LISTED, other=True, given=every))

    came = given(back(docx_of(whole), whole), "A")

    assert dataclasses.asdict(came) == dataclasses.asdict(every)
