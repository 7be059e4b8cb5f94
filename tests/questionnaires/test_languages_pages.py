"""Translations of a version on pages: what is missing, the workbook out and back; a frozen version gets them, too."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from endocsea.journal.queries import history_of
from endocsea.questionnaires import actions, refusals
from endocsea.questionnaires.models import Version
from endocsea.questionnaires.written import names_of, read_once
from endocsea.replies.exchange import word_reading, workbook
from endocsea.replies.exchange.making import sheet_of
from endocsea.replies.exchange.sheet_words import Field
from endocsea.replies.exchange.word_writing import docx_of
from endocsea.replies.exchange.workbook import xlsx_of
from tests.asked import ASKED_AT as AT
from tests.people.helpers import signed_in
from tests.replies.word_hand import Hand as WordHand
from tests.replies.workbook_hand import Hand as SheetHand

from .test_translating import Hand

LEVEL = "C3/C3-07"
KEY = f"{LEVEL}#label"


@pytest.fixture
def desk(sera):
    """Sera's browser."""
    return signed_in(sera)


@pytest.fixture
def core(db):
    """The core set, which no round uses yet."""
    return Version.objects.get(content_key="2020 core")


@pytest.fixture
def full(db):
    """The full set, which the training round has frozen."""
    return Version.objects.get(content_key="2020 full")


def at(name, version, *more):
    args = [version.questionnaire.code, version.number, *more]
    return reverse(f"questionnaires:{name}", args=args)


def in_page(answer):
    return answer.content.decode()


def out(desk, version, language):
    return desk.get(at("language", version, language)).content


def back(desk, version, content, name="texts.xlsx"):
    return desk.post(at("languages", version), {"file": SimpleUploadedFile(name, content)})


def take(desk, version, page, chosen, **more):
    return desk.post(at("take-language", version), {"kept": page.context["kept"], "take": chosen, **more})


def translated(version, sera, texts, language="fr"):
    return actions.translate(version=version, language=language, texts=texts, made_from={},
                             seen=version.revision, by=sera, at=AT)  # fmt: skip


class TestPages:
    def test_what_is_missing_is_counted_by_language(self, desk, full):
        page = desk.get(at("languages", full))

        (french,) = page.context["listed"]
        assert (french["language"], french["missing"], french["stale"]) == ("fr", 0, 0)
        assert "Complete." in in_page(page)

    def test_a_new_language_goes_out_comes_back_is_shown_and_then_taken(self, desk, full):
        hand = Hand(out(desk, full, "sr"))
        hand.write(KEY, "Постоји ли орган?")
        page = back(desk, full, hand.saved())
        assert page.context["rows"][0]["back"] == "Постоји ли орган?"
        full.refresh_from_db()
        assert "sr" not in full.form.languages

        assert take(desk, full, page, [KEY]).status_code == 302
        full.refresh_from_db()
        assert full.form.languages == ("en", "fr", "sr")
        assert full.form.by_path()[LEVEL].label["sr"] == "Постоји ли орган?"
        assert history_of("questionnaire", "full-2020/1").latest("number").facts == {
            "language": "sr",
            "texts": 1,
        }
        listed = desk.get(at("languages", full)).context["listed"]
        assert [each["language"] for each in listed] == ["fr", "sr"]
        assert listed[1]["missing"] == listed[1]["more"] + len(listed[1]["to_do"])

    def test_what_is_not_ticked_stays_out(self, desk, full):
        hand = Hand(out(desk, full, "sr"))
        hand.write(KEY, "Постоји ли орган?")
        hand.write("#title", "Питања")
        take(desk, full, back(desk, full, hand.saved()), ["#title"])

        full.refresh_from_db()
        assert full.form.title["sr"] == "Питања"
        assert "sr" not in full.form.by_path()[LEVEL].label

    def test_a_workbook_that_says_what_stands_here_has_nothing_to_take(self, desk, full):
        assert "There is nothing to take" in in_page(back(desk, full, out(desk, full, "fr")))

    def test_a_translation_that_is_stale_shows_and_may_be_confirmed(self, desk, core, sera):
        core = actions.reword(version=core, path=(path := next(iter(core.form.by_path()))),
                              wordings={"label": {"en": "Is it so?"}}, seen=core.revision, by=sera, at=AT)  # fmt: skip
        page = desk.get(at("languages", core))
        assert page.context["listed"][0]["stale"] == 1
        assert "wording changed" in in_page(page)

        hand = Hand(out(desk, core, "fr"))
        hand.row(f"{path}#label")[4].value = None
        came = back(desk, core, hand.saved())
        assert "still fits" in in_page(came)
        take(desk, core, came, [f"{path}#label"])
        core.refresh_from_db()
        assert desk.get(at("languages", core)).context["listed"][0]["stale"] == 0

    def test_case_data_in_a_translation_is_asked_about_and_the_choice_is_kept(self, desk, full):
        hand = Hand(out(desk, full, "sr"))
        hand.write(KEY, "anna.k@example.org")
        answer = take(desk, full, back(desk, full, hand.saved()), [KEY])
        assert answer.status_code == 422
        assert answer.context["case_data"] is not None

        again = take(desk, full, answer, [KEY], not_case_data="The published address of the office")
        assert again.status_code == 302

    def test_what_a_colleague_took_meanwhile_is_not_overwritten(self, desk, full, sera):
        hand = Hand(out(desk, full, "fr"))
        hand.write(KEY, "Le mien ?")
        page = back(desk, full, hand.saved())
        translated(full, sera, {KEY: "Le leur ?"})

        assert take(desk, full, page, [KEY]).status_code == 409
        full.refresh_from_db()
        assert full.form.by_path()[LEVEL].label["fr"] == "Le leur ?"


