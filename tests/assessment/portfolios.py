"""Made-up problems of choice, and the best choice among all of them, tried one by one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from endocsea.assessment.portfolio import Candidate, Effect, Floor, Gap, Problem, Quarter

UNITS = ("XAA", "XAB", "XAC")
QUARTERS = ("2021-Q1", "2021-Q2", "2021-Q4")
COSTS = ("0", "1", "2", "2.5", "3", "3.01", "7", "10")


@dataclass(frozen=True)
class World:
    """A problem in its parts, and a budget."""

    candidates: list[Candidate]
    effects: list[Effect]
    gaps: list[Gap]
    floors: list[Floor]
    capacity: list[Quarter]
    budget: Decimal

    @property
    def problem(self) -> Problem:
        return Problem.of(self.candidates, self.effects, self.gaps, self.floors, self.capacity)

    def closed(self, chosen: frozenset[str]) -> float:
        """By the definition, one gap after the other."""
        whole = 0.0
        for gap in self.gaps:
            left = 1.0
            for effect in self.effects:
                aims = (effect.unit, effect.indicator) == (gap.unit, gap.indicator)
                if aims and effect.candidate in chosen and gap.width:
                    left *= 1 - effect.chance * min(1.0, effect.gain / gap.width)
            whole += gap.weight * (gap.width or 0.0) * (1 - left)
        return whole

    def spent(self, chosen: frozenset[str]) -> Fraction:
        return sum((Fraction(each.cost) for each in self.candidates if each.code in chosen), Fraction())

    def allowed(self, chosen: frozenset[str]) -> bool:
        """Whether a choice keeps to everything."""
        for each in self.candidates:
            if each.code in chosen and (set(each.needs) - chosen or set(each.excludes) & chosen):
                return False
        if self.spent(chosen) > Fraction(self.budget):
            return False
        return all(self._given(floor, chosen) >= Fraction(floor.least) for floor in self.floors) and (
            not self.capacity or self._fits(chosen)
        )

    def _given(self, floor: Floor, chosen: frozenset[str]) -> Fraction:
        given = Fraction()
        for each in self.candidates:
            units = {effect.unit for effect in self.effects if effect.candidate == each.code}
            if each.code in chosen:
                if floor.kind == "component" and each.component == floor.code:
                    given += Fraction(each.cost)
                if floor.kind == "unit" and floor.code in units:
                    given += Fraction(each.cost) / len(units)
        return given

    def _fits(self, chosen: frozenset[str]) -> bool:
        """Quarter after quarter, what has waited longest is worked on first."""
        waiting = {each.code: Fraction(each.load) for each in self.candidates if each.code in chosen}
        start = self.starts
        for quarter in sorted(self.capacity, key=lambda each: each.name):
            left = Fraction(quarter.capacity)
            for code in sorted(waiting, key=lambda code: start[code]):
                if start[code] <= quarter.name:
                    done = min(left, waiting[code])
                    left -= done
                    waiting[code] -= done
        return not any(waiting.values())

    @property
    def starts(self) -> dict[str, str]:
        """The earliest quarter of each candidate, no earlier than of what it needs."""
        by_code = {each.code: each for each in self.candidates}

        def start(code: str) -> str:
            return max([by_code[code].start, *map(start, by_code[code].needs)])

        return {code: start(code) for code in by_code}

    def best(self) -> tuple[float, Fraction] | None:
        """The most that any choice closes, and the least money for it; None where no choice is allowed."""
        codes = [each.code for each in self.candidates]
        every = (
            frozenset(code for code, inside in zip(codes, picked, strict=True) if inside)
            for picked in product((False, True), repeat=len(codes))
        )
        allowed = [(self.closed(chosen), self.spent(chosen)) for chosen in every if self.allowed(chosen)]
        if not allowed:
            return None
        most = max(closed for closed, _ in allowed)
        return most, min(spent for closed, spent in allowed if closed > most - 1e-9)


@st.composite
def worlds(draw: st.DrawFn, *, most: int = 7, floors: bool = True, chances: tuple[float, ...] = ()) -> World:
    codes = [f"A{at}" for at in range(draw(st.integers(1, most)))]
    indicators = [f"C1-0{at}" for at in range(1, draw(st.integers(1, 3)) + 1)]
    cells = [(unit, indicator) for unit in UNITS for indicator in indicators]
    gaps = [
        Gap(*cell, draw(st.sampled_from([2.0, 1.0, 0.5, 0.0, None])), draw(st.sampled_from([1.0, 2.0, 0.0])))
        for cell in cells
    ]
    candidates, effects = [], []
    for at, code in enumerate(codes):
        needs = draw(st.lists(st.sampled_from(codes[:at]), max_size=1, unique=True)) if at else []
        others = [other for other in codes[:at] if other not in _under(candidates, needs)]
        excludes = draw(st.lists(st.sampled_from(others), max_size=3, unique=True)) if others else []
        candidates.append(
            Candidate(
                code,
                Decimal(draw(st.sampled_from(COSTS))),
                component=draw(st.sampled_from(["1", "2"])),
                start=draw(st.sampled_from(["", *QUARTERS, "2022-Q1"])),
                load=Decimal(draw(st.sampled_from(["0", "1", "2.5", "4"]))),
                needs=tuple(needs),
                excludes=tuple(excludes),
            )
        )
        for cell in draw(st.lists(st.sampled_from(cells), max_size=3, unique=True)):
            gain = draw(st.sampled_from([0.5, 1.0, 2.0]))
            effects.append(
                Effect(code, *cell, gain, draw(st.sampled_from(chances or (0.2, 0.5, 0.5, 0.9, 1.0, 0.0))))
            )
    floored = []
    if floors:
        kinds = {("component", each.component) for each in candidates} | {("unit", e.unit) for e in effects}
        for kind, code in draw(st.lists(st.sampled_from(sorted(kinds)), max_size=2, unique=True)):
            floored.append(Floor(kind, code, Decimal(draw(st.sampled_from(["1", "2", "4.5"])))))
    capacity = []
    if draw(st.booleans()):
        capacity = [Quarter(name, Decimal(draw(st.sampled_from([0, 2, 5])))) for name in QUARTERS]
    budget = Decimal(draw(st.sampled_from(["0", "3", "5.5", "9.99", "12", "40"])))
    return World(candidates, effects, gaps, floored, capacity, budget)


def _under(candidates: list[Candidate], needs: list[str]) -> set[str]:
    by_code = {each.code: each for each in candidates}
    found = set(needs)
    for need in needs:
        found |= _under(candidates, list(by_code[need].needs))
    return found
