"""A workbook as a form, and what of it is not taken.

pyxform says whether the workbook is an XLSForm and how its rows nest; the cells themselves are read as their author
wrote them. What is left out is listed with its place. A name that logic speaks of stays as a value that is always
empty, so that no expression loses its footing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pyxform import aliases
from pyxform import constants as x
from pyxform.constants import EXTERNAL_INSTANCE_EXTENSIONS
from pyxform.xls2json import RE_SELECT

from endocsea.questionnaires.form import Choice, Form, Group, Item, Kind, Question

from . import columns, kinds, opening, refused, remarks
from .checking import ROW, structure
from .remarks import Place, Remark
from .sheets import Sheet
from .translations import Translations

_NAMED = re.compile(r"\$\{\s*(?:last-saved#)?([^}\s]+)\s*\}")
_OTHER_FILES = re.compile(r"\bpulldata\s*\(|\$\{\s*last-saved#|^\s*search\s*\(")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d) 00:00:00$")
_CLOCK = re.compile(r"(?:\d{4}-\d\d-\d\d )?(\d\d:\d\d):\d\d(?:\.\d+)?$")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?)$")


@dataclass(frozen=True, slots=True)
class Read:
    """``not_supported`` changes what is asked; ``notes`` are for whoever mends the workbook.

    ``places`` says where each item stands, by its path, for whatever is found wrong with the form later.
    """

    form: Form
    not_supported: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    form_id: str
    version: str
    places: Mapping[str, Place]


def read(source: Path | bytes, name: str, *, language: str = "en") -> Read:
    """A form from a workbook. ``language`` is what texts are in where the workbook does not say."""
    book = opening.opened(source, name)
    survey, choices, settings = (Sheet(key, book) for key in (x.SURVEY, x.CHOICES, x.SETTINGS))
    survey.tidy = aliases.yes_no.get(_setting(settings, "clean_text_values"), True)
    nested, warned = structure(book, (survey, choices, settings))
    texts = Translations(
        survey, choices, settings, default=_setting(settings, "default_language"), taken_for=language
    )
    reader = _Reader(survey, choices, texts)
    lists = reader.lists()
    items = reader.items(nested[x.CHILDREN])
    not_supported = (*book.formulas, *reader.not_supported, *columns.not_supported(book))
    if not any(True for _ in Form({}, (), items).questions()):
        raise refused.AsksNothing(defects="\n".join(map(str, not_supported)))
    title = texts.title() or {texts.languages[0]: book.stem}
    return Read(
        form=Form(title=title, languages=texts.languages, items=items, choices=lists),
        not_supported=not_supported,
        notes=(*texts.remarks(), *reader.notes, *columns.not_read(survey, settings), *warned),
        form_id=str(nested[x.ID_STRING]),
        version=str(nested.get("version", "")),
        places=reader.places,
    )


def _setting(settings: Sheet, name: str) -> str:
    return next((settings.value(row, name) for row in settings.rows()), "")


class _Reader:
    """Goes through the rows and gathers remarks on the way."""

    def __init__(self, survey: Sheet, choices: Sheet, texts: Translations) -> None:
        self.survey, self.choices, self.texts = survey, choices, texts
        self.not_supported: list[Remark] = []
        self.notes: list[Remark] = []
        self.places: dict[str, Place] = {}
        self._spoken_of = {
            name
            for sheet in (survey, choices)
            for _, _, cell in sheet.cells()
            for name in _NAMED.findall(cell)
        }

    def lists(self) -> Mapping[str, tuple[Choice, ...]]:
        found: dict[str, list[Choice]] = {}
        for row in self.choices.rows():
            name, of = self.choices.value(row, x.NAME), self.choices.value(row, x.LIST_NAME_S)
            if not of:
                continue
            if re.search(r"\s", name):
                raise refused.invalid(
                    [Remark(self.choices.place(row, x.NAME), name, remarks.SPACE_IN_CHOICE)]
                )
            self._shown_media(self.choices, row)
            found.setdefault(of, []).append(
                Choice(name, self.texts.of(self.choices, row, x.LABEL), self._filters(row))
            )
        return {name: tuple(members) for name, members in found.items()}

    def _filters(self, row: int) -> Mapping[str, str]:
        names = (meaning[0] for meaning in self.choices.headings if len(meaning) == 1)
        return {
            name: value
            for name in names
            if name not in (x.NAME, x.LABEL, x.LIST_NAME_S) and " " not in name
            if (value := self.choices.value(row, name))
        }

    def items(self, nodes: list[dict[str, Any]], above: str = "") -> tuple[Item, ...]:
        return tuple(item for node in nodes for item in self._taken(node, above))

    def _taken(self, node: dict[str, Any], above: str) -> tuple[Item, ...]:
        if ROW not in node:  # made by pyxform itself; a group for what devices say may hold rows
            return self.items(node.get(x.CHILDREN, []), above) if node[x.TYPE] == x.GROUP else ()
        row, kind, name = int(node[ROW]), str(node[x.TYPE]), str(node[x.NAME])
        self.places[f"{above}{name}"] = self.survey.place(row, x.NAME)
        if kind in (x.GROUP, x.REPEAT):
            return self._group(node, row, name, above)
        if why := kinds.not_taken(kind) or self._choices_elsewhere(node):
            return self._left_out(row, kind, name, why)
        return (self._question(node, row, kind, name),)

    def _group(self, node: dict[str, Any], row: int, name: str, above: str) -> tuple[Item, ...]:
        items = self.items(node[x.CHILDREN], f"{above}{name}/")
        if not items and name not in self._spoken_of:
            return ()
        for meaning in columns.FOR_QUESTIONS_ONLY:
            if self.survey.value(row, *meaning):
                self._note(row, meaning, remarks.ON_A_GROUP)
        self._shown_media(self.survey, row)
        return (
            Group(
                name,
                label=self.texts.of(self.survey, row, x.LABEL),
                items=items,
                relevant=self._expression(row, "bind", "relevant"),
                repeats=node[x.TYPE] == x.REPEAT,
                count=self._expression(row, "control", "jr:count"),
                appearance=self.survey.value(row, "control", "appearance"),
            ),
        )

    def _question(self, node: dict[str, Any], row: int, kind: str, name: str) -> Question:
        survey, texts = self.survey, self.texts
        self._shown_media(survey, row)
        if survey.value(row, "trigger"):
            self._leave(row, ("trigger",), remarks.TRIGGER)
        select = RE_SELECT.search(survey.value(row, x.TYPE)) if kind in kinds.SELECTS else None
        parameters = node.get(x.PARAMETERS) or {}
        if isinstance(parameters, Mapping) and parameters.get(x.ParametersSelect.RANDOMIZE) == "true":
            self._note(row, (x.PARAMETERS,), remarks.RANDOMIZE)
        ours = partial(survey.value, row, columns.OURS)
        asked = kinds.kind_of(kind)
        if asked is Kind.ONE and aliases.yes_no.get(ours("levels")):
            asked = Kind.LEVEL
        of_range = parameters if asked is Kind.RANGE else {}
        required = self._expression(row, "bind", "required")
        label, hint, guidance = (texts.of(survey, row, each) for each in (x.LABEL, x.HINT, "guidance_hint"))
        if asked is not Kind.CALCULATED and not (label or hint or guidance):
            label = {texts.default: name}  # only a picture said what is asked
        return Question(
            name,
            asked,
            label=label,
            hint=hint,
            guidance=guidance,
            choices=str(node[x.ITEMSET]) if select else "",
            choice_filter=self._expression(row, x.CHOICE_FILTER),
            other=bool(select and select["specify_other"]),
            required="" if required == "false()" else required,
            required_message=texts.of(survey, row, "bind", "jr:requiredMsg"),
            relevant=self._expression(row, "bind", "relevant"),
            constraint=self._expression(row, "bind", "constraint") or kinds.built_in_constraint(kind),
            constraint_message=texts.of(survey, row, "bind", "jr:constraintMsg"),
            calculation=self._expression(row, "bind", "calculate"),
            default=_as_kept(self._expression(row, "default"), asked),
            read_only=self._read_only(row),
            start=str(of_range.get(x.ParametersRange.START, "")),
            end=str(of_range.get(x.ParametersRange.END, "")),
            step=str(of_range.get(x.ParametersRange.STEP, "")),
            unit=texts.of(survey, row, columns.OURS, "unit"),
            appearance=survey.value(row, "control", "appearance"),
            indicator=ours("indicator"),
            core=aliases.yes_no.get(ours("core"), False),
            restricted=aliases.yes_no.get(ours("restricted"), False),
        )

    def _expression(self, row: int, *meaning: str) -> str:
        written = self.survey.value(row, *meaning)
        if _OTHER_FILES.search(written):
            self._leave(row, meaning, remarks.OTHER_FILES)
            return ""
        return aliases.BINDING_CONVERSIONS.get(written, written) if meaning[0] == "bind" else written

    def _read_only(self, row: int) -> bool:
        written = self._expression(row, "bind", "readonly")
        if written in ("", "true()", "false()"):
            return written == "true()"
        self._leave(row, ("bind", "readonly"), remarks.READ_ONLY_SOMETIMES)
        return False

    def _choices_elsewhere(self, node: dict[str, Any]) -> Any:
        of = str(node.get(x.ITEMSET, "")) if node[x.TYPE] in kinds.SELECTS else ""
        from_file = Path(of).suffix in EXTERNAL_INSTANCE_EXTENSIONS
        searched = _OTHER_FILES.search(self.survey.value(int(node[ROW]), "control", "appearance"))
        return remarks.CHOICES_ELSEWHERE if from_file or searched or "${" in of else None

    def _left_out(self, row: int, kind: str, name: str, why: Any) -> tuple[Item, ...]:
        remark = Remark(self.survey.place(row, x.TYPE), self.survey.value(row, x.TYPE) or kind, why)
        # Nobody misses what a device says about itself; everything else was a question.
        (self.notes if why is remarks.ABOUT_THE_DEVICE else self.not_supported).append(remark)
        if name not in self._spoken_of:
            return ()
        default = kinds.WHEN_OPENED.get(kind, "")
        if not default:
            self.not_supported.append(Remark(self.survey.place(row, x.NAME), name, remarks.ALSO_SPOKEN_OF))
        return (Question(name, Kind.CALCULATED, default=default),)

    def _shown_media(self, sheet: Sheet, row: int) -> None:
        for meaning, heading in sheet.headings.items():
            if meaning[0] == x.MEDIA and (shown := sheet.value(row, *meaning)):
                self.not_supported.append(
                    Remark(Place(sheet.title, row, heading), shown, remarks.SHOWN_MEDIA)
                )

    def _leave(self, row: int, meaning: tuple[str, ...], why: Any) -> None:
        place = self.survey.place(row, *meaning)
        self.not_supported.append(Remark(place, self.survey.value(row, *meaning), why))

    def _note(self, row: int, meaning: tuple[str, ...], why: Any) -> None:
        self.notes.append(Remark(self.survey.place(row, *meaning), self.survey.value(row, *meaning), why))


def _as_kept(default: str, kind: Kind) -> str:
    """A day or a time that a spreadsheet made of what was typed, as answers keep them."""
    if kind is Kind.DAY:
        return _DAY.sub(r"\1", default)
    if kind is Kind.TIME:
        return _CLOCK.sub(r"\1", default)
    return _MOMENT.sub(r"\1T\2", default) if kind is Kind.MOMENT else default
