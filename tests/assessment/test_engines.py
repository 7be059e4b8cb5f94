"""The compiled engine and the plain one: the same levels from the same draws, and the traps that lie between.

A level may differ by a step of the grid (0.000004 of a level): the compiled engine multiplies in single
precision, and a level in the middle between two steps goes to either. By more than that it may differ only
where a node lies under another, and the upper one goes by the cumulative rule, in a replicate in which the
lower one's level is a whole one but for half a step. That happens about once in a million replicates. All
other comparisons (of a cell with a whole level, of weights with half or with the cumulative share) are made
on the same numbers, in double precision.
"""

import json
import subprocess
import sys
from dataclasses import fields, replace

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from endocsea.assessment import (
    BATCH,
    Band,
    Gate,
    Imputation,
    Method,
    RatingError,
    Simulation,
    Tally,
    Tree,
    Values,
    assess,
    engine_numpy,
    engines,
    philox,
    plan,
    simulate,
)
from endocsea.assessment.method import RULES
from endocsea.assessment.plan import GRID
from tests.assessment import files
from tests.assessment.worlds import quick, worlds

compiled = pytest.importorskip("endocsea.assessment.engine_numba")

BOTH = [pytest.param(compiled, id="compiled"), pytest.param(engine_numpy, id="plain")]
FIGURES = ("mean", "gap_probability", "bands", "widest_probability", "q05", "median", "q95")
NO_ERROR = dict.fromkeys(("single", "double", "adjudicated"), RatingError(0, 0))
ALL_RULES = dict.fromkeys(RULES, 1.0)


def grid_of(engine, work, batch=0, units=None, size=None):
    """Levels on the grid: nodes × units × replicates."""
    its = work.plan
    units = slice(0, len(its.units)) if units is None else units
    drawn = its.batch(batch, work.size(batch) if size is None else size)
    return engine.levels(its, drawn, units, its.unvaried)


def row_of(engine, work, node, batch=0):
    """Levels of the first unit on a node."""
    return work.plan.levels_of(grid_of(engine, work, batch)[work.plan.nodes.index(node), 0])


def under_one(*levels, weights=None, method, **more):
    """A simulation of one unit with one node over these levels (None: unknown, "NA": does not apply)."""
    codes = [f"q{at:03}" for at in range(len(levels))]
    weights = [1.0] * len(levels) if weights is None else weights
    tree = Tree.from_rows([("top", "", 1), *((q, "top", w) for q, w in zip(codes, weights, strict=True))])
    values = Values.of({"Arden": dict(zip(codes, levels, strict=True))})
    return Simulation(values, tree, method, **more)


# --- the same levels


@st.composite
def simulations(draw, *, batches=1):
    """Deep trees and everything that a method can say, on ranges of several sizes."""
    world = draw(worlds(nodes=7, units=3))
    low = world.method.range[0]
    # a level's distance from the low end, times this; the cumulative rule needs some whole levels
    times = draw(st.sampled_from([1.0, 1.0, 1.0, 0.25, 0.75, 2.5, 25.0]))

    def stretched(level):
        return low + (level - low) * times

    m, leaves = world.method, list(world.tree.leaves)
    chances = draw(st.sampled_from([ALL_RULES, {"arithmetic": 6, "geometric": 2, "cumulative": 2}]))
    spread = draw(st.sampled_from([(0.2, 0.03), (0.5, 0.2), (0.0, 0.0), (1.0, 0.0)]))
    method = Method(
        range=(low, stretched(m.range[1])),
        bands=tuple(Band(stretched(band.start), {}) for band in m.bands),
        aggregation=m.aggregation,
        aggregations={**chances, m.aggregation["default"]: 1.0},
        cumulative_share=m.cumulative_share,
        least_known=m.least_known,
        gap_below=stretched(m.gap_below),
        gates=tuple(Gate(g.indicator, stretched(g.below), g.caps, stretched(g.at)) for g in m.gates),
        sources=tuple(draw(st.sets(st.sampled_from(["unknown", "reviewers", "method"])))),
        weight_concentration=draw(st.sampled_from([1.0, 5.0, 20.0])),
        rating_error={
            "single": RatingError(*spread),
            "double": RatingError(0.1, 0.02),
            "adjudicated": RatingError(0.05, 0),
        },
        imputation=Imputation(draw(st.sampled_from(["hot-deck", "flat"])), draw(st.sampled_from([0.0, 2.0]))),
    )
    given_values = world.values
    level = stretched(given_values.level)
    donors = None
    if draw(st.booleans()):  # levels between whole ones: a cell then has more than five outcomes
        chance = np.random.default_rng(draw(st.integers(0, 99)))
        donors = stretched(low + np.round(chance.uniform(0, 4, (12, len(given_values.indicators))), 1))
    confidence = np.random.default_rng(draw(st.integers(0, 99))).integers(0, 3, level.shape)
    values = Values(
        given_values.units,
        given_values.indicators,
        level,
        not_applicable=given_values.not_applicable,
        confidence=confidence,
    )
    assert set(leaves) == set(given_values.indicators)
    return Simulation(
        values,
        world.tree,
        method,
        donors=donors,
        replicates=batches * BATCH - draw(st.sampled_from([0, 0, 1, 1023])),
        seed=draw(st.integers(0, 2**31)),
    )


