"""Regular expressions of authors: the same answers as Python's, and none that takes long."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endocsea.questionnaires.logic import LogicRefused
from endocsea.questionnaires.logic.patterns import (
    LONGEST_HARD_TEXT,
    LONGEST_TEXT,
    BadPattern,
    _Automaton,
    matcher,
)

from .forms import value

EMAIL = r"^\w+([.-]?\w+)*@\w+([.-]?\w+)*(\.\w{2,3})+$"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(a+)+b", "a" * 1_500), (r"(a|a)*b", "a" * 1_500), (r"(a|aa)+$", "a" * 1_500 + "!"),
        (r"(.*a){12}", "a" * 11 + "b" * 900),
        (r"a*a*a*a*a*b", "a" * 1_900), (EMAIL, "a" * 1_900), (r"([a-zA-Z]+)*$", "a" * 1_500 + "1"),
        (r"(x+x+)+y", "x" * 1_500), (r"\d*\d*y", "1" * 1_900), (r"(a?){200}a{200}", "a" * 199),
    ],
)  # fmt: skip
def test_a_pattern_that_explodes_elsewhere_is_soon_done(pattern, text):
    began = time.process_time()
    assert matcher(pattern)(text) is False
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (EMAIL, "ana.b@example.org", True), (EMAIL, "ana@example", False),
        (r"[A-Z]{3}-\d{2,4}", "ABC-123", True),
        (r"^(?=.*\d).{4,}$", "abc1", True), (r"(ab|cd)*e?", "abcdabe", True),
        (r"(ab|cd)*e?", "abcde!", False), (r"\w+", "é", False),
        (r"([^a-c\d]|x)+", "xyz", True), (r"([^a-c\d]|x)+", "xyb", False), (r"(^a|b)+$", "abb", True),
        (r"(a$|b)+", "ba", True),
        (r"(a|b)*(^c|$)", "ab", True), (r"", "", True), (r"(a|b){0}", "", True),
        (r"(a|.)*", "a\nb", False), (r"([^\n]|b)*", "x", True),
    ],
)  # fmt: skip
def test_the_whole_text_has_to_match(pattern, text, matches):
    assert matcher(pattern)(text) is matches
    assert (re.fullmatch(pattern, text, re.ASCII) is not None) is matches


PIECES = st.recursive(
    st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", r"\S", "^", "$"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}",
        "*?"])).map(lambda two: f"({two[0]}){two[1]}"),
        st.tuples(inner, inner).map("".join), st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
    ),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(PIECES, st.text("ab1\n ", max_size=6))
def test_the_automaton_says_what_python_says(pattern, text):
    tree = re._parser.parse(pattern, re.ASCII)

    # Python's "$" also stands before a last line break
    if not text.endswith("\n"):
        assert _Automaton(tree).matches(text) is (re.fullmatch(pattern, text, re.ASCII) is not None)


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        "[a",
        "a**",
        r"\p{L}+",
        r"(a+)+\1",
        r"(?=a+)(b+)+",
        r"(\bа|b)*c*",
        "((a{99}){99}){99}|(a*)*",
        "(a{999}|b){999}",
    ],
)
def test_what_cannot_be_run_safely_is_refused(pattern):
    with pytest.raises(BadPattern):
        matcher(pattern)
    with pytest.raises(LogicRefused):
        value(f"regex(${{t}}, '{pattern}')")


def test_longer_texts_than_can_be_looked_at_do_not_match():
    assert matcher("a+")("a" * LONGEST_TEXT)
    assert not matcher("a+")("a" * (LONGEST_TEXT + 1))
    assert matcher("(ab|c)+")("c" * LONGEST_HARD_TEXT)
    assert not matcher("(ab|c)+")("c" * (LONGEST_HARD_TEXT + 1))


def test_a_pattern_that_is_calculated_and_cannot_be_run_matches_nothing():
    assert value("regex(${t}, concat('(', ${e}))") == "false"
