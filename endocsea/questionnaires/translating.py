"""The texts of a questionnaire as a workbook for whoever translates them, and back.

Each text has a key: the path of its item and the name of the text (``C1/C1-01#label``), ``list:`` before the name of a
list and its choice (``list:C1-01/3#label``), or ``#title``. A translation keeps the digest of the wording that it was
made from, so that it shows as stale once that wording changes.
"""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter import Workbook

from endocsea.charts import palette
from endocsea.documents.row_heights import height_of
from endocsea.support.refusals import Refusal
from endocsea.support.workbooks import Table, Wrong, opened

from .form import Choice, Form, Item, Question, Texts

WHAT: Final = "urn:endocsea:translation"
OF_QUESTIONS: Final = ("label", "hint", "guidance", "required_message", "constraint_message", "unit")
HEADINGS: Final = 4  # rows above the texts
_KEY, _SOURCE, _MADE_FROM, _TARGET, _STATE = range(5)
_MADE: Final = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)  # the same form gives the same file
_NARROW, _WIDE = 30, 64
_LONGEST: Final = 20_000
Change = Callable[[str, Texts], Texts]


class NoTranslation(Refusal):
    code = "translations.not-ours"
    sentence = gettext_lazy("The workbook holds no texts of a questionnaire to translate.")
    remedy = gettext_lazy("Send out a new one, and translate in that.")


class SourceLanguage(Refusal):
    code = "translations.source-language"
    sentence = gettext_lazy("The questionnaire is written in %(language)s, so it is not translated into it.")
    remedy = gettext_lazy("Choose another language.")


@dataclass(frozen=True, slots=True)
class Translated:
    """A form with what came back: keys of its texts that are missing or stale, and what was not read, where and why."""

    form: Form
    language: str
    missing: tuple[str, ...]
    stale: tuple[str, ...]
    unread: tuple[tuple[str, str], ...]


def texts_of(form: Form) -> dict[str, Texts]:
    """Every text of a form that somebody wrote, by its key."""
    found: dict[str, Texts] = {}

    def collect(key: str, texts: Texts) -> Texts:
        found[key] = texts
        return texts

    _change(form, collect)
    return {key: texts for key, texts in found.items() if texts.get(form.languages[0])}


