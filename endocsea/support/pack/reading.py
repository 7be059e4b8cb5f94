"""A content pack: a folder of CSV, YAML, JSON and Markdown, held against its schemas as a whole.

Reading never stops at the first fault and never raises on bad content: everything that is wrong
is in ``Pack.defects``, and what only deserves a look in ``Pack.notices``.
"""

from __future__ import annotations

import datetime
import difflib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from endocsea.support.pack.defects import Defect, printable
from endocsea.support.pack.documents import read_document, with_days
from endocsea.support.pack.references import Sheets, check_references, check_translation
from endocsea.support.pack.tables import Row, Sheet, TableSchema, header_remedy, read_sheet
from endocsea.support.pack.traces import doubtful_links, traces_of_persons

ABOUT = "pack.yaml"
PAGE = re.compile(r"pages/([a-z]{2})/([a-z0-9-]+\.md)")
SOURCE_LANGUAGE = "en"

Check = Callable[["Pack"], Iterable[Defect]]


@dataclass(frozen=True)
class Pack:
    """What was read from a folder.

    ``about`` is pack.yaml with its days as days; ``documents`` the other YAML and JSON files by
    path; ``pages`` the Markdown by "language/name.md". Sheets hold every row, ``rows`` the sound ones.
    """

    folder: Path
    about: Mapping[str, Any]
    sheets: Mapping[str, Sheet]
    documents: Mapping[str, Any]
    pages: Mapping[str, str]
    defects: tuple[Defect, ...]
    notices: tuple[Defect, ...]

    @property
    def edition(self) -> str:
        """The edition of the benchmark in use, empty if the pack does not say."""
        edition = self.about.get("edition")
        return edition if isinstance(edition, str) else ""

    def rows(self, path: str) -> Sequence[Row]:
        """Rows of a file that have no defect; ``benchmark/*/…`` means the edition in use.

        There are none where the pack has no such file, or one without all its columns.
        """
        sheet = self.sheets.get(path.replace("*", self.edition))
        if sheet is None or len(sheet.columns) < len(sheet.schema.fields):
            return ()
        faulty = {defect.row for defect in self.defects if defect.file == sheet.path}
        return tuple(row for row in sheet.rows if row.line not in faulty)

    def document(self, path: str) -> Any:
        """A YAML or JSON file; ``benchmark/*/…`` means the edition in use. None if there is none."""
        return self.documents.get(path.replace("*", self.edition))

    @property
    def training_round(self) -> Mapping[str, Any]:
        """``code``, ``name``, ``opens``, ``answers_until`` and ``closes`` as pack.yaml has them."""
        training_round = self.about.get("training_round")
        return training_round if isinstance(training_round, dict) else {}

    def day(self, name: str) -> datetime.date | None:
        """A day of pack.yaml by its key, for example ``as_of``; None if it says no such day."""
        day = self.about.get(name)
        return day if isinstance(day, datetime.date) else None


def read_pack(folder: Path, schemas: Path) -> Pack:
    """Read the pack in ``folder`` against the schemas; see ``Pack.defects`` for what is wrong."""
    described = _schemas(schemas)
    if not _looks_like_a_pack(folder, described):
        what = f"this folder is not a content pack: it has no {ABOUT}."
        remedy = f"Name the folder that holds {ABOUT}."
        return Pack(folder, {}, {}, {}, {}, (Defect(printable(str(folder)), None, None, what, remedy),), ())

    defects: list[Defect] = []
    present = sorted(_files(folder))
    about: Mapping[str, Any] = {}
    sheets: dict[str, Sheet] = {}
    documents: dict[str, Any] = {}
    pages: dict[str, str] = {}
    for path in present:
        data = _bytes(folder, path, defects)
        schema = next((s for form, s in described.items() if _matches(form, path)), None)
        if data is None:
            continue
        if schema is not None and "fields" in schema:
            sheets[path], found = read_sheet(path, data, TableSchema(schema))
        elif schema is not None:
            documents[path], found = read_document(path, data, schema)
        elif page := PAGE.fullmatch(path):
            pages["/".join(page.groups())], found = _page(path, data)
        else:
            found = [_undescribed(path, described)]
        defects.extend(found)

    if isinstance(documents.get(ABOUT), dict):
        about = with_days(documents[ABOUT], described[ABOUT])
    edition = Pack(folder, about, {}, {}, {}, (), ()).edition
    defects.extend(_missing(present, described, edition))
    by_path = Sheets(sheets, edition)
    notices: list[Defect] = list(_untranslated(pages, about))
    for sheet in sheets.values():
        defects.extend(check_references(sheet, by_path))
        defects.extend(traces_of_persons(sheet))
        stale = check_translation(sheet, by_path)
        defects.extend(stale[0])
        notices.extend(stale[1])
        notices.extend(doubtful_links(sheet))
    documents.pop(ABOUT, None)
    return Pack(folder, about, sheets, documents, pages, _in_order(defects), _in_order(notices))


