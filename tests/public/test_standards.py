"""Pages of standards: what is asked, whom it binds as far as we can tell, and nothing that is restricted."""

import datetime
import re

import pytest

from endocsea.findings.models import Finding, Observation
from endocsea.profiles.actions import bring_up_to_date
from endocsea.replies.models import Answer
from endocsea.standards.models import Indicator, Instrument, LegalLine, Provision, TreatyStatus
from endocsea.states.models import State
from endocsea.support.actors import CONTENT
from tests.conftest import LOADED_AT
from tests.public.reading import file, page, text_of

pytestmark = pytest.mark.django_db

PAGES = [
    "standards/", "standards/treaties/", "standards/lanzarote/", "standards/budapest-protocol-1/",
    "standards/budapest-protocol-2/", "standards/istanbul/", "standards/cm-rec-2018-7/",
    "standards/directive-2011-93/", "standards/model-national-response/", "standards/child-friendly-justice/",
    "standards/lanzarote/23/", "standards/lanzarote/10/", "standards/lanzarote/10-2-a/", "standards/opsc/8-1/",
    "standards/cm-rec-2018-7/2-1/", "standards/directive-2011-93/6/", "indicators/", "indicators/C3-07/",
    "indicators/C4-12/", "indicators/C1-02/", "indicators/C1-06/", "indicators/C1-07/",
]  # fmt: skip

FILES = [
    "standards/instruments.csv", "standards/treaties/treaties.csv", "standards/lanzarote/states.csv",
    "standards/lanzarote/provisions.csv", "standards/lanzarote/23/states.csv",
    "standards/directive-2011-93/states.csv", "indicators/indicators.csv", "indicators/C3-07/observations.csv",
]  # fmt: skip

MADE_UP = ("Arden", "Belmora", "Corvia", "Dunmere")


def outside_the_strip(html):
    return re.sub(r'<section class="strip".*?</section>', "", html, flags=re.S)


def names_in(html):
    """The states that a table's rows name, in their order."""
    return re.findall(r'<th scope="row"><a href="/en/states/[^"]+">([^<]+)</a>', html)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_every_address_answers_in_both_languages_without_cookie_or_visitor(client, language, address):
    response = client.get(f"/{language}/{address}")

    assert response.status_code == 200
    assert response.headers["Content-Language"] == language
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_its_place_no_inline_code_and_leads_only_where_something_is(client, address):
    html = page(client, f"/en/{address}")
    ids = re.findall(r'\sid="([^"]+)"', html)
    inside = {link.split("#")[0] for link in re.findall(r'href="(/[^"]*)"', html) if "/static/" not in link}
    ours = {link for link in inside if "/standards/" in link or "/indicators/" in link}

    assert 'class="trail"' in html
    assert html.count("<h1>") == 1
    assert "<script>" not in html
    assert " style=" not in html
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert not {link for link in ours if client.get(link).status_code != 200}


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_sentence_has_a_blank_that_was_not_filled_and_none_is_escaped_twice(client, address, language):
    html = page(client, f"/{language}/{address}")
    text = text_of(html)

    assert not re.search(r"&amp;(#|lt|gt|quot|amp)", html)

    assert not re.search(r"\{\{|%\(|\}\}", text)
    assert " of  states" not in text
    assert not re.search(r"\b(in|of|for) (of|and not|it was)\b", text)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_takes_few_statements_however_many_states_there_are(
    client, django_assert_max_num_queries, address
):
    with django_assert_max_num_queries(16):
        client.get(f"/en/{address}")


@pytest.mark.parametrize(
    "address",
    [
        "standards/nothing/", "standards/lanzarote/999/", "standards/nothing/23/", "standards/lanzarot/states.csv",
        "standards/cm-rec-2018-7/states.csv", "standards/cm-rec-2018-7/4-3/states.csv",
        "standards/lanzarote/23/nothing.csv", "indicators/C99-01/", "indicators/c3-07/",
        "indicators/C4-12/observations.csv", "indicators/C99-01/observations.csv", "standards/LANZ/",
        "indicators/<script>alert(1)</script>/", "standards/%00/", "standards/lanzarote/<script>/",
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_helps_on(client, address):
    html = page(client, f"/en/{address}", status=404)

    assert "There is no such page" in html
    assert 'href="/en/standards/"' in html
    assert "<script>alert" not in html


def test_a_language_that_the_site_does_not_have_helps_on_too(client):
    assert "There is no such page" in page(client, "/de/standards/", status=404)


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("standards/lanzarot/", "/en/standards/lanzarote/"),
        ("standards/lanzarote/999/", "/en/standards/lanzarote/"),
        ("indicators/c3-07/", "/en/indicators/C3-07/"),
    ],
)
def test_a_mistyped_standard_or_question_is_guessed(client, mistyped, meant):
    assert f'href="{meant}"' in page(client, f"/en/{mistyped}", status=404)


