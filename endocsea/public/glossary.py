"""The glossary as its page shows it: by what it advises, then by name."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from endocsea.charts.markup import Markup, element, join
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.public.citing import Place, addresses, places_of
from endocsea.public.words import ADVICE
from endocsea.standards.models import Term
from endocsea.support.classes import BASES, Basis
from endocsea.support.texts import cell, collation, english, host_of, plain, say

UNREAD = "from memory, unverified"  # how the content marks, in a source's place, that none was read


@dataclass(frozen=True, slots=True)
class Entry:
    """A term: its name in the page's language and in the others, what it means, what to say instead."""

    slug: str
    advice: str
    names: dict[str, str]
    meaning: dict[str, str]
    instead: str
    basis: Basis
    sources: tuple[Place, ...]

    @property
    def name(self) -> str:
        return plain(self.names)

    @property
    def term(self) -> Markup:
        return say(self.names)

    @property
    def others(self) -> list[tuple[str, Markup]]:
        """The term in the other languages: the language's name, and the term marked as such."""
        return [
            (
                str(get_language_info(code)["name_translated"]),
                element("span", self.names[code], lang=code),
            )
            for code, _name in settings.LANGUAGES
            if code != get_language() and self.names.get(code)
        ]

    @property
    def definition(self) -> Markup:
        return say(self.meaning)

    @property
    def say_instead(self) -> Markup | None:
        return english(self.instead) if self.instead else None

    @property
    def known(self) -> str:
        return str(BASES[self.basis])

    @property
    def cited(self) -> Markup:
        """Links to the sources; where none was read, what the definition was remembered from."""
        parts = []
        for address, title, locator in self.sources:
            if address:
                named: Markup = element("a", title or host_of(address), href=address)
            else:
                named = english(
                    title.removeprefix(UNREAD).strip(" ()") if title.startswith(UNREAD) else title
                )
            parts.append(join((named, ", ", english(locator))) if locator else named)
        return join(parts, "; ")


@dataclass(frozen=True, slots=True)
class Section:
    """The terms with one advice."""

    key: str
    heading: str
    meaning: str
    entries: tuple[Entry, ...]


def entries() -> list[Entry]:
    """All terms by name in the page's language. Two statements."""
    cited = places_of(Term.citations.through.objects.filter(term__retired_on=None), "term_id")
    found = [
        Entry(slugify(names["en"]), advice, names, meaning, instead, Basis(basis), tuple(cited.get(pk, ())))
        for pk, names, meaning, advice, instead, basis in Term.objects.filter(retired_on=None).values_list(
            "pk", "term", "definition", "advice", "instead", "basis"
        )
    ]
    return sorted(found, key=lambda entry: collation(entry.name))


def sections_of(found: list[Entry]) -> list[Section]:
    """The terms by advice, in the order of the words; an advice without words of its own comes last."""
    advised = [*ADVICE, *sorted({entry.advice for entry in found} - ADVICE.keys())]
    sections = []
    for advice in advised:
        heading, meaning = ADVICE.get(advice, (advice, ""))
        those = tuple(entry for entry in found if entry.advice == advice)
        if those:
            sections.append(Section(slugify(advice), str(heading), str(meaning), those))
    return sections


def glossary_table(found: list[Entry]) -> tuple[Table, list[str], list[str]]:
    """All terms for a download, with the sources of each and how it is known."""
    languages = [code for code, _name in settings.LANGUAGES]
    columns = (
        *(Column(str(get_language_info(code)["name_translated"]).capitalize()) for code in languages),
        Column(_("What it means")), Column(_("Advice")), Column(_("Say instead")),
    )  # fmt: skip
    rows: list[list[Value]] = [
        [
            *(entry.names.get(code, "") for code in languages),
            cell(entry.meaning),
            str(ADVICE[entry.advice][0]) if entry.advice in ADVICE else entry.advice,
            Cell(entry.instead),
        ]
        for entry in found
    ]
    return (
        Table(_("Glossary"), columns, rows),
        [addresses(entry.sources) for entry in found],
        [entry.known for entry in found],
    )
