"""Files out and back on pages: what a coordinator downloads, brings back, sees beside what stands here, and takes."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from endocsea.journal.models import Entry
from endocsea.questionnaires.models import Share
from endocsea.replies.actions import save, submit
from endocsea.replies.answers.given import Given, Origin, Status
from endocsea.replies.exchange.sheet_words import Field
from endocsea.replies.exchange.workbook.words import Column
from endocsea.replies.models import Answer, AnswerVersion, Evidence
from endocsea.support.guard.kinds import MEDIA_TYPES, Kind
from endocsea.support.guard.uploads import MEGABYTES
from tests.documents.reading import words
from tests.people.helpers import signed_in

from .conftest import AT
from .word_hand import Hand as WordHand
from .workbook_hand import Hand as SheetHand

LEVEL = "C3/C3-07"
OTHER = "C1/C1-02"


@pytest.fixture
def desk(ana):
    """Ana's browser."""
    return signed_in(ana)


def at(name, *more, state="arden", round="spring-2021"):
    return reverse(f"replies:{name}", args=[round, state, *more])


def uploaded(content, name):
    return {"file": SimpleUploadedFile(name, content)}


def brought(desk, content, name="sheet.docx", **where):
    return desk.post(at("bring-back", **where), uploaded(content, name))


def sheet_with(desk, shared, level="3", code="C3-07"):
    """The ministry's sheet, in which somebody has ticked a level."""
    hand = WordHand(desk.get(at("sheet", shared.pk)).content)
    hand.tick(code, Field.ANSWER, level)
    return hand.saved()


def in_page(answer):
    return answer.content.decode()


def take(desk, page, chosen, **more):
    return desk.post(at("take"), {"kept": page.context["kept"], "take": chosen, **more})


class TestWhatGoesOut:
    def test_an_institution_s_sheet_holds_its_questions_and_no_other(self, desk, shared):
        answer = desk.get(at("sheet", shared.pk))

        assert answer["Content-Type"] == MEDIA_TYPES[Kind.DOCX]
        assert "attachment" in answer["Content-Disposition"]
        tables = WordHand(answer.content).word.tables
        codes = {table.rows[0].cells[0].text for table in tables}
        assert {"C3-07", "C1-02"} <= codes
        assert not {"C3-08", "C1-01"} & codes

    def test_the_workbook_holds_every_question(self, desk, spring):
        hand = SheetHand(desk.get(at("workbook")).content)

        for path in spring.version.form.by_path():
            hand.row(path.rsplit("/", 1)[-1])

    def test_the_file_for_clearance_says_the_same_in_word_and_as_pdf(self, desk, spring):
        pdf = desk.get(at("clearance", "pdf")).content
        word = desk.get(at("clearance", "docx")).content

        assert "0 of 129 ready" in words(pdf)
        assert b"0 of 129 ready" in zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml")

    def test_each_file_that_goes_out_is_in_the_journal(self, desk, shared, ana):
        before = Entry.objects.count()
        desk.get(at("sheet", shared.pk))
        desk.get(at("workbook"))
        desk.get(at("clearance", "docx"))

        assert Entry.objects.count() == before + 3
        newest = Entry.objects.with_parts().order_by("-number")[:3]
        assert {entry.doer.actor for entry in newest} == {ana.journal_id}

    def test_a_sheet_that_was_taken_back_is_no_more(self, desk, shared):
        Share.objects.filter(pk=shared.pk).update(withdrawn_at=AT)

        assert desk.get(at("sheet", shared.pk)).status_code == 404

    def test_another_format_of_the_clearance_file_is_not_there(self, desk, spring):
        assert desk.get(at("clearance", "odt")).status_code == 404

    def test_a_sheet_is_not_found_under_another_state(self, shared, beno):
        assert signed_in(beno).get(at("sheet", shared.pk, state="belmora")).status_code == 404