def test_what_is_retired_is_gone(client):
    day = datetime.date(2026, 1, 1)
    Provision.objects.filter(instrument__code="LANZ", article="23").update(retired_on=day)
    Instrument.objects.filter(code="ISTA").update(retired_on=day)
    Indicator.objects.filter(code="C1-02").update(retired_on=day)

    for address in ("standards/lanzarote/23/", "standards/istanbul/", "indicators/C1-02/"):
        assert client.get(f"/en/{address}").status_code == 404
    assert "C1-02" not in page(client, "/en/indicators/")
    assert "/lanzarote/23/" not in page(client, "/en/standards/lanzarote/")
    assert "Istanbul" not in page(client, "/en/standards/treaties/")


class TestTheInstruments:
    def test_all_fourteen_are_listed_in_groups(self, client):
        html = page(client, "/en/standards/")

        assert len(set(re.findall(r'href="/en/standards/([a-z0-9-]+)/"', html)) - {"treaties"}) == 14
        assert [*re.findall(r'<h2 id="(\w+)"', html)][:4] == ["benchmark", "framework", "context", "later"]
        assert "Convention on the Rights of the Child" in html

    def test_each_says_what_it_is_and_how_many_provisions_are_here(self, client):
        row = re.search(
            r'<tr><th scope="row"><a href="/en/standards/lanzarote/">.*?</tr>', page(client, "/en/standards/")
        )
        text = text_of(row.group())

        assert "CETS 201" in text
        assert "treaty" in text
        assert "1 July 2010" in text
        assert text.strip().endswith("90")

    def test_an_instrument_speaks_of_the_day_of_the_picture(self, client):
        text = text_of(page(client, "/en/standards/lanzarote/"))

        assert "On 30 June 2021 it was in force for 41 of 47 states; for 6 we cannot tell." in text

    def test_states_go_by_name_each_with_dates_and_how_each_is_known(self, client):
        html = page(client, "/en/standards/lanzarote/")
        names = names_in(html)
        row = text_of(re.search(r"<tr><th[^>]*><a[^>]*>Georgia</a>.*?</tr>", html).group())

        assert len(names) == 47
        assert names == sorted(names, key=lambda name: name.replace("ü", "u"))
        assert "12 March 2009 unverified" in row
        assert "23 September 2014" in row
        assert "reservations unchecked" in row

    def test_a_treaty_that_was_not_open_was_in_force_for_nobody(self, client):
        text = text_of(page(client, "/en/standards/budapest-protocol-2/"))

        assert "it was not open for signature yet, and in force for nobody" in text
        assert "later: 12 May 2022" in text
        assert "0 in force" in text

    def test_what_is_not_law_has_no_list_of_states(self, client):
        html = page(client, "/en/standards/cm-rec-2018-7/")

        assert names_in(html) == []
        assert "It is not law" in text_of(html)

    def test_law_of_the_union_binds_no_state_for_certain(self, client):
        text = text_of(page(client, "/en/standards/directive-2011-93/"))

        assert "27 were members of the European Union" in text
        assert "0 binds" in text

    def test_an_instrument_without_provisions_says_why(self, client):
        assert "outside the eight capabilities" in page(client, "/en/standards/budapest-protocol-1/")
        assert "No question of the benchmark rests on" in page(client, "/en/standards/istanbul/")
        assert 'href="/en/capabilities/14/"' in page(client, "/en/standards/model-national-response/")

    def test_every_instrument_with_quoted_text_or_dates_names_addresses(self, client):
        for slug, kind in Instrument.objects.values_list("slug", "kind"):
            html = page(client, f"/en/standards/{slug}/")
            sources = html[html.index('id="sources"') : html.index('id="next"')]
            assert kind == "framework" or 'href="http' in sources, slug

    def test_a_made_up_state_is_on_no_page_of_an_instrument(self, client):
        for address in ("standards/lanzarote/", "standards/treaties/", "standards/directive-2011-93/"):
            assert not any(name in page(client, f"/en/{address}") for name in MADE_UP)