class TestBadInput:
    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"", "texts.xlsx"),
            (b"PK\x03\x04 broken", "texts.xlsx"),
            (b"%PDF-1.7", "texts.pdf"),
            (b"a;b", "x.csv"),
        ],
    )
    def test_what_is_no_workbook_is_refused_with_a_sentence(self, desk, full, content, name):
        answer = back(desk, full, content, name)

        assert answer.status_code == 400
        assert "rows" not in answer.context

    def test_another_workbook_and_none_are_refused(self, desk, full):
        other = desk.get(at("workbook", full)).content
        assert "no texts of a questionnaire" in in_page(back(desk, full, other))
        assert desk.post(at("languages", full), {}).status_code == 400

    @pytest.mark.parametrize(
        ("language", "status"), [("en", 400), ("qq", 404), ("x-romani", 200), ("sr-latn", 200)]
    )
    def test_a_language_is_one_that_is_known_or_private_and_not_that_of_the_author(
        self, desk, full, language, status
    ):
        assert desk.get(at("language", full, language)).status_code == status
        assert desk.get(at("new-language", full), {"language": language}).status_code == status

    @pytest.mark.parametrize("kept", ["", "forged", "a:b:c"])
    def test_texts_that_this_site_did_not_sign_are_not_taken(self, desk, full, kept):
        assert desk.post(at("take-language", full), {"kept": kept, "take": [KEY]}).status_code == 404

    def test_what_came_back_for_one_version_is_taken_into_no_other(self, desk, full, core):
        hand = Hand(out(desk, full, "sr"))
        hand.write("#title", "Питања")

        assert take(desk, core, back(desk, full, hand.saved()), ["#title"]).status_code == 404


class TestAFrozenVersion:
    def test_what_was_asked_keeps_its_digest_and_readers_get_the_translation_at_once(self, full, sera):
        before, digest, revision = full.form, full.digest, full.revision
        translated(full, sera, {KEY: "Y a-t-il un organe ?"})
        full.refresh_from_db()

        assert full.digest == digest
        assert full.revision != revision
        assert before.by_path()[LEVEL].label["fr"] != "Y a-t-il un organe ?"
        assert full.form.by_path()[LEVEL].label["fr"] == "Y a-t-il un organe ?"
        assert read_once(revision, dict) is before  # whoever is in the middle of a page still has theirs

    def test_a_version_that_was_frozen_with_another_kind_of_digest_keeps_it(self, full, sera):
        Version.objects.filter(pk=full.pk).update(digest="0" * 64, digest_of_all="")
        full.refresh_from_db()
        translated(full, sera, {KEY: "Y a-t-il un organe ?"})

        full.refresh_from_db()
        assert full.digest == "0" * 64
        assert full.digest_of_all
        assert full.form.by_path()[LEVEL].label["fr"] == "Y a-t-il un organe ?"

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_sheets_that_went_out_before_come_back_after_the_translation(self, spring, arden, sera, language):
        def sheet():
            return sheet_of(spring, arden, language=language, on=AT.date(), only=[LEVEL])

        before, levels = sheet(), spring.version.form.choices["C3-07"]
        with override(language):
            word, cells = WordHand(docx_of(before)), SheetHand(xlsx_of(before))
            word.tick("C3-07", Field.ANSWER, "3")
            cells.write("C3-07", f"3 – {levels[3].label[language]}")
        texts = {f"list:C3-07/{each.name}#label": f"Niveau {each.name} autrement dit" for each in levels}
        translated(spring.version, sera, {KEY: "Autrement ?", **texts})
        translated(Version.objects.get(pk=spring.version.pk), sera, {KEY: "Питање?"}, "sr")
        spring.version.refresh_from_db()
        assert spring.version.form.choices["C3-07"][3].label["fr"] == "Niveau 3 autrement dit"

        assert sheet().digest == before.digest
        for came in (
            word_reading.returned(word.saved(), "sheet.docx", sheet()),
            workbook.returned(cells.saved(), "reply.xlsx", sheet()),
        ):
            # a level that is worded otherwise by now is known by its number, and what stood there is told
            assert all("Niveau" not in trouble.what and " – " in trouble.what for trouble in came.troubles)
            assert {path: given.value for path, (given, _seen) in came.answers.items()} == {LEVEL: "3"}

    def test_another_wording_in_the_own_language_is_another_questionnaire(self, core, sera):
        path = next(iter(core.form.by_path()))
        digest = core.digest
        changed = actions.reword(version=core, path=path, wordings={"label": {"en": "Is it so?"}},
                                 seen=core.revision, by=sera, at=AT)  # fmt: skip
        assert changed.digest != digest

        digest = changed.digest
        changed = actions.reword(version=changed, path=path, wordings={"label": {"fr": "Vraiment ?"}},
                                 seen=changed.revision, by=sera, at=AT)  # fmt: skip
        assert changed.digest == digest

    def test_the_content_brings_both_digests(self, full, core):
        for version in (full, core):
            names = names_of(version.written)
            assert (version.digest, version.digest_of_all) == (names["digest"], names["digest_of_all"])


def test_the_own_language_is_not_translated(full, sera):
    from endocsea.questionnaires.translating import SourceLanguage

    with pytest.raises(SourceLanguage):
        translated(full, sera, {KEY: "Is it?"}, "en")
    with pytest.raises(refusals.ChangedMeanwhile):
        actions.translate(version=full, language="fr", texts={}, made_from={}, seen="x", by=sera, at=AT)


def test_a_hand_of_a_translator_opens_what_goes_out(desk, full):
    book = load_workbook(io.BytesIO(out(desk, full, "fr")))

    assert book.worksheets[0].max_row > len(full.form.by_path())
