"""Writing into the journal: what stands in the chain, what beside it, and what never comes in."""

import dataclasses
import datetime

import pytest
from django.db import IntegrityError, transaction

from endocsea.journal.actions import record, record_export, record_reading
from endocsea.journal.models import Entry
from endocsea.journal.queries import deeds_of, history_of, written
from endocsea.journal.rules import verify
from endocsea.people.models import Appointment
from endocsea.support.actors import CONTENT, VISITOR, Role
from tests.cast import SINCE

AT = datetime.datetime(2020, 6, 1, 12, 0, tzinfo=datetime.UTC)


def test_a_deed_is_written_with_who_in_which_role_and_when(ana):
    entry = record("answer given", by=ana, at=AT, about=("answer", "XAA C1-01"), facts={"level": 3})

    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.actor, kept.role, kept.at) == (f"person:{ana.key}", "coordinator", AT)
    assert (kept.about_kind, kept.about_key, kept.facts) == ("answer", "XAA C1-01", {"level": 3})
    assert not kept.erased


def test_whoever_holds_several_roles_acts_in_all_of_them(ana):
    Appointment.objects.create(person=ana, role=Role.RAPPORTEUR, since=SINCE)

    assert record("answer given", by=ana, at=AT).role == "coordinator, rapporteur"


@pytest.mark.parametrize(
    ("hour", "role"),
    [(21, ""), (22, "rapporteur"), (23, "rapporteur")],  # in UTC; midnight in Strasbourg is at 22 in summer
)
def test_the_role_is_that_of_the_day_where_the_secretariat_is(otto, hour, role):
    Appointment.objects.create(person=otto, role=Role.RAPPORTEUR, since=datetime.date(2020, 6, 2))

    assert record("answer given", by=otto, at=AT.replace(hour=hour, minute=30)).role == role


def test_a_role_that_ended_at_local_midnight_is_held_no_more_though_the_utc_day_goes_on(otto):
    Appointment.objects.create(person=otto, role=Role.RAPPORTEUR, since=SINCE, until=AT.date())

    assert record("answer given", by=otto, at=AT.replace(hour=21, minute=59)).role == "rapporteur"
    assert record("answer given", by=otto, at=AT.replace(hour=22, minute=1)).role == ""


def test_whoever_holds_no_role_acts_in_none(otto):
    assert record("signed in", by=otto, at=AT).role == ""
    assert record("page left", by=VISITOR, at=AT).role == ""


def test_the_chain_names_neither_who_did_it_nor_whom_it_concerns(ana, sera):
    entry = record(
        "role given", by=sera, at=AT, about=("person", str(ana.key)), facts={"role": "coordinator"}
    )

    in_the_chain = {name: getattr(entry, name) for name in (f.name for f in Entry._meta.fields)}
    assert not any(str(key) in str(in_the_chain) for key in (ana.key, sera.key))
    assert "coordinator" not in str(in_the_chain)
    assert (entry.about_kind, entry.about_key) == ("person", "")
    assert entry.person == ana.journal_id


def test_no_two_parts_share_a_salt_so_that_equal_parts_have_different_digests(ana):
    first, second = (record("answer given", by=ana, at=AT) for _ in range(2))

    assert first.doer_digest != second.doer_digest
    assert first.particulars_digest != second.particulars_digest
    assert first.doer.salt != first.particulars.salt


@pytest.mark.django_db
def test_the_chain_refuses_what_names_a_person():
    with pytest.raises(IntegrityError, match="journal_chain_names_no_person"), transaction.atomic():
        record("letter sent", by=CONTENT, at=AT, about=("invitation", "ana@example.org"))


@pytest.mark.django_db
def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        record("answer given", by=CONTENT, at=AT.replace(tzinfo=None))


@pytest.mark.django_db
@pytest.mark.parametrize("facts", [{"when": AT}, {"share": float("nan")}, {"who": {1, 2}}])
def test_facts_that_are_no_plain_data_are_refused_and_nothing_is_written(facts):
    before = Entry.objects.count()

    with pytest.raises((TypeError, ValueError)):
        record("answer given", by=CONTENT, at=AT, facts=facts)

    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_a_deed_that_fails_leaves_no_entry_and_no_gap():
    before = Entry.objects.latest("number").number

    @transaction.atomic
    def failing():
        record("answer given", by=CONTENT, at=AT)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()

    assert record("answer given", by=CONTENT, at=AT).number == before + 1


