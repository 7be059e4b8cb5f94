"""What holds for any states: who could help, against a slow and plain reference, and under changes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from endocsea.assessment import Context, Method, Peers, Values, find_peers
from tests.assessment.worlds import quick, thorough

NEAR = 1e-9
LEVELS = (0, 1, 1.5, 2, 3, 4, None, "NA")
TREATIES = ("t1", "t2", "t3")


@dataclass(frozen=True)
class World:
    """States with all that is known of them, and what was asked.

    ``cells``: by state and indicator, a value (number, None, "NA") and whether it is published.
    """

    cells: dict[str, dict[str, tuple[float | str | None, bool]]]
    contexts: dict[str, Context]
    themes: dict[str, str]
    gap_below: float
    of: str
    on: str
    own_unpublished: bool

    def peers(self, **changed: object) -> Peers:
        world = replace(self, **changed)
        values = Values.of({s: {q: cell[0] for q, cell in row.items()} for s, row in world.cells.items()})
        published = [[row[q][1] for q in values.indicators] for row in world.cells.values()]
        return find_peers(
            values,
            published,
            list(world.contexts.values()),
            world.themes,
            Method(gap_below=world.gap_below),
            of=world.of,
            on=world.on,
            own_unpublished=world.own_unpublished,
        )


@st.composite
def contexts(draw: st.DrawFn, code: str) -> Context:
    return Context(
        code=code,
        group=draw(st.sampled_from(["real", "real", "real", "training"])),
        languages=draw(st.lists(st.sampled_from("abc"), max_size=3)),
        obligations=draw(st.dictionaries(st.sampled_from(TREATIES), st.sampled_from([True, False, None]))),
        size=draw(st.sampled_from([None, 1, 2, 30, 500, 1e6])),
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    codes = draw(st.permutations([f"s{i}" for i in range(draw(st.integers(1, 5)))]))
    themes = {f"q{i}": draw(st.sampled_from(["x", "y"])) for i in range(draw(st.integers(1, 5)))}
    cell = st.tuples(st.sampled_from(LEVELS), st.sampled_from([True, True, False]))
    return World(
        cells={code: {q: draw(cell) for q in themes} for code in codes},
        contexts={code: draw(contexts(code)) for code in sorted(codes)},
        themes=themes,
        gap_below=draw(st.sampled_from([0.0, 1.5, 2.0, 4.0])),
        of=draw(st.sampled_from(codes)),
        on=draw(st.sampled_from([*themes, *sorted(set(themes.values()))])),
        own_unpublished=draw(st.booleans()),
    )


# The reference: one definition after another, in whole numbers and fractions where there are such.


def number(cell: tuple[float | str | None, bool], *, readable: bool) -> Fraction | None:
    value, _ = cell
    return Fraction(value) if readable and isinstance(value, (int, float)) else None


def expected(world: World) -> dict[str, object]:
    """The same as `Peers`, with distances as fractions, in plain dictionaries."""
    own, line = world.cells[world.of], Fraction(world.gap_below)
    asked = [q for q in sorted(world.themes) if q == world.on or world.themes[q] == world.on]
    readable = {q: world.own_unpublished or own[q][1] for q in asked}
    here = {q: number(own[q], readable=readable[q]) for q in asked}
    apart_from_it = [q for q in world.themes if world.themes[q] != world.themes[asked[0]]]
    inapplicable = [q for q in asked if own[q][0] == "NA" and readable[q]]
    missing = {q: level for q, level in here.items() if level is not None and level < line}
    unknown = [q for q in asked if here[q] is None and q not in inapplicable]
    peers = []
    for code, row in world.cells.items():
        if code == world.of or world.contexts[code].group != world.contexts[world.of].group:
            continue
        holds = {}
        for q, own_level in missing.items():
            level = number(row[q], readable=row[q][1])
            if level is not None and level >= line and level > own_level:
                holds[q] = level
        if not holds:
            continue
        pairs = [
            (number(own[q], readable=own[q][1]), number(row[q], readable=row[q][1])) for q in apart_from_it
        ]
        peers.append(described(code, holds, world, [(a, b) for a, b in pairs if None not in (a, b)]))
    told = [peer for peer in peers if peer["distance"] is not None]
    verdict = "gap" if missing else "cannot tell" if unknown else "no gap"
    if inapplicable == asked:
        verdict = "not applicable"
    return {
        "verdict": verdict,
        "missing": missing,
        "unknown": unknown,
        "told": {peer["code"]: peer for peer in told},
        "untold": {peer["code"]: peer for peer in peers if peer not in told},
    }


def described(
    code: str, holds: object, world: World, pairs: list[tuple[Fraction, Fraction]]
) -> dict[str, object]:
    a, b = world.contexts[world.of], world.contexts[code]
    smaller, larger = sorted([set(a.languages), set(b.languages)], key=len)
    apart: dict[str, Fraction | float | None] = dict.fromkeys(("languages", "obligations", "size", "levels"))
    if smaller:
        apart["languages"] = Fraction(sum(language not in larger for language in smaller), len(smaller))
    both = [(a.obligations.get(t), b.obligations.get(t)) for t in TREATIES]
    if both.count((True, True)) + both.count((True, False)) + both.count((False, True)):
        compared = [pair for pair in both if None not in pair and True in pair]
        apart["obligations"] = Fraction(sum(False in pair for pair in compared), len(compared))
    if a.size and b.size:
        times = max(a.size, b.size) / min(a.size, b.size)
        apart["size"] = 1.0 if times >= 100 else math.log(times, 100)
    if pairs:
        apart["levels"] = sum(abs(x - y) for x, y in pairs) / len(pairs) / 4
    known = [distance for distance in apart.values() if distance is not None]
    return {
        "code": code,
        "holds": holds,
        **apart,
        "known": len(known),
        "distance": sum(known) / len(known) if len(known) >= 2 else None,
        "shared_languages": sorted(smaller & larger),
        "obligations_shared": both.count((True, True)),
        "obligations_differing": both.count((True, False)) + both.count((False, True)),
        "obligations_known": sum(None not in pair for pair in both),
        "levels_known": len(pairs),
    }


def plain(value: object) -> object:
    """A tuple of pairs as a dictionary, of codes as a list; a number as one that is nearly it."""
    if isinstance(value, tuple):
        return dict(value) if value and isinstance(value[0], tuple) else list(value)
    return pytest.approx(value, abs=NEAR) if isinstance(value, float) else value


@thorough
@given(worlds())
def test_the_code_finds_what_the_slow_reference_finds(world):
    found, wanted = world.peers(), expected(world)

    assert found.verdict == wanted["verdict"]
    assert dict(found.missing) == wanted["missing"]
    assert list(found.unknown) == wanted["unknown"]
    reference = {**wanted["told"], **wanted["untold"]}
    assert {peer.code for peer in found.peers} == reference.keys()
    for peer in found.peers:
        for name, its in reference[peer.code].items():
            assert plain(getattr(peer, name)) == its, (peer.code, name)
    order = [peer.code for peer in found.peers]
    assert order[len(wanted["told"]) :] == sorted(wanted["untold"])
    for a, b in pairwise(order[: len(wanted["told"])]):
        before, after = (float(reference[code]["distance"]) for code in (a, b))
        assert (before < after + NEAR) if abs(before - after) > NEAR else a < b


@quick
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_states_indicators_and_facts_changes_nothing(world, chance):
    def turned(given):
        return dict(chance.sample(list(given.items()), len(given)))

    contexts = {
        code: replace(
            its,
            languages=chance.sample(its.languages, len(its.languages)),
            obligations=turned(its.obligations),
        )
        for code, its in turned(world.contexts).items()
    }
    cells = {code: turned(row) for code, row in turned(world.cells).items()}

    assert repr(world.peers(cells=cells, contexts=contexts, themes=turned(world.themes))) == repr(
        world.peers()
    )


@quick
@given(worlds())
def test_new_names_in_the_same_order_change_nothing_else(world):
    def new(name):
        return f"new {name}"

    renamed = World(
        cells={new(code): {new(q): cell for q, cell in row.items()} for code, row in world.cells.items()},
        contexts={
            new(code): Context(
                code=new(code),
                group=new(its.group),
                languages=[new(language) for language in its.languages],
                obligations={new(t): binds for t, binds in its.obligations.items()},
                size=its.size,
            )
            for code, its in world.contexts.items()
        },
        themes={new(q): new(theme) for q, theme in world.themes.items()},
        gap_below=world.gap_below,
        of=new(world.of),
        on=new(world.on),
        own_unpublished=world.own_unpublished,
    )

    assert repr(renamed.peers()).replace("new ", "") == repr(world.peers())


@quick
@given(worlds(), st.data())
def test_one_more_state_moves_no_other(world, data):
    row = {q: (data.draw(st.sampled_from(LEVELS)), True) for q in world.themes}
    more = world.peers(
        cells={**world.cells, "s27": row},
        contexts={**world.contexts, "s27": data.draw(contexts("s27"))},
    )

    assert repr(tuple(peer for peer in more.peers if peer.code != "s27")) == repr(world.peers().peers)


@thorough
@given(worlds(), st.data())
def test_what_others_have_not_published_changes_no_byte(world, data):
    def other(code, cell):
        keep = code == world.of or cell[1]
        return cell if keep else (data.draw(st.sampled_from(LEVELS)), False)

    cells = {code: {q: other(code, cell) for q, cell in row.items()} for code, row in world.cells.items()}
    assume(cells != world.cells)

    assert repr(world.peers(cells=cells)) == repr(world.peers())


@thorough
@given(worlds(), st.data())
def test_in_public_what_nobody_has_published_changes_no_byte(world, data):
    cells = {
        code: {q: cell if cell[1] else (data.draw(st.sampled_from(LEVELS)), False) for q, cell in row.items()}
        for code, row in world.cells.items()
    }
    assume(cells != world.cells)

    assert repr(world.peers(cells=cells, own_unpublished=False)) == repr(world.peers(own_unpublished=False))


@quick
@given(worlds())
def test_what_is_not_published_counts_as_if_it_were_not_known(world):
    cells = {
        code: {q: cell if cell[1] else (None, True) for q, cell in row.items()}
        for code, row in world.cells.items()
    }

    assert repr(world.peers(cells=cells, own_unpublished=False)) == repr(world.peers(own_unpublished=False))


@quick
@given(worlds())
def test_the_public_list_is_part_of_the_own_one_at_the_same_distances(world):
    public = {peer.code: peer for peer in world.peers(own_unpublished=False).peers}
    own = world.peers(own_unpublished=True)

    assert public.keys() <= {peer.code for peer in own.peers}
    both = [replace(peer, holds=()) for peer in own.peers if peer.code in public]
    assert both == [replace(peer, holds=()) for peer in public.values()]


@quick
@given(worlds())
def test_states_of_other_groups_change_nothing(world):
    group = world.contexts[world.of].group
    kept = {code: its for code, its in world.contexts.items() if its.group == group}

    alone = world.peers(cells={code: world.cells[code] for code in kept}, contexts=kept)

    assert repr(alone) == repr(world.peers())


@quick
@given(worlds(), st.sampled_from(TREATIES))
def test_an_obligation_that_cannot_be_told_counts_as_if_it_were_not_listed(world, treaty):
    def contexts(change):
        return {
            c: replace(its, obligations=change(dict(its.obligations))) for c, its in world.contexts.items()
        }

    told = contexts(lambda its: {t: binds for t, binds in its.items() if t != treaty})
    untold = contexts(lambda its: {**its, treaty: None})

    assert repr(world.peers(contexts=told)) == repr(world.peers(contexts=untold))


@quick
@given(worlds())
def test_distances_lie_between_alike_and_apart_and_every_peer_is_above(world):
    found = world.peers()

    here = dict(found.missing)
    for peer in found.peers:
        numbers = [peer.distance, peer.languages, peer.obligations, peer.size, peer.levels]
        assert all(x is None or 0 <= x <= 1 for x in numbers)
        assert peer.obligations_shared + peer.obligations_differing <= peer.obligations_known
        assert all(level >= world.gap_below and level > here[code] for code, level in peer.holds)
    assert (found.why_none is None) == bool(found.peers)


@quick
@given(contexts("s0"), contexts("s1"), st.lists(st.sampled_from(LEVELS), min_size=2, max_size=2))
def test_two_states_are_as_far_from_each_other_either_way(one, other, levels):
    def seen_from(of, holder):
        cells = {
            of: {"q0": (0, True), "q1": (levels[int(of[1])], True)},
            holder: {"q0": (4, True), "q1": (levels[int(holder[1])], True)},
        }
        known = {"s0": one, "s1": replace(other, group=one.group)}
        (peer,) = World(cells, known, {"q0": "x", "q1": "y"}, 2.0, of, "x", False).peers().peers
        return replace(peer, code="")

    assert seen_from("s0", "s1") == seen_from("s1", "s0")


@quick
@given(worlds())
def test_the_measure_of_size_does_not_matter(world):
    in_thousands = {
        code: replace(its, size=None if its.size is None else its.size / 1000)
        for code, its in world.contexts.items()
    }

    for peer, its in zip(world.peers(contexts=in_thousands).peers, world.peers().peers, strict=True):
        assert peer.code == its.code
        assert peer.size == (None if its.size is None else pytest.approx(its.size, abs=NEAR))


def test_a_hundred_states_and_a_thousand_indicators_are_no_trouble():
    chance = np.random.default_rng(1)
    level = chance.integers(0, 5, (100, 1000)).astype(float)
    values = Values([f"s{i:02}" for i in range(100)], [f"q{i:03}" for i in range(1000)], level)
    themes = {code: code[:2] for code in values.indicators}

    found = find_peers(
        values,
        chance.random(level.shape) < 0.8,
        [Context(code=code, group="real", size=1 + at) for at, code in enumerate(values.units)],
        themes,
        Method(),
        of="s50",
        on="q1",
    )

    assert len(found.peers) == 99
    assert [peer.distance for peer in found.peers] == sorted(peer.distance for peer in found.peers)