def check_pack(folder: Path, schemas: Path, extra_checks: Iterable[Check]) -> Pack:
    """Read the pack and let each chapter look at it; their defects join those of the reading."""
    pack = read_pack(folder, schemas)
    found = [defect for check in extra_checks for defect in check(pack)]
    return replace(pack, defects=_in_order([*pack.defects, *found]))


def _in_order(defects: Iterable[Defect]) -> tuple[Defect, ...]:
    return tuple(sorted(dict.fromkeys(defects), key=lambda d: (d.file, d.row or 0)))


def _schemas(folder: Path) -> dict[str, Mapping[str, Any]]:
    found = (json.loads(path.read_text("utf-8")) for path in sorted(folder.rglob("*.json")))
    return {schema["path"]: schema for schema in found}


def _looks_like_a_pack(folder: Path, described: Mapping[str, object]) -> bool:
    # asked before the folder is walked through: it may be a whole disk
    return any((folder / path).is_file() for path in (ABOUT, *described) if "*" not in path)


def _files(folder: Path) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith((".", "~$")):
                yield (Path(place) / name).relative_to(folder).as_posix()


def _bytes(folder: Path, path: str, defects: list[Defect]) -> bytes | None:
    try:
        return (folder / path).read_bytes()
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})."
        defects.append(Defect(printable(path), None, None, what, "Check that it is there and may be read."))
        return None


def _matches(form: str, path: str) -> bool:
    return re.fullmatch(re.escape(form).replace(r"\*", "[^/]+"), path) is not None


def _page(path: str, data: bytes) -> tuple[str, list[Defect]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        return "", [Defect(path, row, None, "the text is not written in UTF-8.", "Save the file as UTF-8.")]
    if not text.strip():
        return "", [Defect(path, None, None, "the page is empty.", "Write it, or remove the file.")]
    return text, []


def _untranslated(pages: Mapping[str, str], about: Mapping[str, Any]) -> Iterator[Defect]:
    languages = about.get("languages")
    for name in sorted({page.partition("/")[2] for page in pages}):
        for language in languages if isinstance(languages, list) else ():
            if f"{language}/{name}" not in pages:
                what = "the page is missing in this language."
                remedy = f"Write it: readers are shown {SOURCE_LANGUAGE} instead."
                yield Defect(f"pages/{language}/{name}", None, None, what, remedy)


def _undescribed(path: str, described: Mapping[str, object]) -> Defect:
    close = difflib.get_close_matches(path[:200], described, n=1)
    remedy = f"Did you mean {close[0]}? " if close else ""
    remedy += "Move it out of the pack, or describe it in a schema."
    return Defect(printable(path), None, None, "no schema describes this file.", remedy)


def _missing(
    present: Sequence[str], described: Mapping[str, Mapping[str, Any]], edition: str
) -> Iterator[Defect]:
    for form, schema in described.items():
        if "*" not in form:
            wanted = {form}
        else:  # every edition is whole, above all the one in use
            before = form.split("*")[0]
            kin = {path.removeprefix(before).split("/")[0] for path in present if path.startswith(before)}
            wanted = {form.replace("*", name) for name in {*kin, edition} if name}
        for path in sorted(wanted - set(present)):
            remedy = header_remedy(TableSchema(schema)) if "fields" in schema else schema["description"]
            yield Defect(path, None, None, "the file is missing.", f"Add it. {remedy}")