def may_drop_a_level(work):
    """The nodes, by place, on whose level the exception of this module's first lines may tell."""
    a = work.plan.arrays
    cumulative = RULES.index("cumulative")
    drawn = plan.DRAWN in a.rule and work.plan.method.aggregations.get("cumulative", 0) > 0
    found = set()
    for n in range(len(work.plan.nodes)):
        lower = [~child for child in a.child[a.begin[n] : a.begin[n + 1]].tolist() if child < 0]
        counts = a.rule[n] == cumulative or (a.rule[n] == plan.DRAWN and drawn)
        if lower and (counts or found & set(lower)):
            found.add(n)
    return found


@quick
@given(simulations())
def test_both_engines_give_the_same_levels(work):
    one, other = (grid_of(engine, work).astype(np.int64) for engine in (compiled, engine_numpy))

    apart = np.where(work.plan.counted.T[..., None], np.abs(one - other), 0)
    exceptions = may_drop_a_level(work)
    for n in range(len(work.plan.nodes)):
        # at most one replicate of a thousand in which a lower node's level is whole but for half a step
        assert (apart[n] > 1).sum() <= (1 if n in exceptions else 0)
    # a difference of a step is itself rare
    assert (apart == 1).mean() < 0.05
    assert one.min() >= 0
    assert one.max() <= GRID


@quick
@given(simulations(), st.integers(0, 3))
def test_both_engines_count_the_same(work, batch):
    its = work.plan
    grid = grid_of(compiled, work, batch, size=1000)
    tallies = []
    for engine in (compiled, engine_numpy):
        tally = Tally.empty(len(its.nodes), len(its.units), its.method)
        engine.count(its, grid, slice(0, len(its.units)), tally)
        engine.count(its, grid[:, :1], slice(0, 1), tally)  # some units alone, on top of the rest
        tallies.append(tally)

    for each in fields(Tally):
        np.testing.assert_array_equal(*(getattr(tally, each.name) for tally in tallies))


@pytest.mark.parametrize("engine", BOTH)
@quick
@given(work=simulations(batches=2))
def test_levels_do_not_depend_on_how_units_are_split(engine, work):
    for batch in range(2):
        together = grid_of(engine, work, batch)
        for s in range(len(work.plan.units)):
            alone = grid_of(engine, work, batch, slice(s, s + 1))
            np.testing.assert_array_equal(together[:, s : s + 1], alone)


@pytest.mark.parametrize("engine", BOTH)
@quick
@given(work=simulations())
def test_a_shorter_batch_has_the_same_cells_as_a_whole_one(engine, work):
    # weights and rules of a batch do depend on its size
    work.plan = replace(work.plan, method=replace(work.plan.method, sources=()))

    np.testing.assert_array_equal(
        grid_of(engine, work, size=BATCH)[..., :100], grid_of(engine, work, size=100)
    )


# --- the same figures


