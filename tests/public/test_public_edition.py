"""What leaves the preview: markers are planted in all that must stay inside, and every address is read."""

import datetime
import re

import pytest

from endocsea.findings.models import Finding, Observation, Rating
from endocsea.journal.actions import record
from endocsea.people.models import Person
from endocsea.profiles.actions import bring_up_to_date
from endocsea.replies.models import Answer, Evidence
from endocsea.sources.models import Citation, Source
from endocsea.states.models import ReportingChannel
from endocsea.support.actors import CONTENT, Fixed
from endocsea.support.classes import Confidentiality
from tests.conftest import LOADED_AT
from tests.public.crawl import crawl

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PAST, LONG_PAST = datetime.date(2022, 5, 2), datetime.date(2022, 3, 1)
FUTURE = datetime.date(2999, 1, 1)
HEARD = {"sent_to_state_on": LONG_PAST, "comment_until": PAST}
MARKER = re.compile(rb"zq[a-z0-9]+zq")


@pytest.fixture
def planted(db):
    """Markers in what must stay inside (``zq…zq``), and in what may leave (``may…leave``)."""
    restricted = {"confidentiality": Confidentiality.RESTRICTED}
    Observation.objects.filter(code="OBS-GEO-01").update(
        statement="zqneversentzq", note="zqnotezq", value="zqvaluezq"
    )
    Observation.objects.filter(code="OBS-GEO-02").update(
        statement="zqtermrunszq", sent_to_state_on=LONG_PAST, comment_until=FUTURE
    )
    Observation.objects.filter(code="OBS-GEO-03").update(statement="mayheardleave", **HEARD)
    secret = Source.objects.create(address="https://zqsourcezq.example.org/", title="zqtitlezq")
    place = Citation.objects.create(source=secret, locator="zqlocatorzq")
    Observation.objects.filter(confidentiality=Confidentiality.RESTRICTED).update(
        statement="zqrestrictedzq", citation=place, **HEARD
    )
    Observation.objects.filter(code="OBS-ALB-01").update(citation=place)
    Observation.objects.filter(code="OBS-ALB-02").update(
        statement="zqclassrestrictedzq", **HEARD, **restricted
    )
    ReportingChannel.objects.filter(state__iso3="GEO").update(
        name="zqchannelzq", organisation="zqorganisationzq", url="https://zqurlzq.example.org/"
    )
    ReportingChannel.objects.filter(state__iso3="ALB").update(
        name="mayconfirmedleave", confirmed_on=PAST, confirmed_by="zqpostzq"
    )
    answers = Answer.objects.filter(indicator__sensitivity=Confidentiality.RESTRICTED)
    answers.filter(status="answered").update(value="zqanswerzq", respondent="zqrespondentzq")
    Evidence.objects.filter(answer__in=answers).update(citation=place)
    Answer.objects.update(respondent="zqrespondentzq")
    findings = Finding.objects.filter(indicator__sensitivity=Confidentiality.RESTRICTED)
    findings.update(reason="zqreasonzq", state_comment="zqcommentzq")
    Rating.objects.update(rater="zqraterzq")
    Person.objects.create_user("zqpersonzq@example.org", name="zqnamezq")
    record(
        "zqdeedzq", by=Fixed("zqactorzq"), at=LOADED_AT, about=("zqkindzq", "zqkeyzq"), facts={"zqfactzq": 1}
    )


def test_nothing_that_must_stay_inside_is_on_any_public_page_or_file(client, settings, planted):
    settings.PREVIEW = False
    found = crawl(client)

    leaks = {address: set(MARKER.findall(body)) for address, body in found.items() if MARKER.search(body)}
    assert leaks == {}
    assert len(found) > 500


def test_what_may_leave_does_so_the_marks_would_be_found(client, settings, planted):
    settings.PREVIEW = False

    assert b"mayheardleave" in client.get("/en/states/georgia/").content
    assert b"mayconfirmedleave" in client.get("/en/states/albania/").content


def test_the_preview_shows_what_states_have_not_seen_and_still_nothing_restricted(client, planted):
    found = crawl(client, starts=["/en/"])
    marks = {mark for body in found.values() for mark in MARKER.findall(body)}

    assert {b"zqneversentzq", b"zqtermrunszq", b"zqchannelzq"} <= marks
    inside = {b"zqrestrictedzq", b"zqclassrestrictedzq", b"zqanswerzq", b"zqreasonzq", b"zqcommentzq"}
    assert not marks & (inside | {b"zqrespondentzq", b"zqraterzq", b"zqpersonzq", b"zqactorzq", b"zqdeedzq"})


def test_changing_every_restricted_answer_changes_no_byte_of_any_address(client, settings):
    """By arithmetic neither: the public run is calculated again from what is left."""
    settings.PREVIEW = False
    before = crawl(client, starts=["/en/"])
    restricted = Finding.objects.filter(indicator__sensitivity="restricted")
    assert restricted.count() == 18
    restricted.filter(level=0).update(level=4)
    restricted.exclude(level=4).update(level=0)
    Answer.objects.filter(indicator__sensitivity="restricted").update(value="", status="not_applicable")
    Observation.objects.filter(confidentiality="restricted").update(statement="changed", as_of="2001")
    bring_up_to_date(by=CONTENT, at=LOADED_AT)

    after = crawl(client, starts=["/en/"])
    assert after.keys() == before.keys()
    assert [address for address in after if after[address] != before[address]] == []


def test_a_public_edition_does_not_call_itself_a_preview(client, settings):
    settings.PREVIEW = False

    html = client.get("/en/").content.decode()
    assert 'class="edition"' not in html
