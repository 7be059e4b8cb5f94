"""Where to get help: who stands there and who does not, in plain words, without a trace."""

import datetime
import re

import pytest

from endocsea.states.models import ReportingChannel
from tests.public.reading import file, page, text_of

pytestmark = pytest.mark.django_db

EVERYWHERE = ["/en/help/", "/en/help/georgia/", "/en/help/andorra/", "/fr/help/", "/fr/help/georgia/"]


def after_the_title(html):
    return text_of(html[html.index("</h1>") : html.index("</main>")]).strip()


@pytest.fixture
def confirmed_in_georgia(db):
    """Somebody of Georgia confirmed its helpline."""
    channel = ReportingChannel.objects.get(content_key="CH12")
    channel.confirmed_on, channel.confirmed_by = datetime.date(2021, 5, 3), "somebody with a name"
    channel.save()
    return channel


@pytest.mark.parametrize("address", ["/en/help/", "/en/help/georgia/", "/en/help/andorra/"])
def test_the_first_line_says_that_this_site_cannot_receive_reports(client, address):
    assert after_the_title(page(client, address)).startswith("This site cannot receive reports.")


@pytest.mark.parametrize("address", ["/en/help/", "/en/help/georgia/", "/en/help/serbia/"])
def test_helplines_come_before_police_and_police_before_hotlines(client, address):
    html = page(client, address)

    assert html.index('id="talk"') < html.index('id="police"') < html.index('id="pictures"')


def test_the_entries_of_a_state_stand_in_the_same_order(client):
    html = page(client, "/en/help/georgia/")

    assert html.index("Helpline 111") < html.index("Emergency number 112")
    assert 'href="tel:111"' in html


@pytest.mark.parametrize("address", ["/en/help/", "/en/help/andorra/"])
def test_a_child_is_spoken_to_and_is_not_to_blame(client, address):
    text = text_of(page(client, address))

    assert "it is not your fault" in text
    assert "You do not have to be alone with it" in text
    assert "minor" not in text.lower()
    assert "victim" not in after_the_title(page(client, address)).lower()


def test_sentences_for_children_are_short(client):
    html = page(client, "/en/help/")
    told = re.search(r'<div class="note note-warm">.*?</div>', html, re.S).group()
    told = text_of(re.sub(r"</(h2|p)>", ".", told))
    sentences = [sentence.split() for sentence in re.split(r"[.:?!]", told) if sentence.strip()]

    assert max(map(len, sentences)) <= 16
    assert sum(map(len, sentences)) / len(sentences) <= 10


def test_a_state_without_any_entry_has_what_anybody_can_do_anywhere(client):
    text = text_of(page(client, "/en/help/andorra/"))

    assert "No helpline or hotline of Andorra has been confirmed yet" in text
    assert "A doctor, a teacher or the police can tell you the number" in text
    assert "Do not keep, copy or forward them" in text


def test_an_entry_with_neither_address_nor_number_says_what_is_missing(client):
    missing = "Neither address nor telephone number is known to us yet."
    found = sum(
        text_of(page(client, f"/en/help/{slug}/")).count(missing)
        for slug in ReportingChannel.objects.values_list("state__slug", flat=True).distinct()
    )

    assert found == ReportingChannel.objects.filter(url="", phones=[]).count() > 0


def test_an_entry_that_nobody_confirmed_is_marked_in_a_preview(client):
    html = page(client, "/en/help/georgia/")

    assert html.count("not confirmed yet: do not rely on it") == 2


def test_a_confirmed_entry_gives_the_day_and_not_who_confirmed_it(client, confirmed_in_georgia):
    text = text_of(page(client, "/en/help/georgia/"))

    assert "Confirmed on 3 May 2021" in text
    assert "somebody with a name" not in text
    assert text.count("not confirmed yet: do not rely on it") == 1


def test_the_harmonised_number_is_written_as_people_know_it(client):
    html = page(client, "/en/help/albania/")

    assert 'href="tel:116111">116\N{NO-BREAK SPACE}111</a>' in html