class TestAnArticle:
    def test_it_says_what_it_asks_how_firmly_and_what_measures_it(self, client):
        html = page(client, "/en/standards/lanzarote/23/")
        text = text_of(html)

        assert "Article 23: Solicitation of children for sexual purposes" in text
        assert "proposal by ICT to meet a child" in text
        assert "Duty. A Party has to do this." in text
        assert 'href="/en/capabilities/3/"' in html
        assert 'href="/en/indicators/C3-07/"' in html

    @pytest.mark.parametrize(
        ("article", "meaning"),
        [
            ("lanzarote/9-1", "does not owe a certain result"),
            ("lanzarote/10", "Read them one by one"),
            ("lanzarote/7", "within limits that the provision itself sets"),
            ("directive-2011-93/6", "obliges the members of the European Union"),
            ("cm-rec-2018-7/4-3", "binds nobody"),
        ],
    )
    def test_the_word_for_its_force_is_explained(self, client, article, meaning):
        assert meaning in page(client, f"/en/standards/{article}/")

    def test_a_text_from_memory_is_shown_by_number_and_title_alone(self, client):
        unread = list(
            Provision.objects.filter(verified="memory").values_list("instrument__slug", "slug", "obligation")
        )

        assert len(unread) == 7
        for instrument, slug, obligation in unread:
            for address in (f"{instrument}/{slug}/", f"{instrument}/", f"{instrument}/provisions.csv"):
                body = client.get(f"/en/standards/{address}").content.decode()
                assert "text to be verified" in body
                assert obligation["en"] not in body

    def test_every_real_state_is_in_one_of_three_groups_with_the_reason(self, client):
        html = outside_the_strip(page(client, "/en/standards/lanzarote/23/"))
        headings = [int(n) for n in re.findall(r'<h3 id="[a-z-]+">[^<]+: (\d+)</h3>', html)]

        assert headings == [0, 0, 47]
        assert len(names_in(html)) == 47
        assert "in force; reservations unchecked" in html
        assert "nobody has compared the reservations" in html

    def test_names_go_alphabetically_within_each_group(self, client):
        html = outside_the_strip(page(client, "/en/standards/directive-2011-93/6/"))
        groups = [names_in(part) for part in html.split("<h3 id=")[1:]]

        assert [len(names) for names in groups] == [0, 20, 27]
        assert all(names == sorted(names, key=lambda n: n.replace("ü", "u")) for names in groups)

    def test_a_real_state_is_bound_for_certain_once_a_named_lawyer_has_checked(self, client):
        status = TreatyStatus.objects.filter(state__iso3="GEO", instrument__code="LANZ")
        status.update(
            checked_on=datetime.date(2021, 5, 1), checked_by="a lawyer", reservations="24(3): no attempt"
        )
        html = outside_the_strip(page(client, "/en/standards/lanzarote/23/"))

        assert names_in(html.split('<h3 id="does-not-bind">')[0]) == ["Georgia"]
        assert "checked 1 May 2021 by: a lawyer" in html
        assert "it bound 1 of 47 states" in html

    def test_made_up_states_stand_on_a_strip_of_their_own_with_their_own_day(self, client):
        html = page(client, "/en/standards/lanzarote/23/")
        strip = re.search(r'<section class="strip".*?</section>', html, re.S).group()
        text = text_of(strip)

        assert "31 May 2020" in text
        assert "Training material" in text
        assert all(name in text for name in MADE_UP)
        assert "Corvia does not bind" in text
        assert not any(name in outside_the_strip(html) for name in MADE_UP)

    def test_without_training_material_there_is_no_strip(self, client, settings):
        settings.WITH_TRAINING = False

        for address in ("standards/lanzarote/23/", "indicators/C3-07/"):
            html = page(client, f"/en/{address}")
            assert not any(name in html for name in (*MADE_UP, "Training material", 'class="strip"'))

    def test_a_mixed_article_leads_to_its_parts_and_back(self, client):
        assert 'href="/en/standards/lanzarote/10-2-a/"' in page(client, "/en/standards/lanzarote/10/")
        assert 'href="/en/standards/lanzarote/10/"' in page(client, "/en/standards/lanzarote/10-2-a/")

    def test_every_article_of_every_instrument_has_its_page(self, client):
        for instrument, slug in Provision.objects.values_list("instrument__slug", "slug"):
            assert client.get(f"/fr/standards/{instrument}/{slug}/").status_code == 200, (instrument, slug)

    def test_hostile_text_in_the_content_is_only_text(self, client):
        evil = "<script>alert(1)</script>"
        article = Provision.objects.filter(instrument__code="LANZ", article="23")
        article.update(title={"en": evil}, obligation={"en": evil})
        TreatyStatus.objects.filter(state__iso3="GEO", instrument__code="LANZ").update(reservations=evil)

        for address in ("standards/lanzarote/23/", "standards/lanzarote/", "indicators/C3-07/"):
            html = page(client, f"/en/{address}")
            assert evil not in html
            assert "&lt;script&gt;" in html

    def test_english_texts_are_marked_on_a_french_page(self, client):
        html = page(client, "/fr/standards/lanzarote/23/")

        assert '<span lang="en">Solicitation of children for sexual purposes</span>' in html
        assert "Convention de Lanzarote" in html


