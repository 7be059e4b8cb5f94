"""Which kind of question a type of XLSForm is, and why some are not taken.

What a type is bound to comes from pyxform's own table of types, so that all their other names count too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyxform import constants as x
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from endocsea.questionnaires.form import Kind

from . import remarks

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SELECTS = {
    x.SELECT_ONE: Kind.ONE,
    x.SELECT_ALL_THAT_APPLY: Kind.SEVERAL,
    x.RANK: Kind.RANKED,
}
_BOUND_TO = {
    "int": Kind.WHOLE,
    "decimal": Kind.NUMBER,
    "string": Kind.TEXT,
    "date": Kind.DAY,
    "time": Kind.TIME,
    "dateTime": Kind.MOMENT,
}
_NOT_TAKEN = {
    "binary": remarks.MEDIA,
    "barcode": remarks.BARCODES,
    "geopoint": remarks.PLACES,
    "geoshape": remarks.PLACES,
    "geotrace": remarks.PLACES,
}
_BY_TYPE = {
    "osm": remarks.PLACES,
    "audit": remarks.ABOUT_THE_DEVICE,
    "xml-external": remarks.OTHER_FILES,
    "csv-external": remarks.OTHER_FILES,
    x.LOOP: remarks.LOOP,
    x.SELECT_ONE_EXTERNAL: remarks.CHOICES_ELSEWHERE,
}

# What a device would fill in when the form is opened, where logic speaks of it.
WHEN_OPENED = {"today": "today()", "start": "now()"}


def not_taken(kind: str) -> _StrPromise | None:
    """The sentence why questions of this type are not taken; nothing where they are."""
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    bind = _bind(kind)
    if "jr:preload" in bind:
        return remarks.ABOUT_THE_DEVICE
    return _NOT_TAKEN.get(bind.get("type", ""))


def kind_of(kind: str) -> Kind:
    """The kind of a question that is taken."""
    if kind in SELECTS:
        return SELECTS[kind]
    if kind == "range":
        return Kind.RANGE
    tag = QUESTION_TYPE_DICT[kind].get("control", {}).get("tag")
    if tag is None:
        return Kind.CALCULATED
    if tag == "trigger":
        return Kind.CONSENT
    return Kind.NOTE if "readonly" in _bind(kind) else _BOUND_TO[_bind(kind)["type"]]


def built_in_constraint(kind: str) -> str:
    """What some types ask for by themselves: a percentage is between 0 and 100."""
    return str(_bind(kind).get("constraint", ""))


def _bind(kind: str) -> dict[str, Any]:
    return dict(QUESTION_TYPE_DICT.get(kind, {}).get("bind", {}))