def many_states(states=25, nodes=12, each=6, **settings):
    """States on a tree of three floors, with unknown answers and donors between whole levels."""
    chance = np.random.default_rng(3)
    rows = [(f"c{n:02}", "", 1.0) for n in range(nodes)]
    rows += [(f"c{n:02}t{t}", f"c{n:02}", 1.0 + t) for n in range(nodes) for t in range(2)]
    leaves = [(f"q{n:02}{at:02}", f"c{n:02}t{at % 2}") for n in range(nodes) for at in range(each)]
    rows += [(code, parent, 1.0 + at % 3) for at, (code, parent) in enumerate(leaves)]
    level = chance.integers(0, 5, (states, len(leaves))).astype(float)
    level[chance.random(level.shape) < 0.15] = np.nan
    values = Values(
        [f"X{s:02}" for s in range(states)],
        [code for code, _ in leaves],
        level,
        confidence=chance.integers(0, 3, level.shape),
    )
    method = Method(
        **{
            "sources": ("unknown", "reviewers", "method"),
            "aggregations": ALL_RULES,
            "least_known": 0.3,
            "gap_below": 1.7,
            **settings,
        }
    )
    return values, Tree.from_rows(rows), method


def with_engine(monkeypatch, engine, *arguments, **more):
    monkeypatch.setattr(engines, "chosen", lambda: engine)
    return simulate(*arguments, **more)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"sources": ("reviewers",)},
        {"aggregation": {"default": "harmonic", "c00": "median", "c01t0": "minimum"}},
        {
            "range": (0, 3),
            "bands": (Band(0, {}), Band(1.1, {})),
            "aggregations": {"arithmetic": 1, "geometric": 1},
            "rating_error": dict.fromkeys(NO_ERROR, RatingError(0.2, 0)),
        },
    ],
    ids=["all sources", "reviewers", "rules of their own", "a range of three levels"],
)
def test_both_engines_give_the_same_figures(monkeypatch, settings):
    values, tree, method = many_states(**settings)
    level = np.minimum(values.level, method.range[1])
    values = Values(values.units, values.indicators, level, confidence=values.confidence)
    replicates = 4 * BATCH

    one, other = (
        with_engine(monkeypatch, engine, values, tree, method, replicates=replicates)
        for engine in (compiled, engine_numpy)
    )

    assert np.isfinite(one.mean).sum() > 500
    for name in FIGURES:
        a, b = getattr(one, name), getattr(other, name)
        np.testing.assert_array_equal(np.isnan(a), np.isnan(b))
        # a step of the grid can carry a replicate over the edge of a bin or a threshold: one, of 4,096
        allowed = (
            1e-5 if name == "mean" else 4 / 1024 if name in ("q05", "median", "q95") else 1.1 / replicates
        )
        apart = np.nan_to_num(np.abs(a - b))
        assert apart.max() < allowed, name
        # and nearly all of them are equal
        assert (apart < 1e-5).mean() > 0.999, name


def test_single_precision_does_no_harm(monkeypatch):
    values, tree, method = many_states(states=8)
    work = Simulation(values, tree, method)
    assert work.plan.arrays.term.dtype == np.float32

    single = simulate(values, tree, method, replicates=8 * BATCH)
    monkeypatch.setattr(plan, "SINGLE_RANGE", 0.0)
    double = simulate(values, tree, method, replicates=8 * BATCH)

    assert Simulation(values, tree, method).plan.arrays.term.dtype == np.float64
    apart, error = (its[np.isfinite(single.mean)] for its in (np.abs(single.mean - double.mean), single.mcse))
    # a thousandth of what another seed would change, on every node
    assert error.min() > 1e-3
    assert (apart / error).max() < 1e-3
    assert np.nanmax(np.abs(single.gap_probability - double.gap_probability)) < 2 / (8 * BATCH)


@pytest.mark.parametrize("rule", ["arithmetic", "geometric", "harmonic", "cumulative", "median"])
def test_nor_does_a_node_with_hundreds_of_children(rule):
    chance = np.random.default_rng(5)
    levels = chance.integers(0, 5, 300).tolist()
    method = Method(aggregation={"default": rule}, aggregations={rule: 1})

    work = under_one(*levels, weights=(1 + chance.random(300)).tolist(), method=method)

    one, other = (grid_of(engine, work).astype(int) for engine in (compiled, engine_numpy))
    assert np.abs(one - other).max() <= 1


# --- trap: a level that is exactly the threshold


def mean_method(rule, sources=("method",), **more):
    return Method(sources=sources, aggregation={"default": rule}, aggregations={rule: 1}, **more)


