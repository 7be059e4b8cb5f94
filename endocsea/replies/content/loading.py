"""The replies that a content pack brings: those of the made-up states."""

from __future__ import annotations

import datetime

from endocsea.questionnaires.models import Round
from endocsea.sources.content import Register
from endocsea.standards.models import Indicator
from endocsea.states.models import State
from endocsea.support.classes import Confidentiality
from endocsea.support.loading import Load
from endocsea.support.pack import Row

from ..models import Answer, Evidence, Reply


def load(load: Load, register: Register) -> None:
    if not load.training:
        return
    about = load.pack.about
    edition, given = about["edition"], f"training {about['training_round']['code']}"
    asked = {row["id"]: row for row in load.pack.rows(f"benchmark/{edition}/indicators.csv")}
    rows = load.pack.rows("training-material/answers.csv")
    within = Answer.objects.filter(round__training=True)
    load.sync(
        within,
        {
            f"{row['state']} {row['indicator']}": {
                "round_id": load.id(Round, given),
                "state_id": load.id(State, row["state"]),
                "question": f"C{asked[row['indicator']]['capability']}/{row['indicator']}",
                "indicator_id": load.id(Indicator, f"{edition} {row['indicator']}"),
                "status": row["status"],
                "value": _value(row["answer"] or "", asked[row["indicator"]]),
                "language": "en" if row["answer"] else "",
                "respondent": row["respondent_role"] or "",
                "answered_on": row["date"],
                "confidentiality": Confidentiality.RESTRICTED
                if asked[row["indicator"]]["sensitivity"] == "restricted"
                else Confidentiality.STATE,
            }
            for row in rows
        },
    )
    for state in dict.fromkeys(row["state"] for row in rows):
        days = [row["date"] for row in rows if row["state"] == state and row["date"]]
        Reply.objects.get_or_create(
            round_id=load.id(Round, given),
            state_id=load.id(State, state),
            defaults={
                "step": Reply.Step.ACCEPTED,
                "submitted_at": datetime.datetime.combine(max(days), datetime.time(12), tzinfo=datetime.UTC),
                "signed_as": "national coordinator",
            },
        )
    load.sync(
        Evidence.objects.filter(answer__round__training=True),
        {
            f"{row['state']} {row['indicator']} 1": {
                "answer_id": load.id(Answer, f"{row['state']} {row['indicator']}"),
                "citation_id": register.cite(row["evidence_url"], row["evidence_title"]),
            }
            for row in rows
            if row["evidence_title"]
        },
    )


def _value(answer: str, indicator: Row) -> str:
    """As the form writes it: of several choices their places in the benchmark's list, counted from 1."""
    if indicator["answer_type"] != "multi-select" or not answer:
        return answer
    places = {option: place for place, option in enumerate(indicator["options"], 1)}
    return " ".join(str(places[option]) for option in answer.split("|"))
