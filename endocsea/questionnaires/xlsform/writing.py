"""A form as an XLSForm workbook that pyxform accepts and that reads back equal."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyxform.utils import default_is_dynamic
from xlsxwriter import Workbook

from endocsea.questionnaires.form import CHOOSES, Choice, Form, Group, Item, Kind, Question, Texts

from . import refused
from .languages import heading

LONGEST = 32_767  # characters in a cell; longer ones spreadsheets cut off
_MADE = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)  # the same form gives the same file

_TYPES = {
    Kind.LEVEL: "select_one",
    Kind.ONE: "select_one",
    Kind.SEVERAL: "select_multiple",
    Kind.RANKED: "rank",
    Kind.WHOLE: "integer",
    Kind.NUMBER: "decimal",
    Kind.RANGE: "range",
    Kind.TEXT: "text",
    Kind.DAY: "date",
    Kind.TIME: "time",
    Kind.MOMENT: "dateTime",
    Kind.CONSENT: "acknowledge",
    Kind.NOTE: "note",
}

# "::" behind it: one for each language
_COLUMNS = (
    *("type", "name", "label::", "hint::", "guidance_hint::", "required", "required_message::", "relevant"),
    *("constraint", "constraint_message::", "calculation", "choice_filter", "default", "read_only"),
    *(
        "parameters",
        "repeat_count",
        "appearance",
        "endocsea::unit::",
        "endocsea::indicator",
        "endocsea::core",
    ),
    *("endocsea::restricted", "endocsea::levels"),
)

Row = dict[str, str]


def write(form: Form, *, form_id: str = "", version: str = "") -> bytes:
    """The workbook. Raises `TextTooLong` where a text does not fit into a cell."""
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for title, order, rows in (
            ("survey", _order(form.languages), list(_rows(form.items))),
            ("choices", ["list_name", "name", *_in("label", form.languages)], list(_choices(form.choices))),
            ("settings", ["form_title"], [_settings(form, form_id, version)]),
        ):
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            used = dict.fromkeys(name for row in rows for name in row)
            # Every language keeps its column, so that a form without a text in it still knows it.
            headings = [name for name in order if name in used or "label::" in name or "name" in name]
            headings += [name for name in used if name not in headings]
            for place, name in enumerate(headings):
                sheet.set_column(place, place, 40 if "::" in name else 16)
                sheet.write_string(0, place, name, bold)
            for number, row in enumerate(rows, start=1):
                for name, text in row.items():
                    if len(text) > LONGEST:
                        raise refused.TextTooLong(name=row.get("name", title), limit=LONGEST)
                    sheet.write_string(number, headings.index(name), text, wrapped)
    return content.getvalue()


def _order(languages: Sequence[str]) -> list[str]:
    """The columns of the survey, as they stand side by side."""
    return [
        column
        for name in _COLUMNS
        for column in (_in(name.removesuffix("::"), languages) if name.endswith("::") else [name])
    ]


def _in(name: str, languages: Sequence[str]) -> list[str]:
    return [f"{name}::{heading(code)}" for code in languages]


def _rows(items: Iterable[Item]) -> Iterator[Row]:
    for item in items:
        if isinstance(item, Question):
            yield _question(item)
            continue
        control = "repeat" if item.repeats else "group"
        yield _group(item, control)
        yield from _rows(item.items)
        yield {"type": f"end_{control}"}


def _group(group: Group, control: str) -> Row:
    return _filled(
        {
            "type": f"begin_{control}",
            "name": group.name,
            **_texts("label", group.label),
            "relevant": group.relevant,
            "repeat_count": group.count,
            "appearance": group.appearance,
        }
    )


def _question(question: Question) -> Row:
    range_of = {"start": question.start, "end": question.end, "step": question.step}
    return _filled(
        {
            "type": _type(question),
            "name": question.name,
            **_texts("label", question.label),
            **_texts("hint", question.hint),
            **_texts("guidance_hint", question.guidance),
            "required": question.required,
            **_texts("required_message", question.required_message),
            "relevant": question.relevant,
            "constraint": question.constraint,
            **_texts("constraint_message", question.constraint_message),
            "calculation": question.calculation,
            "choice_filter": question.choice_filter,
            "default": question.default,
            "read_only": _yes(question.read_only),
            "parameters": " ".join(f"{name}={value}" for name, value in range_of.items() if value),
            "appearance": question.appearance,
            **_texts("endocsea::unit", question.unit),
            "endocsea::indicator": question.indicator,
            "endocsea::core": _yes(question.core),
            "endocsea::restricted": _yes(question.restricted),
            "endocsea::levels": _yes(question.kind is Kind.LEVEL),
        }
    )


def _type(question: Question) -> str:
    if question.kind is Kind.CALCULATED:
        # XLSForm has "hidden" for what is never calculated.
        return "calculate" if question.calculation or default_is_dynamic(question.default) else "hidden"
    kind = _TYPES[question.kind]
    if question.kind in CHOOSES:
        return f"{kind} {question.choices}{' or_other' if question.other else ''}"
    return kind


def _choices(lists: Mapping[str, Iterable[Choice]]) -> Iterator[Row]:
    for name, members in lists.items():
        for choice in members:
            yield _filled(
                {"list_name": name, "name": choice.name, **_texts("label", choice.label), **choice.columns}
            )


def _settings(form: Form, form_id: str, version: str) -> Row:
    first, *others = form.languages
    repeated = any(len({c.name for c in members}) < len(members) for members in form.choices.values())
    return _filled(
        {
            "form_title": form.title.get(first, ""),
            "form_id": form_id,
            "version": version,
            "default_language": heading(first),
            "clean_text_values": "no",  # expressions come back letter by letter
            "allow_choice_duplicates": _yes(repeated),
            **_texts("endocsea::title", {code: form.title[code] for code in others if code in form.title}),
        }
    )


def _texts(column: str, texts: Texts) -> Row:
    return {f"{column}::{heading(code)}": text for code, text in texts.items()}


def _filled(row: Row) -> Row:
    return {name: text for name, text in row.items() if text}


def _yes(said: bool) -> str:
    return "yes" if said else ""
