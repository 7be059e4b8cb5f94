"""The check of the chain, on plain values: what it finds, where, and what is no fault."""

import hashlib
import re
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endocsea.journal.rules import BEGINNING, SENTENCES, Flaw, Head, Part, Written, text_of, verify
from tests.journal.chains import erasing, head_of, journal, link_to, renumbered


def found(entries, *heads):
    return [(fault.flaw, fault.number) for fault in verify(entries, heads).faults]


def test_an_untouched_journal_is_whole():
    entries = journal(5)

    verdict = verify(entries, [head_of(entries)])

    assert verdict.whole
    assert (verdict.entries, verdict.erased, verdict.beyond) == (5, 0, 0)
    assert verdict.since == "2020-06-01T13:00:00.000000+00:00"
    assert (verdict.head.number, verdict.head.link) == (5, entries[-1].link)


def test_a_journal_without_entries_is_whole_and_has_no_head():
    verdict = verify([])

    assert verdict.whole
    assert (verdict.entries, verdict.since, verdict.head) == (0, None, None)


def test_an_edit_is_found_where_it_was_made():
    entries = journal(5)
    entries[2] = replace(entries[2], deed="answer withdrawn")

    assert found(entries) == [(Flaw.ALTERED, 3)]


def test_an_edit_with_a_new_link_is_found_at_the_entry_behind_it():
    entries = journal(5)
    entries[2] = link_to(entries[1].link, number=3, deed="answer withdrawn")

    assert found(entries) == [(Flaw.LOOSE, 4)]


def test_a_journal_written_anew_from_an_entry_on_is_found_by_the_head_alone():
    entries = journal(5)
    kept = head_of(entries)
    entries[2] = link_to(entries[1].link, number=3, deed="answer withdrawn")
    for n in (3, 4):
        entries[n] = link_to(entries[n - 1].link, number=n + 1)

    assert found(entries) == []
    assert found(entries, kept) == [(Flaw.HEAD, 5)]


def test_a_deletion_inside_is_one_fault_whatever_its_length():
    entries = journal(9)

    assert found(entries[:3] + entries[6:]) == [(Flaw.MISSING, 4)]
    assert found(entries[2:]) == [(Flaw.START, 1)]


def test_a_deletion_hidden_by_new_numbers_is_found():
    entries = journal(6)

    assert found(renumbered(entries[:3] + entries[4:])) == [(Flaw.LOOSE, 4)]
    assert found(renumbered(entries[1:])) == [(Flaw.LOOSE, 1)]


def test_an_insertion_is_one_fault_and_says_between_which_entries():
    entries = journal(6)
    put_in = link_to(entries[2].link, number=4, deed="never done")

    verdict = verify(renumbered([*entries[:3], put_in, *entries[3:]]))

    assert [(fault.flaw, fault.number) for fault in verdict.faults] == [(Flaw.PUT_IN, 5)]
    assert "right after entry 3" in verdict.faults[0].sentence


def test_an_insertion_before_the_first_entry_is_found():
    put_in = link_to(BEGINNING, number=1, deed="never done")

    assert found(renumbered([put_in, *journal(4)])) == [(Flaw.PUT_IN_FRONT, 2)]


def test_an_insertion_under_a_number_that_is_taken_is_found():
    entries = journal(4)
    put_in = link_to(entries[1].link, number=2, deed="never done")

    assert (Flaw.NUMBERING, 2) in found([*entries[:2], put_in, *entries[2:]])


def test_a_changed_order_is_found():
    a, b, c, d = journal(4)

    # c was written after b, which now stands behind it; b right after a; d right after c
    assert found(renumbered([a, c, b, d])) == [(Flaw.MOVED, 2), (Flaw.PUT_IN, 3), (Flaw.PUT_IN, 4)]


def test_entries_handed_over_in_another_order_than_that_of_their_numbers_are_found():
    a, b, c = journal(3)

    assert (Flaw.NUMBERING, 2) in found([a, c, b])


def test_a_cut_tail_is_found_by_the_head_that_knew_more():
    entries = journal(5)

    verdict = verify(entries[:3], [head_of(entries, where="the backup of Monday")])

    assert [(fault.flaw, fault.number) for fault in verdict.faults] == [(Flaw.CUT, 4)]
    assert "the backup of Monday knows entry 5" in verdict.faults[0].sentence
    assert "the last 2 were cut off" in verdict.faults[0].sentence


def test_a_journal_emptied_whole_is_a_cut_tail():
    assert found([], head_of(journal(3))) == [(Flaw.CUT, 1)]


def test_every_head_is_compared_with_its_own_entry():
    entries = journal(6)
    fits, differs = head_of(entries[:2]), Head(4, "0" * 64, "", where="elsewhere")

    verdict = verify(entries, [fits, differs])

    assert [(fault.flaw, fault.number) for fault in verdict.faults] == [(Flaw.HEAD, 4)]
    assert "elsewhere" in verdict.faults[0].sentence