@pytest.mark.django_db
def test_numbers_have_no_gaps_and_each_entry_names_the_link_before_it():
    first, second = (record("answer given", by=CONTENT, at=AT) for _ in range(2))

    assert second.number == first.number + 1
    assert second.previous == first.link
    assert list(Entry.objects.values_list("number", flat=True)) == list(range(1, second.number + 1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"b": [1, 2.5, 1e300, -0.0, None, True], "a": {"é": "ligne\nsuivante", "Ω": "\u2028"}},
        {"big": 12345678901234567890, "quote": '"\\', "emoji": "\U0001f9f8", "nul": "\x00"},
    ],
)
def test_what_was_written_is_read_back_as_it_was_hashed(facts):
    entry = record("answer given", by=CONTENT, at=AT.replace(microsecond=7), facts=facts)

    assert Entry.objects.get(pk=entry.pk).facts == facts
    assert verify(written()).faults == ()


@pytest.mark.django_db
def test_the_time_counts_as_the_same_in_every_zone():
    there = AT.astimezone(datetime.timezone(datetime.timedelta(hours=4)))

    record("answer given", by=CONTENT, at=there)

    assert verify(written()).whole


@pytest.mark.django_db
def test_the_load_of_the_content_is_in_the_journal_as_actor_content():
    entry = Entry.objects.get(deed="content loaded")

    assert (entry.actor, entry.role) == (CONTENT.journal_id, "content")
    assert entry.facts["added"]["states"] == 51


def test_an_export_is_written_with_the_digest_of_its_bytes(sera):
    entry = record_export(
        "open data", b"iso3,name\n", by=sera, at=AT, about=("round", "R1"), facts={"format": "csv"}
    )

    assert (entry.deed, entry.about_kind, entry.about_key) == ("exported", "round", "R1")
    assert entry.facts == {
        "what": "open data",
        "format": "csv",
        "bytes": 10,
        # printf 'iso3,name\n' | sha256sum
        "sha256": "ec9891ea98370aaaab2fc9f4d6659f797614ab8db03c232dee50f34b414021dc",
    }


def test_the_reading_of_a_restricted_record_is_written(ravi):
    record_reading(by=ravi, at=AT, about=("interview note", "12"))

    assert [(e.deed, e.actor) for e in history_of("interview note", "12")] == [
        ("restricted record read", ravi.journal_id)
    ]


def test_the_history_of_a_record_is_what_happened_to_it_in_order(ana, ravi):
    record("answer given", by=ana, at=AT, about=("answer", "XAA C1-01"))
    record("answer given", by=ana, at=AT, about=("answer", "XAA C1-02"))
    record("answer reviewed", by=ravi, at=AT, about=("answer", "XAA C1-01"))
    record("round opened", by=ravi, at=AT, about=("round", "XAA C1-01"))

    assert [entry.deed for entry in history_of("answer", "XAA C1-01")] == ["answer given", "answer reviewed"]


def test_the_history_of_a_person_is_every_entry_that_concerns_them(ana, beno, sera):
    record("role given", by=sera, at=AT, about=("person", str(ana.key)))
    record("role given", by=sera, at=AT, about=("person", str(beno.key)))
    record("section handed over", by=sera, at=AT, about=("section", "XAA C3"), concerns=ana.journal_id)
    record("answer given", by=ana, at=AT, about=("answer", "XAA C1-01"))

    for key in (str(ana.key), ana.journal_id):
        assert [entry.deed for entry in history_of("person", key)] == ["role given", "section handed over"]


def test_the_deeds_of_somebody_are_theirs_alone(ana, sera):
    record("answer given", by=ana, at=AT)
    record("role given", by=sera, at=AT, about=("person", str(ana.key)))
    record("answer withdrawn", by=ana, at=AT)

    assert [entry.deed for entry in deeds_of(ana)] == ["answer given", "answer withdrawn"]


def test_a_history_is_read_with_one_question_to_the_database(ana, django_assert_num_queries):
    for _ in range(3):
        record("answer given", by=ana, at=AT, about=("answer", "XAA C1-01"))

    with django_assert_num_queries(1):
        assert {entry.role for entry in history_of("answer", "XAA C1-01")} == {"coordinator"}


def test_an_entry_as_it_was_written_is_the_same_as_its_record(ana):
    entry = record("answer given", by=ana, at=AT, about=("answer", "XAA C1-01"), facts={"level": 3})

    *_rest, last = written()
    assert dataclasses.asdict(last) | {"doer": None, "particulars": None} == {
        "number": entry.number,
        "previous": entry.previous,
        "at": "2020-06-01T12:00:00.000000+00:00",
        "deed": "answer given",
        "about_kind": "answer",
        "about_key": "XAA C1-01",
        "doer_digest": entry.doer_digest,
        "particulars_digest": entry.particulars_digest,
        "link": entry.link,
        "doer": None,
        "particulars": None,
    }
    assert (last.doer.person, last.particulars.text) == (ana.journal_id, '{"level":3}')
