"""Who could help: states that hold what is missing here, the closest in context first, never "the best".

A state has a *gap* on an indicator where its level there lies below the line (``gap_below`` of the method);
on a theme, where this is so for at least one of the theme's indicators. A *peer* is another state of the same
group (made-up training states are a group of their own) whose published level on at least one of these
indicators is at the line or above it, and so higher than here. Where a state's own level is unknown, no gap
can be told.

Peers are ordered by how far they are in context. There are four components, each a distance from 0 (alike) to
1, each None where it cannot be told:

- languages: (n - shared) / n, with n the number of languages of the state that has fewer (the complement of
  Simpson's coefficient: "Notes on the measurement of faunal resemblance", American Journal of Science 258-A,
  1960). A state is not far because it has further languages as well.
- obligations: differing / (shared + differing). An obligation is shared where it binds both states, and
  differs where it binds one and does not bind the other. Left out is what binds neither, as two states are
  not alike because of a treaty that concerns neither of them; and what cannot be told of one of the two.
- size: min(abs(log10(a / b)), 2) / 2. The scale is fixed, a hundredfold, so that no state in a list moves
  the others; ten times as large is as far as ten times as small.
- levels: the mean of abs(a - b) / (top - bottom of the range) over the indicators outside the theme with a
  published level of both states. Those inside are left out: there the difference is what is looked for.

The distance is the mean of the components that are known; with fewer than two there is none, and the state
comes last. This is the form of Gower's general coefficient ("A general coefficient of similarity and some of
its properties", Biometrics 27, 1971): a mean over what can be compared, 1 minus the similarity, dichotomies
without the double absence, quantities by their range. It departs from it in three ways: each of the four
components counts once, however many obligations or indicators it has; the ranges are fixed beforehand and not
read from the list of states; and languages are held against the shorter list.

*What is not published* of other states enters nothing: neither who is a peer, nor the order, nor a number.
A state's own unpublished levels enter only on request, and only the question where its gap is: the context
compares published levels on both sides. So the same peer stands at the same distance for every reader.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import BadInput, Defect
from .levels import Bools, Floats, Values, Verdict, below, check_range
from .method import Method

LEAST_KNOWN: Final = 2  # components: one alone says too little about a context
MOST_TIMES: Final = 2.0  # orders of magnitude: beyond a hundredfold, larger is no farther
DIGITS: Final = 9  # distances that agree to so many digits are a tie, as in `levels.TOLERANCE`

Why = Literal[
    "its own level is not known",
    "nothing is missing",
    "it does not apply",
    "no other state of its group has published what is missing",
]
Note = Literal["context not known enough"]
WHY_NONE: Final[Mapping[Verdict, Why]] = {
    "cannot tell": "its own level is not known",
    "no gap": "nothing is missing",
    "not applicable": "it does not apply",
    "gap": "no other state of its group has published what is missing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is publicly known of a state, for comparing it with others.

    - ``group``: states are compared inside their group only, such as "real" and "training".
    - ``languages``: those it works in, by code; empty where they are not known.
    - ``obligations``: by code, True: binds, False: does not bind, None (or left out): cannot tell.
    - ``size``: the population, or any number above zero that is the same measure for all; None: unknown.

    Raises `BadInput` that names everything that is wrong with it.
    """

    code: str
    group: str
    languages: Collection[str] = ()
    obligations: Mapping[str, bool | None] = field(default_factory=dict)
    size: float | None = None

    def __post_init__(self) -> None:
        defects = list(_wrong(self))
        if defects:
            raise BadInput(defects)


@dataclass(frozen=True, slots=True)
class Peer:
    """A state that holds what is missing, and how close it is.

    - ``holds``: indicators and its levels there, by code. ``distance``: the mean of the components known,
      None with a ``note`` where fewer than `LEAST_KNOWN` are. ``known``: how many are.
    - ``languages``, ``obligations``, ``size``, ``levels``: the components, 0 to 1, None where not known.
    - ``shared_languages``; ``obligations_shared`` (bind both) and ``obligations_differing`` (bind one only),
      of ``obligations_known`` (known of both); ``levels_known`` (outside the theme, published of both).
    """

    code: str
    holds: tuple[tuple[str, float], ...]
    distance: float | None
    known: int
    note: Note | None
    languages: float | None
    obligations: float | None
    size: float | None
    levels: float | None
    shared_languages: tuple[str, ...]
    obligations_shared: int
    obligations_differing: int
    obligations_known: int
    levels_known: int


