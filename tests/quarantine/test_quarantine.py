"""Reporting, releasing and destroying texts, from every chair; and what comes back is destroyed again."""

import json
import logging

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate, now

from endocsea.config.loading import load
from endocsea.findings.models import Finding, Observation
from endocsea.journal.actions import record
from endocsea.journal.models import Entry
from endocsea.journal.queries import history_of, written
from endocsea.journal.rules import verify
from endocsea.people.models import Invitation
from endocsea.quarantine import actions, digests, queries, refusals
from endocsea.quarantine.models import Destroyed, Report
from endocsea.quarantine.places import all_places
from endocsea.questionnaires.models import Round, Share
from endocsea.replies.models import Answer
from endocsea.support.actors import CONTENT, PREVIEW, Role
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.texts import removal_mark, removed_on

TEXT = "The boy from the third house of the mill street."


@pytest.fixture
def at():
    return now()


@pytest.fixture(autouse=True)
def no_list_yet():
    digests.file().unlink(missing_ok=True)
    yield
    digests.file().unlink(missing_ok=True)


@pytest.fixture
def observation(db):
    """A public observation that came from the pack, in which somebody has written too much."""
    found = Observation.objects.filter(retired_on=None).order_by("code").first()
    Observation.objects.filter(pk=found.pk).update(
        confidentiality="public", statement=TEXT, note="Told by the teacher of the child."
    )
    found.refresh_from_db()
    return found


@pytest.fixture
def of(observation):
    return {"kind": "observation", "key": observation.code}


