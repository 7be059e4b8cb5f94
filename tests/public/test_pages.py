"""Public pages: what each must say, for real states, for made-up ones, and for addresses that lead nowhere."""

import datetime
import re

import pytest

pytestmark = pytest.mark.django_db

PAGES = [
    "", "states/", "states/georgia/", "states/bosnia-and-herzegovina/", "states/san-marino/", "states/belmora/",
    "states/corvia/", "states/turkiye/", "capabilities/", "capabilities/3/", "capabilities/4/", "capabilities/7/",
    "capabilities/14/", "help/", "about/", "method/", "help/georgia/", "help/andorra/", "figures/",
    "figures/ncmec_cybertipline_reports/", "figures/iwf_share_hosted/", "glossary/", "how-we-know/",
]  # fmt: skip


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def text_of(html):
    """What a reader reads: without tags, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_in_both_languages_without_cookie_or_visitor(client, language, address):
    response = client.get(f"/{language}/{address}")

    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "Accept-Language" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("address", PAGES)
def test_no_page_holds_an_inline_script_or_style(client, address):
    html = page(client, f"/en/{address}")

    assert "<script>" not in html
    assert "<style" not in html
    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)


def test_the_policy_allows_no_inline_and_no_other_host(client):
    policy = client.get("/en/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("address", PAGES)
def test_every_link_inside_the_site_leads_somewhere(client, address):
    html = page(client, f"/en/{address}")
    inside = {
        link.split("#")[0] for link in re.findall(r'href="(/[^"]*)"', html) if not link.startswith("/static/")
    }

    dead = {link for link in inside if link and client.get(link).status_code not in (200, 302)}
    assert not dead


@pytest.mark.parametrize("address", PAGES)
def test_every_anchor_on_a_page_has_its_place_there_and_ids_are_unique(client, address):
    html = page(client, f"/en/{address}")
    ids = re.findall(r'\sid="([^"]+)"', html)

    assert len(ids) == len(set(ids)), sorted(i for i in set(ids) if ids.count(i) > 1)
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_a_real_state_carries_no_level_no_gap_and_no_grade(client):
    for slug in ("georgia", "bosnia-and-herzegovina", "albania", "san-marino", "turkiye"):
        html = page(client, f"/en/states/{slug}/")
        assert 'class="level ' not in html
        assert not re.search(r"\bgap\b(?! analys)", text_of(html).lower().replace("gap analysis", "")), slug
        assert "requires" not in text_of(html).split("Provision by provision")[0].lower()


def test_each_observation_is_marked_as_not_seen_by_its_state(client):
    html = page(client, "/en/states/georgia/")
    items = html.split("desk research, not yet seen by Georgia")

    assert len(items) - 1 == 28  # thirty observations, two of them on restricted questions


def test_a_restricted_observation_is_on_no_page(client):
    for address in PAGES:
        html = page(client, f"/en/{address}")
        assert "digital forensics subunit" not in html  # OBS-GEO-16, on C4-12
        assert "acts as the 24/7 contact point" not in html  # OBS-GEO-17, on C4-13


def test_georgia_is_bound_by_nothing_for_certain_while_reservations_are_unchecked(client):
    text = text_of(page(client, "/en/states/georgia/"))

    assert "in force; reservations unchecked" in text
    assert "in force, reservations checked" not in text


def test_a_training_state_says_so_in_its_title_on_its_ribbon_and_on_its_chart(client):
    html = page(client, "/en/states/belmora/")

    assert "Belmora (made up for training)" in html
    assert 'class="ribbon"' in html
    assert "Training material: a made-up state" in html


def test_the_case_worked_by_hand_stands_on_the_page_of_belmora(client):
    html = page(client, "/en/states/belmora/")
    row = re.search(r'<tr><th scope="row">.*?Child participation.*?</tr>', html).group()
    text = text_of(row)

    assert "1.1" in text  # 9/8 = 1.125
    assert "8 of 9" in text
    assert "1.0 to 1.4" in text  # 9/9 and 13/9
    assert "gap" in text
    assert "C14-07" in text
    assert "C14-10" in text


def test_real_and_made_up_states_are_never_on_one_map_or_in_one_count(client):
    home = page(client, "/en/")
    figure = re.search(r"<figure.*?</figure>", home, re.S).group()

    assert not any(name in figure for name in ("Arden", "Belmora", "Corvia", "Dunmere"))
    assert "47 states" in text_of(home)


def test_no_state_is_ranked_and_lists_go_by_name(client):
    html = page(client, "/en/states/")
    table = html[html.index('id="all-states"') :]
    names = re.findall(
        r'<th scope="row"><a href="/en/states/[^"]+">([^<]+)</a>', table[: table.index("</table>")]
    )

    assert len(names) == 47
    assert names == sorted(names, key=lambda n: n.replace("ü", "u"))
    assert not re.search(r"\brank(ed|ing)? (of|by)\b", text_of(html).lower())


def test_french_pages_mark_what_is_still_english(client):
    html = page(client, "/fr/states/georgia/")

    assert '<span lang="en">A National Advisory Board works on' in html
    assert "Géorgie" in html


def test_a_page_for_help_leaves_no_trace_in_a_cache(client):
    assert client.get("/en/help/").headers["Cache-Control"] == "no-store"


def test_help_says_first_that_this_site_cannot_receive_reports(client):
    html = page(client, "/en/help/")

    assert text_of(html[html.index("<h1") :]).split(". ")[0].endswith("This site cannot receive reports")


def test_a_channel_that_nobody_confirmed_is_marked_in_a_preview(client):
    html = page(client, "/en/states/georgia/")

    assert html.count("not confirmed yet: do not rely on it") == 2


class TestAPublicEdition:
    @pytest.fixture(autouse=True)
    def public(self, settings):
        settings.PREVIEW = False

    def test_it_shows_no_observation_and_says_why(self, client):
        html = page(client, "/en/states/georgia/")

        assert "National Advisory Board" not in html
        assert "becomes public when Georgia has commented on it" in html
        assert 'class="edition"' not in html

    def test_it_shows_no_channel_that_nobody_confirmed(self, client):
        for address in ("/en/help/", "/en/states/georgia/"):
            html = page(client, address)
            assert "116111" not in html
            assert "police.ge" not in html

    def test_it_counts_no_observation_either(self, client):
        html = page(client, "/en/states/")
        assert "none yet" in html
        row = re.search(r"<tr>.*?Georgia.*?</tr>", html[html.index('id="all-states"') :]).group()
        assert not re.search(r">\d+<", row)


@pytest.mark.parametrize(
    "address",
    ["/en/states/atlantis/", "/en/capabilities/99/", "/de/states/", "/en/nothing/", "/fr/states/rien/", "/x"],
)
def test_an_address_that_leads_nowhere_helps_on(client, address):
    text = text_of(page(client, address, status=404))

    assert address in text
    assert "Traceback" not in text


def test_a_mistyped_state_is_guessed(client):
    html = page(client, "/en/states/gerogia/", status=404)

    assert 'href="/en/states/georgia/"' in html


@pytest.mark.parametrize(
    "address", ["/en/states/%00/", "/en/states/<script>alert(1)</script>/", "/en/capabilities/-3/"]
)
def test_a_hostile_address_is_only_text(client, address):
    html = page(client, address, status=404)

    assert "<script>alert" not in html


def test_our_own_mistake_shows_a_page_and_no_trace(client, monkeypatch):
    from endocsea.public.views import home

    def broken(*_):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(home, "picture", broken)
    client.raise_request_exception = False
    html = page(client, "/en/", status=500)

    assert "Something went wrong on our side" in html
    assert "secret detail" not in html


def test_the_root_leads_to_english(client):
    assert client.get("/").headers["Location"] == "/en/"


def test_the_squares_show_every_real_state_once_and_no_made_up_one(client):
    html = page(client, "/en/states/")
    figure = re.search(r'<figure[^>]*id="squares".*?</figure>', html, re.S).group()
    links = re.findall(r'<a href="/en/states/([^/]+)/"', figure)

    assert len(links) == len(set(links)) == 47
    assert "belmora" not in links


def test_an_observation_says_how_far_its_state_was_heard(client):
    from endocsea.findings.models import Observation

    past, long_past = datetime.date(2022, 5, 2), datetime.date(2022, 3, 1)
    future = datetime.date(2999, 1, 1)
    for code, hearing in {
        "OBS-GEO-01": {"sent_to_state_on": long_past, "comment_until": future, "commented_on": past},
        "OBS-GEO-02": {"sent_to_state_on": long_past, "comment_until": past},
        "OBS-GEO-03": {"sent_to_state_on": long_past, "comment_until": future},
    }.items():
        assert Observation.objects.filter(code=code).update(**hearing)
    html = page(client, "/en/states/georgia/")

    assert "desk research; Georgia commented on 2 May 2022" in html
    assert "desk research; Georgia did not comment by 2 May 2022" in html
    assert "desk research, with Georgia for comment until 1 January 2999" in html
    assert html.count("desk research, not yet seen by Georgia") == 25
    assert "on 26 of them Georgia was not heard yet" in text_of(html)
