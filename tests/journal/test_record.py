import datetime

from endocsea.journal.actions import record
from endocsea.journal.models import Entry
from endocsea.support.actors import CONTENT

AT = datetime.datetime(2020, 6, 1, 12, 0, tzinfo=datetime.UTC)


def test_a_deed_is_written_with_who_in_which_role_and_when(ana):
    entry = record("answer given", by=ana, at=AT, about=("answer", "XAA C1-01"), facts={"level": 3})

    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.actor, kept.role, kept.at) == (f"person:{ana.key}", "coordinator", AT)
    assert (kept.about_kind, kept.about_key, kept.facts) == ("answer", "XAA C1-01", {"level": 3})


def test_an_entry_names_nobody(ana):
    entry = record("answer given", by=ana, at=AT)

    assert "ana" not in entry.actor.replace(str(ana.key), "")
    assert "@" not in entry.actor


def test_the_load_of_the_content_is_in_the_journal_as_actor_content(db):
    entry = Entry.objects.get(deed="content loaded")

    assert (entry.actor, entry.role) == (CONTENT.journal_id, "content")
    assert entry.facts["added"]["states"] == 51
