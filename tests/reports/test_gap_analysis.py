"""The gap analysis as data: what it must say, what it must not, and that its figures are those of the records."""

import datetime
import re

import pytest

from endocsea.documents.parts import Cite, Grid, Text
from endocsea.findings.models import Finding
from endocsea.profiles.models import Level, OpenQuestion
from endocsea.profiles.queries import current_public_run
from tests.reports.reading import chapter, everything, grids, rows, words

TRAINING = ["XAA", "XAB", "XAC", "XAD"]


def proposals(document):
    """Indicator → the row that proposes something on it."""
    found = {}
    for grid in grids(chapter(document, "recommendations")):
        for row in rows(grid):
            found[re.search(r"\((C\d+-\d+)\)", row[1]).group(1)] = row
    return found


@pytest.mark.parametrize(
    ("state", "indicator", "provision", "says", "grade"),
    [
        ("XAC", "C3-21", "Budapest Convention, article 15", "since 1 August 2015", "requires"),
        ("XAC", "C5-11", "OPSC, article 8(1)", "since 21 March 2006", "requires"),
        ("XAC", "C3-07", "Lanzarote Convention, article 23", "does not bind: not a Party", "invites"),
        ("XAB", "C3-07", "Lanzarote Convention, article 23", "since 1 January 2014", "requires"),
        ("XAB", "C14-03", "Lanzarote Convention, article 9(1)", "duty to encourage", "invites"),
    ],
)
def test_grades_equal_the_cases_worked_by_hand(gap_analysis_of, state, indicator, provision, says, grade):
    _number, _proposed, carried, graded = proposals(gap_analysis_of(state))[indicator]

    assert provision in carried
    assert says in carried
    assert graded.startswith(grade)


@pytest.mark.parametrize("state", TRAINING)
def test_every_proposal_says_that_its_grade_is_no_finding_of_a_treaty_body(gap_analysis_of, state):
    found = proposals(gap_analysis_of(state))

    assert found
    assert all("not a finding of a treaty body" in row[3] for row in found.values())


def test_a_state_that_only_signed_lanzarote_is_required_nothing_under_it(gap_analysis_of):
    for row in proposals(gap_analysis_of("XAC")).values():
        if row[3].startswith("requires"):
            assert "Lanzarote" not in row[2].split(" Also:")[0]


def test_the_case_worked_by_hand_stands_in_the_summary_and_in_its_chapter(gap_analysis_of):
    document = gap_analysis_of("XAB")
    (summary,) = grids(chapter(document, "summary"))
    row = next(row for row in rows(summary) if row[0].startswith("14 "))

    assert row == ["14 Child participation", "1.1", "8 / 9", "gap"]
    text = words(chapter(document, "capabilities"))
    assert "Level: 1.1, between 1.0 and 1.4, 8 of 9 known." in text


@pytest.mark.parametrize("state", TRAINING)
def test_levels_and_counts_are_those_of_the_run(gap_analysis_of, state):
    (summary,) = grids(chapter(gap_analysis_of(state), "summary"))
    kept = {
        level.capability.number: level
        for level in Level.objects.filter(
            run=current_public_run(training=True), state__iso3=state, dimension=""
        ).select_related("capability")
    }

    for name, level, known, _verdict in rows(summary):
        record = kept[int(name.split()[0])]
        assert known == f"{record.known} / {record.asked}"
        if record.level is None:
            assert level == "no level"
        else:
            assert float(level) == pytest.approx(record.level, abs=0.0501)  # one decimal is shown


@pytest.mark.parametrize("state", TRAINING)
def test_each_finding_is_told_once_and_nothing_restricted_is(gap_analysis_of, state):
    text = words(chapter(gap_analysis_of(state), "capabilities"))
    told = re.findall(r"claimed \d, ", text)
    public = Finding.objects.filter(state__iso3=state, indicator__sensitivity="public")
    restricted = Finding.objects.filter(state__iso3=state, indicator__sensitivity="restricted")

    assert len(told) == public.count()
    for code in restricted.values_list("indicator__code", flat=True):
        assert code not in everything(gap_analysis_of(state))


def test_what_is_unknown_is_asked_next_in_the_order_in_which_answers_sharpen_the_picture(gap_analysis_of):
    (grid,) = grids(chapter(gap_analysis_of("XAB"), "questions"))
    found = rows(grid)
    run = current_public_run(training=True)
    kept = OpenQuestion.objects.filter(run=run, state__iso3="XAB").order_by("-settles")

    settles = [int(row[4].removesuffix(" %")) for row in found]
    assert settles == sorted(settles, reverse=True)
    assert settles == [round(100 * each.settles) for each in kept]
    assert 0 < settles[0] <= 100
    undecided = {
        str(number)
        for number in Level.objects.filter(
            run=run, state__iso3="XAB", dimension="", verdict="cannot tell"
        ).values_list("capability__number", flat=True)
    }
    assert {row[5] for row in found} <= {"yes", "no"}
    assert {row[2].split()[0] for row in found if row[5] == "yes"} == undecided


def test_what_does_not_apply_is_no_unknown(gap_analysis_of):
    document = gap_analysis_of("XAD")

    assert "What does not apply" in words(chapter(document, "capabilities"))
    assert "not applicable" not in [row[3] for row in rows(grids(chapter(document, "questions"))[0])]


def test_the_states_own_words_stand_beside_the_findings(gap_analysis_of):
    comment = Finding.objects.filter(state__iso3="XAB").exclude(state_comment="").first()

    assert comment.state_comment in everything(gap_analysis_of("XAB"))


@pytest.mark.parametrize("state", TRAINING)
def test_every_cited_source_is_a_note_and_every_finding_leads_to_its_page(gap_analysis_of, state):
    document = gap_analysis_of(state)
    cited, links = set(), set()
    for block in document.blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                for cell in row:
                    cited |= {part.key for part in cell if isinstance(part, Cite)}
                    links |= {part.href for part in cell if isinstance(part, Text) and part.href}

    assert cited
    assert cited <= document.notes.keys()
    assert all(link.startswith("https://example.org/en/") for link in links)


def test_the_ribbon_of_training_material_is_on_a_made_up_state(gap_analysis_of):
    assert "Belmora is a made-up state" in gap_analysis_of("XAB").ribbon


def test_a_day_before_the_treaties_binds_nothing(gap_analysis_of):
    document = gap_analysis_of("XAB", on=datetime.date(1980, 1, 1))
    treaties, _counted = grids(chapter(document, "obligations"))

    told = {row[0]: row[3] for row in rows(treaties)}
    assert told["Lanzarote Convention"] == "does not bind: not yet open for signature on that day"
    assert all(not row[3].startswith("requires") for row in proposals(document).values())


def test_the_french_frame_is_french_and_keeps_the_figures(gap_analysis_of):
    english, french = gap_analysis_of("XAB"), gap_analysis_of("XAB", "fr")

    assert french.language == "fr"
    assert "31 mai 2020" in everything(french)
    assert "1,1" in rows(grids(chapter(french, "summary"))[0])[-1]
    assert len(proposals(french)) == len(proposals(english))
