"""Downloads of states and capabilities hold what their pages show, for the same visitor, and no more."""

import datetime

import pytest

from endocsea.findings.models import Observation
from tests.public.reading import file, page

pytestmark = pytest.mark.django_db

FILES = [
    "states/states.csv", "states/georgia/treaties.csv", "states/georgia/provisions.csv",
    "states/georgia/observations.csv", "states/georgia/figures.csv", "states/belmora/treaties.csv",
    "states/belmora/provisions.csv", "states/belmora/profile.csv", "capabilities/3/spread.csv",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("address", FILES)
def test_every_file_answers_in_both_languages_named_after_what_it_holds(client, language, address):
    response = client.get(f"/{language}/{address}")
    name = response.headers["Content-Disposition"]

    assert response.status_code == 200
    assert name.startswith('attachment; filename="endocsea-')
    assert name.endswith(f'-{language}.csv"')
    assert not response.cookies


@pytest.mark.parametrize(
    ("address", "files"),
    [
        ("/en/states/", ["/en/states/states.csv"]),
        ("/en/states/georgia/", [f"/en/{each}" for each in FILES[1:5]]),
        ("/en/states/belmora/", [f"/en/{each}" for each in FILES[5:8]]),
        ("/en/capabilities/3/", ["/en/capabilities/3/spread.csv"]),
    ],
)
def test_each_page_offers_its_files(client, address, files):
    html = page(client, address)

    for each in files:
        assert f'href="{each}" download' in html


def test_the_list_of_states_has_47_rows_each_with_a_source(client):
    rows = file(client, "/en/states/states.csv")

    assert len(rows) == 47
    assert all(row["Sources"] for row in rows)
    assert {row["As of"] for row in rows} == {"2021-06-30"}
    assert {row["How we know"] for row in rows} == {"source read in full", "sources differ"}


def test_a_treaty_says_how_each_of_its_dates_is_known(client):
    rows = {row["Instrument"]: row for row in file(client, "/en/states/moldova/treaties.csv")}
    lanzarote = rows["Lanzarote Convention"]

    assert lanzarote["How we know"] == (
        "signature: from memory, unverified; ratification: read in a source; "
        "entry into force: read in a source"
    )
    assert "https://www.coe.int/en/web/children/convention" in lanzarote["Sources"]


def test_provisions_name_their_instrument_and_a_wording_from_memory_is_not_written(client):
    rows = file(client, "/en/states/georgia/provisions.csv")
    remembered = [row for row in rows if row["How we know"] == "from memory, unverified"]

    assert len(rows) == 198
    assert len(remembered) == 7
    assert {row["What it asks, in our words"] for row in remembered} == {"text to be verified"}
    assert all(row["Instrument"] for row in rows)


def test_what_binds_a_made_up_state_is_marked_as_made_up_row_by_row(client):
    for address in ("treaties", "provisions"):
        rows = file(client, f"/en/states/belmora/{address}.csv")
        assert all("made up for training" in row["How we know"] for row in rows), address


def test_observations_are_those_of_the_page_and_restricted_ones_are_not_among_them(client):
    rows = file(client, "/en/states/georgia/observations.csv")

    assert len(rows) == 28
    assert not {"OBS-GEO-16", "OBS-GEO-17"} & {row["Code"] for row in rows}
    assert {row["Was the state heard?"] for row in rows} == {"desk research, not yet seen by Georgia"}
    assert all(row["Sources"] for row in rows)


def test_a_public_edition_has_an_observation_only_when_the_state_was_heard(client, settings):
    settings.PREVIEW = False
    assert file(client, "/en/states/georgia/observations.csv") == []
    assert "observations.csv" not in page(client, "/en/states/georgia/")

    Observation.objects.filter(code__in=("OBS-GEO-01", "OBS-GEO-16")).update(
        sent_to_state_on=datetime.date(2022, 3, 1),
        comment_until=datetime.date(2022, 5, 2),
        commented_on=datetime.date(2022, 4, 1),
    )
    rows = file(client, "/en/states/georgia/observations.csv")
    assert [row["Code"] for row in rows] == ["OBS-GEO-01"]
    assert rows[0]["Was the state heard?"] == "desk research; Georgia commented on 1 April 2022"


def test_figures_of_a_state_are_numbers_with_what_they_do_not_mean(client):
    rows = file(client, "/en/states/georgia/figures.csv")
    reports = next(row for row in rows if row["Year"] == "2019" and "NCMEC" in row["What is counted"])

    assert reports["Figure"] == "6157"
    assert reports["What it does not mean"].startswith("NCMEC states")


def test_a_made_up_profile_says_in_every_row_and_in_its_name_that_it_is_made_up(client):
    response = client.get("/en/states/belmora/profile.csv")
    rows = file(client, "/en/states/belmora/profile.csv")

    assert "made-up-belmora-profile-2020-05-31" in response.headers["Content-Disposition"]
    assert {row["How we know"] for row in rows} == {"made up for training"}
    assert len(rows) == 8


def test_a_spread_names_real_states_as_not_reviewed_and_made_up_ones_as_such(client):
    rows = file(client, "/en/capabilities/3/spread.csv")
    real = [row for row in rows if not row["How we know"]]

    assert len(real) == 47
    assert {row["Level"] for row in real} == {"not reviewed"}
    assert {row["State"] for row in rows if row["How we know"] == "made up for training; of 2020-05-31"} == {
        "Arden", "Belmora", "Corvia", "Dunmere",
    }  # fmt: skip


def test_changing_every_restricted_answer_changes_no_byte_of_a_file(client):
    from endocsea.findings.models import Finding
    from endocsea.profiles.actions import bring_up_to_date
    from endocsea.support.actors import CONTENT
    from tests.conftest import LOADED_AT

    before = [client.get(f"/en/{address}").content for address in FILES]
    Finding.objects.filter(indicator__sensitivity="restricted").update(level=4)
    Observation.objects.filter(confidentiality="restricted").update(statement="something else")
    bring_up_to_date(by=CONTENT, at=LOADED_AT)

    assert [client.get(f"/en/{address}").content for address in FILES] == before


@pytest.mark.parametrize(
    "address",
    [
        "states/atlantis/treaties.csv", "states/belmora/observations.csv", "states/belmora/figures.csv",
        "states/georgia/profile.csv", "capabilities/7/spread.csv", "capabilities/99/spread.csv",
    ],
)  # fmt: skip
def test_there_is_no_file_of_what_does_not_exist(client, address):
    page(client, f"/en/{address}", status=404)


def test_without_training_material_there_is_no_file_of_a_made_up_state(client, settings):
    settings.WITH_TRAINING = False

    page(client, "/en/states/belmora/profile.csv", status=404)
    assert all(row["State"] != "Belmora" for row in file(client, "/en/capabilities/3/spread.csv"))