@dataclass(frozen=True, slots=True)
class Peers:
    """The gap of a state on an indicator or a theme, and who could help.

    - ``verdict``: "gap", "no gap", "cannot tell" or "not applicable".
    - ``missing``: the indicators below the line here and the levels here, by code. ``unknown``: those asked
      for whose level here is not known (in public: not published), on which more may be missing.
    - ``peers``: the closest first, ties by code; ``why_none``: the reason where there are none.
    """

    state: str
    on: str
    verdict: Verdict
    missing: tuple[tuple[str, float], ...]
    unknown: tuple[str, ...]
    peers: tuple[Peer, ...]
    why_none: Why | None


def find_peers(
    values: Values,
    published: ArrayLike,
    contexts: Sequence[Context],
    themes: Mapping[str, str],
    method: Method,
    *,
    of: str,
    on: str,
    own_unpublished: bool = False,
) -> Peers:
    """The peers of the state ``of`` on ``on``, which is an indicator or a theme.

    ``published`` (S × Q, boolean) says which reviewed levels anyone may read. A published practice counts
    only together with a published level: to be listed tells that the level is at the line or above it.
    ``contexts`` has one entry for each state, ``themes`` the theme of each indicator. With
    ``own_unpublished`` the gap rests on all levels of the state itself: for its own people, never in public.

    Raises `BadInput` for codes or shapes that do not fit together, and for a level outside the method's
    range, if it is one that may be used.
    """
    mask = np.asarray(published)
    defects = list(_misfits(values, mask, contexts, themes, of, on))
    if defects:
        raise BadInput(defects)
    here = values.units.index(of)
    public = _only(values, mask)
    mask = mask.copy()
    mask[here] |= own_unpublished
    seen = _only(values, mask)
    check_range(seen, *method.range)
    own, applies = seen.level[here], ~seen.not_applicable[here]
    asked = sorted((code, q) for q, code in enumerate(values.indicators) if on in (code, themes[code]))
    missing = [(code, q) for code, q in asked if below(own[q], method.gap_below)]
    unknown = [code for code, q in asked if np.isnan(own[q]) and applies[q]]
    verdict = _verdict(missing, unknown, applies=any(applies[q] for _, q in asked))
    outside = np.array([themes[code] != themes[asked[0][0]] for code in values.indicators])
    context = {each.code: each for each in contexts}
    peers = []
    for other, code in enumerate(values.units):
        level = public.level[other]
        holds = tuple((code, float(level[q])) for code, q in missing if _at_least(level[q], method.gap_below))
        # the state itself holds nothing that it is missing, so it is never its own peer
        if holds and context[code].group == context[of].group:
            levels = _levels_apart(public.level[here, outside], level[outside], method)
            peers.append(_peer(context[of], context[code], holds, levels))
    return Peers(
        state=of,
        on=on,
        verdict=verdict,
        missing=tuple((code, float(own[q])) for code, q in missing),
        unknown=tuple(unknown),
        peers=tuple(sorted(peers, key=_closest_first)),
        why_none=None if peers else WHY_NONE[verdict],
    )


def _only(values: Values, mask: Bools) -> Values:
    """The values where the mask is true; what is elsewhere is unknown."""
    return Values(
        values.units,
        values.indicators,
        np.where(mask, values.level, np.nan),
        not_applicable=values.not_applicable & mask,
    )


def _at_least(level: float, threshold: float) -> bool:
    return not math.isnan(level) and not below(level, threshold)


def _verdict(missing: Sequence[object], unknown: Sequence[object], *, applies: bool) -> Verdict:
    if missing:
        return "gap"
    if unknown:
        return "cannot tell"
    return "no gap" if applies else "not applicable"


