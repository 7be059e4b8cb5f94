"""The part of a content pack that says what is asked of a state, and what binds it since when."""

from __future__ import annotations

from typing import Any

from endocsea.sources.content import Register
from endocsea.states.content.loading import BASIS
from endocsea.states.models import State
from endocsea.support.classes import Confidentiality
from endocsea.support.loading import Load
from endocsea.support.pack import ContentRefused, Defect, Row

from ..models import (
    Capability,
    Edition,
    Indicator,
    Instrument,
    LegalLine,
    Provision,
    Term,
    TreatyStatus,
)

ELEMENT = "MNR:"  # in an indicator's provisions: a capability of the framework, not a provision

# What an edition asks. A translation may be mended at any time; these may not once a round used them.
FROZEN = ("question", "levels", "options", "answer_type", "capability_id", "unit", "sensitivity", "dimension")


def load(load: Load, register: Register) -> None:
    _load_instruments(load)
    _load_capabilities(load, register)
    _load_provisions(load, register)
    _load_statuses(load, register)
    _load_indicators(load)
    if load.training:
        _load_training(load)
    load.sync(
        Term.objects.all(),
        {
            row["term_en"]: {
                "term": _texts(row["term_en"], row["term_fr"]),
                "definition": {"en": row["definition"]},
                "advice": row["use_avoid"],
                "instead": row["use_instead"] or "",
                "basis": BASIS[row["basis"]],
                "citations": register.cite_all(row["source"]),
            }
            for row in load.pack.rows("standards/glossary.csv")
        },
    )


def _load_instruments(load: Load) -> None:
    load.sync(
        Instrument.objects.all(),
        {
            row["code"]: {
                "code": row["code"],
                "slug": row["slug"],
                "number": _texts(row["number"], row["number_fr"]),
                "kind": row["kind"],
                "title": _texts(row["title_en"], row["title_fr"]),
                "short_title": _texts(row["short_en"], row["short_fr"]),
                "opened": row["adopted_or_opened"] or "",
                "in_force_on": row["in_force"],
                "body": row["body"],
                "benchmark": row["benchmark"],
                "position": position,
            }
            for position, row in enumerate(load.pack.rows("standards/instruments.csv"))
        },
    )


def _load_capabilities(load: Load, register: Register) -> None:
    french = {row["number"]: row for row in load.pack.rows("standards/capabilities_fr.csv")}
    rows = {}
    for row in load.pack.rows("standards/capabilities.csv"):
        other: Row | dict[str, Any] = french.get(row["number"], {})
        rows[str(row["number"])] = {
            "number": row["number"],
            "name": _texts(row["name"], other.get("name_fr")),
            "arena": _texts(row["arena"], other.get("arena_fr")),
            "outcome": _texts(row["desired_outcome"], other.get("desired_outcome_fr")),
            "in_scope": row["used_by_project"],
            "citations": register.cite_all(row["source"]),
        }
    load.sync(Capability.objects.all(), rows)


def _load_provisions(load: Load, register: Register) -> None:
    load.sync(
        Provision.objects.all(),
        {
            f"{row['instrument']}:{row['article']}": {
                "instrument_id": load.id(Instrument, row["instrument"]),
                "article": row["article"],
                "slug": row["slug"],
                "title": {"en": row["title"]},
                "obligation": {"en": row["obligation"]},
                "force": row["force"],
                "verified": row["verified"],
                "position": position,
                "capabilities": load.ids_of(Capability, _codes(row["capabilities"])),
                "citations": register.cite_all(row["source"]),
            }
            for position, row in enumerate(load.pack.rows("standards/provisions.csv"))
        },
    )


def _load_statuses(load: Load, register: Register) -> None:
    rows = {}
    for row in load.pack.rows("standards/treaty_status.csv"):
        rows[f"{row['iso3']} {row['instrument']}"] = {
            **_status(load, row),
            "signed_on": row["signature_date"],
            "ended_on": row["end_date"],
            "as_of": row["as_of"],
            "verified": row["verified"],
            "known_by": _known_by(row),
            "note": row["note"] or "",
            "checked_on": None,
            "checked_by": "",
            "citations": register.cite_all(row["sources"]),
        }
    load.sync(TreatyStatus.objects.filter(state__training=False), rows)


def _status(load: Load, row: Row) -> dict[str, Any]:
    return {
        "state_id": load.id(State, row["iso3"]),
        "instrument_id": load.id(Instrument, row["instrument"]),
        "status": row["status"],
        "action": row["action"] or "",
        "ratified_on": row["ratification_date"],
        "in_force_on": row["entry_into_force"],
        "reservations": row["reservations"] or "",
    }


_DATES = {
    "signature_date": "signed_on",
    "ratification_date": "ratified_on",
    "entry_into_force": "in_force_on",
}


def _known_by(row: Row) -> dict[str, str]:
    return {
        _DATES[name]: how
        for how in ("seen", "derived", "memory")
        for name in row[f"{how}_fields"] or ()
        if name in _DATES
    }


