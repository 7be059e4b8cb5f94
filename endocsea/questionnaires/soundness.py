"""Whether the logic of a form can be run and can be meant: asked before a form is kept, and shown to its author."""

from __future__ import annotations

from typing import Final

from .form import Form, Item
from .logic import Doubt, Fault, LogicRefused, compile_form, contradictions
from .logic.compiling import expressions

KEPT: Final = 32
_DOUBTS: Final[dict[str, tuple[Doubt, ...]]] = {}


def faults(form: Form) -> tuple[Fault, ...]:
    """What keeps the logic of a form from being run; loops among it."""
    try:
        compile_form(form)
    except LogicRefused as refused:
        return refused.faults
    return ()


def new_faults(before: Form, after: Form) -> tuple[Fault, ...]:
    """What a change breaks. An item is known by its name here, as the change may have moved it."""
    there = {_at_any_place(fault) for fault in faults(before)}
    return tuple(fault for fault in faults(after) if _at_any_place(fault) not in there)


def has_logic(form: Form) -> bool:
    """Whether anything in a form hangs on an answer."""
    return any(True for _path, item in form.walk() for _each in expressions(item))


def doubts(form: Form, revision: str) -> tuple[Doubt, ...]:
    """What cannot be meant. Found once for each revision of a form, as answers are tried for it."""
    if not has_logic(form):
        return ()
    if revision not in _DOUBTS:
        if len(_DOUBTS) >= KEPT:
            _DOUBTS.pop(next(iter(_DOUBTS)))
        _DOUBTS[revision] = contradictions(form)
    return _DOUBTS[revision]


def logic_of(item: Item) -> list[tuple[str, str]]:
    """The expressions of an item as its author wrote them, each with the name of its part."""
    return [(part, text) for part, text in expressions(item) if text]


def _at_any_place(fault: Fault) -> tuple[str, str, str]:
    return fault.path.rpartition("/")[2], fault.part, fault.code