class TestTheMatrix:
    def test_it_has_a_row_for_each_state_by_name_and_a_column_for_each_treaty(self, client):
        html = page(client, "/en/standards/treaties/")
        names = names_in(html)

        assert len(names) == 47
        assert names == sorted(names, key=lambda name: name.replace("ü", "u"))
        assert len(re.findall(r'<th scope="col"', html)) == 9
        assert html.count('class="cell cell-') == 47 * 8

    def test_every_cell_holds_words(self, client):
        html = page(client, "/en/standards/treaties/")
        cells = re.findall(r'<div class="cell (cell-[a-z]+)">(.*?)</div>', html)

        words = {"cell-in": {"in force"}, "cell-unknown": {"cannot tell"}}
        for mark, cell in cells:
            word = re.match(r"<strong>([^<]+)</strong>", cell).group(1)
            assert word in words.get(
                mark, {"not open yet", "not a Party", "not yet in force", "no longer in force"}
            )
            if mark == "cell-in":
                assert re.search(r"since \d+ \w+ \d{4}</span><span[^>]*>(read in a source|derived)<", cell)
            if mark == "cell-unknown":
                assert re.search("unverified|sources differ|earlier day|date was not found", cell)

    def test_the_sentence_counts_what_the_cells_say(self, client):
        html = page(client, "/en/standards/treaties/")
        counts = [html.count(f'class="cell cell-{mark}"') for mark in ("in", "not", "unknown")]

        assert sum(counts) == 376
        assert (
            f"of 376 pairs, the treaty was in force for the state in {counts[0]} and not in {counts[1]}; "
            f"in {counts[2]} we cannot tell" in text_of(html)
        )

    def test_its_legend_explains_every_mark(self, client):
        html = page(client, "/en/standards/treaties/")

        for mark in ("cell-in", "cell-not", "cell-unknown"):
            assert f'class="mark {mark}"' in html

    def test_no_state_has_a_total_or_a_place(self, client):
        for address in ("standards/treaties/treaties.csv", "standards/lanzarote/states.csv"):
            headings = " ".join(file(client, f"/en/{address}")[0]).lower()
            assert not re.search(r"rank|score|total|place|count", headings)


