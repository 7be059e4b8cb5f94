"""What the functions of XForms do that XPath 1.0 lacks. None of them fails: what has no answer is NaN, or empty.

lxml calls them with its context first. What they get is text, numbers, yes or no, or elements: `writing` sees to it.
"""

from __future__ import annotations

import base64
import hashlib
import math
import random
import re
import uuid
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from endocsea.questionnaires.logic import moments
from endocsea.questionnaires.logic.patterns import BadPattern, matcher

_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)
_DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}

_ANGLES = ("sin", "cos", "tan", "asin", "acos", "atan", "atan2")

Nodes = list[Any]


def number_of(text: str) -> float:
    """A number as XPath reads it: digits with a point, a minus before, spaces around."""
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def text_of(value: object) -> str:
    """What a calculation gave, as it is kept: whole numbers without a point, never with an exponent, NaN as nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    nodes: Nodes = value if isinstance(value, list) else []
    return (nodes[0].text or "") if nodes else ""


def number_text(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")


def _texts(nodes: object) -> list[str]:
    """The texts of nodes; a single value stands for itself."""
    if isinstance(nodes, list):
        return [node.text or "" for node in nodes]
    return [text_of(nodes)]


def _numbers(values: tuple[object, ...]) -> list[float]:
    found: list[float] = []
    for value in values:
        if isinstance(value, float):
            found.append(value)
        else:
            found += [moments.days_of(text) for text in _texts(value)]
    return found


def _extreme(pick: Callable[[list[float]], float], values: tuple[object, ...]) -> float:
    numbers = _numbers(values)
    return math.nan if not numbers or any(map(math.isnan, numbers)) else pick(numbers)


def rounded(value: float, digits: float = 0) -> float:
    """Half away from zero, on the number as it is written: 2.675 to two digits is 2.68."""
    if not math.isfinite(value) or not math.isfinite(digits) or abs(digits) > 30:
        return value
    try:
        return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP))
    except InvalidOperation:  # more digits than there are
        return value


def _of_numbers(function: Callable[..., float]) -> Callable[..., float]:
    """A function of mathematics that says NaN outside of where it is defined, and infinity past the largest number."""

    def safe(_: object, *numbers: float) -> float:
        try:
            found = function(*numbers)
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return math.nan
        return found if isinstance(found, float) else math.nan

    return safe


def _power(base: float, exponent: float) -> float:
    return math.inf if base == 0 and exponent < 0 else math.pow(base, exponent)


def _logarithm(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else function(number)


def _selected(_: object, chosen: str, choice: str) -> bool:
    return choice.strip() in chosen.split()


def _selected_at(_: object, chosen: str, place: float) -> str:
    names = chosen.split()
    return names[int(place)] if 0 <= place < len(names) else ""


def _substr(_: object, text: str, start: float, end: float = math.inf) -> str:
    if math.isnan(start) or math.isnan(end):
        return ""
    first, last = (int(max(min(place, len(text)), -len(text))) for place in (start, end))
    return text[first:last]


def _regex(_: object, text: str, pattern: str) -> bool:
    try:
        return matcher(pattern)(text)
    except BadPattern:  # only where the pattern is itself calculated: a written one is refused on loading
        return False


def _checklist(_: object, least: float, most: float, *answers: str) -> bool:
    return _between(sum(answer == "yes" for answer in answers), least, most)


def _weighted_checklist(_: object, least: float, most: float, *pairs: Any) -> bool:
    weights = (float(pairs[place + 1]) for place in range(0, len(pairs) - 1, 2) if pairs[place] == "yes")
    return _between(sum(weights), least, most)


def _between(value: float, least: float, most: float) -> bool:
    return (least == -1 or value >= least) and (most == -1 or value <= most)


def _uuid(_: object, length: float = math.nan) -> str:
    if math.isnan(length):
        return str(uuid.uuid4())
    signs = "0123456789abcdefghijklmnopqrstuvwxyz"
    return "".join(random.choices(signs, k=max(0, min(int(length), 1000))))  # noqa: S311  a label, no secret


def _digest(_: object, text: str, algorithm: str, encoding: str = "base64") -> str:
    name = _DIGESTS.get(algorithm.upper())
    if name is None or encoding not in ("base64", "hex"):
        return ""
    made = hashlib.new(name, text.encode(), usedforsecurity=False)
    return made.hexdigest() if encoding == "hex" else base64.b64encode(made.digest()).decode()


def _randomized(_: object, nodes: Nodes, seed: float = math.nan) -> Nodes:
    order = list(nodes)
    random.Random(None if math.isnan(seed) else seed).shuffle(order)  # noqa: S311  an order, no secret
    return order


def _compared(_: object, left: Any, sign: str, right: Any) -> bool:
    """Days among them: true if it holds of any pair, as XPath compares sets."""
    rights = _numbers((right,))
    return any(_COMPARED[sign](one, other) for one in _numbers((left,)) for other in rights)


_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
}


def _at(_: object, nodes: Nodes, place: float) -> Nodes:
    return [nodes[int(place) - 1]] if 1 <= place <= len(nodes) else []


def functions(label: Callable[[str, str, str], str]) -> dict[tuple[None, str], Callable[..., Any]]:
    """All of them by their name within lxml. ``label`` finds a choice's label: list, name, language."""
    found: dict[str, Callable[..., Any]] = {
        "x-if": lambda _, condition, one, other: one if condition else other,
        "x-coalesce": lambda _, one, other: one or other,
        "x-selected": _selected,
        "x-selected-at": _selected_at,
        "x-count-selected": lambda _, chosen: float(len(chosen.split())),
        "x-label": lambda _, name, choices, language: label(choices, name, language),
        "x-at": _at,
        "x-randomize": _randomized,
        "x-compare": _compared,
        "x-count-non-empty": lambda _, nodes: float(sum(map(bool, _texts(nodes)))),
        "x-sum": lambda _, nodes: float(sum(_numbers((nodes,)))),
        "x-min": lambda _, *values: _extreme(min, values),
        "x-max": lambda _, *values: _extreme(max, values),
        "x-join": lambda _, between, *values: between.join(text for each in values for text in _texts(each)),
        "x-regex": _regex,
        "x-ends-with": lambda _, text, end: text.endswith(end),
        "x-substr": _substr,
        "x-boolean-from-string": lambda _, text: text in ("true", "1"),
        "x-int": _of_numbers(lambda number: float(math.trunc(number))),
        "x-round": lambda _, number, digits=0.0: rounded(number, digits),
        "x-abs": _of_numbers(abs),
        "x-pow": _of_numbers(_power),
        "x-log": _of_numbers(_logarithm(math.log)),
        "x-log10": _of_numbers(_logarithm(math.log10)),
        "x-exp": _of_numbers(math.exp),
        "x-exp10": _of_numbers(lambda number: math.pow(10, number)),
        "x-sqrt": _of_numbers(math.sqrt),
        **{f"x-{name}": _of_numbers(getattr(math, name)) for name in _ANGLES},
        "x-pi": lambda _: math.pi,
        "x-days": lambda _, text: moments.days_of(text),
        "x-share": lambda _, text: moments.share_of_day(text),
        "x-date": lambda _, text: moments.day_text(text),
        "x-date-time": lambda _, text: moments.moment_text(text),
        "x-format": lambda _, text, pattern, language: moments.formatted(text, pattern, language),
        "x-random": lambda _: random.random(),  # noqa: S311  a sample, no secret
        "x-uuid": _uuid,
        "x-checklist": _checklist,
        "x-weighted-checklist": _weighted_checklist,
        "x-digest": _digest,
    }  # fmt: skip
    return {(None, name): function for name, function in found.items()}
