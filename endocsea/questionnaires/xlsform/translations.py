"""Texts per language, from columns like "hint::French (fr)", and which of them are missing.

A column without a language is in the default language of the workbook. The first language of the form is the
default; the others follow as their columns do.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyxform import constants as x

from endocsea.questionnaires.form import Texts

from . import remarks
from .languages import heading as heading_for
from .languages import known_code, private_code
from .remarks import Place, Remark
from .sheets import Meaning, Sheet

_TRANSLATED: tuple[Meaning, ...] = (
    (x.LABEL,),
    (x.HINT,),
    ("guidance_hint",),
    ("bind", "jr:constraintMsg"),
    ("bind", "jr:requiredMsg"),
    ("endocsea", "unit"),
    ("endocsea", "title"),
)


class Translations:
    def __init__(
        self, survey: Sheet, choices: Sheet, settings: Sheet, *, default: str, taken_for: str
    ) -> None:
        self._settings = settings
        self._codes: dict[str, str] = {}
        self._missing: list[Remark] = []
        self._missing_columns: dict[tuple[str, str], Remark] = {}
        named = [
            (sheet, heading, meaning[-1])
            for sheet in (survey, choices, settings)
            for meaning, heading in sheet.headings.items()
            if meaning[:-1] in _TRANSLATED
        ]
        self._unknown = [
            Remark(Place(sheet.title, 1, heading), "", remarks.NO_CODE % {"code": private_code(name)})
            for sheet, heading, name in named
            if not known_code(name)
        ]
        codes = list(dict.fromkeys(self._code(name) for _, _, name in named))
        self._unsaid = not default and any(
            sheet.text(row, *meaning)
            for sheet in (survey, choices)
            for meaning in sheet.headings
            if meaning in _TRANSLATED
            for row in sheet.rows()
        )
        if default:
            self.default = self._code(default)
        else:
            self.default = taken_for if self._unsaid or not codes else codes[0]
        self.languages = tuple(dict.fromkeys((self.default, *codes)))
        self._taken_for = taken_for

    def of(self, sheet: Sheet, row: int, *meaning: str) -> Texts:
        """A text of a row in each language in which it is written, the default first."""
        found = {code: text for code, text in self._written(sheet, row, meaning) if text}
        texts = {code: found[code] for code in self.languages if code in found}
        if texts:
            for code in self.languages:
                if code not in texts:
                    self._miss(sheet, row, meaning, code)
        return texts

    def title(self) -> Texts:
        for row in self._settings.rows():
            found = {
                code: text for code, text in self._written(self._settings, row, ("endocsea", "title")) if text
            }
            found.setdefault(self.default, self._settings.text(row, x.TITLE))
            return {code: found[code] for code in self.languages if found.get(code)}
        return {}

    def remarks(self) -> Iterator[Remark]:
        if self._unsaid:
            yield Remark(None, "", remarks.NO_LANGUAGE % {"code": self._taken_for})
        yield from self._unknown
        yield from self._missing_columns.values()
        yield from self._missing

    def _written(self, sheet: Sheet, row: int, meaning: Meaning) -> Iterator[tuple[str, str]]:
        yield self.default, sheet.text(row, *meaning)
        for each in sheet.headings:
            if each[:-1] == meaning:
                yield self._code(each[-1]), sheet.text(row, *each)

    def _miss(self, sheet: Sheet, row: int, meaning: Meaning, code: str) -> None:
        heading = next(
            (
                h
                for each, h in sheet.headings.items()
                if each[:-1] == meaning and self._code(each[-1]) == code
            ),
            sheet.headings.get(meaning) if code == self.default else None,
        )
        if heading:
            self._missing.append(Remark(Place(sheet.title, row, heading), "", remarks.NO_TRANSLATION))
        else:
            name = next((name for name, known in self._codes.items() if known == code), heading_for(code))
            column = f"{meaning[-1].removeprefix('jr:')}::{name}"
            self._missing_columns.setdefault(
                (sheet.title, column),
                Remark(Place(sheet.title, 1, column), "", remarks.NO_TRANSLATED_COLUMN),
            )

    def _code(self, name: str) -> str:
        if name not in self._codes:
            self._codes[name] = known_code(name) or private_code(name)
        return self._codes[name]
