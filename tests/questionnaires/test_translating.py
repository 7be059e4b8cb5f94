"""The texts of a questionnaire go out for translation and come back."""

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from endocsea.questionnaires.form import Choice, Form, Group, Kind, Question
from endocsea.questionnaires.translating import (
    NoTranslation,
    SourceLanguage,
    digest_of,
    missing,
    stale,
    texts_of,
    translation_in,
    translation_out,
)
from endocsea.questionnaires.written import as_data, digest_of_all, from_data
from endocsea.questionnaires.written import digest_of as digest_of_data
from endocsea.support.workbooks import NotAWorkbook

ASKED = Question(
    "C1-01",
    Kind.LEVEL,
    {"en": "Is there a body?", "fr": "Y a-t-il un organe ?"},
    {"en": "A law"},
    choices="l",
)
FORM = Form(
    {"en": "Questions"},
    ("en", "fr"),
    (Group("C1", {"en": "Governance"}, (ASKED,)),),
    {"l": (Choice("0", {"en": "No"}), Choice("1", {"en": "Yes"}), Choice("1", {"en": "Yes, too"}))},
)
LABEL = "C1/C1-01#label"
KEYS = ["#title", "C1#label", LABEL, "C1/C1-01#hint", "list:l/0#label", "list:l/1#label", "list:l/1[2]#label"]


class Hand:
    """A workbook of texts that a translator has open."""

    def __init__(self, content):
        self.book = load_workbook(io.BytesIO(content))
        self.page = self.book.worksheets[0]

    def row(self, key):
        return next(row for row in self.page.iter_rows() if row[0].value == key)

    def write(self, key, text):
        self.row(key)[3].value = text

    def saved(self):
        written = io.BytesIO()
        self.book.save(written)
        return written.getvalue()


@pytest.fixture
def hand():
    return Hand(translation_out(FORM, "fr"))


def reworded(form, text="Is there a national body?"):
    group = form.items[0]
    asked = replace(group.items[0], label={**group.items[0].label, "en": text})
    return replace(form, items=(replace(group, items=(asked,)),))


def test_every_text_has_a_key_in_the_order_of_reading():
    assert list(texts_of(FORM)) == KEYS


def test_the_workbook_says_what_is_missing_and_only_translations_are_open(hand):
    assert hand.row(LABEL)[1].value == "Is there a body?"
    assert hand.row(LABEL)[3].value == "Y a-t-il un organe ?"
    assert [hand.row(key)[4].value for key in KEYS] == ["missing", "missing", ""] + ["missing"] * 4
    assert [cell.protection.locked for cell in hand.row("#title")] == [True, True, True, False, True]
    assert translation_out(FORM, "fr") == translation_out(FORM, "fr")


def test_translations_come_back_and_what_is_empty_stays(hand):
    hand.write("#title", " Questions à poser ")
    hand.write("list:l/1[2]#label", "Oui, aussi")
    hand.write(LABEL, None)
    came = translation_in(hand.saved(), FORM)

    assert came.form.title == {"en": "Questions", "fr": "Questions à poser"}
    assert came.form.choices["l"][2].label == {"en": "Yes, too", "fr": "Oui, aussi"}
    assert came.form.by_path()["C1/C1-01"].label["fr"] == "Y a-t-il un organe ?"
    assert came.missing == ("C1#label", "C1/C1-01#hint", "list:l/0#label", "list:l/1#label")
    assert came.stale == came.unread == ()


def test_a_new_language_is_added(hand):
    other = Hand(translation_out(FORM, "sr"))
    other.write("C1#label", "Управљање")
    came = translation_in(other.saved(), FORM)

    assert (came.language, came.form.languages) == ("sr", ("en", "fr", "sr"))
    assert came.form.items[0].label["sr"] == "Управљање"


def test_a_translation_shows_as_stale_once_its_wording_changed(hand):
    came = translation_in(hand.saved(), FORM).form
    assert came.made_from["fr"] == {LABEL: digest_of("Is there a body?")}
    assert stale(came, "fr") == ()

    changed = reworded(came)
    assert stale(changed, "fr") == (LABEL,)
    assert stale(reworded(came, "Is  there a body? "), "fr") == ()


def test_a_wording_that_changed_while_the_workbook_was_away_makes_its_translation_stale(hand):
    assert translation_in(hand.saved(), reworded(FORM)).stale == (LABEL,)


def test_a_stale_translation_stays_stale_until_it_is_changed_or_confirmed(hand):
    changed = reworded(translation_in(hand.saved(), FORM).form)
    away = Hand(translation_out(changed, "fr"))
    assert away.row(LABEL)[4].value == "wording changed"
    assert translation_in(away.saved(), changed).stale == (LABEL,)

    away.row(LABEL)[4].value = None
    assert translation_in(away.saved(), changed).stale == ()

    away = Hand(translation_out(changed, "fr"))
    away.write(LABEL, "Y a-t-il un organe national ?")
    assert translation_in(away.saved(), changed).stale == ()


def test_which_wording_was_translated_is_kept_and_leaves_other_forms_as_they_were(hand):
    came = translation_in(hand.saved(), FORM).form

    assert from_data(as_data(came)) == came
    assert "made_from" not in as_data(FORM)
    assert digest_of_all(as_data(came)) != digest_of_all(as_data(FORM))


def test_a_translation_changes_nothing_of_what_is_asked(hand):
    hand.write("#title", "Questions à poser")
    hand.write("list:l/0#label", "Non")
    other = Hand(translation_out(FORM, "sr"))
    other.write("C1/C1-01#hint", "Закон")
    asked = digest_of_data(as_data(FORM))

    assert digest_of_data(as_data(translation_in(hand.saved(), FORM).form)) == asked
    assert digest_of_data(as_data(translation_in(other.saved(), FORM).form)) == asked
    assert digest_of_data(as_data(reworded(FORM))) != asked


def test_moved_rows_are_found_and_strange_ones_are_named(hand):
    hand.page.insert_rows(5, 2)
    hand.write("C1#label", "Gouvernance")
    hand.row("C1/C1-01#hint")[0].value = "C9#label"
    hand.write("C9#label", "Perdu")
    hand.write("list:l/0#label", "=1+1")
    hand.write("list:l/1#label", "x" * 20_001)
    came = translation_in(hand.saved(), FORM)

    assert came.form.items[0].label["fr"] == "Gouvernance"
    assert [why for _where, why in came.unread] == [
        "The questionnaire has no such text any more.",
        "The cell holds an error, or a formula without a value.",
        "The text is too long.",
    ]
    assert [where for where, _why in came.unread] == ["Texts!D10", "Texts!D11", "Texts!D12"]


def test_a_text_that_stands_twice_is_taken_once(hand):
    hand.page.append(["#title", None, "x", "Encore"])
    hand.write("#title", "D'abord")

    came = translation_in(hand.saved(), FORM)
    assert came.form.title["fr"] == "D'abord"
    assert [why for _where, why in came.unread] == ["The text stands here a second time."]


def test_other_workbooks_and_the_language_of_the_author_are_refused():
    written = io.BytesIO()
    Workbook().save(written)
    with pytest.raises(NoTranslation):
        translation_in(written.getvalue(), FORM)
    with pytest.raises(NotAWorkbook):
        translation_in(b"a;b\n", FORM)
    with pytest.raises(SourceLanguage):
        translation_out(FORM, "en")


def test_nothing_is_missing_where_every_text_is_there():
    assert missing(FORM, "en") == ()
