"""What leaves the preview: markers are planted in all that must stay inside, and every address is read."""

import pytest
from django.db import transaction
from django.test import Client, override_settings

from endocsea.people.models import Person
from tests.people.helpers import letters_in, signed_in
from tests.public.crawl import crawl
from tests.public.planting import MARKER, change, plant

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def planted(db):
    plant()


@pytest.fixture(scope="module")
def public_edition(django_db_setup, django_db_blocker, tmp_path_factory):
    """Address → body of the whole public edition, twice: with markers planted, and with other values instead.

    The second time it is read by somebody who is signed in.
    """
    outbox = tmp_path_factory.mktemp("outbox")
    settings = {
        "PREVIEW": False,
        "EMAIL_BACKEND": "endocsea.people.outbox.Outbox",
        "EMAIL_FILE_PATH": outbox,
    }
    with django_db_blocker.unblock(), override_settings(**settings), transaction.atomic():
        plant()
        before = crawl(Client())
        change()
        after = crawl(signed_in(Person.objects.get(email="changed@example.org")))
        assert len(letters_in(outbox)) == 2
        transaction.set_rollback(True)
    return before, after


def test_nothing_that_must_stay_inside_is_on_any_public_page_or_file(public_edition):
    found, _ = public_edition

    leaks = {address: set(MARKER.findall(body)) for address, body in found.items() if MARKER.search(body)}
    assert leaks == {}
    assert len(found) > 1700


def test_changing_all_that_is_restricted_or_about_people_changes_no_byte_of_any_address(public_edition):
    """By arithmetic neither: the public run is calculated again from what is left."""
    before, after = public_edition

    assert after.keys() == before.keys()
    assert [address for address in after if after[address] != before[address]] == []


def test_what_may_leave_does_so_the_marks_would_be_found(client, settings, planted):
    settings.PREVIEW = False

    assert b"mayheardleave" in client.get("/en/states/georgia/").content
    assert b"mayconfirmedleave" in client.get("/en/states/albania/").content


def test_the_preview_shows_what_states_have_not_seen_and_still_nothing_restricted(client, planted):
    # in one language: the templates are the same, and both are read above
    found = crawl(client, starts=["/en/"], without=["/fr/"])
    marks = {mark for body in found.values() for mark in MARKER.findall(body)}

    # of what is planted, all that may be seen before anything is published
    assert marks <= {
        *(b"zqneversentzq", b"zqnotezq", b"zqvaluezq", b"zqtermrunszq"),
        *(b"zqchannelzq", b"zqorganisationzq", b"zqurlzq", b"zqpostzq"),
        *(b"zqsourcezq", b"zqtitlezq", b"zqlocatorzq"),
    }
    assert {b"zqneversentzq", b"zqtermrunszq", b"zqchannelzq"} <= marks


def test_a_public_edition_does_not_call_itself_a_preview(client, settings):
    settings.PREVIEW = False

    html = client.get("/en/").content.decode()
    assert 'class="edition"' not in html