def everything():
    """All that the database holds, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


# Reporting


def test_everybody_who_sees_a_record_may_report_it(people, of, observation, at):
    for name, person in people.items():
        assert actions.report(**of, by=person, at=at).kind == "observation", name
        Report.objects.all().delete()


def test_what_is_reported_nobody_sees_until_it_is_decided(everybody, otto, of, observation, at):
    assert Observation.objects.visible_to(otto, on=localdate()).filter(pk=observation.pk).exists()

    actions.report(**of, by=otto, at=at)

    from endocsea.findings.policies import may_see_observation

    for name, person in everybody.items():
        assert (
            not Observation.objects.visible_to(person, on=localdate()).filter(pk=observation.pk).exists()
        ), name
        assert not may_see_observation(person, observation, on=localdate()), name
    assert queries.hidden("observation") == {observation.code}


def test_a_report_names_the_post_and_the_day_and_nothing_of_the_text(ana, of, at):
    made = actions.report(**of, by=ana, at=at)

    assert Role.COORDINATOR in made.post.split(", ")
    assert made.reported_at == at
    assert "ana" not in str(Report.objects.filter(pk=made.pk).values_list())
    (entry,) = history_of("observation", of["key"])
    assert (entry.deed, entry.actor, entry.facts) == ("text reported", ana.journal_id, {})


def test_a_second_report_changes_nothing(ana, sera, tara, otto, of, at):
    first = actions.report(kind="person", key=str(tara.key), by=ana, at=at)
    assert actions.report(kind="person", key=str(tara.key), by=sera, at=at) == first
    assert Entry.objects.filter(deed="text reported").count() == 1

    actions.report(**of, by=ana, at=at)
    with pytest.raises(refusals.NoSuchRecord):  # hidden already
        actions.report(**of, by=otto, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(**of, reported_at=at)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("observation", "no such code"),
        ("observation", ""),
        ("weather", "1"),
        ("", ""),
        ("person", "not a key"),
        ("invitation", "x"),
        ("invitation", "9" * 40),
        ("answer", "training XAA"),
    ],
)
def test_what_is_not_there_cannot_be_reported_or_destroyed(sofia, at, kind, key):
    with pytest.raises(refusals.NoSuchRecord):
        actions.report(kind=kind, key=key, by=sofia, at=at)
    with pytest.raises(refusals.NoSuchRecord):
        actions.destroy(kind=kind, key=key, by=sofia, at=at)
    assert not Report.objects.exists()


def test_what_somebody_does_not_see_they_cannot_report(otto, beno, ana, sera, tara, at):
    for person in (otto, beno):
        with pytest.raises(refusals.NoSuchRecord):
            actions.report(kind="person", key=str(tara.key), by=person, at=at)
    assert actions.report(kind="person", key=str(tara.key), by=ana, at=at)
    entry = Entry.objects.with_parts().order_by("number").last()
    assert (entry.about_kind, entry.about_key, entry.person) == ("person", "", tara.journal_id)


def test_a_restricted_observation_is_reported_by_nobody_who_does_not_see_it(otto, observation, of, at):
    Observation.objects.filter(pk=observation.pk).update(confidentiality="restricted")

    with pytest.raises(refusals.NoSuchRecord):
        actions.report(**of, by=otto, at=at)


# Releasing


def test_the_officer_alone_decides(everybody, otto, of, at):
    waiting = actions.report(**of, by=otto, at=at)
    for name, person in everybody.items():
        if name != "sofia":
            for deed in (
                lambda by=person: actions.release(report=waiting, reason="It may stay.", by=by, at=at),
                lambda by=person: actions.destroy(**of, by=by, at=at),
                lambda by=person: actions.destroy_text(text=TEXT, by=by, at=at),
            ):
                with pytest.raises(refusals.MayNot):
                    deed()
    assert Report.objects.waiting().count() == 1
    assert TEXT in everything()


def test_a_released_record_is_shown_again_with_the_reason_kept(otto, sofia, observation, of, at):
    waiting = actions.report(**of, by=otto, at=at)

    actions.release(report=waiting, reason=" It speaks of a law. ", by=sofia, at=at)

    waiting.refresh_from_db()
    assert (waiting.outcome, waiting.reason, waiting.decided_at) == ("released", "It speaks of a law.", at)
    assert Observation.objects.visible_to(otto, on=localdate()).filter(pk=observation.pk).exists()
    assert [entry.deed for entry in history_of("observation", of["key"])] == [
        "text reported",
        "text released",
    ]
    with pytest.raises(refusals.DecidedAlready):
        actions.release(report=waiting, reason="Again.", by=sofia, at=at)
    actions.report(**of, by=otto, at=at)  # it can be reported once more


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_released(otto, sofia, of, at, reason):
    waiting = actions.report(**of, by=otto, at=at)

    with pytest.raises(refusals.ReasonMissing):
        actions.release(report=waiting, reason=reason, by=sofia, at=at)
    assert queries.is_hidden(**of)


def test_a_reason_that_looks_like_case_data_is_stopped(otto, sofia, of, at):
    waiting = actions.report(**of, by=otto, at=at)

    with pytest.raises(LooksLikeCaseData):
        actions.release(report=waiting, reason="Write to ana@example.org about it.", by=sofia, at=at)
    assert queries.is_hidden(**of)


# Destroying


def test_destroying_a_record_leaves_nothing_of_its_texts(sofia, observation, of, at):
    assert actions.destroy(**of, by=sofia, at=at) >= 2

    observation.refresh_from_db()
    mark = removal_mark(localdate(at))
    assert (observation.statement, observation.note) == (mark, mark)
    assert observation.content_hash == "removed"
    for trace in ("third house", "teacher of the child"):
        assert trace not in everything()


def test_the_journal_keeps_the_fact_alone(sofia, of, at):
    actions.destroy(**of, by=sofia, at=at)

    (entry,) = history_of("observation", of["key"])
    assert (entry.deed, entry.actor, entry.role) == ("text destroyed", sofia.journal_id, "safeguarding")
    assert set(entry.facts) == {"texts"}
    assert verify(written()).whole


def test_destroying_decides_the_report(otto, sofia, of, at):
    waiting = actions.report(**of, by=otto, at=at)

    actions.destroy(**of, by=sofia, at=at)

    waiting.refresh_from_db()
    assert (waiting.outcome, waiting.decided_at) == ("destroyed", at)
    assert not queries.is_hidden(**of)


def test_destroying_twice_destroys_nothing_more(sofia, of, at):
    actions.destroy(**of, by=sofia, at=at)

    assert actions.destroy(**of, by=sofia, at=at) == 0


def test_a_record_of_the_same_words_elsewhere_stays_when_one_record_is_destroyed(sofia, of, at):
    other = Observation.objects.filter(retired_on=None).order_by("code").last()
    Observation.objects.filter(pk=other.pk).update(statement=TEXT)

    actions.destroy(**of, by=sofia, at=at)

    other.refresh_from_db()
    assert other.statement == TEXT


def test_names_go_without_a_mark(sofia, tara, sera, at):
    invited = Invitation.objects.create(
        email="new@example.org", name="A child's name", role=Role.TRAINER, nominated_at=at
    )

    actions.destroy(kind="person", key=str(tara.key), by=sofia, at=at)
    actions.destroy(kind="invitation", key=str(invited.pk), by=sofia, at=at)

    tara.refresh_from_db()
    invited.refresh_from_db()
    assert (tara.name, invited.name) == ("", "")
    assert verify(written()).whole


def test_every_place_can_be_destroyed_and_breaks_no_constraint(sofia, at):
    """Whatever chapters declare: a record of each kind, all of its texts."""
    Report.objects.create(
        kind="answer", key="x", reported_at=at, decided_at=at, outcome="released", reason="It may stay."
    )
    Invitation.objects.create(email="new@example.org", name="Nina", role=Role.TRAINER, nominated_at=at)
    for place in all_places():
        row = next((row for row in place.rows() if any(row.texts())), None)
        if row is None:
            continue  # nobody has written there yet
        assert actions.destroy(kind=place.kind, key=row.key, by=sofia, at=at) >= 1, place
        (now_,) = place.rows(place.all().filter(pk=row.pk))
        assert list(now_.texts()) == []
        for record_ in place.all().filter(pk=row.pk):
            record_.full_clean()


def test_two_texts_that_must_differ_are_both_destroyed_and_still_differ(sofia, arden, at):
    asked = Round.objects.filter(training=True).first()
    for name in ("The school of the boy", "The clinic of the boy"):
        Share.objects.create(round=asked, state=arden, institution=name)

    assert actions.destroy_text(text="of the boy", by=sofia, at=at) == 2

    left = [share.institution for share in Share.objects.all()]
    assert len(set(left)) == 2
    assert all(removed_on(each) == localdate(at) for each in left)


def test_an_exact_text_is_destroyed_wherever_it_stands(sofia, observation, at):
    answer = Answer.objects.filter(status="answered").first()
    Answer.objects.filter(pk=answer.pk).update(
        respondent=f"Ministry. {TEXT.upper()}", value=f"before\n{TEXT} after"
    )
    finding = Finding.objects.first()
    Finding.objects.filter(pk=finding.pk).update(
        reason="  The boy from\nthe third house of the mill street. "
    )

    assert len(queries.records_with(TEXT)) == 3
    assert actions.destroy_text(text=TEXT, by=sofia, at=at) == 3

    assert TEXT not in everything()
    assert "mill street. " not in everything()
    answer.refresh_from_db()
    assert answer.value == removal_mark(localdate(at))
    assert answer.respondent.startswith("Ministry")  # another spelling is another text
    assert queries.records_with(TEXT) == []
    assert Entry.objects.filter(deed="text destroyed").count() == 3
    assert TEXT not in str([entry.facts for entry in Entry.objects.with_parts()])


@pytest.mark.parametrize("text", ["", "  ", "yes", "4", "in force"[:7]])
def test_a_text_that_could_stand_anywhere_is_not_looked_for(sofia, at, text):
    with pytest.raises(refusals.TextTooShort):
        actions.destroy_text(text=text, by=sofia, at=at)


def test_a_text_that_stands_nowhere_is_remembered_for_backups(sofia, observation, at):
    sentence = "Nobody has written this sentence."
    assert actions.destroy_text(text=sentence, by=sofia, at=at) == 0
    assert Entry.objects.filter(deed="text destroyed", about_kind="").count() == 1

    Observation.objects.filter(pk=observation.pk).update(statement=sentence)

    assert actions.destroy_again(by=CONTENT, at=at) == 1


def test_facts_of_the_journal_that_hold_the_text_go_and_the_chain_stays_whole(sofia, ana, of, at):
    record(
        "text declared harmless",
        by=ana,
        at=at,
        about=("observation", of["key"]),
        facts={"reason": "a reason of hers"},
    )
    record("something else", by=ana, at=at, about=("answer", "x"), facts={"reason": TEXT, "level": 2})
    record("role given", by=ana, at=at, about=("answer", "x"), facts={"role": "coordinator"})

    actions.destroy(**of, by=sofia, at=at)
    assert "a reason of hers" not in everything()
    assert TEXT in everything()
    actions.destroy_text(text=TEXT, by=sofia, at=at)

    assert TEXT not in everything()
    assert "coordinator" in str(Entry.objects.with_parts().get(deed="role given").facts)
    assert verify(written()).faults == ()


# Coming back


def test_a_reload_of_the_content_does_not_bring_a_destroyed_text_back(sofia, at):
    observation = Observation.objects.filter(retired_on=None).order_by("code").first()
    statement = observation.statement
    actions.destroy(kind="observation", key=observation.code, by=sofia, at=at)

    changes = load(settings.CONTENT, training=True, by=CONTENT, at=at)

    observation.refresh_from_db()
    assert observation.statement == removal_mark(localdate(at))
    assert any(observation.code in kept for kept in changes.kept)
    assert statement not in everything()


def test_loading_into_a_restored_database_destroys_before_anybody_could_see(sofia, at):
    observation = Observation.objects.filter(retired_on=None).order_by("code").first()
    before = (
        Observation.objects.filter(pk=observation.pk)
        .values("statement", "value", "note", "content_hash")
        .get()
    )
    actions.destroy(kind="observation", key=observation.code, by=sofia, at=at)
    Observation.objects.filter(pk=observation.pk).update(**before)

    load(settings.CONTENT, training=True, by=CONTENT, at=at)

    observation.refresh_from_db()
    assert observation.statement == removal_mark(localdate(at))
    assert Entry.objects.filter(deed="text destroyed again", about_key=observation.code).exists()


def test_what_a_backup_brings_back_is_destroyed_again_with_an_entry(sofia, observation, of, at):
    actions.destroy(**of, by=sofia, at=at)
    before = Entry.objects.count()
    Observation.objects.filter(pk=observation.pk).update(statement=TEXT.replace(" ", "\n"))

    assert actions.destroy_again(by=CONTENT, at=at) == 1
    assert actions.destroy_again(by=CONTENT, at=at) == 0

    assert "third" not in Observation.objects.get(pk=observation.pk).statement
    assert Entry.objects.count() == before + 1
    assert Entry.objects.order_by("number").last().deed == "text destroyed again"


def test_what_others_write_rightly_afterwards_stays(sofia, at):
    answer = Answer.objects.filter(status="answered").first()
    (place,) = [place for place in all_places() if place.model == "replies.Answer"]
    (row,) = place.rows(Answer.objects.filter(pk=answer.pk))
    actions.destroy(kind="answer", key=row.key, by=sofia, at=at)
    Answer.objects.filter(pk=answer.pk).update(value="4")

    assert actions.destroy_again(by=CONTENT, at=at) == 0
    assert Answer.objects.get(pk=answer.pk).value == "4"


def destroyed_then_restored(observation, of, sofia, at, capture):
    """A database from before the deed, beside a data folder from after it."""
    with capture(execute=True):
        actions.destroy(**of, by=sofia, at=at)
    Destroyed.objects.all().delete()
    Observation.objects.filter(pk=observation.pk).update(statement=TEXT)


def test_a_restored_database_learns_from_the_data_folder(
    observation, of, sofia, at, django_capture_on_commit_callbacks
):
    destroyed_then_restored(observation, of, sofia, at, django_capture_on_commit_callbacks)

    assert actions.destroy_again(by=CONTENT, at=at) == 1
    assert Destroyed.objects.exists()


def test_a_new_data_folder_learns_from_the_database(sofia, of, at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.destroy(**of, by=sofia, at=at)
    kept = digests.file().read_text()
    digests.file().unlink()

    with django_capture_on_commit_callbacks(execute=True):
        actions.destroy_again(by=CONTENT, at=at)

    assert digests.file().read_text() == kept


def test_the_list_holds_salts_digests_and_days_for_the_owner_alone(
    sofia, of, at, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.destroy(**of, by=sofia, at=at)

    lines = [json.loads(line) for line in digests.file().read_text().splitlines()]
    assert all(set(line) == {"salt", "digest", "on"} for line in lines)
    assert len({line["salt"] for line in lines}) == 1
    assert digests.file().stat().st_mode & 0o077 == 0
    assert of["key"] not in digests.file().read_text()


@pytest.mark.parametrize(
    "content", [b"no list", b'{"salt": 1, "digest": "x", "on": "2026-01-01"}', b'{"salt": "s"}', b"[]", b"\xff\xfe",
                b'{"salt": "s", "digest": "d", "on": "yesterday"}']
)  # fmt: skip
def test_a_list_that_cannot_be_read_stops_the_start_and_not_the_deed(
    sofia, of, at, content, caplog, django_capture_on_commit_callbacks
):
    digests.file().write_bytes(content)

    with pytest.raises(refusals.ListUnreadable):
        actions.destroy_again(by=CONTENT, at=at)
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        actions.destroy(**of, by=sofia, at=at)

    assert "could not be kept" in caplog.text
    assert digests.file().read_bytes() == content


def test_a_deed_that_fails_changes_nothing(sofia, observation, of, at, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("endocsea.quarantine.actions.record", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.destroy(**of, by=sofia, at=at)

    observation.refresh_from_db()
    assert observation.statement == TEXT
    assert not Destroyed.objects.exists()


# Findings and answers on the pages that show them


def test_a_reported_finding_and_answer_are_not_shown(otto, at):
    (finding,) = [place for place in all_places() if place.model == "findings.Finding"]
    row = next(finding.rows(Finding.objects.shown()))
    actions.report(kind="finding", key=row.key, by=otto, at=at)
    assert not Finding.objects.shown().filter(pk=row.pk).exists()

    from endocsea.findings.reviewed import answers_beside

    answer = Answer.objects.filter(
        status="answered",
        indicator__sensitivity="public",
        confidentiality="state",
        indicator__answer_type="number",
    ).first()
    of = {"state": answer.state_id, "round": answer.round_id, "evidence": {}}
    code = answer.indicator.code
    (place,) = [place for place in all_places() if place.model == "replies.Answer"]
    (row,) = place.rows(Answer.objects.filter(pk=answer.pk))
    assert code in [each.code for each in answers_beside(**of)]
    waiting = actions.report(kind="answer", key=row.key, by=otto, at=at)
    assert code not in [each.code for each in answers_beside(**of)]

    Report.objects.filter(pk=waiting.pk).delete()
    Answer.objects.filter(pk=answer.pk).update(value=removal_mark(localdate(at)))
    assert {each.code: each.answer for each in answers_beside(**of)}[code].startswith("Removed on ")


def test_the_preview_sees_no_reported_text_either(otto, of, observation, at):
    actions.report(**of, by=otto, at=at)

    assert not Observation.objects.visible_to(PREVIEW, on=localdate()).filter(pk=observation.pk).exists()
