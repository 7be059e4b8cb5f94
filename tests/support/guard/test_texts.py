"""Texts that look like case data: found in every disguise, refused with the words shown to the writer alone."""

import io
import itertools
import logging
import random
import time
import traceback
import unicodedata

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from endocsea.support.guard import table, texts
from endocsea.support.guard.plain import plain
from endocsea.support.guard.rows import Kind
from endocsea.support.guard.texts import (
    LooksLikeCaseData,
    ReasonLooksLikeCaseData,
    ReasonTooShort,
    check,
    suspicions,
)
from tests.support.guard.content import TEXTS
from tests.support.guard.examples import HARMLESS, SUSPICIOUS

BIRTH = "Ana Kovač, born on 12 March 2009"


def found(text):
    return [(one.kind.value, text[one.start : one.end]) for one in suspicions(text)]


@pytest.mark.parametrize(("text", "expected"), SUSPICIOUS, ids=[text[:30] for text, _ in SUSPICIOUS])
def test_what_looks_like_case_data_is_found_where_it_stands(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text", HARMLESS, ids=[text[:30] for text in HARMLESS])
def test_what_the_programme_writes_every_day_is_let_through(text):
    assert found(text) == []


def test_every_kind_has_an_example_and_a_sentence():
    assert {kind for _text, expected in SUSPICIOUS for kind, _excerpt in expected} == set(Kind)
    assert set(texts.SENTENCES) == set(Kind)


# What in the content pack is rightly asked about.
JUSTIFIED = {
    "36904466525": "an index number of a web site of eleven digits: it could be anybody's number",
    "children.EndOCSEA@coe.int": "the project's own address, public: its writer says so",
}


def test_the_content_of_the_programme_passes_but_for_a_few_with_reasons():
    alarms = {excerpt for text in TEXTS for _kind, excerpt in found(text)}

    assert len(TEXTS) > 4000
    assert alarms == set(JUSTIFIED)


# The disguises of one address, one phone number, one hash.


@pytest.mark.parametrize(
    "plain_text", ["ana@example.org", "+33388123456", "0123456789abcdef" * 2, "0612345678"]
)
@given(data=st.data())
def test_characters_that_show_nothing_hide_nothing(plain_text, data):
    invisible = st.sampled_from(
        "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202e\u2066\u0301\ufe0f\u0338\x00\x1f"
    )
    hidden = "".join(char + data.draw(st.text(invisible, max_size=2)) for char in plain_text)

    assert len(suspicions(hidden)) == 1


@given(st.integers(0, 9_999_999_999), st.sampled_from(table.ZEROS))
def test_the_digits_of_every_script_are_digits(number, zero):
    digits = f"{number:010}"
    written = "".join(chr(ord(zero) + int(digit)) for digit in digits)

    assert all(unicodedata.decimal(char) == int(digit) for char, digit in zip(written, digits, strict=True))
    assert plain(written).text == digits
    assert [one.kind for one in suspicions(written)] == [one.kind for one in suspicions(digits)]


@given(st.text(max_size=300))
def test_any_text_is_read_and_what_is_found_lies_within_it_in_order(text):
    places = [(one.start, one.end) for one in suspicions(text)]

    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(places))


@given(st.text(max_size=300))
def test_a_plain_text_is_plain_already(text):
    once = plain(text).text

    assert plain(once).text == once


@given(st.text(st.sampled_from("019 .,-/()+@:=abfAZА\u0301\u200b\n年néorlv"), max_size=200))
@settings(max_examples=300)
def test_any_mixture_of_figures_and_signs_is_read(text):
    for one in suspicions(text):
        assert one.sentence


@given(st.text(max_size=60), st.text(max_size=60))
def test_an_address_in_the_middle_of_any_lines_is_found(before, after):
    text = f"{before}\nana@example.org\n{after}"

    assert any("example.org" in excerpt for _kind, excerpt in found(text))


# Check digits against an independent reading of the same formats.


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("tr.tckimlik", table.TURKISH),
        ("bg.egn", table.BULGARIAN),
        ("si.emso", table.YUGOSLAV),
        ("ee.ik", table.BALTIC),
        ("lt.asmens", table.BALTIC),
        ("md.idno", table.MOLDOVAN),
        ("ua.rntrc", table.UKRAINIAN),
        ("ro.cnp", table.ROMANIAN),
        ("pl.pesel", table.POLISH),
    ],
)
@given(data=st.data())
@settings(max_examples=40)
def test_check_digits_are_those_of_an_independent_library(name, group, data):
    import importlib

    library = importlib.import_module(f"stdnum.{name}")
    first = group[0].place
    digits = data.draw(st.text("0123456789", min_size=first, max_size=first))
    given_first = f"{data.draw(st.integers(1, 9))}{digits[1:]}"
    if name == "tr.tckimlik":
        number = given_first + library.calc_check_digits(given_first)
    else:
        whole = given_first + "0" * (group is table.BALTIC)  # those two leave out the last digit themselves
        number = given_first + library.calc_check_digit(whole)

    assert texts._a_check_holds((group,), number)
    wrong = number[:-1] + str((int(number[-1]) + data.draw(st.integers(1, 9))) % 10)
    assert not texts._a_check_holds((group,), wrong)