@pytest.mark.parametrize("engine", BOTH)
@pytest.mark.parametrize("rule", ["arithmetic", "geometric", "harmonic"])
def test_equal_answers_are_exactly_the_threshold_and_no_gap(engine, rule):
    for level in (2, 3):
        for children in range(2, 61):
            weights = [1.0 + at % 3 for at in range(children)]
            method = mean_method(rule, gap_below=level)
            work = under_one(*[level] * children, weights=weights, method=method, replicates=2 * BATCH)
            for batch in range(2):
                grid = grid_of(engine, work, batch)
                assert (grid == level * GRID // 4).all(), (level, children)
    tally = Tally.empty(1, 1, method)
    engine.count(work.plan, grid, slice(0, 1), tally)
    assert tally.widest.sum() == 0  # three is no gap below three


@pytest.mark.parametrize("children", [2, 5, 20, 64, 65, 300])
@pytest.mark.parametrize(("low", "high"), [(0, 3), (1, 4), (0, 7), (0, 10), (0, 100), (0, 1000)])
@pytest.mark.parametrize("rule", ["arithmetic", "geometric", "harmonic"])
def test_equal_answers_are_the_threshold_on_other_ranges_too(rule, low, high, children):
    for level in {low + 1, low + 2, high - 1, round((low + high) / 2)}:
        method = mean_method(rule, range=(low, high), bands=(Band(low, {}),), gap_below=level)
        work = under_one(*[level] * children, method=method, replicates=BATCH)

        assert (grid_of(compiled, work) == round((level - low) / (high - low) * GRID)).all()


@pytest.mark.parametrize("engine", BOTH)
@pytest.mark.parametrize("threshold", [1, 2, 3])
def test_answers_whose_mean_is_the_threshold_are_no_gap(engine, threshold):
    chance = np.random.default_rng(1)
    for children in range(2, 65):
        levels = np.full(children, threshold)
        for one, other in chance.integers(0, children, (3 * children, 2)):
            if one != other and levels[one] < 4 and levels[other] > 0:
                levels[[one, other]] += (1, -1)
        method = Method(sources=(), gap_below=threshold)

        work = under_one(*levels.tolist(), method=method, replicates=1)

        assert grid_of(engine, work).item() == threshold * GRID // 4, children


@pytest.mark.parametrize("engine", BOTH)
@pytest.mark.parametrize("rule", ["arithmetic", "geometric", "harmonic"])
@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_node_of_equal_answers_holds_that_level_for_the_node_above(engine, rule, level):
    # the upper node counts whole levels, the lower one takes a mean that is whole but for the last digit
    codes = [f"q{at:02}" for at in range(20)]
    rows = [("top", "", 1), ("low", "top", 1), *((code, "low", 1 + at % 3) for at, code in enumerate(codes))]
    method = mean_method(rule)
    method = replace(method, aggregation={"default": rule, "top": "cumulative"})
    values = Values.of({"Arden": dict.fromkeys(codes, level)})

    work = Simulation(values, Tree.from_rows(rows), method, replicates=4 * BATCH)

    for batch in range(4):
        assert (row_of(engine, work, "top", batch) == level).all()


@pytest.mark.parametrize("engine", BOTH)
def test_nominal_weights_in_single_precision_meet_their_share(engine):
    # by hand: 5 + 2 of 10 are exactly 0.7
    work = under_one(
        3,
        3,
        0,
        weights=[5, 2, 3],
        method=Method(sources=(), aggregation={"default": "cumulative"}, cumulative_share=0.7),
    )
    assert row_of(engine, work, "top").tolist() == [3] * 1024

    # 1 + 4 of 10 are exactly half: the middle of 2 and 3
    work = under_one(1, 2, 3, weights=[1, 4, 5], method=Method(sources=(), aggregation={"default": "median"}))
    assert row_of(engine, work, "top").tolist() == [2.5] * 1024


@pytest.mark.parametrize("engine", BOTH)
@pytest.mark.parametrize("sources", [(), ("method",)])
@pytest.mark.parametrize("rule", RULES)
def test_a_weight_of_next_to_nothing_is_still_a_weight(engine, sources, rule):
    method = mean_method(rule, sources, least_known=0)

    work = under_one(3, 3, None, weights=[1e-20, 1e-300, 1], method=method, replicates=2000)

    assert (row_of(engine, work, "top") == 3).all()


@quick
@given(worlds(nodes=6))
def test_without_a_source_every_replicate_is_the_level_itself(world):
    method = replace(world.method, sources=())
    expected = assess(world.values, world.tree, method).level

    work = Simulation(world.values, world.tree, method, replicates=3)

    for engine in (compiled, engine_numpy):
        found = work.plan.levels_of(grid_of(engine, work)).transpose(1, 0, 2)[:, ::-1]
        for s, n in np.argwhere(~np.isnan(expected)):
            np.testing.assert_allclose(found[s, n], expected[s, n], atol=4 / GRID)


# --- trap: what a cell holds


@pytest.mark.parametrize("engine", BOTH)
@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_a_level_that_no_indicator_describes_is_not_held(engine, level):
    for sources, error in (((), NO_ERROR), (("method",), NO_ERROR), (("method", "reviewers"), NO_ERROR)):
        method = mean_method("cumulative", sources, rating_error=error, cumulative_share=0.01)

        work = under_one(*[level] * 6, method=method)

        assert (row_of(engine, work, "top") == level).all()


@pytest.mark.parametrize("engine", BOTH)
def test_a_cell_that_can_be_higher_holds_the_higher_level_only_when_it_is(engine):
    # adjudicated: 2, or 1 and 3 with 0.025 each
    method = mean_method("cumulative", ("reviewers",))
    values = Values(["Arden"], ["a"], [[2]], confidence=[[2]])
    work = Simulation(values, Tree.from_rows([("top", "", 1), ("a", "top", 1)]), method, replicates=BATCH)

    found = row_of(engine, work, "top")

    u = philox.draws(work.plan.arrays.keys[0], np.zeros(1, np.uint64), 0, BATCH)[0]
    np.testing.assert_array_equal(
        found, 1 + (u >= round(0.025 * 65536)) + (u >= 65536 - round(0.025 * 65536))
    )


@pytest.mark.parametrize("engine", BOTH)
@pytest.mark.parametrize("nothing", [None, "NA"])
def test_a_cell_without_a_value_holds_nothing_and_weighs_nothing(engine, nothing):
    method = mean_method("cumulative", least_known=0)
    for levels, expected in (((3, nothing, nothing, nothing), 3), ((0, nothing, nothing, nothing), 0)):
        assert (row_of(engine, under_one(*levels, method=method), "top") == expected).all()

    # by hand: of the two that are known, 3 and 1, half the weight reaches 3, and all of it 1
    method = Method(sources=(), least_known=0, aggregation={"default": "cumulative"}, cumulative_share=0.6)
    assert (row_of(engine, under_one(3, 1, nothing, nothing, method=method), "top") == 1).all()


@pytest.mark.parametrize("engine", BOTH)
def test_where_nothing_counts_there_is_no_level(engine):
    work = under_one(None, "NA", method=mean_method("cumulative"))

    assert not work.plan.counted.any()
    assert not grid_of(engine, work).any()
    tally = work.tally([0])
    assert work.intervals(tally).of("Arden", "top") is None


@pytest.mark.parametrize("rule", RULES)
def test_the_largest_draw_reaches_no_outcome_that_is_not_there(rule):
    # an outcome's limits are padded with the largest draw, which one cell in 65,536 has
    states = [f"X{number}" for number in range(200)]
    tree = Tree.from_rows([("top", "", 1), ("a", "top", 1), ("b", "top", 1)])
    values = Values(states, ["a", "b"], np.tile([4.0, 2.0], (200, 1)), confidence=np.full((200, 2), 2))
    gate = Gate("a", below=4, caps="top", at=3.5)
    method = mean_method(rule, ("reviewers",), gates=(gate,))
    work = Simulation(values, tree, method)
    keys, unvaried = work.plan.arrays.keys[:, 0], np.zeros(200, np.uint64)

    batch = next(n for n in range(100) if (philox.draws(keys, unvaried, n, BATCH) == 65535).any())

    one, other = (grid_of(engine, work, batch).astype(int) for engine in (compiled, engine_numpy))
    assert np.abs(one - other).max() <= 1


# --- trap: the widest gaps

SEVEN = Tree.from_rows([row for node in "abcdefg" for row in ((node, "", 1), (f"{node}1", node, 1))])


@pytest.mark.parametrize("engine", BOTH)
@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((0, 1, 1, 1, 1.5, 2, 3), "abcd"),  # one lies lower than each 1, four lie lower than 1.5
        ((1, 1, 1, 1, 1, 1, 1), "abcdefg"),
        ((0.5, 0.5, 0.5, 1, 1, 4, 4), "abc"),
        ((0, 2, 2, 3, 3, 4, 4), "a"),  # no gap is ever among them
        ((2, 2, 2, 2, 2, 2, 2), ""),
        ((1, 1.5, None, None, None, None, None), "ab"),  # fewer than three
        ((None, None, None, 1, 1.5, 1.8, 1.9), "def"),  # without a level is not lower
        ((None, None, None, None, None, None, 0), "g"),
    ],
)
def test_the_widest_gaps_by_hand(monkeypatch, engine, levels, expected):
    answers = {f"{node}1": level for node, level in zip("abcdefg", levels, strict=True)}

    found = with_engine(
        monkeypatch, engine, Values.of({"Arden": answers}), SEVEN, Method(sources=()), replicates=10
    )

    among = {node: found.widest_probability[0, found.nodes.index(node)] for node in "abcdefg"}
    for node in "abcdefg":
        if answers[f"{node}1"] is None:
            assert np.isnan(among[node])
        else:
            assert among[node] == (1.0 if node in expected else 0.0)


