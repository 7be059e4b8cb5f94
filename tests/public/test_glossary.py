"""The glossary: every term in both languages, and what to say instead of words that hurt."""

import re

import pytest

from endocsea.standards.models import Term
from tests.public.reading import file, page, text_of

pytestmark = pytest.mark.django_db


def entry(html, slug):
    return re.search(rf'<li class="term[^"]*" id="term-{slug}">.*?</li>', html, re.S).group()


def test_every_term_stands_there_once_with_an_anchor_of_its_own(client):
    html = page(client, "/en/glossary/")
    anchors = re.findall(r'id="(term-[^"]+)"', html)

    assert len(anchors) == len(set(anchors)) == Term.objects.count() == 82


def test_a_term_to_avoid_says_so_and_what_to_say_instead(client):
    text = text_of(entry(page(client, "/en/glossary/"), "paedophile"))

    assert "Avoid. Say instead: child sex offender; perpetrator" in text
    assert "A clinical term" in text
    assert "French: pédophile" in text
    assert "source read in full" in text


def test_every_term_to_avoid_has_another_word(client):
    section = page(client, "/en/glossary/").split('id="avoid"')[1]

    assert section.count("Avoid.") == section.count("Say instead:") == 12


def test_a_title_of_a_law_is_no_word_to_use(client):
    text = text_of(entry(page(client, "/en/glossary/"), "child-pornography"))

    assert "In the title of a law only. Say instead: child sexual abuse material" in text


def test_a_term_from_memory_says_so_once(client):
    text = text_of(entry(page(client, "/en/glossary/"), "assent"))

    assert text.count("from memory, unverified") == 1
    assert "ethical research guidance" in text


def test_it_can_be_read_by_advice_without_script(client):
    html = page(client, "/en/glossary/")

    for key, number in (("use", 55), ("caution", 13), ("legal-title-only", 2), ("avoid", 12)):
        assert f'<a href="#{key}">' in html
        assert html.count(f'class="term term-{key}"') == number


def test_terms_stand_by_name_within_an_advice(client):
    html = page(client, "/en/glossary/").split('id="avoid"')[1]
    names = re.findall(r"<h3>([^<]+)</h3>", html)

    assert names == sorted(names, key=str.casefold)


def test_the_french_page_names_terms_in_french_and_marks_what_is_english(client):
    html = entry(page(client, "/fr/glossary/"), "child")

    assert "<h3>enfant</h3>" in html
    assert '<span lang="en">child</span>' in html
    assert '<span lang="en">Any person under 18' in html


def test_the_download_has_every_term_in_both_languages_with_its_source(client):
    rows = file(client, "/en/glossary/terms.csv")
    child = next(row for row in rows if row["English"] == "child")

    assert len(rows) == 82
    assert child["French"] == "enfant"
    assert child["Advice"] == "Words to use"
    assert child["Sources"] == "https://www.childsafetyineurope.com/definitions/"
    assert child["How we know"] == "source read in full"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", child["As of"])
