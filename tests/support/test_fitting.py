"""What SQLite would take and PostgreSQL would not is refused on both, before anything is written."""

import csv
import shutil
from decimal import Decimal

import pytest
from django.conf import settings

from endocsea.config.loading import load
from endocsea.sources.content import Register
from endocsea.sources.models import Source
from endocsea.states.models import Figure, Outline, Programme, ReportingChannel, State
from endocsea.support.actors import CONTENT
from endocsea.support.fitting import misfits
from endocsea.support.pack import ContentRefused
from tests.conftest import LOADED_AT


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (State, {"iso3": "ARD", "name": {"en": "Arden"}, "languages": ["ard", "en"], "training": True}),
        (State, {"official_name": "A" * 120, "citations": (1, 2)}),
        (ReportingChannel, {"state_id": 3, "citation_id": None, "phones": ["116 111"]}),
        (Figure, {"value": Decimal("999999999999.9999"), "year": 32767}),
        (Figure, {"value": Decimal("-0.5")}),
        (Outline, {"path": "M" * 100_000, "x": 1.5, "y": None, "small": False}),
        (Programme, {"name": {"en": "Ընդդեմ 👪"}}),
    ],
)
def test_what_fits_has_no_defect(model, values):
    assert list(misfits(model, "a key", values)) == []


@pytest.mark.parametrize(
    ("model", "values", "sentence"),
    [
        (State, {"official_name": "A" * 121}, "the text has 121 characters, and 120 fit. Shorten it."),
        (Figure, {"year": 32768}, "column year: 32768 is above 32767. Write a smaller number."),
        (Figure, {"value": Decimal("1000000000000")}, "more than 12 digits before the point"),
        (Figure, {"value": Decimal("-1000000000000")}, "more than 12 digits before the point"),
        (State, {"note": "NUL \x00"}, "column note: there is a character that no database keeps"),
        (State, {"name": {"en": "half \ud83d"}}, "column name: there is a character"),
        (State, {"name": {"e\x00n": "a key"}}, "column name: there is a character"),
        (State, {"languages": ["en", "f\x00"]}, "column languages: there is a character"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_with_record_field_and_remedy(model, values, sentence):
    (defect,) = misfits(model, "a key", values)

    assert sentence in str(defect)
    assert str(defect).startswith(f"{model._meta.verbose_name_plural} a key, ")
    assert str(defect).isprintable()


@pytest.mark.django_db
def test_a_row_that_does_not_fit_stops_the_whole_load(tmp_path):
    pack = shutil.copytree(settings.CONTENT, tmp_path / "content")
    path = pack / "states" / "states.csv"
    with path.open(newline="", encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    rows[0] |= {"official_name_en": "A" * 121}
    rows[1] |= {"name_en": "Changed, and fits"}
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    before = sorted(State.objects.values_list())

    with pytest.raises(ContentRefused) as refused:
        load(pack, training=True, by=CONTENT, at=LOADED_AT)

    assert f"states {rows[0]['iso3']}, column official_name: the text has 121 characters" in str(
        refused.value
    )
    assert sorted(State.objects.values_list()) == before


@pytest.mark.django_db
def test_an_address_longer_than_any_stops_the_load():
    address = "https://example.org/" + "a" * 600
    before = Source.objects.count()

    with pytest.raises(ContentRefused, match="620 characters, and 600 fit"):
        Register().cite(address)

    assert Source.objects.count() == before