class TestAQuestion:
    def test_all_129_are_listed_with_their_marks(self, client):
        html = page(client, "/en/indicators/")

        assert len(set(re.findall(r'href="/en/indicators/(C\d+-\d+)/"', html))) == 129
        assert html.count('<span class="tag tag-strong">core set</span>') == 40
        assert html.count('<span class="tag">answers restricted</span>') == 10

    def test_every_question_has_its_page_with_its_levels_in_words(self, client):
        for code, levels in Indicator.objects.values_list("code", "levels"):
            html = page(client, f"/en/indicators/{code}/")
            assert html.count('<li class="lv-') == len(levels.get("en", ())), code

    def test_choices_and_units_are_named(self, client):
        assert "telecommunications or digital affairs" in page(client, "/en/indicators/C1-02/")
        assert "EUR (and national currency)" in page(client, "/en/indicators/C1-06/")

    def test_it_rests_on_provisions_whose_lines_are_undecided_for_real_states(self, client):
        html = outside_the_strip(page(client, "/en/indicators/C3-07/"))

        assert 'href="/en/standards/lanzarote/23/"' in html
        assert html.count("<td>undecided</td>") == 3
        assert LegalLine.objects.filter(training=False).count() == 0

    def test_made_up_states_show_their_levels_on_a_strip(self, client):
        html = page(client, "/en/indicators/C3-07/")
        strip = text_of(re.search(r'<section class="strip".*?</section>', html, re.S).group())

        assert "Corvia 0 Not an offence" in strip
        assert "Lanzarote Convention, article 23: level 3" in strip
        assert not any(name in outside_the_strip(html) for name in MADE_UP)

    def test_an_unanswered_question_of_a_made_up_state_is_unknown_and_not_zero(self, client):
        strip = text_of(page(client, "/en/indicators/C14-04/").split('class="strip"')[1])

        assert re.search(r"Belmora unknown \(", strip)

    def test_no_real_state_has_a_level_even_when_somebody_has_concluded_one(self, client):
        before = {code: page(client, f"/en/indicators/{code}/") for code in ("C3-07", "C1-01")}
        example = Finding.objects.filter(indicator__code="C3-07").first()
        for code in before:
            Finding.objects.create(
                round=example.round, state=State.objects.get(iso3="GEO"), level=1, outcome="confirmed",
                indicator=Indicator.objects.get(code=code), strength="law_text", reason="concluded",
                reviewed_on=datetime.date(2021, 5, 1), confidentiality="public",
            )  # fmt: skip

        for code, html in before.items():
            assert page(client, f"/en/indicators/{code}/") == html
            assert 'class="level ' not in outside_the_strip(html)

    def test_states_with_observations_are_named_alphabetically_and_linked(self, client):
        html = outside_the_strip(page(client, "/en/indicators/C3-07/"))

        assert names_in(html) == ["Georgia", "Türkiye", "Ukraine"]
        assert 'href="/en/states/georgia/#observed"' in html

    def test_a_public_edition_names_only_states_that_were_heard(self, client, settings):
        settings.PREVIEW = False
        assert names_in(outside_the_strip(page(client, "/en/indicators/C3-07/"))) == []
        assert client.get("/en/indicators/C3-07/observations.csv").status_code == 404

        Observation.objects.filter(state__iso3="GEO", indicator__code="C3-07").update(
            sent_to_state_on=datetime.date(2022, 3, 1),
            comment_until=datetime.date(2022, 5, 1),
            commented_on=datetime.date(2022, 4, 1),
        )

        assert names_in(outside_the_strip(page(client, "/en/indicators/C3-07/"))) == ["Georgia"]
        assert [row["State"] for row in file(client, "/en/indicators/C3-07/observations.csv")] == ["Georgia"]


class TestWhatIsRestricted:
    @pytest.fixture
    def codes(self):
        codes = list(Indicator.objects.filter(sensitivity="restricted").values_list("code", flat=True))
        assert len(codes) == 10
        return codes

    def test_the_wording_is_public_and_nothing_else(self, client, codes):
        for code in codes:
            html = page(client, f"/en/indicators/{code}/")
            main = html[html.index("<main") : html.index('id="next"')]
            assert "answers restricted" in main
            assert not re.search(r'href="/en/states/', main)
            assert not any(
                part in main for part in ('id="observed"', 'id="training"', ".csv", 'class="level ')
            )
            assert client.get(f"/en/indicators/{code}/observations.csv").status_code == 404

    def test_not_even_when_an_observation_was_classed_as_public_by_mistake(self, client, codes):
        Observation.objects.filter(indicator__code__in=codes).update(
            confidentiality="public", statement="zqzq"
        )
        for code in codes:
            assert not re.search(
                r'href="/en/states/[a-z]+-?[a-z]*/#', page(client, f"/en/indicators/{code}/")
            )
            assert client.get(f"/en/indicators/{code}/observations.csv").status_code == 404

    def test_changing_every_restricted_answer_changes_no_byte(self, client, codes):
        addresses = [f"/en/{each}" for each in [*PAGES, *FILES, *(f"indicators/{code}/" for code in codes)]]
        before = [client.get(address).content for address in addresses]
        Finding.objects.filter(indicator__code__in=codes).update(level=2, reason="other")
        Answer.objects.filter(indicator__code__in=codes).update(value="", status="withheld")
        Observation.objects.filter(indicator__code__in=codes).update(as_of="2001", statement="other")
        bring_up_to_date(by=CONTENT, at=LOADED_AT)

        assert [client.get(address).content for address in addresses] == before