def test_a_language_is_called_by_its_name(client):
    assert "Languages: Georgian." in text_of(page(client, "/en/help/georgia/"))
    assert "Montenegrin" in text_of(page(client, "/en/help/montenegro/"))


@pytest.mark.parametrize("address", [*EVERYWHERE, "/en/help/channels.csv"])
def test_nothing_of_it_stays_in_a_cache_and_no_referrer_leaves(client, address):
    response = client.get(address)

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


@pytest.mark.parametrize("address", EVERYWHERE)
def test_the_way_out_is_a_plain_link_that_tells_nobody_where_it_came_from(client, address):
    html = page(client, address)
    link = re.search(r'<a class="exit-go"[^>]*>', html).group()

    assert 'href="https://www.wikipedia.org/"' in link
    assert 'rel="noreferrer nofollow"' in link
    assert html.index("exit-go") < html.index("<main")
    assert re.search(r'<script src="[^"]*endocsea/exit[^"]*\.js" defer></script>', html)


def test_the_page_says_what_the_way_out_cannot_erase(client):
    html = page(client, "/en/help/georgia/")
    beside = text_of(re.search(r'<aside class="exit".*?</aside>', html, re.S).group())

    assert "It cannot erase your history, nor what your provider, school or employer noted." in beside
    assert "How to delete history" in text_of(html)


def test_no_other_page_has_the_way_out(client):
    assert "exit-go" not in page(client, "/en/states/georgia/")


def test_the_download_holds_what_the_pages_show(client):
    rows = file(client, "/en/help/channels.csv")
    helpline = next(row for row in rows if row["Name"] == "Helpline 111")

    assert len(rows) == ReportingChannel.objects.count() == 44
    assert helpline["State"] == "Georgia"
    assert helpline["Telephone"] == "tel:111"
    assert helpline["Confirmed"] == "not confirmed yet: do not rely on it"
    assert helpline["How we know"] == "from memory, unverified"
    assert next(row for row in rows if row["Name"] == "ISIGURT.AL")["Sources"].startswith("https://")


class TestAPublicEdition:
    @pytest.fixture(autouse=True)
    def public(self, settings):
        settings.PREVIEW = False

    @pytest.mark.parametrize("address", ["/en/help/", "/en/help/georgia/", "/en/help/albania/"])
    def test_names_no_entry_that_nobody_confirmed(self, client, address):
        html = page(client, address)

        for name in ("116111", "116\N{NO-BREAK SPACE}111", "police.ge", "isigurt", "Helpline 111"):
            assert name not in html
        assert "channels.csv" not in html

    def test_shows_the_way_that_holds_everywhere_instead(self, client):
        text = after_the_title(page(client, "/en/help/georgia/"))

        assert text.startswith("This site cannot receive reports.")
        assert "No helpline or hotline of Georgia has been confirmed yet" in text
        assert "Call the police, or the emergency number of the country where you are" in text
        assert "preview" not in text

    def test_shows_an_entry_from_the_day_it_was_confirmed(self, client, confirmed_in_georgia):
        text = text_of(page(client, "/en/help/georgia/"))

        assert "Helpline 111" in text
        assert "Emergency number 112" not in text
        assert "/en/help/georgia/" in page(client, "/en/help/")

    def test_has_an_empty_download_and_then_the_confirmed_entry_alone(self, client, confirmed_in_georgia):
        assert [row["Name"] for row in file(client, "/en/help/channels.csv")] == ["Helpline 111"]
        ReportingChannel.objects.update(confirmed_on=None, confirmed_by="")
        assert file(client, "/en/help/channels.csv") == []


def test_a_mistyped_state_leads_to_its_page_for_help(client):
    response = client.get("/en/help/gerogia/")

    assert response.status_code == 404
    assert 'href="/en/help/georgia/"' in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("slug", ["belmora", "atlantis"])
def test_a_made_up_state_and_no_state_have_no_page_for_help(client, slug):
    page(client, f"/en/help/{slug}/", status=404)
