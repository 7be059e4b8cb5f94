"""The method as a YAML file, in which every key may be left out.

What is written holds the whole method as it was used, with engine, versions, seed and number of
replicates, so that a published figure can be calculated again from the same values and tree.
"""

from __future__ import annotations

import math
import reprlib
from collections.abc import Callable, Mapping
from dataclasses import fields
from importlib.metadata import version
from typing import Any, Final

import numpy as np
import yaml

from . import engines
from .errors import BadInput, Defect
from .method import DEFAULT_RANGE, DEFAULT_RATING_ERROR, Band, Gate, Imputation, Method, RatingError

ENGINES: Final = ("numba", "numpy")
WRITTEN: Final = ("engine", "library", *ENGINES)  # keys that `to_yaml` adds and `read_yaml` accepts


def read_yaml(text: str, *, file: str = "method.yaml") -> Method:
    """A method from YAML text; what is left out is as in `Method`.

    Raises `BadInput` that names ``file`` and every key that is unknown, given twice, or has a wrong value.
    """
    defects: list[Defect] = []
    settings = _settings(_table_of(text, file), file, defects)
    if settings.get("range", DEFAULT_RANGE) != DEFAULT_RANGE and "gap_below" not in settings:
        what = "The range is not 0 to 4, and what counts as a gap is still a level below 2."
        defects.append(Defect(what, "Give gap_below, a level of this range.", file, column="gap_below"))
    try:
        method = Method(**settings)
    except BadInput as error:
        defects += [Defect(d.what, d.remedy, file, column=d.column) for d in error.defects]
    if defects:
        raise BadInput(defects)
    return method


def _table_of(text: str, file: str) -> dict[Any, Any]:
    try:
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506  a SafeLoader that also refuses double keys
    except BadInput as error:
        raise BadInput(Defect(d.what, d.remedy, file, d.row, d.column) for d in error.defects) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        row = None if mark is None else mark.line + 1
        raise BadInput([Defect("This is not YAML.", "Write it as `key: value` lines.", file, row)]) from None
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise BadInput([Defect("There are no settings in it.", "Write it as `key: value` lines.", file)])
    return raw


def _settings(raw: Mapping[Any, Any], file: str, defects: list[Defect]) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    if raw.get("engine", ENGINES[0]) not in ENGINES:
        what = f"{_show(raw['engine'])} is no engine here."
        defects.append(Defect(what, f"Use {' or '.join(ENGINES)}.", file, column="engine"))
    for key, value in raw.items():
        if key in READERS:
            try:
                settings[key] = READERS[key](value)
            except _WrongValue as wrong:
                what = f"{_show(value)} does not fit here."
                defects.append(Defect(what, f"Give {wrong}.", file, column=key))
        elif key not in WRITTEN:
            names = ", ".join(READERS)
            defects.append(Defect(f"{_show(key)} is not a setting.", f"Settings are: {names}.", file))
    return settings


def to_yaml(method: Method, *, replicates: int, seed: int) -> str:
    """The whole method as YAML, as it was used: ``replicates`` is 0 where nothing was simulated."""
    written = written_by()
    for each in fields(method):
        written[each.name] = getattr(method, each.name)
    written |= {
        "range": list(method.range),
        "aggregation": dict(method.aggregation),
        "weights": dict(method.weights),
        "gates": [
            {"indicator": g.indicator, "below": g.below, "caps": g.caps, "at": g.at} for g in method.gates
        ],
        "bands": [{"from": b.start, **b.words} for b in method.bands],
        "replicates": replicates,
        "seed": seed,
        "sources": list(method.sources),
        "aggregations": dict(method.aggregations),
        "rating_error": {kind: {"one": e.one, "two": e.two} for kind, e in method.rating_error.items()},
        "imputation": {"kind": method.imputation.kind, "flat_prior": method.imputation.flat_prior},
    }
    return yaml.safe_dump(written, sort_keys=False, allow_unicode=True, width=110)


def written_by() -> dict[str, Any]:
    """The first keys of every method file: with what it was calculated."""
    engine = engines.name()
    return {"engine": engine, "library": version("endocsea"), "numpy": np.__version__} | (
        {engine: version(engine)} if engine != "numpy" else {}
    )


# What type each setting has in YAML. A reader takes the value or says what it wanted.


class _WrongValue(Exception):
    """Its text says what would have fitted."""


class _Loader(yaml.SafeLoader):
    """YAML's safe types; a key that is given twice is refused, where YAML would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            raise BadInput(
                [Defect(f"{key} is given twice.", "Keep one of them.", row=node.start_mark.line + 1)]
            )
        return super().construct_mapping(node, deep)


def _show(value: object) -> str:
    return reprlib.repr(value)


def _number(value: Any) -> float:
    try:
        if not isinstance(value, bool) and isinstance(value, (int, float)) and math.isfinite(value):
            return float(value)
    except OverflowError:  # a whole number of more than 308 digits
        pass
    raise _WrongValue("a number, with a point for decimals")


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _WrongValue("a whole number")
    return value


def _text(value: Any) -> str:
    # YAML reads `caps: 3` as a number, although a code is meant
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        raise _WrongValue("text, in quotation marks where it could be read as a number")
    return str(value)


def _list(each: Callable[[Any], Any], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _WrongValue("a list: [a, b]")
    return tuple(each(item) for item in value)


def _table(each: Callable[[Any], Any], value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _WrongValue("a table: {name: value}")
    return {_text(key): each(item) for key, item in value.items()}


def _record(
    readers: Mapping[str, Callable[[Any], Any]], value: Any, optional: bool = False
) -> dict[str, Any]:
    wanted = f"a table with {', '.join(readers)}"
    strange = not isinstance(value, dict) or value.keys() - readers.keys()
    if strange or (not optional and readers.keys() - value.keys()):
        raise _WrongValue(wanted)
    return {key: readers[key](item) for key, item in value.items()}


def _range(value: Any) -> tuple[float, ...]:
    ends = _list(_number, value)
    if len(ends) != 2:
        raise _WrongValue("two numbers: [lowest, highest]")
    return ends


def _aggregation(value: Any) -> dict[str, Any]:
    return _table(_text, value) if isinstance(value, dict) else {"default": _text(value)}


def _band(value: Any) -> Band:
    if not isinstance(value, dict) or "from" not in value:
        raise _WrongValue("a list of tables with `from` and a text for each language")
    words = {_text(key): _text(word) for key, word in value.items() if key != "from"}
    return Band(_number(value["from"]), words)


def _gate(value: Any) -> Gate:
    return Gate(**_record({"indicator": _text, "below": _number, "caps": _text, "at": _number}, value))


def _rating_error(value: Any) -> dict[str, RatingError]:
    chances = {"one": _number, "two": _number}
    return {
        **DEFAULT_RATING_ERROR,
        **_table(lambda each: RatingError(**_record(chances, each)), value),
    }


def _imputation(value: Any) -> Imputation:
    return Imputation(**_record({"kind": _text, "flat_prior": _number}, value, optional=True))


READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "edition": _text,
    "range": _range,
    "aggregation": _aggregation,
    "cumulative_share": _number,
    "least_known": _number,
    "weights": lambda value: _table(_number, value),
    "gates": lambda value: _list(_gate, value),
    "gap_below": _number,
    "bands": lambda value: _list(_band, value),
    "replicates": _whole,
    "seed": _whole,
    "sources": lambda value: _list(_text, value),
    "weight_concentration": _number,
    "aggregations": lambda value: _table(_number, value),
    "rating_error": _rating_error,
    "imputation": _imputation,
    "double_rated_share": _number,
}
