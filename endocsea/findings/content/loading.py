"""The part of a content pack that says what was found: by desk research, and in the training round."""

from __future__ import annotations

from typing import Any

from endocsea.questionnaires.models import Round
from endocsea.sources.content import Register
from endocsea.standards.models import Capability, Indicator
from endocsea.states.content.loading import BASIS
from endocsea.states.models import State
from endocsea.support.classes import Confidentiality
from endocsea.support.loading import Load

from ..models import Finding, Observation, Rating


def load(load: Load, register: Register) -> None:
    edition = load.pack.about["edition"]
    load.sync(
        Observation.objects.all(),
        {
            row["id"]: {
                "code": row["id"],
                "state_id": load.id(State, row["iso3"]),
                "capability_id": load.id(Capability, str(row["capability"])),
                "indicator_id": load.id(Indicator, f"{edition} {row['indicator']}")
                if row["indicator"]
                else None,
                "statement": row["statement"],
                "value": row["value"] or "",
                "as_of": str(row["as_of"]),
                "note": row["note"] or "",
                "basis": BASIS[row["confidence"]],
                "citation_id": register.cite(row["source_url"], row["source_title"], row["source_locator"]),
                "confidentiality": _class(row["sensitivity"]),
            }
            for row in load.pack.rows("findings/observations.csv")
        },
    )
    if load.training:
        _load_training(load, edition)


def _load_training(load: Load, edition: str) -> None:
    given = load.id(Round, f"training {load.pack.about['training_round']['code']}")
    restricted = {
        row["id"]
        for row in load.pack.rows(f"benchmark/{edition}/indicators.csv")
        if row["sensitivity"] == "restricted"
    }
    findings: dict[str, dict[str, Any]] = {}
    for row in load.pack.rows("training-material/findings.csv"):
        findings[f"{row['state']} {row['indicator']}"] = {
            "round_id": given,
            "state_id": load.id(State, row["state"]),
            "indicator_id": load.id(Indicator, f"{edition} {row['indicator']}"),
            "claimed": row["claimed"],
            "level": row["level"],
            "outcome": row["verdict"],
            "adjudicated": row["adjudicated"],
            "strength": row["evidence_strength"],
            "reason": row["reason"],
            "state_comment": row["state_comment"] or "",
            "reviewed_on": row["reviewed_on"],
            "confidentiality": _class("restricted" if row["indicator"] in restricted else "public"),
        }
    load.sync(Finding.objects.filter(round__training=True), findings)
    load.sync(
        Rating.objects.filter(finding__round__training=True),
        {
            f"{row['state']} {row['indicator']} {number}": {
                "finding_id": load.id(Finding, f"{row['state']} {row['indicator']}"),
                "number": number,
                "rater": row[f"rater_{number}"],
                "level": row[f"rating_{number}"],
            }
            for row in load.pack.rows("training-material/findings.csv")
            for number in (1, 2)
            if row[f"rating_{number}"] is not None
        },
    )


def _class(sensitivity: str) -> Confidentiality:
    """What is not restricted still belongs to the state until it was heard."""
    return Confidentiality.RESTRICTED if sensitivity == "restricted" else Confidentiality.STATE