def digest_of(text: str) -> str:
    """Of a wording, whatever became of its spaces."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def missing(form: Form, language: str) -> tuple[str, ...]:
    """Texts without a translation."""
    return tuple(key for key, texts in texts_of(form).items() if not texts.get(language))


def stale(form: Form, language: str) -> tuple[str, ...]:
    """Texts whose translation was made from another wording than the present one."""
    made_from = form.made_from.get(language, {})
    return tuple(
        key
        for key, texts in texts_of(form).items()
        if texts.get(language) and made_from.get(key, now := digest_of(texts[form.languages[0]])) != now
    )


def translation_out(form: Form, language: str) -> bytes:
    """Every text beside its translation, if there is one. Raises `SourceLanguage`."""
    if language == form.languages[0]:
        raise SourceLanguage(language=name_of(language))
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        _write(book, form, language)
    return content.getvalue()


def translation_in(content: bytes, form: Form, name: str = "translation.xlsx") -> Translated:
    """The form with the translations of a workbook; an empty cell changes nothing, and neither does an unknown text.

    Raises what `support.workbooks.opened` raises, `NoTranslation`, `SourceLanguage`.
    """
    table, language = _ours(opened(content, name).tables)
    if language == form.languages[0]:
        raise SourceLanguage(language=name_of(language))
    known, unread = texts_of(form), []
    came: dict[str, str] = {}
    made_from: dict[str, str] = dict(form.made_from.get(language, {}))
    for number in sorted(table.rows):
        key, _source, digest, cell, to_do = (table.rows[number].get(place + 1) for place in range(5))
        if number <= HEADINGS or cell is None or not str(cell).strip():
            continue
        if why := _unreadable(key, cell, known, came):
            unread.append((table.where(number, _TARGET + 1), why))
            continue
        said = str(cell).replace("\r\n", "\n").strip()
        came[str(key)] = said
        untouched = said == known[str(key)].get(language) and to_do
        if not untouched:
            made_from[str(key)] = str(digest)

    changed = with_translations(form, language, came, made_from)
    return Translated(changed, language, missing(changed, language), stale(changed, language), tuple(unread))


def with_translations(
    form: Form, language: str, texts: Mapping[str, str], made_from: Mapping[str, str]
) -> Form:
    """The form with texts in a language, by key; ``made_from`` has the digests of the wordings that were translated.

    Keys that the form does not know change nothing. Raises `SourceLanguage`.
    """
    if language == form.languages[0]:
        raise SourceLanguage(language=name_of(language))

    def translated(key: str, there: Texts) -> Texts:
        return {**there, language: texts[key]} if key in texts and there else there

    return replace(
        _change(form, translated),
        languages=form.languages if language in form.languages else (*form.languages, language),
        made_from={**form.made_from, language: {**form.made_from.get(language, {}), **made_from}},
    )


def _unreadable(key: object, cell: object, known: Mapping[str, Texts], came: Mapping[str, str]) -> str:
    if isinstance(cell, Wrong):
        return _("The cell holds an error, or a formula without a value.")
    if key not in known:
        return _("The questionnaire has no such text any more.")
    if str(key) in came:
        return _("The text stands here a second time.")
    return _("The text is too long.") if len(str(cell)) > _LONGEST else ""


def _ours(tables: tuple[Table, ...]) -> tuple[Table, str]:
    for table in tables:
        first = table.rows.get(1, {})
        if first.get(1) == WHAT:
            return table, str(first.get(2, ""))
    raise NoTranslation


def _write(book: Any, form: Form, language: str) -> None:
    source = form.languages[0]
    base = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
    base |= {"border": 1, "border_color": palette.STONE}
    grey = book.add_format({**base, "bg_color": "#E8ECF1"})
    white = book.add_format({**base, "locked": False, "num_format": "@"})
    head = book.add_format({**base, "bold": True, "font_color": palette.PAPER, "bg_color": palette.BRAND})
    page = book.add_worksheet(_("Texts"))
    page.write_row(0, 0, [WHAT, language])
    page.set_row(0, None, None, {"hidden": True})
    page.write_string(1, 0, _("Translate into the white cells. What is empty stays as it is."))
    page.write_string(
        2,
        0,
        _(
            "Where the wording changed, change the translation; if it still fits, empty the cell that says so."
        ),
    )
    headings = [_("Key"), name_of(source), "", name_of(language), _("To do")]
    for column, (said, width) in enumerate(zip(headings, (_NARROW, _WIDE, 8, _WIDE, 16), strict=True)):
        page.set_column(column, column, width, None, {"hidden": column == _MADE_FROM})
        page.write_string(HEADINGS - 1, column, said, head)
    without, outdated = set(missing(form, language)), set(stale(form, language))
    for row, (key, texts) in enumerate(texts_of(form).items(), start=HEADINGS):
        to_do = _("missing") if key in without else _("wording changed") if key in outdated else ""
        page.write_string(row, _KEY, key, grey)
        page.write_string(row, _SOURCE, texts[source], grey)
        page.write_string(row, _MADE_FROM, digest_of(texts[source]))
        page.write_string(row, _TARGET, texts.get(language, ""), white)
        page.write_string(row, _STATE, to_do, white if key in outdated else grey)
        cells = [(texts[source], _WIDE), (texts.get(language, ""), _WIDE), (key, _NARROW)]
        page.set_row(row, height_of(cells))
    page.freeze_panes(HEADINGS, 0)
    page.repeat_rows(HEADINGS - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.autofilter(HEADINGS - 1, _KEY, HEADINGS - 1 + len(texts_of(form)), _STATE)
    page.protect("", {"format_rows": True, "format_columns": True, "autofilter": True, "sort": True})


def name_of(language: str) -> str:
    """What a language calls itself; its code where that is not known."""
    known = LANG_INFO.get(language, {})
    return str(known.get("name_local", known.get("name", language)))


def _change(form: Form, change: Change) -> Form:
    """The form with each of its texts as ``change`` gives it, in the order of reading."""
    title = change("#title", form.title)
    items = tuple(_changed(item, "", change) for item in form.items)
    return replace(
        form,
        title=title,
        items=items,
        choices={name: tuple(_choices(name, choices, change)) for name, choices in form.choices.items()},
    )


def _changed(item: Item, above: str, change: Change) -> Item:
    path = f"{above}{item.name}"
    if isinstance(item, Question):
        texts: dict[str, Any] = {name: change(f"{path}#{name}", getattr(item, name)) for name in OF_QUESTIONS}
        return replace(item, **texts)
    label = change(f"{path}#label", item.label)
    return replace(item, label=label, items=tuple(_changed(each, f"{path}/", change) for each in item.items))


def _choices(name: str, choices: tuple[Choice, ...], change: Change) -> Iterator[Choice]:
    """A name that stands twice in a list is told apart by its place."""
    seen: dict[str, int] = {}
    for choice in choices:
        seen[choice.name] = seen.get(choice.name, 0) + 1
        place = f"[{seen[choice.name]}]" if seen[choice.name] > 1 else ""
        key = f"list:{name}/{choice.name}{place}#label"
        yield replace(choice, label=change(key, choice.label))
