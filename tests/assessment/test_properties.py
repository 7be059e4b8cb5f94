"""What holds for any tree, values and method; and the code against the slow reference."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from endocsea.assessment import Outcome, Tree, Values, assess, simulate
from endocsea.assessment.method import RULES
from tests.assessment.reference import Found, reassess
from tests.assessment.worlds import STEPS, World, quick, thorough, worlds

NEAR = 1e-9


def outcomes(world: World) -> dict[tuple[str, str], Outcome]:
    found = assess(world.values, world.tree, world.method)
    return {(unit, node): found.of(unit, node) for unit in found.units for node in found.nodes}


@thorough
@given(worlds())
def test_the_code_finds_what_the_slow_reference_finds(world):
    found = outcomes(world)

    for unit, value in world.answers.items():
        for node, wanted in reassess(value, world.rows, world.method).items():
            its = found[unit, node]
            for field in fields(Found):
                here, there = getattr(its, field.name), getattr(wanted, field.name)
                if field.name == "known" and np.isnan(here):
                    here = None
                if isinstance(there, float):
                    there = pytest.approx(there, abs=NEAR)
                assert here == there, (unit, node, field.name)


@quick
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_units_indicators_and_rows_changes_nothing(world, chance):
    units = chance.sample(list(world.answers), len(world.answers))
    leaves = chance.sample(list(world.answers[units[0]]), len(world.answers[units[0]]))
    turned = World(
        chance.sample(world.rows, len(world.rows)),
        {unit: {leaf: world.answers[unit][leaf] for leaf in leaves} for unit in units},
        world.method,
    )

    assert repr(sorted(outcomes(turned).items())) == repr(sorted(outcomes(world).items()))


def renamed(world: World, name: dict[str, str]) -> World:
    method = replace(
        world.method,
        aggregation={name.get(code, code): rule for code, rule in world.method.aggregation.items()},
        gates=tuple(
            replace(gate, indicator=name[gate.indicator], caps=name[gate.caps]) for gate in world.method.gates
        ),
    )
    return World(
        [(name[code], name.get(parent, ""), weight) for code, parent, weight in world.rows],
        {f"other {u}": {name[q]: its for q, its in row.items()} for u, row in world.answers.items()},
        method,
    )


@quick
@given(worlds())
def test_new_names_in_the_same_order_change_nothing(world):
    name = {code: f"x{code}" for code, _, _ in world.rows}

    found, before = outcomes(renamed(world, name)), outcomes(world)

    for (unit, node), its in before.items():
        said = replace(
            its,
            weakest=tuple(name[code] for code in its.weakest),
            gates=tuple(name[code] for code in its.gates),
        )
        assert repr(found[f"other {unit}", name[node]]) == repr(said)


@quick
@given(worlds(), st.randoms(use_true_random=False))
def test_names_in_another_order_change_nothing_but_the_last_digits(world, chance):
    codes = [code for code, _, _ in world.rows]
    name = dict(zip(codes, chance.sample([f"x{c}" for c in codes], len(codes)), strict=True))

    found, before = outcomes(renamed(world, name)), outcomes(world)

    for (unit, node), its in before.items():
        other = found[f"other {unit}", name[node]]
        for field in ("level", "lower", "upper"):
            assert getattr(other, field) == pytest.approx(getattr(its, field), abs=NEAR)
        assert other.known == pytest.approx(its.known, nan_ok=True)
        assert (other.verdict, other.answered, other.unanswered) == (
            its.verdict,
            its.answered,
            its.unanswered,
        )
        assert sorted(other.weakest) == sorted(name[code] for code in its.weakest)
        assert sorted(other.gates) == sorted(name[code] for code in its.gates)


@quick
@given(worlds(), st.data())
def test_a_known_answer_more_never_widens_the_bounds(world, data):
    unknown = world.where(None)
    assume(unknown)
    unit, indicator = data.draw(st.sampled_from(unknown))
    told = world.with_answer(unit, indicator, world.method.range[0] + data.draw(st.sampled_from(STEPS)))

    before, after = outcomes(world), outcomes(told)

    for at, its in before.items():
        if its.lower is not None:
            assert after[at].lower >= its.lower - NEAR
            assert after[at].upper <= its.upper + NEAR
            assert after[at].known >= its.known - NEAR
        if its.verdict != "cannot tell":
            assert after[at].verdict == its.verdict


@quick
@given(worlds(nodes=1))
def test_in_a_tree_of_one_level_a_level_lies_within_its_bounds(world):
    for its in outcomes(world).values():
        if its.level is not None:
            assert its.lower - NEAR <= its.level <= its.upper + NEAR


@quick
@given(worlds(), st.data())
def test_a_higher_value_never_lowers_a_level(world, data):
    known = world.where(float)
    assume(known)
    unit, indicator = data.draw(st.sampled_from(known))
    value = world.answers[unit][indicator]
    higher = data.draw(st.floats(value, world.method.range[1]))

    before, after = outcomes(world), outcomes(world.with_answer(unit, indicator, higher))

    for at, its in before.items():
        for field in ("level", "lower", "upper"):
            if getattr(its, field) is not None:
                assert getattr(after[at], field) >= getattr(its, field) - NEAR


@quick
@given(worlds())
def test_a_level_stays_inside_the_range_and_shares_add_up(world):
    low, high = world.method.range
    for its in outcomes(world).values():
        for number in (its.level, its.lower, its.upper):
            assert number is None or low - NEAR <= number <= high + NEAR
        if not np.isnan(its.known):
            assert -NEAR <= its.known <= 1 + NEAR
            assert (its.known > 1 - NEAR) == (its.unanswered == 0)


@quick
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_units_indicators_and_rows_changes_no_interval(world, chance):
    method = replace(
        world.method, sources=("unknown", "reviewers", "method"), aggregations=dict.fromkeys(RULES, 1)
    )
    values = world.values
    units = chance.sample(range(len(values.units)), len(values.units))
    leaves = chance.sample(range(len(values.indicators)), len(values.indicators))
    pick = np.ix_(units, leaves)
    turned = Values(
        [values.units[u] for u in units],
        [values.indicators[q] for q in leaves],
        values.level[pick],
        not_applicable=values.not_applicable[pick],
    )

    one = simulate(values, world.tree, method, replicates=50)
    other = simulate(turned, Tree.from_rows(world.rows[::-1]), method, replicates=50)

    assert {(u, n): repr(one.of(u, n)) for u in one.units for n in one.nodes} == {
        (u, n): repr(other.of(u, n)) for u in one.units for n in one.nodes
    }
