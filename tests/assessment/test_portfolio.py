"""Which activities to choose: by hand, against all choices tried one by one, and what must always hold."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from endocsea.assessment import (
    BadInput,
    Candidate,
    Effect,
    Floor,
    Gap,
    Problem,
    Quarter,
    choose,
    chosen_share,
    even_budgets,
    frontier,
)
from endocsea.assessment.portfolio.closing import Closing
from endocsea.assessment.portfolio.limits import Limits
from endocsea.assessment.portfolio.solving import solve
from tests.assessment.portfolios import World, worlds
from tests.assessment.worlds import quick


def activity(code, cost, **more):
    return Candidate(code, Decimal(str(cost)), **more)


def simple(*each, floors=(), capacity=(), **more):
    """Activities (code, cost, what it closes), each with a gap of its own in Arden that it closes for sure."""
    return Problem.of(
        [activity(code, cost, **more.get(code, {})) for code, cost, _ in each],
        [Effect(code, "XAA", f"for {code}", closes, 1.0) for code, _, closes in each],
        [Gap("XAA", f"for {code}", closes) for code, _, closes in each],
        floors,
        capacity,
    )


def codes(problem, found):
    return [each.code for each, chosen in zip(problem.candidates, found.chosen, strict=True) if chosen]


def fits(world, found):
    return frozenset(codes(world.problem, found))


# --- what a choice closes


def test_chances_on_the_same_gap_are_taken_as_independent():
    problem = Problem.of(
        [activity("A", 1), activity("B", 1)],
        [Effect("A", "XAB", "C1-01", 2, 0.5), Effect("B", "XAB", "C1-01", 1, 0.4)],
        [Gap("XAB", "C1-01", 2.0, weight=3)],
    )

    found = choose(problem, Decimal(2))

    # by hand: A reaches each part with 0.5, B with 0.4 × 1/2 = 0.2; 1 − 0.5 × 0.8 = 0.6 of 3 × 2
    assert found.closed == pytest.approx(3.6)
    assert found.shares == pytest.approx([0.6])
    # A on top of B: 0.8 × 0.5 of 6; B on top of A: 0.5 × 0.2 of 6
    assert found.adds == pytest.approx([2.4, 0.6])
    assert found.possible == 6


def test_a_gap_is_never_closed_by_more_than_its_width():
    problem = Problem.of(
        [activity("A", 1), activity("B", 1)],
        [Effect("A", "XAB", "C1-01", 4, 1), Effect("B", "XAB", "C1-01", 4, 1)],
        [Gap("XAB", "C1-01", 1.5)],
    )

    found = choose(problem, Decimal(2))

    assert found.closed == 1.5
    # the second one would add nothing, so it is not bought
    assert found.spent == 1
    assert "It would close nothing: what it aims at is closed, unknown, or no gap." in found.why


@pytest.mark.parametrize(
    "gap", [Gap("XAB", "C1-01", None), Gap("XAB", "C1-01", 0), Gap("XAB", "C1-01", 2, 0)]
)
def test_what_is_unknown_or_no_gap_or_of_no_weight_counts_nowhere(gap):
    problem = Problem.of([activity("A", 1)], [Effect("A", "XAB", "C1-01", 1, 1)], [gap])

    found = choose(problem, Decimal(5))

    assert (codes(problem, found), found.closed, found.bound, found.worth) == ([], 0, 0, 0)
    assert found.distance == 0


def test_an_activity_without_effects_is_not_bought():
    problem = Problem.of([activity("A", 0), activity("B", 3)], [], [])

    assert codes(problem, choose(problem, Decimal(10))) == []


def test_what_an_activity_does_in_several_states_adds_up():
    problem = Problem.of(
        [activity("A", 5)],
        [Effect("A", "XAB", "C1-01", 1, 0.5), Effect("A", "XAC", "C1-01", 1, 0.25)],
        [Gap("XAB", "C1-01", 1), Gap("XAC", "C1-01", 2)],
    )

    # by hand: 1 × 0.5 + 2 × 0.25 / 2
    assert choose(problem, Decimal(5)).closed == pytest.approx(0.75)


# --- the choice


def test_the_best_set_is_not_the_one_of_the_best_single_activities():
    problem = simple(("A", 6, 7), ("B", 5, 5), ("C", 5, 5))

    # A closes most for its money; with it, neither B nor C fits: 7 against 5 + 5
    assert codes(problem, choose(problem, Decimal(10))) == ["B", "C"]


def test_with_a_budget_of_zero_only_what_is_free_is_chosen():
    problem = simple(("A", 0, 1), ("B", 1, 5))

    found = choose(problem, Decimal(0))

    assert (codes(problem, found), found.spent, found.closed) == (["A"], 0, 1)
    assert found.why[1] == "It costs more than the whole budget."
    # the next unit of money would close 5, were a part of B possible
    assert found.worth == pytest.approx(5)


def test_one_candidate_alone_is_enough():
    problem = simple(("A", 2, 1))

    assert codes(problem, choose(problem, Decimal(2))) == ["A"]
    assert codes(problem, choose(problem, Decimal("1.99"))) == []


def test_a_whole_budget_may_be_spent_to_the_cent():
    problem = simple(("A", "0.1", 1), ("B", "0.2", 1), ("C", "0.3", 1.5))

    found = choose(problem, Decimal("0.6"))

    assert codes(problem, found) == ["A", "B", "C"]
    assert found.spent == Fraction(6, 10)


def test_a_sum_that_is_over_by_less_than_a_solver_can_see_is_not_chosen():
    problem = simple(("A", "0.33333333334", 1), ("B", "0.33333333334", 1), ("C", "0.33333333334", 1))

    found = choose(problem, Decimal(1))

    assert found.spent < 1
    assert found.closed == 2


def test_a_floor_that_is_missed_by_less_than_a_solver_can_see_is_missed():
    floor = Floor("unit", "XAA", Decimal(1))
    problem = simple(("A", "0.99999999999", 3), ("B", "1", 1), floors=[floor])

    assert codes(problem, choose(problem, Decimal(1))) == ["B"]


def test_what_is_needed_comes_along_though_it_closes_nothing_itself():
    problem = Problem.of(
        [activity("A", 2), activity("B", 3, needs=("A",)), activity("C", 4)],
        [Effect("B", "XAA", "C1-01", 2, 1), Effect("C", "XAA", "C1-02", 1, 1)],
        [Gap("XAA", "C1-01", 2), Gap("XAA", "C1-02", 1)],
    )

    found = choose(problem, Decimal(5))

    assert codes(problem, found) == ["A", "B"]
    assert found.why == (
        "Needed by B.",
        "It adds to what the others close.",
        "It costs 4, and 0 is left.",
    )
    alone = choose(problem, Decimal(4))
    assert codes(problem, alone) == ["C"]
    assert alone.why[1] == "It needs A, not chosen."


def test_of_two_that_exclude_each_other_one_is_chosen_whoever_names_the_other():
    problem = simple(("A", 1, 2), ("B", 1, 3), A={"excludes": ("B",)})

    found = choose(problem, Decimal(9))

    assert codes(problem, found) == ["B"]
    assert found.why[0] == "It and B exclude each other."


def test_where_sets_close_the_same_the_cheapest_is_chosen():
    problem = Problem.of(
        [activity("A", 7), activity("B", 5), activity("C", 6)],
        [Effect(code, "XAA", "C1-01", 1, 1) for code in "ABC"],
        [Gap("XAA", "C1-01", 1)],
    )

    assert codes(problem, choose(problem, Decimal(20))) == ["B"]


def test_a_floor_draws_money_to_a_state_and_to_a_component():
    problem = Problem.of(
        [activity("A", 4, component="1"), activity("B", 4, component="2"), activity("C", 4, component="3")],
        [
            Effect("A", "XAA", "C1-01", 3, 1),
            Effect("B", "XAB", "C1-01", 2, 1),
            Effect("C", "XAC", "C1-01", 1, 1),
        ],
        [Gap("XAA", "C1-01", 3), Gap("XAB", "C1-01", 2), Gap("XAC", "C1-01", 1)],
    )

    def with_floor(*floors):
        bound = Problem.of(problem.candidates, problem.effects, problem.gaps, floors)
        return codes(bound, choose(bound, Decimal(8)))

    assert with_floor() == ["A", "B"]
    assert with_floor(Floor("unit", "XAC", Decimal(4))) == ["A", "C"]
    assert with_floor(Floor("component", "3", Decimal("0.5")), Floor("unit", "XAB", Decimal(1))) == ["B", "C"]


def test_the_cost_of_an_activity_is_shared_evenly_by_its_states():
    effects = [Effect("A", unit, "C1-01", 1, 1) for unit in ("XAA", "XAB", "XAC")]
    gaps = [Gap(unit, "C1-01", 1) for unit in ("XAA", "XAB", "XAC")]

    def with_floor(least):
        problem = Problem.of([activity("A", 10)], effects, gaps, [Floor("unit", "XAB", Decimal(least))])
        return codes(problem, choose(problem, Decimal(10)))

    # by hand: 10 / 3 for each
    assert with_floor("3.33") == ["A"]
    with pytest.raises(BadInput, match=r"gives it 3\.33"):
        with_floor("3.34")


def test_a_floor_is_met_even_by_what_closes_nothing():
    problem = Problem.of(
        [activity("A", 4), activity("B", 2)],
        [Effect("A", "XAA", "C1-01", 1, 1), Effect("B", "XAB", "C1-01", 1, 1)],
        [Gap("XAA", "C1-01", 1), Gap("XAB", "C1-01", None)],
        [Floor("unit", "XAB", Decimal(1))],
    )

    found = choose(problem, Decimal(6))

    assert codes(problem, found) == ["A", "B"]
    assert found.why[1] == "A floor needs it."


def test_capacity_limits_what_can_be_done():
    quarters = [Quarter("2021-Q1", Decimal(3)), Quarter("2021-Q2", Decimal(2))]
    loads = {
        "A": {"load": Decimal(4)},
        "B": {"load": Decimal(2)},
        "C": {"load": Decimal(1), "start": "2021-Q2"},
    }
    problem = simple(("A", 1, 3), ("B", 1, 2), ("C", 1, 2), capacity=quarters, **loads)

    found = choose(problem, Decimal(9))

    # 5 in all: A and C (3 + 2), or B and C (2 + 2); A, 4, goes over both quarters
    assert codes(problem, found) == ["A", "C"]
    assert found.quarters == (("2021-Q1", "2021-Q2"), ("", ""), ("2021-Q2", "2021-Q2"))
    assert found.why[1] == "There is no capacity left for it."


def test_what_starts_after_the_last_quarter_is_not_chosen():
    late = {"load": Decimal(1), "start": "2021-Q2"}
    problem = simple(("A", 1, 3), capacity=[Quarter("2021-Q1", Decimal(9))], A=late)

    assert choose(problem, Decimal(9)).why == ("It cannot start before the last quarter is over.",)


def test_the_worth_of_more_money_is_what_the_first_one_left_out_closes_for_it():
    problem = simple(("A", 2, 4), ("B", 4, 4), ("C", 5, 1))

    # by hand: A whole, half of B: 4 / 4 a unit; all but C: 1 / 5 a unit; everything: nothing more
    assert choose(problem, Decimal(4)).worth == pytest.approx(1)
    assert choose(problem, Decimal(8)).worth == pytest.approx(0.2)
    assert choose(problem, Decimal(12)).worth == 0


def test_the_order_of_rows_does_not_matter():
    codes_ = [f"A{at}" for at in range(8)]
    candidates = [activity(code, 2) for code in codes_]
    effects = [Effect(code, "XAA", "C1-01", 1, 0.5) for code in codes_]
    gaps = [Gap("XAA", "C1-01", 1), Gap("XAB", "C1-01", 1)]
    one = choose(Problem.of(candidates, effects, gaps), Decimal(5))
    other = choose(Problem.of(candidates[::-1], effects[::-1], gaps[::-1]), Decimal(5))

    assert one.chosen.tolist() == other.chosen.tolist()
    assert (one.closed, one.bound, one.worth) == (other.closed, other.bound, other.worth)


@pytest.mark.parametrize("budget", ["-1", "-0.01", "NaN", "Infinity"])
def test_a_budget_that_cannot_be_is_refused(budget):
    with pytest.raises(BadInput, match="Give zero or more"):
        choose(simple(("A", 1, 1)), Decimal(budget))


# --- against all choices, tried one by one


@quick
@given(worlds())
def test_no_choice_closes_more_and_none_that_closes_as_much_costs_less(world):
    best = world.best()
    if best is None:
        with pytest.raises(BadInput):
            choose(world.problem, world.budget)
        return
    found = choose(world.problem, world.budget)

    assert world.allowed(fits(world, found))
    assert found.closed == pytest.approx(world.closed(fits(world, found)), abs=1e-9)
    assert (found.closed, found.spent) == (pytest.approx(best[0], abs=1e-6), best[1])
    assert found.bound == pytest.approx(best[0], abs=1e-6)
    assert found.distance == 0


@pytest.mark.parametrize("seed", range(3))
def test_with_a_dozen_activities_on_few_gaps_no_choice_closes_more(seed):
    world = crowded(seed, 12)

    found = choose(world.problem, world.budget)

    assert world.allowed(fits(world, found))
    assert found.closed == pytest.approx(world.best()[0], abs=1e-6)


def crowded(seed, number):
    """Many activities that aim at the same three gaps."""
    rng = np.random.default_rng(seed)
    names = [f"A{at:02}" for at in range(number)]
    effects = [
        Effect(name, "XAA", f"C1-0{q}", float(rng.choice([0.5, 1, 2])), float(rng.uniform(0.05, 0.95)))
        for name in names
        for q in range(3)
        if rng.random() < 0.8
    ]
    return World(
        [Candidate(name, Decimal(int(rng.integers(1, 9)))) for name in names],
        effects,
        [Gap("XAA", f"C1-0{q}", 1.5, q + 1.0) for q in range(3)],
        [],
        [],
        Decimal(number),
    )


@quick
@given(worlds(most=8))
def test_a_choice_that_is_not_proven_the_best_keeps_to_all_limits_and_says_how_far_off_it_may_be(world):
    closing, limits = Closing.of(world.problem), Limits.of(world.problem)
    best = world.best()

    found = solve(closing, limits, Fraction(world.budget), some=-1)

    assert (found is None) == (best is None)
    if found is not None:
        chosen = frozenset(
            each.code for each, inside in zip(world.problem.candidates, found.chosen, strict=True) if inside
        )
        assert world.allowed(chosen)
        assert found.closed - 1e-9 <= best[0] <= found.bound + 1e-9


def test_hundreds_of_candidates_are_within_a_hundredth_of_the_proven_bound():
    rng = np.random.default_rng(20200601)
    names = [f"A{at:03}" for at in range(200)]
    cells = [(unit, f"C1-{q:02}") for unit in ("XAA", "XAB", "XAC", "XAD") for q in range(30)]
    effects = [
        Effect(name, *cells[at], float(rng.choice([0.5, 1, 2])), float(rng.choice([0.2, 0.5])))
        for name in names
        for at in rng.choice(len(cells), 4, replace=False)
    ]
    world = World(
        [
            Candidate(
                name,
                Decimal(int(rng.integers(5, 60))),
                needs=(names[at - 1],) if at % 5 == 4 else (),
                excludes=(names[at - 2],) if at % 7 == 6 else (),
            )
            for at, name in enumerate(names)
        ],
        effects,
        [Gap(*cell, float(rng.choice([1, 2]))) for cell in cells],
        [Floor("unit", "XAD", Decimal(300))],
        [],
        Decimal(600),
    )

    found = choose(world.problem, world.budget)

    assert world.allowed(fits(world, found))
    assert found.closed <= found.bound
    assert found.distance < 0.01


# --- what must always hold


@quick
@given(worlds(most=6))
def test_more_money_never_closes_less(world):
    points = frontier(world.problem, [Decimal(budget) for budget in (0, 4, 9, 60)])

    for before, after in pairwise(points):
        if before.closed is not None:
            assert after.closed >= before.closed - 1e-7
            assert before.step == pytest.approx(
                (after.closed - before.closed) / float(after.budget - before.budget), abs=1e-12
            )
            assert before.closed <= before.bound
            assert before.spent <= before.budget


@quick
@given(worlds(most=6, floors=False), st.sampled_from(["0", "1", "4"]))
def test_one_more_candidate_never_lowers_what_is_closed(world, cost):
    more = replace(
        world,
        candidates=[*world.candidates, Candidate("B", Decimal(cost))],
        effects=[*world.effects, Effect("B", world.gaps[0].unit, world.gaps[0].indicator, 1.0, 0.5)],
    )

    before, after = (choose(each.problem, each.budget).closed for each in (world, more))
    assert after >= before - 1e-7


@quick
@given(worlds(most=6))
def test_what_is_chosen_fits_into_its_quarters_and_comes_after_what_it_needs(world):
    try:
        found = choose(world.problem, world.budget)
    except BadInput:
        return
    spans = dict(zip((each.code for each in world.problem.candidates), found.quarters, strict=True))
    chosen = [each for each in world.candidates if spans[each.code] != ("", "") and each.load]
    for each in chosen:
        first, last = spans[each.code]
        assert first >= world.starts[each.code]
        assert all(spans[need][1] <= first for need in each.needs)
        if world.capacity:
            inside = [q.capacity for q in world.capacity if first <= q.name <= last]
            assert sum(inside) >= each.load
    if world.capacity:
        for quarter in world.capacity:
            by_now = sum(each.load for each in chosen if spans[each.code][1] <= quarter.name)
            assert by_now <= sum(q.capacity for q in world.capacity if q.name <= quarter.name)


# --- the frontier


def test_the_frontier_says_what_enters_and_leaves_and_what_a_step_is_worth():
    problem = simple(("A", 6, 7), ("B", 5, 5), ("C", 5, 5))

    points = frontier(problem, [Decimal(budget) for budget in (10, 0, 6, 10, 16)])

    assert [point.budget for point in points] == [0, 6, 10, 16]
    assert [point.closed for point in points] == pytest.approx([0, 7, 10, 17])
    assert [point.enters for point in points] == [(), ("A",), ("B", "C"), ("A",)]
    assert [point.leaves for point in points] == [(), (), ("A",), ()]
    assert [point.step for point in points] == [
        pytest.approx(7 / 6),
        pytest.approx(3 / 4),
        pytest.approx(7 / 6),
        None,
    ]
    assert [point.spent for point in points] == [0, 6, 10, 16]


def test_a_budget_too_small_for_the_floors_has_no_choice_on_the_frontier():
    problem = simple(("A", 4, 1), floors=[Floor("unit", "XAA", Decimal(3))])

    first, second = frontier(problem, [Decimal(3), Decimal(4)])

    assert (first.closed, first.spent, first.bound, first.worth, first.step) == (None,) * 5
    assert (second.closed, second.enters) == (1, ("A",))


def test_budgets_are_spread_evenly_from_nothing_to_everything():
    assert even_budgets(simple(("A", 4, 1), ("B", 6, 1)), 4) == (0, 3, 6, 10)
    assert even_budgets(simple(("A", "0.5", 1), ("B", "0.5", 1)), 4) == (
        0,
        Decimal("0.33"),
        Decimal("0.66"),
        1,
    )
    with pytest.raises(BadInput, match="2 or more"):
        even_budgets(simple(("A", 4, 1)), 1)


def test_progress_on_the_frontier_is_told():
    told = []

    frontier(simple(("A", 1, 1)), [Decimal(0), Decimal(1)], progress=lambda *it: told.append(it))

    assert told == [(1, 2), (2, 2)]


# --- how far it depends on what is not known


def test_the_share_of_replicates_in_which_each_activity_is_chosen():
    problem = Problem.of(
        [activity("A", 1), activity("B", 1)],
        [Effect("A", "XAA", "C1-01", 1, 1), Effect("B", "XAB", "C1-01", 1, 1)],
        [Gap("XAB", "C1-01", None), Gap("XAA", "C1-01", 1)],
    )
    told = []

    # gaps in the order of the codes: Arden, Belmora; the wider one is closed
    widths = np.array([[1, 2], [1, 0.5], [1, np.nan], [-1, 0.5]])
    share = chosen_share(problem, Decimal(1), widths, progress=lambda *it: told.append(it))

    assert share.tolist() == [0.5, 0.5]
    assert told[-1] == (4, 4)
    # on its own values, where nothing is known about Belmora, it is Arden alone
    assert codes(problem, choose(problem, Decimal(1))) == ["A"]


@pytest.mark.parametrize("widths", [np.zeros((2, 3)), np.zeros(1), np.zeros((0, 1)), [[np.inf]]])
def test_replicates_of_another_shape_are_refused(widths):
    with pytest.raises(BadInput):
        chosen_share(simple(("A", 1, 1)), Decimal(1), widths)


def test_floors_that_cannot_be_met_are_named_for_replicates_too():
    problem = simple(("A", 4, 1), floors=[Floor("unit", "XAA", Decimal(3))])

    with pytest.raises(BadInput, match="The floor of 3 for the unit XAA cannot be met"):
        chosen_share(problem, Decimal(1), np.ones((2, 1)))