class TestWhatComesBack:
    def test_what_was_ticked_in_word_is_shown_and_nothing_is_taken_yet(self, desk, shared):
        page = brought(desk, sheet_with(desk, shared))

        (row,) = page.context["rows"]
        assert (row.difference.path, row.difference.back.value) == (LEVEL, "3")
        assert row.chosen
        assert "Ministry of the Interior" in in_page(page)
        assert not Answer.objects.filter(round=shared.round).exists()

    def test_what_is_ticked_is_taken_and_remembers_how_it_came(self, desk, shared, arden):
        page = brought(desk, sheet_with(desk, shared))
        answer = take(desk, page, [LEVEL])

        assert answer.status_code == 302
        taken = Answer.objects.get(round=shared.round, state=arden, question=LEVEL)
        assert taken.given.value == "3"
        assert AnswerVersion.objects.get(answer=taken).origin == Origin.SHEET.value

    def test_what_is_not_ticked_stays_out(self, desk, shared):
        take(desk, brought(desk, sheet_with(desk, shared)), [])

        assert not Answer.objects.filter(round=shared.round).exists()

    def test_a_workbook_comes_back_the_same_way(self, desk, spring, arden):
        hand = SheetHand(desk.get(at("workbook")).content)
        hand.write("C3-07", "3")
        page = brought(desk, hand.saved(), "reply.xlsx")

        assert [row.difference.path for row in page.context["rows"]] == [LEVEL]
        take(desk, page, [LEVEL])
        taken = Answer.objects.get(round=spring, state=arden, question=LEVEL)
        assert AnswerVersion.objects.get(answer=taken).origin == Origin.WORKBOOK.value

    def test_a_file_that_says_what_stands_here_has_nothing_to_take(self, desk, shared):
        page = brought(desk, desk.get(at("sheet", shared.pk)).content)

        assert page.context["rows"] == []
        assert "There is nothing to take" in in_page(page)

    def test_what_changed_on_both_sides_is_shown_and_not_ticked(self, desk, shared, arden, ana):
        content = sheet_with(desk, shared)
        save(round=shared.round, state=arden, question=LEVEL, given=Given(Status.ANSWERED, "1"), seen=0,
             by=ana, at=AT)  # fmt: skip
        page = brought(desk, content)

        (row,) = page.context["rows"]
        assert (row.chosen, row.difference.here.value, row.difference.back.value) == (False, "1", "3")
        assert "changed here, too" in in_page(page)

    def test_an_answer_that_moved_between_showing_and_taking_is_not_overwritten(
        self, desk, shared, arden, ana
    ):
        page = brought(desk, sheet_with(desk, shared))
        save(round=shared.round, state=arden, question=LEVEL, given=Given(Status.ANSWERED, "1"), seen=0,
             by=ana, at=AT)  # fmt: skip
        answer = take(desk, page, [LEVEL])

        assert answer.status_code == 422
        assert "Nothing was taken" in in_page(answer)
        assert Answer.objects.get(round=shared.round, question=LEVEL).value == "1"

    def test_one_answer_that_cannot_be_taken_leaves_all_others_out(self, desk, shared, arden, ana):
        hand = WordHand(sheet_with(desk, shared))
        hand.tick("C1-02", Field.NONE, "not known")
        page = brought(desk, hand.saved())
        save(round=shared.round, state=arden, question=OTHER, given=Given(Status.ANSWERED, "1"), seen=0,
             by=ana, at=AT)  # fmt: skip
        answer = take(desk, page, [LEVEL, OTHER])

        assert answer.status_code == 422
        assert not Answer.objects.filter(round=shared.round, question=LEVEL).exists()

    def test_case_data_in_a_file_is_asked_about_and_the_choice_is_kept(self, desk, shared):
        hand = WordHand(sheet_with(desk, shared))
        hand.write("C3-07", Field.MORE, "Ask the desk officer: anna.k@example.com knows")
        page = brought(desk, hand.saved())
        answer = take(desk, page, [LEVEL])

        assert answer.status_code == 422
        assert answer.context["case_data"] is not None
        again = take(desk, answer, [LEVEL], not_case_data="The published address of the office")
        assert again.status_code == 302
        kept = AnswerVersion.objects.get(answer__question=LEVEL, answer__round=shared.round)
        assert kept.declared == "The published address of the office"


class TestBadFiles:
    @pytest.mark.parametrize(
        ("content", "name", "said"),
        [
            (b"", "sheet.docx", "empty"),
            (b"not a document", "sheet.docx", "Word document"),
            (b"PK\x03\x04 broken", "sheet.xlsx", "Excel workbook"),
            (b"%PDF-1.7", "sheet.pdf", ""),
            (b"MZ", "sheet", ""),
        ],
    )
    def test_what_is_no_sheet_is_refused_with_a_sentence(self, desk, spring, content, name, said):
        answer = brought(desk, content, name)

        assert answer.status_code == 400
        assert said in in_page(answer)
        assert "rows" not in answer.context

    def test_without_a_file_the_page_asks_for_one(self, desk, spring):
        assert desk.post(at("bring-back"), {}).status_code == 400

    def test_a_file_that_is_too_large_is_refused(self, desk, spring):
        answer = brought(desk, b"0" * (MEGABYTES * 1024 * 1024 + 1))

        assert answer.status_code == 400
        assert f"larger than {MEGABYTES}" in in_page(answer)

    def test_a_sheet_of_another_state_is_refused_by_name(self, desk, shared, beno):
        answer = brought(signed_in(beno), sheet_with(desk, shared), state="belmora")

        assert answer.status_code == 400
        assert "belongs to" in in_page(answer)

    def test_what_was_compared_with_one_reply_is_taken_into_no_other(self, desk, shared, beno):
        page = brought(desk, sheet_with(desk, shared))
        answer = signed_in(beno).post(
            at("take", state="belmora"), {"kept": page.context["kept"], "take": [LEVEL]}
        )

        assert answer.status_code == 404
        assert not Answer.objects.filter(round=shared.round).exists()

    @pytest.mark.parametrize("kept", ["", "forged", "a:b:c"])
    def test_differences_that_this_site_did_not_sign_are_not_taken(self, desk, spring, kept):
        assert desk.post(at("take"), {"kept": kept, "take": [LEVEL]}).status_code == 404

    def test_a_reply_that_was_signed_takes_no_file(self, desk, shared, arden, ana, monkeypatch):
        monkeypatch.setattr("endocsea.replies.actions.signing.not_ready", lambda *_, **__: [])
        page = brought(desk, sheet_with(desk, shared))
        save(
            round=shared.round,
            state=arden,
            question=OTHER,
            given=Given(Status.NOT_KNOWN),
            seen=0,
            by=ana,
            at=AT,
        )
        submit(reply=shared.round.replies.get(state=arden), signed_as="Deputy Minister", by=ana, at=AT)

        assert desk.get(at("bring-back")).status_code == 404
        assert take(desk, page, [LEVEL]).status_code == 422
        assert not Answer.objects.filter(round=shared.round, question=LEVEL).exists()


