"""Small tables worked by hand: what is hidden, why, and what an outsider can still infer."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from endocsea.assessment import BadInput, DisclosureRisk, Draft, Earlier, audit
from endocsea.assessment.disclosure import REASONS, must_hide
from endocsea.assessment.disclosure.outsider import solve
from tests.assessment.counts_of import counts_of, draft_of, intervals, release_of, words

A, B, C, D, ALL = ("Arden",), ("Belmora",), ("Corvia",), ("Dunmere",), ("total",)


def inferred_from(draft, *also):
    """The audit of what the rules hide, and these cells besides."""
    hiding = must_hide(draft, draft.small_groups)
    cells = np.isin([draft.counts.name(place) for place in range(hiding.why.size)], also)
    return {found.cell: found for found in audit(draft, hiding.and_also(cells))}


# --- one dimension


def test_a_small_count_and_the_smallest_other_one_are_hidden_so_that_the_total_does_not_tell():
    release = release_of([3, 20, 30])

    assert words(release) == {A: "small", B: "protects another", C: 30, ALL: 53}
    # by hand: the two are 53 - 30 = 23 together, and the small one is 1 to 4
    assert intervals(release) == {A: (1, 4), B: (19, 22)}
    assert all(found.wide_enough for found in release.inferred)


def test_the_total_alone_gives_a_single_hidden_cell_away():
    (found,) = inferred_from(draft_of([3, 20, 30])).values()

    assert (found.cell, found.lower, found.upper, found.wide_enough) == (A, 3, 3, False)


def test_without_a_total_the_small_count_alone_is_hidden():
    assert words(release_of([3, 20, 30], without=[ALL])) == {A: "small", B: 20, C: 30}


def test_zero_is_shown_and_protects_nothing():
    assert words(release_of([3, 0, 20])) == {A: "small", B: 0, C: "protects another", ALL: 23}


def test_a_table_with_nothing_small_is_shown_whole():
    release = release_of([5, 20, 0])

    assert words(release) == {A: 5, B: 20, C: 0, ALL: 25}
    assert release.inferred == ()


def test_who_knows_that_the_other_cell_is_not_small_does_not_learn_more():
    # by hand: with 3 + 5 = 8 shown and 5 known not to be small, the small one is at most 8 - 5 = 3
    found = inferred_from(draft_of([3, 5]), "Belmora")
    assert (found[A].lower, found[A].upper, found[A].wide_enough) == (1, 3, False)

    assert words(release_of([3, 5])) == {A: "small", B: 5, ALL: "protects another"}


def test_a_hidden_total_never_says_that_it_is_small():
    # by hand: four counts of at least one in a total of at most four would all be one
    release = release_of([1, 1, 1, 1])

    assert words(release) == dict.fromkeys((A, B, C, D), "small") | {ALL: "protects another"}
    assert intervals(release) == dict.fromkeys((A, B, C, D), (1, 4)) | {ALL: (4, 16)}


def test_one_cell_alone_is_hidden_or_shown():
    assert words(release_of([3], without=[ALL])) == {A: "small"}
    assert words(release_of([3])) == {A: "small", ALL: "protects another"}
    assert words(release_of([50])) == {A: 50, ALL: 50}


def test_where_nothing_limits_a_hidden_cell_there_is_no_upper_end():
    draft = draft_of([3, 20, 30], without=[ALL])
    found = inferred_from(draft, "Corvia")[C]

    assert (found.lower, found.upper, found.wide_enough) == (5, None, True)


# --- two and three dimensions


def test_in_two_dimensions_a_rectangle_protects():
    release = release_of([[3, 20, 30], [12, 14, 16], [11, 25, 40]])

    hidden = {cell: why for cell, why in words(release).items() if isinstance(why, str)}
    assert hidden == {
        ("Arden", "women"): "small",
        ("Arden", "men"): "protects another",
        ("Belmora", "women"): "protects another",
        ("Belmora", "men"): "protects another",
    }
    # by hand: the four move together by -2 to +1
    assert list(intervals(release).values()) == [(1, 4), (19, 22), (11, 14), (12, 15)]


def test_in_three_dimensions_a_cube_protects():
    release = release_of([[[3, 20], [30, 40]], [[12, 14], [9, 11]]])

    assert sorted(words(release).values(), key=str).count("protects another") == 7
    assert intervals(release)["Belmora", "men", "police"] == (7, 10)


def test_totals_that_are_not_published_give_nothing_away():
    counts, states = [[3, 20], [30, 40]], [("Arden", "total"), ("Belmora", "total")]

    assert release_of(counts).why.count("protects another") == 3
    # one of them can be worked out from the other and from the total of all
    assert release_of(counts, without=states[:1]).why.count("protects another") == 3
    assert release_of(counts, without=states).why.count("protects another") == 1


def test_large_counts_are_as_exact_as_small_ones():
    release = release_of([[3, 10**8], [10**8 + 7, 10**8 + 1]])

    assert intervals(release)["Belmora", "men"] == (10**8 - 1, 10**8 + 2)


def test_a_cell_that_the_rules_hide_and_that_is_shown_fails_the_audit():
    draft = draft_of([3, 20, 30])
    nothing = must_hide(draft_of([20, 20, 20]), draft.small_groups)

    (found,) = audit(draft, nothing)
    assert (found.cell, found.wide_enough) == (A, False)


# --- thresholds, zeros, groups


def test_a_higher_threshold_hides_more_and_keeps_more_numbers_possible():
    release = release_of([7, 20, 30], persons=8)

    assert words(release) == {A: "small", B: "protects another", C: 30, ALL: 57}
    assert intervals(release)[A] == (1, 7)


def test_where_one_authority_reports_nobody_learns_whether_there_was_anyone():
    release = release_of([0, 7, 20], zero_shown=False)

    assert words(release) == {A: "small", B: 7, C: "protects another", ALL: 27}
    assert intervals(release)[A] == (0, 4)


def test_a_small_group_of_participants_has_no_breakdown_and_keeps_its_total():
    release = release_of([[2, 0, 6], [30, 40, 50], [20, 30, 25]], participants=True)
    shown = words(release)

    assert [shown["Arden", sex] for sex in ("women", "men", "other")] == ["no breakdown"] * 3
    assert shown["Arden", "total"] == 8
    assert intervals(release)["Arden", "men"] == (0, 8)
    # in each column another cell is needed: those of the next smallest state
    assert [shown["Corvia", sex] for sex in ("women", "men", "other")] == ["protects another"] * 3
    assert shown["Belmora", "women"] == 30


def test_a_table_of_anything_else_shows_the_parts_of_a_group_of_eight():
    assert words(release_of([2, 6, 0]))[C] == 0
    assert set(words(release_of([2, 6, 0], participants=True)).values()) == {"no breakdown", 8}


def test_a_group_of_ten_in_small_parts_has_no_breakdown_either():
    # by hand: three counts of at most four that are ten together are two at least, each
    release = release_of([[3, 3, 4], [30, 40, 50]], participants=True)
    shown = words(release)

    assert [shown["Arden", sex] for sex in ("women", "men", "other")] == ["no breakdown"] * 3
    assert shown["Arden", "total"] == 10


# --- the last published version


def test_a_small_change_is_hidden_and_so_is_the_total_that_would_give_it_away():
    before = release_of([20, 30, 40])
    now = release_of([22, 30, 45], earlier=before)

    assert words(now) == {A: "small", B: 30, C: 45, ALL: "protects another"}
    # by hand: it rose by one to four
    assert intervals(now)[A] == (21, 24)


def test_a_small_fall_is_hidden_too():
    now = release_of([17, 30, 45], earlier=release_of([20, 30, 40]))

    assert words(now)[A] == "small"
    assert intervals(now)[A] == (16, 19)


def test_a_large_change_and_none_at_all_are_shown():
    before = release_of([20, 30, 40])

    assert words(release_of([25, 30, 40], earlier=before)) == {A: 25, B: 30, C: 40, ALL: 95}
    assert words(release_of([20, 30, 40], earlier=before)) == words(before)


def test_a_cell_that_was_shown_and_has_not_changed_protects_nothing():
    # the smallest other count, 30, was shown: with the total it would give the small one away
    before = release_of([3, 20, 30])
    assert words(before)[C] == 30

    now = release_of([3, 40, 30], earlier=before)

    assert words(now) == {A: "small", B: "protects another", C: 30, ALL: 73}


def test_a_rest_that_has_not_changed_is_known_from_the_last_version():
    # Arden and Belmora were 23 together, and still are: to show either now would give the other away
    before = release_of([3, 20, 30])
    draft = draft_of([3, 20, 90], earlier=before)

    found = inferred_from(draft, "Corvia", "total")

    assert (found[A].lower, found[A].upper, found[A].wide_enough) == (3, 3, False)
    assert words(release_of([3, 20, 90], earlier=before))[B] == "protects another"


def test_the_same_table_again_is_hidden_in_the_same_way():
    before = release_of([[3, 20, 30], [12, 14, 16], [11, 25, 40]])

    assert release_of([[3, 20, 30], [12, 14, 16], [11, 25, 40]], earlier=before).why == before.why


def test_what_the_last_version_gives_away_cannot_be_hidden_again_and_is_refused():
    before = release_of([6, 20, 30])

    with pytest.raises(DisclosureRisk) as refused:
        release_of([6, 20, 30], earlier=before, persons=8)

    assert refused.value.cells == (A,)
    assert str(refused.value) == (
        "Arden could be worked out more closely than the rules allow. "
        "Leave totals out, merge categories, or wait until more has changed since the last version."
    )


def test_a_new_state_is_no_obstacle_and_a_vanished_one_is():
    before = release_of([20, 30])

    assert words(release_of([20, 30, 9], earlier=before))[C] == 9
    with pytest.raises(BadInput, match="The last version has the category Belmora, this table has not"):
        release_of([20], earlier=before)


def test_a_last_version_by_something_else_is_refused():
    earlier = Earlier.from_rows(("sex",), [(("women",), 20)])

    with pytest.raises(BadInput, match="The last version counts by sex, this table by state"):
        Draft(counts_of([20, 30]), earlier=earlier)


# --- secrecy


def test_the_same_rules_give_the_same_release_whatever_the_hidden_numbers_are():
    # the small one and the one that protects it, moved within what an outsider can think possible
    releases = [release_of([3 + move, 20 - move, 30]) for move in (-2, -1, 0, 1)]

    assert all(release == releases[0] for release in releases)


def test_no_text_made_of_a_draft_or_a_release_holds_a_hidden_count():
    counts = [3, 7919, 100000]
    draft, release = draft_of(counts), release_of(counts)

    assert words(release)[B] == "protects another"
    assert "7919" not in repr(draft)
    assert "7919" not in repr(release)
    assert set(release.why) <= set(REASONS)


# --- the programme


def solution(rows, cost, low, high):
    found = solve(
        csr_array(np.array(rows, dtype=float)), *(np.array(a, dtype=float) for a in (cost, low, high))
    )
    return None if found is None else found.tolist()


def test_whole_numbers_are_found_where_the_linear_programme_ends_between_them():
    # x + y ≤ 1, y + z ≤ 1, x + z ≤ 1 with slacks: each is a half at best, but of whole ones only one is 1
    rows = [[1, 1, 0, 1, 0, 0], [0, 1, 1, 0, 1, 0], [1, 0, 1, 0, 0, 1]]
    low, high = [0, 0, 0, -1, -1, -1], [1, 1, 1, 0, 0, 0]
    found = solution(rows, [-1, -1, -1, 0, 0, 0], low, high)

    assert sum(found[:3]) == 1


def test_halves_alone_are_no_solution():
    # x + y = y + z = x + z = 1
    assert solution([[1, 1, 0, -1], [0, 1, 1, -1], [1, 0, 1, -1]], [0] * 4, [0, 0, 0, 1], [1] * 4) is None


def test_nothing_left_to_find_is_a_solution_if_it_holds():
    assert solution([[1, -1]], [0, 0], [2, 2], [2, 2]) == [2, 2]
    assert solution([[1, -1]], [0, 0], [2, 3], [2, 3]) is None


def test_what_cannot_be_has_no_solution():
    assert solution([[1, 1]], [1, 0], [1, 0], [2, 3]) is None