# Refusing, and letting go for a reason.


def test_a_harmless_text_passes_without_a_word():
    assert check("The ministry adopted a plan in 2019.") == ()
    assert check("The ministry adopted a plan in 2019.", "no reason is asked for") == ()
    assert check([]) == check("") == check(["", "Law No. 23/2017"], None) == ()


def test_the_refusal_shows_its_writer_what_looked_wrong_and_what_to_do():
    with pytest.raises(LooksLikeCaseData) as refused:
        check(["A plan.", f"{BIRTH}; ana@example.org"])

    assert [(one.suspicion.kind, one.excerpt) for one in refused.value.shown] == [
        (Kind.PERSON, BIRTH),
        (Kind.EMAIL, "ana@example.org"),
    ]
    assert "without the person" in refused.value.shown[0].sentence
    assert refused.value.facts["count"] == 2
    assert "nothing was kept" in str(refused.value)
    assert "This is not case data" in str(refused.value)


def test_the_words_of_a_refused_text_reach_no_log_and_no_journal():
    log = io.StringIO()
    logger = logging.getLogger("tests.guard")
    logger.addHandler(logging.StreamHandler(log))
    logger.propagate = False
    text = f"{BIRTH}; ana@example.org"
    try:
        check(text)
    except LooksLikeCaseData as refusal:
        logger.exception("refused: %s %r %r", refusal, refusal, refusal.shown)
        said = [
            log.getvalue(),
            str(refusal.facts),
            str(refusal.args),
            repr(refusal.shown),
            traceback.format_exc(),
        ]
        kinds = refusal.facts["kinds"]

    assert kinds == ["email", "person"]
    assert not any(word in one for one in said for word in ("Kovač", "ana@", "2009"))


@pytest.mark.parametrize("reason", ["", "   ", "\n", None])
def test_no_reason_is_none(reason):
    with pytest.raises(LooksLikeCaseData) as refused:
        check("ana@example.org", reason)

    assert type(refused.value) is LooksLikeCaseData


@pytest.mark.parametrize("reason", ["no", "it is", "x y z", "... ... ...", "1 2 3 4", "not-case-data"])
def test_a_reason_has_three_words(reason):
    with pytest.raises(ReasonTooShort) as refused:
        check("ana@example.org", reason)

    assert refused.value.shown[0].excerpt == "ana@example.org"


def test_a_reason_is_no_case_data_itself():
    with pytest.raises(ReasonLooksLikeCaseData) as refused:
        check("ana@example.org", "the address is ana@example.org, public")

    assert [one.excerpt for one in refused.value.shown] == ["ana@example.org"]


@pytest.mark.parametrize(
    "reason", ["the office's public address", "c'est l'adresse publique", "это адрес министерства"]
)
def test_a_reason_lets_the_text_go_and_what_it_covers_says_where_and_never_what(reason):
    covered = check("Write to office@example.org.", reason)

    assert [(one.kind, one.start, one.end) for one in covered] == [(Kind.EMAIL, 9, 27)]
    assert "office" not in repr(covered)


def test_the_refusal_speaks_the_page_s_language():
    with override("fr"), pytest.raises(LooksLikeCaseData) as refused:
        check("ana@example.org")

    assert str(refused.value)


# Long and hostile texts.

PROSE = "In 2018, 12 of 47 states had a plan (Law No. 23/2017), and Georgia adopted another on 4 March 2019. "

HOSTILE = {
    "one letter": "a",
    "one digit": "9",
    "digits apart": "9 ",
    "words with capitals": "Ab ",
    "signs of addresses": "a@",
    "brackets": "(at",
    "figures with hyphens": "0-",
    "figures with stops": "12.",
    "figures with commas": "12, ",
    "the word case": "case no ",
    "the word case and a figure": "case no 12 ",
    "hexadecimal words": "0123456789abcdef ",
    "births without names": "née le 12.3.2009 ",
    "fractions": "1/",
    "colons": "aa:",
    "dates": "1.2.2009 ",
    "addresses": "http://",
    "base 64": "A1b",
    "zero width": "0\u200b",
    "ages": "Ab, 9 years ",
    "equals": "a=",
    "names": "A.",
    "phones": "tel ",
    "plus": "+",
}


def seconds(text):
    suspicions(text[:100])
    before = time.process_time()
    suspicions(text)
    return time.process_time() - before


def test_a_hundred_thousand_characters_are_read_without_being_felt():
    # about 0.05 s on an idle machine; the bound leaves room for a busy one
    assert seconds((PROSE * 1100)[:100_000]) < 0.6


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_is_slow_to_read(name):
    text = (HOSTILE[name] * 100_000)[:100_000]

    assert seconds(text) < 6
    assert seconds(text[:50_000] + "!") < 6


def test_random_figures_and_words_are_not_slow_either():
    chooser = random.Random(6)
    parts = [
        "case",
        "no",
        "tel",
        "born",
        "Ana",
        "Kovač",
        "@",
        ".",
        "12",
        "2009",
        "/",
        "-",
        " ",
        " ",
        "0",
        "née",
        "=",
        "(",
    ]

    assert seconds("".join(chooser.choice(parts) for _ in range(40_000))) < 6
