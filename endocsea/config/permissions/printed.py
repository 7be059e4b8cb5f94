"""The whole table, the addresses that it has to name, and the page that prints it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation import override

from .beside_replies import (
    rows_across_replies,
    rows_of_discussion,
    rows_of_evidence,
    rows_of_translations,
    rows_without_an_account,
)
from .of_people import rows_of_people, rows_of_protection
from .of_questionnaires import rows_of_questionnaires
from .of_replies import rows_of_replies, rows_of_what_is_there
from .of_signing_in import rows_of_an_account, rows_of_signing_in
from .table import PUBLIC, Gets, Row, chairs, everybody


def rows() -> list[Row]:
    """The whole table; every address has a row."""
    public = Row("The public site", PUBLIC, everybody(Gets.SEES), Gets.SEES)
    return [
        public,
        *rows_of_questionnaires(),
        *rows_of_replies(),
        *rows_across_replies(),
        *rows_of_evidence(),
        *rows_of_discussion(),
        *rows_of_translations(),
        *rows_of_what_is_there(),
        *rows_without_an_account(),
        *rows_of_people(),
        *rows_of_protection(),
        *rows_of_an_account(),
        *rows_of_signing_in(),
    ]


def routes(patterns: Iterable[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    """Every address of the site as the URL configuration writes it, those of the public site as one."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern.pattern, LocalePrefixPattern):
            yield PUBLIC[-1]
        elif isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def page() -> str:
    """``docs/reference/permissions.md``: the table as a person reads it."""
    with override("en"):
        columns = chairs()
        lines: dict[tuple[str, str, tuple[Gets, ...]], list[str]] = {}
        for row in rows():
            where = " · ".join(f"`/{_readable(route)}`" for route in row.routes)
            cells = tuple(row.gets(chair) for chair in columns)
            lines.setdefault((row.what, where, cells), []).append(row.kind)
        head = ["page or deed", *(chair.name for chair in columns), "address"]
        table = [head, ["---"] * len(head)]
        for (what, where, cells), kinds in lines.items():
            named = what if kinds == [""] else f"{what}: {'; '.join(kinds)}"
            table.append([named, *(str(cell) for cell in cells), where])
    return INTRODUCTION + "\n".join(f"| {' | '.join(line)} |" for line in table) + "\n"


def _readable(route: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", re.sub(r"\(\?P<(\w+)>[^)]*\)|[\^$]", _part, route))


def _part(found: re.Match[str]) -> str:
    return f"<{found[1]}>" if found[1] else ""


INTRODUCTION: Final = """# Who may what

Every address of the site, and what each chair gets there. The table is asked of the policies that decide
(`endocsea/people/policies.py` and those of the other chapters); a test visits every address from every chair and
compares. It is written by `python -m endocsea.config.manage permissions`; nobody types it.

- **sees**: the page. Some pages about signing in ask for the password or a code once more before.
- **does**: the deed.
- **refused**: may come to the form or record, and is told why the deed cannot be done.
- **not there**: the same answer as for an address that does not exist.
- **signs in first**: is led to the page that signs in, and back.
- **goes on**: this page is for others; is led to what comes next.

National coordinators, team members, rapporteurs, civil society and trainers hold their role here for one state, the
own one. Whoever is of the secretariat, a coordinator, a rapporteur, the safeguarding or data protection officer or
an administrator sets up a second factor before any page but those about the account opens. Being of the steering
group follows from other roles and opens nothing more so far.

"""
