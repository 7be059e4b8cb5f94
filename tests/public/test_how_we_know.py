"""How we know, counted: honestly, restricted records in no count, made-up ones apart."""

import re

import pytest

from endocsea.findings.models import Observation
from tests.public.reading import file, page, text_of

pytestmark = pytest.mark.django_db


def counted(client, address="/en/how-we-know/records.csv"):
    rows = file(client, address)
    return {row.pop("Records"): row for row in rows}


def test_each_kind_of_record_is_counted_by_how_it_is_known(client):
    records = counted(client)

    # by hand, from the content's own files
    figures = records["Published figures"]
    assert (figures["read in full"], figures["read in part"], figures["All"]) == ("1073", "52", "1125")
    provisions = records["Provisions of treaties and other standards"]
    assert (provisions["read in full"], provisions["read in part"], provisions["from memory"]) == (
        "162",
        "29",
        "7",
    )
    states = records["States: names, memberships"]
    assert (states["read in full"], states["sources differ"], states["All"]) == ("46", "1", "47")


def test_the_first_sentence_adds_up(client):
    sentence = re.search(r'<p class="lead">(.*?)</p>', page(client, "/en/how-we-know/")).group(1)
    _day, _year, total, *parts = (int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", sentence))

    assert sum(parts) == total == sum(int(row["All"]) for row in counted(client).values())


def test_what_was_not_noted_is_not_called_read(client):
    facts = counted(client)["Facts about the programme"]

    assert facts["read in full"] == "0"
    assert facts["source named, reading not noted"] == facts["All"] != "0"


def test_restricted_observations_are_in_no_count(client):
    shown = counted(client)["Observations about states"]["All"]
    restricted = Observation.objects.filter(confidentiality="restricted").count()

    assert restricted == 19
    assert int(shown) == Observation.objects.count() - restricted == 276


def test_a_public_edition_counts_only_what_it_shows(client, settings):
    settings.PREVIEW = False
    records = counted(client)

    assert records["Observations about states"]["All"] == "0"
    assert records["Helplines, police, hotlines"]["All"] == "0"
    assert "none that may be shown here" in text_of(page(client, "/en/how-we-know/"))


def test_the_dates_of_treaties_are_counted_cell_by_cell(client):
    html = page(client, "/en/how-we-know/")
    row = re.search(r'<tr><th scope="row">In force for the state.*?</tr>', html).group()

    assert text_of(row).split()[-4:] == ["108", "111", "61", "280"]
    assert "Of 376 pairs of a state and a treaty, 0 were compared" in text_of(html)


def test_confirmed_channels_are_counted_apart_from_collected_ones(client):
    assert "44 entries were collected, and 0 of them were confirmed" in text_of(
        page(client, "/en/how-we-know/")
    )


def test_training_material_is_counted_apart_or_not_at_all(client, settings):
    assert 'id="made-up"' in page(client, "/en/how-we-know/")
    settings.WITH_TRAINING = False
    assert 'id="made-up"' not in page(client, "/en/how-we-know/")


def test_the_scale_is_explained_before_it_is_used(client):
    html = page(client, "/en/how-we-know/")

    assert html.index('id="scale"') < html.index('id="known"')
    assert "No source was read. It is not shown as a fact about a state" in text_of(html)


def test_every_part_of_a_bar_is_written_out(client):
    html = page(client, "/en/how-we-know/")

    assert "read in full: 1,073; read in part: 52" in text_of(html)
