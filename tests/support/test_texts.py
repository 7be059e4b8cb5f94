import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from endocsea.support.texts import TextsField, cell, collation, english, plain, say

BOTH = {"en": "Leadership", "fr": "Pilotage"}


def test_a_text_is_said_in_the_language_of_the_page():
    with override("fr"):
        assert say(BOTH) == "Pilotage"
    with override("en"):
        assert say(BOTH) == "Leadership"


def test_a_missing_translation_is_shown_in_english_and_marked_as_english():
    with override("fr"):
        assert say({"en": "Only <here>"}) == '<span lang="en">Only &lt;here&gt;</span>'
        assert plain({"en": "Only here"}) == "Only here"
        assert cell({"en": "Only here"}).lang == "en"


def test_a_text_that_is_in_neither_is_shown_in_its_own_language_and_marked_as_that():
    for language in ("en", "fr"):
        with override(language):
            assert say({"sr": "Питања"}) == '<span lang="sr">Питања</span>'
            assert (plain({}), say({})) == ("", "")


def test_english_on_an_english_page_needs_no_mark():
    with override("en"):
        assert english("a & b") == "a &amp; b"


def test_names_sort_as_a_reader_of_the_language_expects():
    names = ["Türkiye", "Ukraine", "Turkmenistan", "Italie", "Îles", "Irlande"]

    assert sorted(names, key=collation) == ["Îles", "Irlande", "Italie", "Türkiye", "Turkmenistan", "Ukraine"]


@pytest.mark.parametrize("value", [{}, {"fr": "seul"}, {"en": ""}, {"en": 3}, "text"])
def test_a_text_without_english_is_refused(value):
    with pytest.raises(ValidationError):
        TextsField().validate(value, None)
