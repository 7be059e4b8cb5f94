"""Who could help: by hand on small round cases, and bad input."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from endocsea.assessment import BadInput, Context, Method, Values, find_peers

THEMES = {"A1": "plan", "A2": "plan", "B1": "law", "B2": "law"}
LINE = Method()


def context(code, *, group="training", languages=(), size=None, **obligations):
    return Context(code=code, group=group, languages=languages, obligations=obligations, size=size)


def ask(levels, contexts=None, *, hidden=(), on="A1", of="XAC", **more):
    """Peers of Corvia; ``levels`` by state in the order of `THEMES`, ``hidden`` are not published."""
    values = Values.of({code: dict(zip(THEMES, row, strict=True)) for code, row in levels.items()})
    published = np.ones(values.level.shape, bool)
    for code, indicator in hidden:
        published[values.units.index(code), values.indicators.index(indicator)] = False
    if contexts is None:
        contexts = [context(code) for code in levels]
    return find_peers(values, published, contexts, THEMES, LINE, of=of, on=on, **more)


def codes(found):
    return [peer.code for peer in found.peers]


def test_a_peer_is_found_with_what_it_holds_and_how_close_it_is():
    found = ask(
        {"XAB": (3, 0, 4, 1), "XAC": (1, 0, 2, 1)},
        [
            context("XAB", languages=["b", "c"], size=10, treaty=True, other=True, more=False, fourth=None),
            context("XAC", languages=["c"], size=100, treaty=True, other=False, more=False, fourth=True),
        ],
    )

    assert (found.state, found.on, found.verdict, found.why_none) == ("XAC", "A1", "gap", None)
    assert found.missing == (("A1", 1.0),)
    assert found.unknown == ()
    (peer,) = found.peers
    assert peer.code == "XAB"
    assert peer.holds == (("A1", 3.0),)
    # Corvia's only language is one of Belmora's two
    assert (peer.languages, peer.shared_languages) == (0.0, ("c",))
    # one treaty binds both, one binds Belmora only, one binds neither, of one we cannot tell: 1 / (1 + 1)
    assert (peer.obligations_shared, peer.obligations_differing, peer.obligations_known) == (1, 1, 3)
    assert peer.obligations == 0.5
    # a tenth as large: one of two orders of magnitude
    assert peer.size == 0.5
    # outside the theme: |4 - 2| and |1 - 1|, on a range of 4: (2/4 + 0/4) / 2
    assert (peer.levels, peer.levels_known) == (0.25, 2)
    assert peer.distance == (0 + 0.5 + 0.5 + 0.25) / 4
    assert (peer.known, peer.note) == (4, None)


def test_the_closest_comes_first_and_not_the_highest():
    found = ask(
        {"XAA": (4, 4, 4, 4), "XAB": (2, 0, 1, 1), "XAC": (0, 0, 1, 1)},
        [context("XAA", size=1000), context("XAB", size=10), context("XAC", size=10)],
    )

    assert codes(found) == ["XAB", "XAA"]


@pytest.mark.parametrize(
    ("here", "there", "distance", "shared"),
    [
        (["c"], ["c"], 0, ("c",)),
        (["c"], ["b", "c", "d", "e"], 0, ("c",)),
        (["b", "c", "d", "e"], ["c"], 0, ("c",)),
        (["c", "d"], ["b", "c"], 1 / 2, ("c",)),
        (["c", "d", "b"], ["b", "c", "a"], 1 / 3, ("b", "c")),
        (["c", "c"], ["c", "b"], 0, ("c",)),
        (["c"], ["b"], 1, ()),
        ([], ["b"], None, ()),
        ([], [], None, ()),
    ],
)
def test_languages_are_held_against_the_shorter_list(here, there, distance, shared):
    found = ask(
        {"XAB": (3, 0, 0, 0), "XAC": (1, 0, 0, 0)},
        [context("XAB", languages=there), context("XAC", languages=here)],
    )

    assert found.peers[0].languages == distance
    assert found.peers[0].shared_languages == shared


@pytest.mark.parametrize(
    ("here", "there", "distance"),
    [
        ({"t": True, "u": True}, {"t": True, "u": True}, 0),
        ({"t": True, "u": True}, {"t": True, "u": False}, 1 / 2),
        ({"t": True, "u": True}, {"t": True, "u": None}, 0),
        ({"t": True, "u": True}, {"t": True}, 0),
        ({"t": True, "u": False}, {"t": True, "u": False}, 0),
        ({"t": True}, {"t": False}, 1),
        ({"t": False}, {"t": True}, 1),
        ({"t": np.True_}, {"t": np.False_}, 1),
        ({"t": False}, {"t": False}, None),
        ({"t": None}, {"t": True}, None),
        ({"t": True}, {"u": True}, None),
        ({}, {}, None),
    ],
)
def test_what_cannot_be_told_of_an_obligation_is_never_a_difference(here, there, distance):
    found = ask({"XAB": (3, 0, 0, 0), "XAC": (1, 0, 0, 0)}, [context("XAB", **there), context("XAC", **here)])

    assert found.peers[0].obligations == distance


@pytest.mark.parametrize(
    ("here", "there", "distance"),
    [
        (1, 1, 0),
        (1, 10, 0.5),
        (10, 1, 0.5),
        (1, 100, 1),
        (1, 10**400, 1),
        (5e-324, 1.7e308, 1),
        (412_000, None, None),
        (None, 412_000, None),
    ],
)
def test_a_hundredfold_size_is_as_far_as_sizes_get(here, there, distance):
    found = ask(
        {"XAB": (3, 0, 0, 0), "XAC": (1, 0, 0, 0)}, [context("XAB", size=there), context("XAC", size=here)]
    )

    assert found.peers[0].size == distance


def test_levels_inside_the_theme_are_no_part_of_the_context():
    near = ask({"XAB": (3, 1, 2, 2), "XAC": (1, 1, 2, 2)})
    apart = ask({"XAB": (4, 4, 2, 2), "XAC": (0, 0, 2, 2)})

    assert near.peers[0].levels == apart.peers[0].levels == 0


def test_only_levels_known_of_both_are_compared():
    found = ask({"XAB": (3, 0, None, 4), "XAC": (1, 0, 1, 2)})

    # |4 - 2| / 4 on B2 alone
    assert (found.peers[0].levels, found.peers[0].levels_known) == (0.5, 1)
    nothing = ask({"XAB": (3, 0, None, 4), "XAC": (1, 0, 1, "NA")})
    assert (nothing.peers[0].levels, nothing.peers[0].levels_known) == (None, 0)


def test_the_range_of_the_method_is_the_scale_of_levels():
    values = Values.of({"XAB": {"A1": 11, "B1": 9}, "XAC": {"A1": 1, "B1": 4}})
    method = Method(range=(1, 11), gap_below=3, bands=LINE.bands[1:])

    found = find_peers(
        values,
        np.ones((2, 2), bool),
        [context("XAB"), context("XAC")],
        {"A1": "plan", "B1": "law"},
        method,
        of="XAC",
        on="A1",
    )

    # |9 - 4| on a range of 10
    assert found.peers[0].levels == 0.5


def test_on_a_theme_a_peer_says_on_which_of_the_missing_indicators_it_can_help():
    found = ask(
        {"XAA": (3, 3, 0, 0), "XAB": (1, 2, 0, 0), "XAC": (1, 0, 0, 0), "XAD": (1.5, 1.9, 4, 4)},
        on="plan",
    )

    assert found.missing == (("A1", 1.0), ("A2", 0.0))
    assert {peer.code: peer.holds for peer in found.peers} == {
        "XAA": (("A1", 3.0), ("A2", 3.0)),
        "XAB": (("A2", 2.0),),
    }


def test_what_is_not_missing_here_makes_nobody_a_peer():
    found = ask({"XAB": (0, 4, 0, 0), "XAC": (0, 3, 0, 0)}, on="plan")

    assert found.missing == (("A1", 0.0),)
    assert codes(found) == []
    assert found.why_none == "no other state of its group has published what is missing"


def test_exactly_at_the_line_is_no_gap_and_is_held():
    nearly = 2 - 1e-12  # as sums of levels come out

    assert ask({"XAB": (3, 0, 0, 0), "XAC": (nearly, 0, 0, 0)}).verdict == "no gap"
    assert codes(ask({"XAB": (nearly, 0, 0, 0), "XAC": (1, 0, 0, 0)})) == ["XAB"]
    assert codes(ask({"XAB": (1.99, 0, 0, 0), "XAC": (1, 0, 0, 0)})) == []


@pytest.mark.parametrize(
    ("row", "on", "verdict", "unknown", "why_none"),
    [
        ((None, 1, 0, 0), "A1", "cannot tell", ("A1",), "its own level is not known"),
        ((None, 3, 0, 0), "plan", "cannot tell", ("A1",), "its own level is not known"),
        ((None, "NA", 0, 0), "plan", "cannot tell", ("A1",), "its own level is not known"),
        ((2, None, 0, 0), "A1", "no gap", (), "nothing is missing"),
        ((2, "NA", 0, 0), "plan", "no gap", (), "nothing is missing"),
        (("NA", 0, 0, 0), "A1", "not applicable", (), "it does not apply"),
        (("NA", "NA", 0, 0), "plan", "not applicable", (), "it does not apply"),
    ],
)
def test_without_a_gap_there_are_no_peers_and_the_reason_is_given(row, on, verdict, unknown, why_none):
    found = ask({"XAB": (4, 4, 4, 4), "XAC": row}, on=on)

    assert (found.verdict, found.unknown, found.why_none) == (verdict, unknown, why_none)
    assert found.missing == found.peers == ()


def test_a_gap_beside_an_unknown_level_is_a_gap_and_names_the_unknown():
    found = ask({"XAB": (4, 4, 4, 4), "XAC": (1, None, 0, 0)}, on="plan")

    assert (found.verdict, found.unknown) == ("gap", ("A2",))
    assert found.peers[0].holds == (("A1", 4.0),)


def test_a_state_alone_is_no_peer_of_itself():
    found = ask({"XAC": (1, 4, 0, 0)}, on="plan")

    assert found.verdict == "gap"
    assert found.peers == ()
    assert found.why_none == "no other state of its group has published what is missing"


def test_made_up_states_never_mix_with_others():
    levels = {"XAA": (4, 4, 4, 4), "XAB": (4, 4, 4, 4), "XAC": (0, 0, 0, 0)}
    contexts = [context("XAA", group="elsewhere"), context("XAB"), context("XAC")]

    assert codes(ask(levels, contexts)) == ["XAB"]


def test_a_level_that_is_not_published_makes_nobody_a_peer():
    levels = {"XAA": (3, 0, 0, 0), "XAB": (4, 0, 0, 0), "XAC": (1, 0, 0, 0)}

    assert codes(ask(levels, hidden=[("XAB", "A1")])) == ["XAA"]


@pytest.mark.parametrize("hider", ["XAB", "XAC"])
@pytest.mark.parametrize("own_unpublished", [False, True])
def test_a_level_that_is_not_published_is_no_part_of_the_context(hider, own_unpublished):
    levels = {"XAB": (3, 0, 4, 1), "XAC": (1, 0, 0, 1)}

    found = ask(levels, hidden=[(hider, "B1")], own_unpublished=own_unpublished)

    assert (found.peers[0].levels, found.peers[0].levels_known) == (0, 1)


def test_an_own_level_that_is_not_published_is_unknown_unless_its_own_people_ask():
    levels = {"XAB": (3, 0, 0, 0), "XAC": (1, 0, 0, 0)}
    hidden = [("XAC", "A1")]

    public, own = ask(levels, hidden=hidden), ask(levels, hidden=hidden, own_unpublished=True)

    assert (public.verdict, public.missing, public.unknown) == ("cannot tell", (), ("A1",))
    assert (own.verdict, own.missing, codes(own)) == ("gap", (("A1", 1.0),), ["XAB"])


def test_that_an_indicator_does_not_apply_may_be_unpublished_too():
    levels = {"XAB": (3, 0, 0, 0), "XAC": ("NA", 0, 0, 0)}
    hidden = [("XAC", "A1")]

    assert ask(levels, hidden=hidden).verdict == "cannot tell"
    assert ask(levels, hidden=hidden, own_unpublished=True).verdict == "not applicable"


def test_where_the_context_is_not_known_enough_a_state_comes_last_and_says_so():
    levels = {"XAA": (3, 0, None, None), "XAB": (3, 0, None, None), "XAC": (1, 0, 0, 0), "XAD": (3, 0, 4, 4)}
    contexts = [
        context("XAA", languages=["c"]),  # one component, and as close as can be
        context("XAB"),
        context("XAC", languages=["c"], size=1),
        context("XAD", languages=["d"], size=1000),
    ]

    found = ask(levels, contexts)

    assert codes(found) == ["XAD", "XAA", "XAB"]
    assert [peer.known for peer in found.peers] == [3, 1, 0]
    assert [peer.distance for peer in found.peers] == [1.0, None, None]
    assert [peer.note for peer in found.peers] == [None] + 2 * ["context not known enough"]
    assert found.peers[1].languages == 0


def test_ties_are_in_the_order_of_codes():
    levels = {"XAD": (3, 0, 0, 0), "XAB": (3, 0, 0, 0), "XAA": (3, 0, 0, 0), "XAC": (1, 0, 0, 0)}

    assert codes(ask(levels, [context(code, size=5) for code in levels])) == ["XAA", "XAB", "XAD"]


def test_a_difference_in_the_last_digit_is_a_tie():
    # 3 is as far below 30 as 30 is below 300; as floats, the two differences of logarithms are not equal
    levels = {"XAB": (3, 0, 0, 0), "XAA": (3, 0, 0, 0), "XAC": (1, 0, 0, 0)}
    for small, large in [(3, 300), (300, 3)]:
        contexts = [context("XAA", size=small), context("XAB", size=large), context("XAC", size=30)]
        found = ask(levels, contexts)
        assert codes(found) == ["XAA", "XAB"]


def test_the_result_is_made_of_plain_values():
    found = ask(
        {"XAB": (3, 0, 4, 1), "XAC": (1, 0, 2, None)},
        [
            context("XAB", languages=["c"], size=np.float64(10), t=np.True_),
            context("XAC", languages=["c"], size=np.int64(3), t=True),
        ],
        on="plan",
    )

    assert json.loads(json.dumps(asdict(found)))["peers"][0]["code"] == "XAB"
    assert "np." not in repr(found)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"code": ""}, "A state has no code."),
        ({"group": ""}, "XAA has no group."),
        ({"languages": "fr"}, "XAA has languages that are not a list of codes."),
        ({"languages": ["fr", ""]}, "XAA has languages that are not a list of codes."),
        ({"obligations": {"t": "binds"}}, "XAA has 'binds' for the obligation t."),
        ({"obligations": {"t": 1}}, "XAA has 1 for the obligation t."),
        ({"size": 0}, "XAA has the size 0."),
        ({"size": -1}, "XAA has the size -1."),
        ({"size": float("nan")}, "XAA has the size nan."),
        ({"size": float("inf")}, "XAA has the size inf."),
        ({"size": "412000"}, "XAA has the size '412000'."),
    ],
)
def test_a_context_that_cannot_be_used_is_refused(given, what):
    with pytest.raises(BadInput) as refused:
        Context(**{"code": "XAA", "group": "training", **given})

    (defect,) = refused.value.defects
    assert defect.what == what
    assert defect.remedy


def test_everything_that_is_wrong_with_a_context_is_named():
    with pytest.raises(BadInput) as refused:
        Context(code="XAA", group="", languages="fr", obligations={"t": "yes", "u": 0}, size=0)

    assert len(refused.value.defects) == 5


GOOD = {
    "values": Values.of({"XAA": {"A1": 3, "B1": 0}, "XAC": {"A1": 1, "B1": 0}}),
    "published": np.ones((2, 2), bool),
    "contexts": [context("XAA"), context("XAC")],
    "themes": {"A1": "plan", "B1": "law"},
    "method": Method(),
    "of": "XAC",
    "on": "A1",
}


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"published": np.ones((2, 3), bool)}, "published has the shape (2, 3) and the type bool."),
        ({"published": np.ones((2, 2))}, "published has the shape (2, 2) and the type float64."),
        ({"published": [["yes", ""], ["", ""]]}, "published has the shape (2, 2) and the type <U3."),
        ({"contexts": [context("XAA")]}, "XAC has no context."),
        ({"contexts": [context("XAA"), context("XAC"), context("XAC")]}, "XAC has 2 contexts."),
        ({"contexts": [*map(context, ("XAA", "XAC", "XAD"))]}, "XAD has a context, but no values."),
        ({"themes": {"A1": "plan"}}, "B1 has no theme."),
        (
            {"themes": {"A1": "plan", "B1": "law", "B2": "law"}},
            "B2 has a theme, but no values.",
        ),
        ({"themes": {"A1": "A1", "B1": "law"}}, "A1 is an indicator and a theme."),
        ({"of": "XAD"}, "XAD is not among the states."),
        ({"on": "police"}, "police is neither an indicator nor a theme."),
    ],
)
def test_what_does_not_fit_together_is_refused(given, what):
    with pytest.raises(BadInput) as refused:
        find_peers(**{**GOOD, **given})

    (defect,) = refused.value.defects
    assert defect.what == what
    assert defect.remedy


def test_all_that_does_not_fit_is_named_at_once():
    given = {**GOOD, "contexts": [], "themes": {}, "of": "XAD", "on": "police", "published": [True]}

    with pytest.raises(BadInput) as refused:
        find_peers(**given)

    assert len(refused.value.defects) == 1 + 2 + 2 + 1 + 1


def test_a_level_out_of_range_is_refused_only_where_it_may_be_read():
    values = Values.of({"XAA": {"A1": 9, "B1": 0}, "XAC": {"A1": 1, "B1": 0}})
    hidden = np.array([[False, True], [True, True]])

    with pytest.raises(BadInput, match="XAA has 9 on A1, outside the range"):
        find_peers(**{**GOOD, "values": values})
    for own_unpublished in (False, True):
        given = {**GOOD, "values": values, "published": hidden, "own_unpublished": own_unpublished}
        assert find_peers(**given).peers == ()


def test_what_was_given_is_left_as_it_was():
    published = np.array([[True, True], [False, True]])

    find_peers(**{**GOOD, "published": published, "own_unpublished": True})

    assert published.tolist() == [[True, True], [False, True]]
