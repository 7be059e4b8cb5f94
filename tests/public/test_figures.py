"""Published figures: what each counts and does not mean, states by name and nothing worked out from them."""

import re

import pytest

from endocsea.states.models import Figure, Metric
from tests.public.reading import file, page, text_of

pytestmark = pytest.mark.django_db

NCMEC = "/en/figures/ncmec_cybertipline_reports/"
CAVEAT = "NCMEC states that these numbers do not show the level of abuse"


def test_every_measure_is_listed_with_whom_it_speaks_of_and_its_years(client):
    html = page(client, "/en/figures/")
    row = re.search(r"<tr>(?:(?!<tr>).)*NCMEC CyberTipline.*?</tr>", html, re.S).group()

    assert len(re.findall(r'<th scope="row"><a href="/en/figures/', html)) == Metric.objects.count()
    assert (
        " ".join(text_of(row).split())
        == "Reports to the NCMEC CyberTipline the world, 47 states 2010–2023 249"
    )
    assert "1,125 figures on 29 measures" in text_of(html)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_measure_has_a_page(client, language):
    for code in Metric.objects.values_list("code", flat=True):
        page(client, f"/{language}/figures/{code}/")


def test_what_a_measure_does_not_mean_stands_by_its_picture_and_by_its_table(client):
    html = page(client, NCMEC)
    figure = re.search(r"<figure.*?</figure>", html, re.S).group()
    between = html[html.index("</figure>") : html.index('id="by-state"')]

    assert CAVEAT in text_of(figure)
    assert CAVEAT in text_of(between)


def test_regions_are_drawn_and_states_are_not(client):
    html = page(client, NCMEC)
    figure = re.search(r"<figure.*?</figure>", html, re.S).group()

    assert "The world" in figure
    assert "36,210,368" in figure
    assert "Germany" not in figure


def test_states_stand_by_name_and_never_by_a_figure(client):
    html = page(client, NCMEC)
    table = html[html.index('id="by-state"') :]
    names = re.findall(r'<th scope="row"><a href="/en/states/[^"]+#published">([^<]+)</a>', table)

    assert len(names) == 47
    assert names == sorted(names, key=lambda name: name.replace("ü", "u"))


def test_nothing_is_divided_by_population(client):
    for code in Metric.objects.values_list("code", flat=True):
        text = text_of(page(client, f"/en/figures/{code}/")).lower()
        assert not re.search(r"per (capita|100[, ]?000|1[, ]?000|inhabitant)", text), code


def test_a_change_of_unit_breaks_the_line_and_says_so(client):
    html = page(client, "/en/figures/iwf_confirmed_urls/")

    assert "unit from here: URLs" in text_of(html)
    assert 'class="ink-line break"' in html


def test_a_year_without_a_figure_is_unknown_and_not_nothing(client):
    html = page(client, "/en/figures/internet_users_pct/")
    row = re.search(r'<tr><th scope="row"><a [^>]*>Andorra<.*?</tr>', html).group()

    assert "unknown" in row


def test_each_source_is_named_with_how_it_was_read(client):
    text = text_of(page(client, "/en/figures/iwf_confirmed_urls/"))

    assert (
        "http://giblad.com/2018/04/internet-watch-foundation-annual-report-day/ · 2 figures, source read in part"
        in text
    )


def test_the_figures_of_a_state_lead_to_their_measures(client):
    html = page(client, "/en/states/georgia/")

    assert f'href="{NCMEC}"' in html
    assert 'href="/en/states/georgia/figures.csv"' in html


def test_the_download_holds_every_figure_as_published_with_its_caveat_and_source(client):
    rows = file(client, f"{NCMEC}figures.csv")
    world = next(row for row in rows if row["Code"] == "GLOBAL" and row["Year"] == "2023")

    assert len(rows) == Figure.objects.filter(metric__code="ncmec_cybertipline_reports").count()
    assert world["Figure"] == "36210368"
    assert world["Place"] == "the world"
    assert world["What it does not mean"].startswith(CAVEAT)
    assert world["Sources"].startswith("https://github.com/")
    assert world["How we know"] == "source read in full"


def test_a_share_keeps_its_decimals_in_a_download(client):
    rows = file(client, "/en/figures/internet_users_pct/figures.csv")

    assert any(re.fullmatch(r"\d+\.\d+", row["Figure"]) for row in rows)


@pytest.mark.parametrize(
    "address", ["/en/figures/nothing/", "/en/figures/nothing/figures.csv", "/en/figures/%00/"]
)
def test_a_measure_that_does_not_exist_is_said(client, address):
    page(client, address, status=404)


def test_a_mistyped_measure_is_guessed(client):
    html = page(client, "/en/figures/iwf_confirmed_url/", status=404)

    assert 'href="/en/figures/iwf_confirmed_urls/"' in html


def test_a_french_page_names_units_in_french(client):
    for address in ("/fr/states/georgia/", "/fr/figures/internet_users_pct/"):
        text = text_of(client.get(address).content.decode())
        assert "pourcentage de la population" in text
        assert "percent of population" not in text