@quick
@given(simulations())
def test_the_widest_gaps_are_those_with_fewer_than_three_lower_siblings(work):
    its = work.plan
    grid = grid_of(compiled, work, size=60) // 2**15 * 2**15  # eighths of a level: many ties
    gap = plan.grid_of(its.method.gap_below, its.method)
    parent = work.tree.parent
    for engine in (compiled, engine_numpy):
        tally = Tally.empty(len(its.nodes), len(its.units), its.method)
        engine.count(its, grid, slice(0, len(its.units)), tally)

        for n, node in enumerate(its.nodes):
            siblings = [m for m, other in enumerate(its.nodes) if parent[other] == parent[node]]
            for s in range(len(its.units)):
                lower = sum((grid[m, s] < grid[n, s]) & its.counted[s, m] for m in siblings)
                expected = its.counted[s, n] & (grid[n, s] < gap) & (lower < 3)
                assert tally.widest[n, s] == expected.sum()


# --- which engine

TELL = """
import json, sys
if {blocked}:
    sys.modules["numba"] = None
from endocsea.assessment import engines
from endocsea.config.cli import main
assert engines.compiled_before() or not {blocked}
code = main("assess --values values.csv --tree tree.csv --replicates 3000 --out {out}".split())
print(json.dumps([code, engines.name(), engines.chosen().NAME, "llvmlite" in sys.modules]))
"""


