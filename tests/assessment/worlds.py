"""Random trees, values and methods for property tests."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import settings
from hypothesis import strategies as st

from endocsea.assessment import Band, Gate, Method, Tree, Values
from endocsea.assessment.method import RULES
from tests.assessment.reference import Row, Value

WEIGHTS = (0.0, 0.5, 1.0, 1.0, 2.0, 3.0)
STEPS = (0.0, 1.0, 2.0, 3.0, 4.0, 0.5, 2.5, 4 / 3)
quick = settings(max_examples=60, deadline=None, derandomize=True)
thorough = settings(quick, max_examples=200)


@dataclass(frozen=True)
class World:
    """Everything that an assessment needs; ``answers`` by unit and indicator, all of them given."""

    rows: list[Row]
    answers: dict[str, dict[str, Value]]
    method: Method

    @property
    def tree(self) -> Tree:
        return Tree.from_rows(self.rows)

    @property
    def values(self) -> Values:
        return Values.of(self.answers)

    def with_answer(self, unit: str, indicator: str, value: Value) -> World:
        row = {**self.answers[unit], indicator: value}
        return replace(self, answers={**self.answers, unit: row})

    def where(self, wanted: type | None) -> list[tuple[str, str]]:
        """Places (unit, indicator) that hold a number (``float``), or are unknown (None)."""
        kind = type(None) if wanted is None else wanted
        return [(u, q) for u, row in self.answers.items() for q, its in row.items() if isinstance(its, kind)]


@st.composite
def rows(draw: st.DrawFn, nodes: int = 4) -> list[Row]:
    """One to ``nodes`` nodes in one or more trees, each with one to three indicators or nodes below it."""
    above: dict[str, str] = {"n0": ""}
    for at in range(1, draw(st.integers(1, nodes))):
        above[f"n{at}"] = draw(st.sampled_from(["", *above]))
    for node in list(above):
        least = 0 if node in above.values() else 1
        for _ in range(draw(st.integers(least, 3))):
            above[f"q{len(above)}"] = node
    weighed = {code: draw(st.sampled_from(WEIGHTS)) for code in above}
    for node in set(above.values()):
        siblings = [code for code, parent in above.items() if parent == node]
        if not any(weighed[code] for code in siblings):
            weighed[siblings[0]] = 1.0
    return [(code, parent, weighed[code]) for code, parent in above.items()]


@st.composite
def worlds(draw: st.DrawFn, *, nodes: int = 4, units: int = 3, gates: bool = True) -> World:
    grown = draw(rows(nodes))
    parents = {code: parent for code, parent, _ in grown}
    leaves = [code for code in parents if code not in parents.values()]
    inner = [code for code in parents if code not in leaves]
    low = draw(st.sampled_from([0.0, 1.0]))
    level = st.sampled_from([low + step for step in STEPS])
    value = st.one_of(level, level, st.sampled_from([None, "NA"]))
    answers = {f"u{s}": {leaf: draw(value) for leaf in leaves} for s in range(draw(st.integers(1, units)))}
    rules = {"default": draw(st.sampled_from(RULES))}
    rules |= draw(st.dictionaries(st.sampled_from(inner), st.sampled_from(RULES), max_size=2))
    gated = []
    for _ in range(draw(st.integers(0, 2)) if gates else 0):
        leaf = draw(st.sampled_from(leaves))
        over = [code for code in inner if _is_over(code, leaf, parents)]
        gated.append(Gate(leaf, draw(level), draw(st.sampled_from(over)), draw(level)))
    return World(
        grown,
        answers,
        Method(
            range=(low, low + 4),
            bands=(Band(low, {}), Band(low + 1, {}), Band(low + 2.2, {})),
            aggregation=rules,
            cumulative_share=draw(st.sampled_from([0.5, 0.6, 0.8, 1.0])),
            least_known=draw(st.sampled_from([0.0, 0.25, 0.5, 0.6, 1.0])),
            gap_below=low + draw(st.sampled_from([1.0, 2.0, 2.5])),
            gates=tuple(gated),
        ),
    )


def _is_over(node: str, code: str, parents: dict[str, str]) -> bool:
    while code:
        code = parents[code]
        if code == node:
            return True
    return False
