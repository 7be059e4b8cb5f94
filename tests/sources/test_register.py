import pytest
from django.db import IntegrityError, transaction

from endocsea.sources.content import Register, parts
from endocsea.sources.models import Citation, Source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example/x", [("https://a.example/x", "", "")]),
        (
            "https://a.example/x (44 Parties listed); https://b.example/y",
            [("https://a.example/x", "", "44 Parties listed"), ("https://b.example/y", "", "")],
        ),
        (
            "pycountry 26.2.16; babel 2.18.0 (CLDR); https://a.example",
            [("", "pycountry 26.2.16", ""), ("", "babel 2.18.0 (CLDR)", ""), ("https://a.example", "", "")],
        ),
        # a semicolon inside brackets belongs to the place, not between two sources
        ("handbook (chapter 2; page 4)", [("", "handbook (chapter 2; page 4)", "")]),
        ("quoted at https://a.example/x)", [("https://a.example/x", "", "quoted")]),
        ("https://a.example/x_(y)", [("https://a.example/x_(y)", "", "")]),
        ("", []),
    ],
)
def test_a_free_text_of_sources_is_read_source_by_source(text, expected):
    found = [(address, title, place.rstrip(" )")) for address, title, place in parts(text)]

    assert found == expected


def test_each_source_and_each_place_is_written_once(db):
    before = Source.objects.count(), Citation.objects.count()
    register = Register()

    one = register.cite("https://new.example/doc", "A document", "paragraph 1")
    two = register.cite("https://new.example/doc", "A document", "paragraph 2")
    again = Register().cite("https://new.example/doc", "A document", "paragraph 1")

    assert one == again != two
    assert (Source.objects.count(), Citation.objects.count()) == (before[0] + 1, before[1] + 2)


def test_a_row_that_names_no_source_cites_none(db):
    assert Register().cite(None, None) is None


@pytest.mark.parametrize("seen_on", [None, "2021-06-30"])
def test_one_place_seen_on_one_day_or_on_none_is_one_citation(db, seen_on):
    source = Source.objects.create(address="https://new.example/doc")
    Citation.objects.create(source=source, locator="page 2", seen_on=seen_on)

    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.create(source=source, locator="page 2", seen_on=seen_on)

    Citation.objects.create(source=source, locator="page 3", seen_on=seen_on)
    Citation.objects.create(source=source, locator="page 2", seen_on="2020-01-01")
