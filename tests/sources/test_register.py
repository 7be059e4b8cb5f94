import pytest

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
