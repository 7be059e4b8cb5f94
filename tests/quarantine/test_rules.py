"""Two texts that are the same, what is remembered of one, and what a value is without it."""

import pytest

from endocsea.quarantine.rules import digest_of, long_enough, same, without
from endocsea.support.texts import chosen, removal_mark, removed_on, texts_in

EVERYWHERE = ("", "")


def test_letters_line_breaks_and_spaces_do_not_make_another_text():
    assert same("  Zoé\r\nfrom\u00a0the  north ") == same("Zoe\u0301 from the north")
    assert same("Zoé") != same("Zoe")


def test_a_digest_tells_texts_records_and_salts_apart_and_not_spaces():
    digests = {
        digest_of(salt, scope, text)
        for salt in ("s", "t")
        for scope in (EVERYWHERE, ("answer", "1"), ("answer", "2"))
        for text in ("one text", "another text")
    }

    assert len(digests) == 12
    assert digest_of("s", EVERYWHERE, "one  text\n") in digests


def test_parts_of_a_digest_cannot_run_into_each_other():
    assert digest_of("s", ("a", "b c"), "d") != digest_of("s", ("a b", "c"), "d")


@pytest.mark.parametrize(
    ("text", "long"),
    [("", False), ("4", False), ("yes", False), ("a" * 7, False), ("a" * 8, True), (" " * 9, False)],
)
def test_short_texts_are_not_remembered(text, long):
    assert long_enough(text) is long


def test_a_text_is_replaced_wherever_it_stands_in_plain_data():
    value = {"en": "bad", "fr": "bon", "rows": ["bad", 4, None, {"deep": "bad"}]}

    assert without(value, lambda text: text == "bad", "gone") == {
        "en": "gone",
        "fr": "bon",
        "rows": ["gone", 4, None, {"deep": "gone"}],
    }
    assert sorted(texts_in(value)) == ["bad", "bad", "bad", "bon"]
    assert without(4, lambda text: True, "gone") == 4


@pytest.mark.parametrize("text", ["[removed on 2026-02-30]", "[removed on 2026-2-3]", "[removed on ٢٠٢٦-٠١-٠١]",
                                  "removed on 2026-01-01", "[removed on 2026-01-01] and more", ""])  # fmt: skip
def test_what_is_no_mark_is_shown_as_it_stands(text):
    assert removed_on(text) is None
    assert chosen({"en": text}) == (text, None)


def test_a_mark_is_a_sentence_in_the_language_of_the_page():
    import datetime

    from django.utils.translation import override

    day = datetime.date(2026, 11, 25)
    mark = removal_mark(day)
    assert removed_on(removal_mark(day, 12)) == removed_on(mark) == day
    assert chosen({"en": mark}) == ("Removed on 25 November 2026.", None)
    with override("fr"):
        assert chosen({"en": mark})[1] is None