def test_entries_newer_than_every_head_are_counted_and_no_fault():
    entries = journal(6)

    verdict = verify(entries, [head_of(entries[:2]), head_of(entries[:4])])

    assert verdict.whole
    assert verdict.beyond == 2


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ({"doer": Part("salt-3", "person:9", "coordinator")}, Flaw.DOER),
        ({"doer": Part("salt-3", "person:0", "secretariat")}, Flaw.DOER),
        ({"particulars": Part("grain-3", "", text_of({"level": 4}))}, Flaw.PARTICULARS),
        ({"particulars": Part("grain-3", "person:9", text_of({"level": 3}))}, Flaw.PARTICULARS),
        ({"particulars": Part("other", "", text_of({"level": 3}))}, Flaw.PARTICULARS),
    ],
)
def test_a_part_that_does_not_fit_its_digest_is_found(change, flaw):
    entries = journal(5)
    entries[2] = replace(entries[2], **change)

    assert found(entries) == [(flaw, 3)]


def test_erased_parts_are_no_fault_when_an_erasure_accounts_for_them():
    entries = journal(5)
    entries[1] = replace(entries[1], doer=None)
    entries[3] = replace(entries[3], doer=None, particulars=None)

    verdict = verify(erasing(entries, parts=3))

    assert verdict.whole
    assert verdict.erased == 2


def test_parts_removed_without_a_written_erasure_are_found():
    entries = journal(5)
    entries[3] = replace(entries[3], doer=None)

    verdict = verify(entries)

    assert [fault.flaw for fault in verdict.faults] == [Flaw.ERASURES]
    assert verdict.faults[0].number is None


def test_erased_parts_put_back_from_a_copy_are_found():
    assert found(erasing(journal(5), parts=2)) == [(Flaw.ERASURES, None)]


def test_an_erasure_that_does_not_say_how_much_is_no_crash():
    entries = journal(2)
    told = Part("grain", "", text_of({"parts": "all"}))
    forged = erasing(entries, 0)[-1]
    entries.append(link_to(entries[-1].link, number=3, deed=forged.deed, particulars=told))

    assert found(entries) == []


def test_faults_come_in_the_order_of_the_journal_and_those_of_the_whole_last():
    entries = journal(8)
    entries[6] = replace(entries[6], deed="x", doer=None)
    del entries[2]

    assert found(entries) == [(Flaw.MISSING, 3), (Flaw.ALTERED, 7), (Flaw.ERASURES, None)]


@pytest.mark.parametrize("flaw", list(Flaw))
def test_every_flaw_has_a_whole_sentence(flaw):
    assert str(SENTENCES[flaw]).endswith(".")


def test_the_example_of_the_documentation_comes_out(pytestconfig):
    page = (pytestconfig.rootpath / "docs" / "explanation" / "journal.md").read_text()
    hashed = re.findall(r"^printf '%s' '(.*)' \| sha256sum\n# (\w+)$", page, re.MULTILINE)
    assert [hashlib.sha256(text.encode()).hexdigest() for text, _digest in hashed] == [
        d for _text, d in hashed
    ]

    entry = link_to(
        BEGINNING,
        number=1,
        at="2020-06-01T12:00:00.000000+00:00",
        doer=Part("s1", "person:7", "coordinator"),
        particulars=Part("s2", "", text_of({"level": 3})),
    )

    assert [entry.doer_digest, entry.particulars_digest, entry.link] == [digest for _text, digest in hashed]


# properties

FIELDS = [field.name for field in fields(Written)]
TEXTS = st.text('aZ09 é"\\@', max_size=6)


@given(length=st.integers(1, 12), data=st.data())
def test_any_edit_of_any_field_of_any_entry_is_found(length, data):
    entries = journal(length)
    at = data.draw(st.integers(0, length - 1))
    name = data.draw(st.sampled_from(FIELDS))
    value = getattr(entries[at], name)
    if name == "number":
        other = data.draw(st.integers(-5, 30))
    elif isinstance(value, Part):
        part = data.draw(st.sampled_from(["salt", "person", "text"]))
        other = data.draw(st.one_of(st.none(), TEXTS.map(lambda text: replace(value, **{part: text}))))
    else:
        other = data.draw(st.one_of(TEXTS, st.sampled_from([getattr(e, name) for e in entries])))
    entries[at] = replace(entries[at], **{name: other})

    # the database hands entries over by number
    verdict = verify(sorted(entries, key=lambda entry: entry.number))

    assert verdict.whole == (other == value)


@given(length=st.integers(1, 12), data=st.data())
def test_any_other_order_is_found_with_old_numbers_and_with_new_ones(length, data):
    entries = journal(length)
    order = data.draw(st.permutations(entries))

    assert verify(order).whole == (order == entries)
    assert verify(renumbered(order)).whole == (order == entries)


@given(length=st.integers(1, 12), data=st.data())
def test_any_deletion_is_found_and_of_the_tail_with_the_head(length, data):
    entries = journal(length)
    kept = data.draw(st.lists(st.booleans(), min_size=length, max_size=length))
    left = [entry for entry, stays in zip(entries, kept, strict=True) if stays]

    assert verify(left, [head_of(entries)]).whole == all(kept)
    assert verify(renumbered(left), [head_of(entries)]).whole == all(kept)


@given(length=st.integers(1, 12), data=st.data())
def test_any_insertion_before_the_end_is_found_however_well_it_is_linked(length, data):
    entries = journal(length)
    place = data.draw(st.integers(0, length - 1))
    previous = data.draw(st.sampled_from([BEGINNING, *(entry.link for entry in entries)]))
    put_in = link_to(previous, number=place + 1, deed="never done")
    changed = renumbered([*entries[:place], put_in, *entries[place:]])

    assert not verify(changed).whole