def _peer(
    own: Context, its: Context, holds: tuple[tuple[str, float], ...], levels: tuple[float | None, int]
) -> Peer:
    shared_languages = set(own.languages) & set(its.languages)
    fewer = min(len(set(own.languages)), len(set(its.languages)))
    bound = [
        (bool(here), bool(there))
        for code, here in own.obligations.items()
        if here is not None and (there := its.obligations.get(code)) is not None
    ]
    shared = sum(here and there for here, there in bound)
    differing = sum(here != there for here, there in bound)
    components = {
        "languages": (fewer - len(shared_languages)) / fewer if fewer else None,
        "obligations": differing / (shared + differing) if shared + differing else None,
        "size": _sizes_apart(own.size, its.size),
        "levels": levels[0],
    }
    known = [distance for distance in components.values() if distance is not None]
    enough = len(known) >= LEAST_KNOWN
    return Peer(
        code=its.code,
        holds=holds,
        distance=math.fsum(known) / len(known) if enough else None,
        known=len(known),
        note=None if enough else "context not known enough",
        **components,
        shared_languages=tuple(sorted(shared_languages)),
        obligations_shared=shared,
        obligations_differing=differing,
        obligations_known=len(bound),
        levels_known=levels[1],
    )


def _sizes_apart(a: float | None, b: float | None) -> float | None:
    if a is None or b is None:
        return None
    return min(abs(math.log10(a) - math.log10(b)), MOST_TIMES) / MOST_TIMES


def _levels_apart(a: Floats, b: Floats, method: Method) -> tuple[float | None, int]:
    """The mean distance of two rows of levels as a share of the range, and over how many both are known."""
    apart = np.abs(a - b)
    known = apart[~np.isnan(apart)]
    low, high = method.range
    # an exact sum, so that the order of the indicators changes no digit
    return (math.fsum(known) / len(known) / (high - low) if len(known) else None), len(known)


def _closest_first(peer: Peer) -> tuple[bool, float, str]:
    return peer.distance is None, round(peer.distance or 0.0, DIGITS), peer.code


def _wrong(context: Context) -> Iterator[Defect]:
    who = context.code or "A state"
    if not context.code:
        yield Defect("A state has no code.", "Give each state a code.")
    if not context.group:
        yield Defect(f"{who} has no group.", "Name one, such as real or training.")
    if isinstance(context.languages, str) or not all(context.languages):
        what = f"{who} has languages that are not a list of codes."
        yield Defect(what, "Give a list, such as ['fr'], and an empty one where they are not known.")
    for code, binds in context.obligations.items():
        if not (binds is None or isinstance(binds, (bool, np.bool_))):
            what = f"{who} has {binds!r} for the obligation {code}."
            yield Defect(what, "Give True (binds), False (does not bind) or None (cannot tell).")
    size = context.size
    if size is not None and not (isinstance(size, Real) and 0 < size < math.inf):
        what = f"{who} has the size {size!r}."
        yield Defect(what, "Give a number above zero, or None where it is not known.")


def _misfits(
    values: Values,
    published: NDArray[Any],
    contexts: Sequence[Context],
    themes: Mapping[str, str],
    of: str,
    on: str,
) -> Iterator[Defect]:
    shape = (len(values.units), len(values.indicators))
    if published.shape != shape or published.dtype != np.bool_:
        what = f"published has the shape {published.shape} and the type {published.dtype}."
        yield Defect(what, f"Give true or false for {shape[0]} units × {shape[1]} indicators.")
    codes = Counter(each.code for each in contexts)
    for code in sorted(code for code, times in codes.items() if times > 1):
        yield Defect(f"{code} has {codes[code]} contexts.", "Keep one of them.")
    for code in sorted(set(values.units) - codes.keys()):
        yield Defect(f"{code} has no context.", "Give one for each state; what is not known may stay empty.")
    for code in sorted(codes.keys() - set(values.units)):
        yield Defect(f"{code} has a context, but no values.", "Correct the code, or add it to the values.")
    for code in sorted(set(values.indicators) - themes.keys()):
        yield Defect(f"{code} has no theme.", "Name the theme of each indicator.")
    for code in sorted(themes.keys() - set(values.indicators)):
        yield Defect(f"{code} has a theme, but no values.", "Correct the code, or add it to the values.")
    for code in sorted(set(themes.values()) & themes.keys()):
        yield Defect(f"{code} is an indicator and a theme.", "Give one of the two another code.")
    if of not in values.units:
        yield Defect(f"{of} is not among the states.", "Name one that has values.")
    if on not in values.indicators and on not in themes.values():
        yield Defect(f"{on} is neither an indicator nor a theme.", "Name one of the two.")