class TestDownloads:
    def test_the_treaties_have_a_row_for_each_state_and_treaty_that_says_how_it_is_known(self, client):
        rows = file(client, "/en/standards/treaties/treaties.csv")
        georgia = next(r for r in rows if r["Code of the state"] == "GEO" and r["Number"] == "CETS 201")

        assert len(rows) == 47 * 8
        assert {row["As of"] for row in rows} == {"2021-06-30"}
        assert georgia["In force for the state"] == "2015-01-01"
        assert georgia["In force: how known"] == "read in a source"
        assert georgia["Signed: how known"] == "unverified"
        assert "https://www.coe.int/en/web/children/convention" in georgia["Sources"]
        assert all(row["How we know"] for row in rows)

    def test_the_matrix_and_its_download_say_the_same(self, client):
        html = page(client, "/en/standards/treaties/")
        rows = file(client, "/en/standards/treaties/treaties.csv")

        for word, mark in (("in force", "in"), ("not in force", "not"), ("cannot tell", "unknown")):
            assert sum(row["On that day"] == word for row in rows) == html.count(f'class="cell cell-{mark}"')

    def test_an_article_has_a_row_for_each_state_with_verdict_and_reason(self, client):
        rows = file(client, "/en/standards/lanzarote/23/states.csv")

        assert len(rows) == 47
        assert {row["Does it bind?"] for row in rows} == {"cannot tell"}
        assert all(row["Why we say so"] and row["Sources"] for row in rows)
        assert not {row["State"] for row in rows} & set(MADE_UP)

    def test_the_questions_come_with_levels_provisions_and_what_they_were_drawn_from(self, client):
        rows = {row["Code"]: row for row in file(client, "/en/indicators/indicators.csv")}

        assert len(rows) == 129
        assert rows["C3-07"]["Level 0"] == "Not an offence"
        assert rows["C3-07"]["Provisions"] == "LANZ:23; LCOP:2015; EU93:6"
        assert rows["C3-07"]["Sources"]
        assert rows["C4-12"]["Answers restricted"] == "yes"

    def test_the_instruments_and_provisions_come_with_addresses(self, client):
        instruments = file(client, "/en/standards/instruments.csv")
        provisions = file(client, "/en/standards/lanzarote/provisions.csv")

        assert len(instruments) == 14
        assert all("http" in row["Sources"] for row in instruments if row["Provisions here"] != "0")
        assert len(provisions) == 90
        assert all("http" in row["Sources"] and row["How we know"] for row in provisions)

    def test_a_reservation_that_looks_like_a_formula_stays_text(self, client):
        TreatyStatus.objects.filter(state__iso3="GEO", instrument__code="LANZ").update(
            reservations="=HYPERLINK(1)", note="@x"
        )
        for address in ("standards/treaties/treaties.csv", "standards/lanzarote/23/states.csv"):
            rows = [r for r in file(client, f"/en/{address}") if r["State"] == "Georgia"]
            assert "'=HYPERLINK(1)" in {row["Reservations and declarations"] for row in rows}

    def test_observations_name_their_sources_and_say_whether_the_state_was_heard(self, client):
        rows = file(client, "/en/indicators/C3-07/observations.csv")

        assert [row["State"] for row in rows] == ["Georgia", "Türkiye", "Ukraine"]
        assert {row["Of them, the state was heard on"] for row in rows} == {"none"}
        assert all("http" in row["Sources"] and row["How we know"] for row in rows)

    def test_french_files_have_french_names_of_states(self, client):
        response = client.get("/fr/standards/lanzarote/states.csv")

        assert "Géorgie" in response.content.decode("utf-8-sig")
        assert response.headers["Content-Disposition"].endswith('-fr.csv"')


def test_other_pages_lead_to_articles_and_questions(client):
    html = page(client, "/en/capabilities/3/")

    assert 'href="/en/standards/lanzarote/23/"' in html
    assert 'href="/en/indicators/C3-07/"' in html
    assert 'href="/en/standards/"' in page(client, "/en/")
