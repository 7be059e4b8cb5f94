"""``endocsea import questionnaire``: what an XLSForm workbook holds, what of it is not taken; and it is stored."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from endocsea.config.commands import replies
from endocsea.support.refusals import Refusal

if TYPE_CHECKING:
    from endocsea.questionnaires.models import Version
    from endocsea.questionnaires.xlsform import Read, Remark


class NoSuchBenchmark(Refusal):
    code = "config.no-such-benchmark"
    sentence = "There is no edition “%(given)s” of the benchmark."
    remedy = "Choose one of: %(editions)s."


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("import", help="take in a questionnaire that was made elsewhere")
    parts = parser.add_subparsers(title="what to import", metavar="WHAT", required=True)
    questionnaire = parts.add_parser(
        "questionnaire",
        help="an XLSForm workbook",
        description="Reads an XLSForm workbook (XLSX or XLS, or its table in Markdown or CSV), says what it asks, and "
        "lists with sheet, row and column what is not supported. Then it becomes a new questionnaire, or the next "
        "version of one.",
    )
    questionnaire.add_argument("file", type=Path, metavar="FILE", help="the workbook")
    what = questionnaire.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="read it and store nothing")
    what.add_argument(
        "--questionnaire",
        metavar="CODE",
        help="store it: as the next version of the questionnaire of this short name, or as a new one",
    )
    questionnaire.add_argument(
        "--title", metavar="TEXT", help="title of a new questionnaire, in English (default: the workbook's)"
    )
    questionnaire.add_argument(
        "--benchmark", metavar="CODE", help="edition that a new one belongs to (default: the newest)"
    )
    questionnaire.add_argument("--note", default="", metavar="TEXT", help="what changed in this version")
    questionnaire.add_argument(
        "--instead", action="store_true", help="it takes the place of the version in the making, if any"
    )
    questionnaire.add_argument(
        "--not-case-data", metavar="WHY", help="why a text that looks like case data is none"
    )
    questionnaire.add_argument("--data", metavar="DIR", help="the data folder")
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

    place = data.folder(args.data)
    if not args.check:
        data.prepare(place)
        data.make_secret(place)
    django_start.start(place)
    from endocsea.questionnaires.importing import taken
    from endocsea.questionnaires.xlsform.refused import NotThere

    try:
        found = taken(args.file, args.file.name, language=args.language)
    except OSError:
        raise NotThere(file=args.file) from None
    stored = None
    if not args.check:
        from endocsea.config import preparing

        with data.for_the_owner_only(), preparing.sentences_for_storage(place):
            preparing.make_ready()
            stored = _store(found, args)
    if args.json:
        print(json.dumps(_told(found, stored), ensure_ascii=False, indent=2))
        return 0
    form = found.form
    print(f"{args.file}: {form.title[form.languages[0]]}")
    counts = "".join(f"{name}: {count}; " for name, count in _counts(found).items())
    print(f"{counts}in {', '.join(form.languages)}")
    for remark in found.not_supported:
        print(f"not supported: {remark}")
    for remark in found.notes:
        print(f"note: {remark}")
    if stored is None:
        print("Nothing was stored.")
    else:
        print(f"Stored as version {stored.number} of {stored.questionnaire.code}.")
    return 0


def _store(found: Read, args: argparse.Namespace) -> Version:
    """The next version of the questionnaire that is named, or the first of a new one."""
    from django.utils.timezone import localtime

    from endocsea.questionnaires import actions
    from endocsea.questionnaires.importing import titled
    from endocsea.questionnaires.models import Questionnaire
    from endocsea.standards.models import Edition
    from endocsea.support.actors import PREVIEW

    there = Questionnaire.objects.filter(code=args.questionnaire, retired_on=None).first()
    if there is not None:
        return actions.take_in_version(
            questionnaire=there,
            form=found.form,
            note=args.note,
            instead=args.instead,
            harmless=args.not_case_data,
            by=PREVIEW,
            at=localtime(),
        )
    editions = Edition.objects.filter(retired_on=None).order_by("-code")
    edition = (editions.filter(code=args.benchmark) if args.benchmark else editions).first()
    if edition is None:
        known = ", ".join(editions.values_list("code", flat=True))
        raise NoSuchBenchmark(given=args.benchmark or "", editions=known or "–")
    return actions.take_in(
        form=found.form,
        edition=edition,
        code=args.questionnaire,
        title=titled(found.form, {"en": args.title} if args.title else {}),
        harmless=args.not_case_data,
        by=PREVIEW,
        at=localtime(),
    )


def _counts(found: Read) -> dict[str, int]:
    from endocsea.questionnaires.form import Group

    return {
        "questions": sum(1 for _each in found.form.questions()),
        "groups": sum(1 for _path, item in found.form.walk() if isinstance(item, Group)),
        "lists of choices": len(found.form.choices),
    }


def _told(found: Read, stored: Version | None) -> dict[str, object]:
    return {
        "title": dict(found.form.title),
        "languages": list(found.form.languages),
        "form_id": found.form_id,
        "version": found.version,
        **_counts(found),
        "not_supported": [_as_data(remark) for remark in found.not_supported],
        "notes": [_as_data(remark) for remark in found.notes],
        "stored": {"questionnaire": stored.questionnaire.code, "version": stored.number} if stored else None,
    }


def _as_data(remark: Remark) -> dict[str, object]:
    place = asdict(remark.place) if remark.place else {"sheet": None, "row": None, "column": None}
    return {**place, "what": remark.what, "why": str(remark.why)}