class TestProofThatCameBack:
    def sheet(self, desk, shared, proof):
        hand = WordHand(desk.get(at("sheet", shared.pk)).content)
        hand.write("C3-07", Field.PROOF, proof)
        return hand.saved()

    def proofs(self, page):
        return [(row.question.name, row.back) for row in page.context["proofs"]]

    def test_it_is_shown_before_anything_is_taken_though_the_answer_is_the_same(self, desk, shared):
        page = brought(desk, self.sheet(desk, shared, "Law on cooperation, Article 5"))

        assert self.proofs(page) == [("C3-07", "Law on cooperation, Article 5")]
        assert "Law on cooperation, Article 5" in in_page(page)
        assert not Evidence.objects.filter(answer__round=shared.round).exists()

    def test_what_is_ticked_becomes_evidence_with_a_source_called_so(self, desk, shared, arden):
        page = brought(desk, self.sheet(desk, shared, "Law on cooperation"))
        answer = take(desk, page, [], proof=["0"])

        assert answer.status_code == 302
        made = Evidence.objects.get(answer__round=shared.round, answer__state=arden)
        assert (made.citation.source.title, made.citation.source.address) == ("Law on cooperation", "")
        assert (made.answer.question, made.life) == (LEVEL, Evidence.Life.ATTACHED)

    def test_what_is_not_ticked_stays_out(self, desk, shared):
        take(desk, brought(desk, self.sheet(desk, shared, "Law on cooperation")), [])

        assert not Evidence.objects.filter(answer__round=shared.round).exists()

    def test_what_stands_here_already_is_no_difference(self, desk, shared):
        take(desk, brought(desk, self.sheet(desk, shared, "Law on cooperation")), [], proof=["0"])
        page = brought(desk, self.sheet(desk, shared, "Law on cooperation\n\nA second law"))

        assert self.proofs(page) == [("C3-07", "A second law")]

    def test_a_workbook_brings_its_proof_back_the_same_way(self, desk, spring):
        hand = SheetHand(desk.get(at("workbook")).content)
        hand.write("C3-07", "https://ministry.example/law", Column.PROOF)
        page = brought(desk, hand.saved(), "reply.xlsx")
        take(desk, page, [], proof=["0"])

        made = Evidence.objects.get(answer__round=spring)
        assert made.citation.source.address == "https://ministry.example/law"

    def test_words_that_are_longer_than_a_title_are_kept_whole(self, desk, shared):
        words = "The law on cooperation says in Article 5 that data are preserved. " * 8
        take(desk, brought(desk, self.sheet(desk, shared, words)), [], proof=["0"])

        made = Evidence.objects.get(answer__round=shared.round)
        assert made.excerpt == words.strip()
        assert made.citation.source.title.endswith("…")

    def test_case_data_in_it_takes_nothing_and_keeps_what_was_ticked(self, desk, shared):
        page = brought(desk, self.sheet(desk, shared, "Ask anna.k@example.com"))
        answer = take(desk, page, [], proof=["0"])

        assert answer.status_code == 422
        assert [row.chosen for row in answer.context["proofs"]] == [True]
        again = take(desk, answer, [], proof=["0"], not_case_data="The published address of the office")
        assert again.status_code == 302
        assert Evidence.objects.filter(answer__round=shared.round).exists()

    @pytest.mark.parametrize("numbers", [["9"], ["-1"], ["x"], [""]])
    def test_a_number_that_was_not_shown_takes_nothing(self, desk, shared, numbers):
        page = brought(desk, self.sheet(desk, shared, "Law on cooperation"))
        take(desk, page, [], proof=numbers)

        assert not Evidence.objects.filter(answer__round=shared.round).exists()
