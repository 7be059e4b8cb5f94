"""Markup that is safe to print as it stands, and the escaping of what is not."""

from __future__ import annotations

import html
from collections.abc import Iterable


class Markup(str):
    """HTML or SVG whose text was escaped where it was made.

    Template engines that honour ``__html__`` (Django's does) print it unchanged.
    """

    __slots__ = ()

    def __html__(self) -> str:
        return self

    def __add__(self, other: str) -> Markup:
        """Safe markup stays so beside other markup; plain text is escaped on its way in."""
        return Markup(str.__add__(self, escape(other)))


def escape(value: object) -> str:
    """Text for an element or a quoted attribute; a :class:`Markup` stays as it is."""
    return value if isinstance(value, Markup) else html.escape(str(value))


def element(name: str, content: object = None, /, **attributes: object) -> Markup:
    """One element. ``content`` is escaped unless it is a :class:`Markup`.

    In attribute names ``_`` stands for ``-`` and a trailing ``_`` is dropped
    (``class_``, ``stroke_width``); an attribute that is ``None`` or ``False`` is left out.
    Floats are written with at most two decimals: a chart needs no more, and pages stay small.
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        name_ = key.rstrip("_").replace("_", "-")
        parts.append(name_ if value is True else f'{name_}="{escape(number(value))}"')
    opening = " ".join(parts)
    if content is None:
        return Markup(f"<{opening}/>")
    return Markup(f"<{opening}>{escape(content)}</{name}>")


def number(value: object) -> object:
    """A float as short as two decimals allow; anything else unchanged."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def join(parts: Iterable[object], between: str = "") -> Markup:
    """Parts in a row, each escaped unless it is a :class:`Markup`."""
    return Markup(between.join(escape(part) for part in parts))