def _load_indicators(load: Load) -> None:
    edition = load.pack.about["edition"]
    folder = f"benchmark/{edition}"
    load.sync(
        Edition.objects.all(),
        {
            edition: {
                "code": edition,
                "method": (load.pack.folder / folder / "method.yaml").read_text(encoding="utf-8"),
            }
        },
    )
    french = {row["id"]: row for row in load.pack.rows(f"{folder}/indicators_fr.csv")}
    rows = {}
    for position, row in enumerate(load.pack.rows(f"{folder}/indicators.csv")):
        other: Row | dict[str, Any] = french.get(row["id"], {})
        rows[f"{edition} {row['id']}"] = {
            "edition_id": load.id(Edition, edition),
            "code": row["id"],
            "capability_id": load.id(Capability, str(row["capability"])),
            "question": _texts(row["indicator"], other.get("indicator_fr")),
            "answer_type": row["answer_type"],
            "levels": _lists(row["levels"], other.get("levels_fr")),
            "options": _lists(row["options"], other.get("options_fr")),
            "unit": _texts(row["unit"], other.get("unit_fr")),
            "guidance": _texts(row["guidance"], other.get("guidance_fr")),
            "evidence": _texts(row["evidence"], other.get("evidence_fr")),
            "theme": _texts(row["theme"], other.get("theme_fr")),
            "dimension": row["dimension"],
            "sensitivity": Confidentiality.RESTRICTED
            if row["sensitivity"] == "restricted"
            else Confidentiality.PUBLIC,
            "core": bool(row["core"]),
            "source": row["source"] or "",
            "position": position,
            "provisions": load.ids_of(
                Provision, tuple(code for code in row["provisions"] or () if not code.startswith(ELEMENT))
            ),
            "elements": load.ids_of(
                Capability,
                tuple(
                    code.removeprefix(ELEMENT) for code in row["provisions"] or () if code.startswith(ELEMENT)
                ),
            ),
        }
    _refuse_changes_to_frozen(rows, f"{folder}/indicators.csv", load)
    load.sync(Indicator.objects.filter(edition__code=edition), rows)


def _refuse_changes_to_frozen(rows: dict[str, dict[str, Any]], file: str, load: Load) -> None:
    """An edition that a round has used asks for good what it asked then.

    Raises:
        ContentRefused: naming every row that would change or go.
    """
    lines = {row["id"]: row.line for row in load.pack.rows(file)}
    frozen = Indicator.objects.exclude(edition__frozen_on=None).filter(
        edition__code=load.pack.about["edition"]
    )
    defects = []
    for record in frozen.values("content_key", "code", *FROZEN):
        new = rows.get(record["content_key"])
        changed = [name for name in FROZEN if new is None or _english(new[name]) != _english(record[name])]
        if changed:
            what = (
                "is gone"
                if new is None
                else f"has another {', '.join(n.removesuffix('_id') for n in changed)}"
            )
            defects.append(
                Defect(
                    file,
                    lines.get(record["code"]),
                    None,
                    f"indicator {record['code']} {what}, but a round has used this edition: it is frozen",
                    "Put the row back, and write the new wording into the folder of a new edition.",
                )
            )
    if defects:
        raise ContentRefused(defects)


def _english(value: object) -> object:
    return value.get("en") if isinstance(value, dict) else value


def _load_training(load: Load) -> None:
    load.sync(
        TreatyStatus.objects.filter(state__training=True),
        {
            f"{row['iso3']} {row['instrument']}": {
                **_status(load, row),
                "as_of": row["checked_on"].isoformat(),
                "verified": "seen",
                "known_by": {
                    _DATES[name]: "seen" for name in ("ratification_date", "entry_into_force") if row[name]
                },
                "checked_on": row["checked_on"],
                "checked_by": row["checked_by"],
                "citations": (),
            }
            for row in load.pack.rows("training-material/treaty_status.csv")
        },
    )
    edition = load.pack.about["edition"]
    load.sync(
        LegalLine.objects.filter(training=True),
        {
            f"{row['indicator']} {row['provision']} training": {
                "indicator_id": load.id(Indicator, f"{edition} {row['indicator']}"),
                "provision_id": load.id(Provision, row["provision"]),
                "level": row["legal_line"],
                "training": True,
                "note": row["note"] or "",
            }
            for row in load.pack.rows("training-material/legal_lines.csv")
        },
    )


def _texts(english: str | None, french: str | None) -> dict[str, str]:
    return {language: text for language, text in (("en", english), ("fr", french)) if text}


def _lists(english: tuple[str, ...] | None, french: tuple[str, ...] | None) -> dict[str, list[str]]:
    return {language: list(parts) for language, parts in (("en", english), ("fr", french)) if parts}


def _codes(parts: tuple[object, ...] | None) -> tuple[str, ...]:
    return tuple(str(part) for part in parts or ())
