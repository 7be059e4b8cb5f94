"""Erasing what the journal holds of a person: the deeds stay, the chain stays whole, the person is gone."""

import datetime

import pytest

from endocsea.journal.actions import erase, record
from endocsea.journal.models import Doer, Entry, Particulars
from endocsea.journal.queries import deeds_of, history_of, written
from endocsea.journal.rules import verify
from endocsea.support.actors import CONTENT

AT = datetime.datetime(2020, 6, 1, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def busy(ana, beno, sera):
    """Sera gave Ana and Beno their roles, and they answered."""
    for person in (ana, beno):
        record("role given", by=sera, at=AT, about=("person", str(person.key)), facts={"role": "coordinator"})
        record("answer given", by=person, at=AT, about=("answer", "C1-01"), facts={"level": 2})
        record("own data corrected", by=person, at=AT, about=("person", str(person.key)))


def everything_stored():
    """All that the journal's tables hold, as one text."""
    return str([list(model.objects.values_list()) for model in (Entry, Doer, Particulars)])


def test_erasing_leaves_nothing_of_the_person_and_the_chain_whole(busy, ana, sera):
    entries = Entry.objects.count()

    erase(ana.journal_id, by=sera, at=AT)

    assert str(ana.key) not in everything_stored()
    assert list(deeds_of(ana)) == []
    assert list(history_of("person", ana.journal_id)) == []
    verdict = verify(written())
    assert verdict.faults == ()
    assert (verdict.entries, verdict.erased) == (entries + 1, 3)


def test_erasing_one_person_leaves_what_others_did(busy, ana, beno, sera):
    before = [(entry.number, entry.deed) for entry in deeds_of(beno)]

    erase(ana.journal_id, by=sera, at=AT)

    assert [(entry.number, entry.deed) for entry in deeds_of(beno)] == before
    assert [entry.deed for entry in deeds_of(sera)] == ["role given", "role given", "personal data erased"]
    assert [entry.person for entry in deeds_of(sera)] == ["", beno.journal_id, ""]


def test_the_history_of_a_record_stays_without_who_did_it(busy, ana, sera):
    erase(ana.journal_id, by=sera, at=AT)

    by_ana, by_beno = history_of("answer", "C1-01")
    assert (by_ana.deed, by_ana.facts, by_ana.actor, by_ana.role) == ("answer given", {"level": 2}, "", "")
    assert by_ana.erased
    assert not by_beno.erased


def test_erasing_is_itself_written_down_with_how_much_and_not_of_whom(busy, ana, sera):
    entry = erase(ana.journal_id, by=sera, at=AT)

    # who did her two deeds, and what two entries say about her
    assert (entry.deed, entry.actor, entry.facts) == ("personal data erased", sera.journal_id, {"parts": 4})
    assert str(ana.key) not in str(Entry.objects.filter(pk=entry.pk).values_list()) + str(entry.facts)


def test_whoever_erases_their_own_data_is_not_named_by_that_deed(busy, ana):
    entry = erase(ana.journal_id, by=ana, at=AT)

    assert (entry.actor, entry.role) == ("themselves", "")
    assert str(ana.key) not in everything_stored()
    assert verify(written()).whole


def test_erasing_twice_erases_nothing_more_and_keeps_the_chain_whole(busy, ana, sera):
    erase(ana.journal_id, by=sera, at=AT)

    assert erase(ana.journal_id, by=sera, at=AT).facts == {"parts": 0}
    assert verify(written()).whole


def test_whoever_erased_can_be_erased_in_turn(busy, ana, sera):
    erase(ana.journal_id, by=sera, at=AT)

    erase(sera.journal_id, by=CONTENT, at=AT)

    assert verify(written()).whole
    assert str(sera.key) not in everything_stored()


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ["content", "preview", "", "personal"])
def test_what_is_no_person_cannot_be_erased(actor):
    before = everything_stored()

    with pytest.raises(ValueError, match="is no person"):
        erase(actor, by=CONTENT, at=AT)

    assert everything_stored() == before


def test_parts_removed_by_hand_are_found(busy, ana):
    Doer.objects.filter(actor=ana.journal_id).delete()

    assert [fault.flaw for fault in verify(written()).faults] == ["erasures"]
