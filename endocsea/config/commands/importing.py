"""``endocsea import questionnaire``: what an XLSForm workbook holds, and what of it is not taken."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from endocsea.config.commands import replies

if TYPE_CHECKING:
    from endocsea.questionnaires.xlsform import Remark


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("import", help="take in a questionnaire that was made elsewhere")
    parts = parser.add_subparsers(title="what to import", metavar="WHAT", required=True)
    questionnaire = parts.add_parser(
        "questionnaire",
        help="an XLSForm workbook",
        description="Reads an XLSForm workbook (XLSX or XLS, or its table in Markdown or CSV), says what it asks, and "
        "lists with sheet, row and column what is not supported.",
    )
    questionnaire.add_argument("file", type=Path, metavar="FILE", help="the workbook")
    questionnaire.add_argument(
        "--check", action="store_true", required=True, help="read it and store nothing"
    )
    questionnaire.add_argument(
        "--language",
        default="en",
        metavar="CODE",
        help="what its texts are in where it does not say (default: en)",
    )
    questionnaire.add_argument("--json", action="store_true", help="say it as JSON")
    questionnaire.set_defaults(run=run_questionnaire)
    replies.add_import(parts)


def run_questionnaire(args: argparse.Namespace) -> int:
    from endocsea.config import data, django_start

    django_start.start(data.folder(None))
    from endocsea.questionnaires.form import Group
    from endocsea.questionnaires.xlsform import read
    from endocsea.questionnaires.xlsform.refused import NotThere

    try:
        found = read(args.file, args.file.name, language=args.language)
    except OSError:
        raise NotThere(file=args.file) from None
    form = found.form
    questions = sum(1 for _ in form.questions())
    groups = sum(1 for _, item in form.walk() if isinstance(item, Group))
    counts = {"questions": questions, "groups": groups, "lists of choices": len(form.choices)}
    if args.json:
        said = {
            "title": dict(form.title),
            "languages": list(form.languages),
            "form_id": found.form_id,
            "version": found.version,
            **counts,
            "not_supported": [_as_data(remark) for remark in found.not_supported],
            "notes": [_as_data(remark) for remark in found.notes],
        }
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return 0
    print(f"{args.file}: {form.title[form.languages[0]]}")
    print("".join(f"{name}: {count}; " for name, count in counts.items()) + f"in {', '.join(form.languages)}")
    for remark in found.not_supported:
        print(f"not supported: {remark}")
    for remark in found.notes:
        print(f"note: {remark}")
    print("Nothing was stored.")
    return 0


def _as_data(remark: Remark) -> dict[str, object]:
    place = asdict(remark.place) if remark.place else {"sheet": None, "row": None, "column": None}
    return {**place, "what": remark.what, "why": str(remark.why)}