def test_without_numba_the_plain_engine_draws_the_same_figures(tmp_path):
    (tmp_path / "values.csv").write_text(files.VALUES + "XAC,C14-01,3,single\nXAC,C14-02,0,\n")
    (tmp_path / "tree.csv").write_text(files.TREE)
    figures, used = {}, {}
    for engine in ("numba", "numpy"):
        script = TELL.format(blocked=engine == "numpy", out=engine)
        run = [sys.executable, "-c", script]
        done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True)
        assert json.loads(done.stdout.splitlines()[-1]) == [0, engine, engine, engine == "numba"]
        figures[engine] = json.loads((tmp_path / engine / "levels.json").read_text())
        used[engine] = yaml.safe_load((tmp_path / engine / "method.yaml").read_text())

    for one, other in zip(figures["numba"], figures["numpy"], strict=True):
        assert one == pytest.approx(other, abs=1e-5)
    assert [used[engine]["engine"] for engine in ("numba", "numpy")] == ["numba", "numpy"]
    assert used["numba"].keys() - used["numpy"].keys() == {"numba"}


def test_the_compiled_engine_is_chosen_where_numba_is_installed():
    assert engines.name() == "numba"
    assert engines.chosen() is compiled


def test_a_warm_engine_is_kept_for_the_next_process():
    engines.warm()

    assert engines.compiled_before()
