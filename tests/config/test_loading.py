"""Loading a content pack: twice changes nothing, one row changes one record, a defect changes nothing."""

import csv
import shutil

import pytest
from django.conf import settings

from endocsea.config.loading import load
from endocsea.findings.models import Finding, Observation
from endocsea.journal.models import Entry
from endocsea.standards.models import Edition, Indicator, Provision, TreatyStatus
from endocsea.states.models import Figure, ReportingChannel, State
from endocsea.support.actors import CONTENT
from endocsea.support.pack import ContentRefused
from tests.conftest import LOADED_AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(tmp_path):
    """A copy of the shipped content that a test may change."""
    return shutil.copytree(settings.CONTENT, tmp_path / "content")


def again(folder, training=True):
    return load(folder, training=training, by=CONTENT, at=LOADED_AT)


def rewrite(folder, file, change):
    """Give every row of a file to ``change``, which returns the row to keep, or nothing to drop it."""
    path = folder / file
    with path.open(newline="", encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    kept = [row for row in map(change, rows) if row is not None]
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


def everything():
    """Every record of every chapter that content can touch, as the database holds it."""
    return {
        model.__name__: sorted(model.objects.values_list())
        for model in (
            State,
            TreatyStatus,
            Provision,
            Indicator,
            Observation,
            Finding,
            Figure,
            ReportingChannel,
        )
    }


def test_loading_twice_changes_nothing():
    before, entries = everything(), Entry.objects.count()

    changes = again(settings.CONTENT)

    assert changes.nothing
    assert everything() == before
    assert Entry.objects.count() == entries


def test_one_changed_row_changes_one_record(pack):
    def change(row):
        if row["id"] == "OBS-GEO-01":
            row["note"] = "Project body; still at work in 2025."
        return row

    rewrite(pack, "findings/observations.csv", change)
    before = everything()

    changes = again(pack)

    assert changes.changed == {"observations": ["OBS-GEO-01"]}
    assert not changes.added
    assert not changes.retired
    after = everything()
    differing = {name for name in before if before[name] != after[name]}
    assert differing == {"Observation"}
    assert len(set(map(str, before["Observation"])) - set(map(str, after["Observation"]))) == 1
    assert Observation.objects.get(code="OBS-GEO-01").note == "Project body; still at work in 2025."


def test_a_changed_row_is_told_and_journalled(pack):
    rewrite(
        pack, "states/reporting_channels.csv", lambda r: r | {"as_of": "2026"} if r["id"] == "CH01" else r
    )

    changes = again(pack)

    assert changes.lines() == ["reporting channels: 1 changed (CH01)"]
    entry = Entry.objects.latest("pk")
    assert (entry.actor, entry.deed, entry.facts["changed"]) == (
        "content",
        "content loaded",
        {"reporting channels": ["CH01"]},
    )


def test_a_row_gone_from_the_file_is_retired_and_not_deleted(pack):
    rewrite(pack, "findings/observations.csv", lambda row: None if row["id"] == "OBS-GEO-01" else row)

    changes = again(pack)

    assert changes.retired == {"observations": ["OBS-GEO-01"]}
    assert Observation.objects.get(code="OBS-GEO-01").retired_on == LOADED_AT.date()


def test_a_row_that_comes_back_is_the_same_record_again(pack):
    kept = Observation.objects.get(code="OBS-GEO-01")
    rewrite(pack, "findings/observations.csv", lambda row: None if row["id"] == "OBS-GEO-01" else row)
    again(pack)

    changes = again(settings.CONTENT)

    assert changes.changed == {"observations": ["OBS-GEO-01"]}
    back = Observation.objects.get(code="OBS-GEO-01")
    assert (back.pk, back.retired_on) == (kept.pk, None)


def test_a_record_edited_here_since_is_kept_and_reported(pack):
    Observation.objects.filter(code="OBS-GEO-01").update(note="Corrected here by the secretariat.")
    rewrite(
        pack,
        "findings/observations.csv",
        lambda r: r | {"note": "New in the file."} if r["id"] == "OBS-GEO-01" else r,
    )

    changes = again(pack)

    assert changes.kept == ["observations OBS-GEO-01"]
    assert changes.lines() == ["kept as edited here: observations OBS-GEO-01"]
    assert Observation.objects.get(code="OBS-GEO-01").note == "Corrected here by the secretariat."


def test_a_record_edited_here_stays_when_the_file_is_as_it_was():
    Observation.objects.filter(code="OBS-GEO-01").update(note="Corrected here.")

    assert again(settings.CONTENT).nothing
    assert Observation.objects.get(code="OBS-GEO-01").note == "Corrected here."


def test_changed_links_change_their_record(pack):
    def change(row):
        if (row["instrument"], row["article"]) == ("LANZ", "23"):
            row["capabilities"] = "3;13"
        return row

    rewrite(pack, "standards/provisions.csv", change)

    changes = again(pack)

    assert changes.changed == {"provisions": ["LANZ:23"]}
    provision = Provision.objects.get(instrument__code="LANZ", article="23")
    assert set(provision.capabilities.values_list("number", flat=True)) == {3, 13}


def test_one_defect_anywhere_loads_nothing_at_all(pack):
    rewrite(pack, "states/states.csv", lambda r: r | {"name_en": "Gruzia"} if r["iso3"] == "GEO" else r)
    rewrite(pack, "states/figures.csv", lambda r: r | {"value": "17,5"} if r["year"] == "2019" else r)
    before = everything()

    with pytest.raises(ContentRefused) as refused:
        again(pack)

    assert everything() == before
    assert "figures.csv" in str(refused.value)


def test_an_edition_that_a_round_has_used_is_frozen(pack):
    assert Edition.objects.get(code="2020").frozen_on is not None
    rewrite(
        pack,
        "benchmark/2020/indicators.csv",
        lambda r: r | {"levels": r["levels"].replace("No body", "Nothing")} if r["id"] == "C1-01" else r,
    )
    before = everything()

    with pytest.raises(ContentRefused) as refused:
        again(pack)

    assert "C1-01" in str(refused.value)
    assert "frozen" in str(refused.value)
    assert everything() == before


def test_the_french_of_a_frozen_edition_may_still_be_mended(pack):
    rewrite(
        pack,
        "benchmark/2020/indicators_fr.csv",
        lambda r: r | {"theme_fr": "pilotage"} if r["id"] == "C1-01" else r,
    )

    changes = again(pack)

    assert changes.changed == {"indicators": ["2020 C1-01"]}
    assert Indicator.objects.get(code="C1-01").theme["fr"] == "pilotage"


def test_training_material_can_be_left_out_and_is_not_touched_then():
    changes = again(settings.CONTENT, training=False)

    assert changes.nothing
    assert State.objects.filter(training=True, retired_on=None).count() == 4


def test_where_training_is_left_out_no_page_shows_it(settings, client):
    settings.WITH_TRAINING = False

    assert client.get("/en/states/belmora/").status_code == 404
    for address in ("/en/", "/en/states/", "/en/capabilities/14/"):
        page = client.get(address).content.decode()
        assert not any(name in page for name in ("Arden", "Belmora", "Corvia", "Dunmere"))
