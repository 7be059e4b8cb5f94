"""The part of a content pack that says who: programme, states, channels, figures, map."""

from __future__ import annotations

import datetime
from decimal import Decimal

from endocsea.sources.content import Register
from endocsea.support.classes import Basis
from endocsea.support.loading import Load
from endocsea.support.pack import Row

from ..models import (
    Figure,
    Membership,
    Metric,
    Outline,
    Part,
    Programme,
    ProgrammeFact,
    ReportingChannel,
    State,
)

BASIS = {
    "read_full": Basis.READ_FULL,
    "seen": Basis.READ_FULL,
    "read_excerpt": Basis.READ_PART,
    "memory": Basis.MEMORY,
    "conflict": Basis.CONFLICT,
}


def load(load: Load, register: Register) -> None:
    """Programme and states first; whatever names a state comes after."""
    about = load.pack.about
    facts = load.pack.rows("programme/project.csv")
    period = {row["key"]: row["value"] for row in facts if row["group"] == "time"}
    _left, _top, width, height = load.pack.document("states/map.json")["viewBox"]
    load.sync(
        Programme.objects.all(),
        {
            about["code"]: {
                "code": about["code"],
                "name": about["name"],
                "as_of": about["as_of"],
                "training_as_of": about.get("training_as_of"),
                "starts": _day(period.get("start")),
                "ends": _day(period.get("end")),
                "map_width": width,
                "map_height": height,
            }
        },
    )
    programme = load.id(Programme, about["code"])
    load.sync(
        ProgrammeFact.objects.filter(programme_id=programme),
        {
            row["id"]: {
                "programme_id": programme,
                "group": row["group"],
                "key": row["key"],
                "value": row["value"],
                "note": row["note"] or "",
                "citation_id": _cite(register, row["source"]),
            }
            for row in facts
        },
    )
    _load_states(load, register)
    _load_parts(load, programme)
    _load_channels(load, register)
    _load_figures(load, register)
    _load_outlines(load)


def _load_states(load: Load, register: Register) -> None:
    rows = {
        row["iso3"]: {
            "iso3": row["iso3"],
            "iso2": row["iso2"],
            "slug": row["slug"],
            "name": {"en": row["name_en"], "fr": row["name_fr"]},
            "official_name": row["official_name_en"] or "",
            "training": False,
            "languages": list(row["languages_official"]),
            "summary": "",
            "note": row["note"] or "",
            "basis": BASIS[row["verified"]],
            "citations": register.cite_all(row["source"]),
        }
        for row in load.pack.rows("states/states.csv")
    }
    load.sync(State.objects.filter(training=False), rows)
    memberships = {}
    for row in load.pack.rows("states/states.csv"):
        for body, since, until in (
            (Membership.Body.COUNCIL_OF_EUROPE, "coe_member_since", "coe_member_until"),
            (Membership.Body.EUROPEAN_UNION, "eu_member_from", "eu_member_until"),
        ):
            if row[since] is not None:
                memberships[f"{row['iso3']} {body}"] = {
                    "state_id": load.id(State, row["iso3"]),
                    "body": body,
                    "since": row[since],
                    "until": row[until],
                }
    load.sync(Membership.objects.filter(state__training=False), memberships)
    if load.training:
        _load_training_states(load)


def _load_training_states(load: Load) -> None:
    rows = load.pack.rows("training-material/states.csv")
    load.sync(
        State.objects.filter(training=True),
        {
            row["code"]: {
                "iso3": row["code"],
                "iso2": "",
                "slug": row["name"].lower(),
                "name": {"en": row["name"], "fr": row["name_fr"]},
                "official_name": "",
                "training": True,
                "languages": list(row["official_languages"]),
                "summary": row["summary"],
                "note": "",
                "basis": Basis.MADE_UP,
                "citations": (),
            }
            for row in rows
        },
    )
    load.sync(
        Membership.objects.filter(state__training=True),
        {
            f"{row['code']} eu": {
                "state_id": load.id(State, row["code"]),
                "body": Membership.Body.EUROPEAN_UNION,
                "since": None,
                "until": None,
            }
            for row in rows
            if row["eu_member"]
        },
    )


def _load_parts(load: Load, programme: int) -> None:
    load.sync(
        Part.objects.filter(programme_id=programme),
        {
            row["iso3"]: {
                "programme_id": programme,
                "state_id": load.id(State, row["iso3"]),
                "kind": row["project_role"],
                "since": row["role_from"],
                "until": row["role_until"],
                "note": row["note"] or "",
            }
            for row in load.pack.rows("states/states.csv")
            if row["project_role"]
        },
    )


def _load_channels(load: Load, register: Register) -> None:
    load.sync(
        ReportingChannel.objects.all(),
        {
            row["id"]: {
                "state_id": load.id(State, row["iso3"]),
                "name": row["name"],
                "kind": row["kind"],
                "organisation": row["organisation"] or "",
                "url": row["url"] or "",
                "phones": list(row["phone"] or ()),
                "languages": list(row["languages"] or ()),
                "network": row["network"] or "",
                "as_of": row["as_of"] or "",
                "basis": BASIS[row["confidence"]],
                "citation_id": register.cite(row["source_url"]),
                "confirmed_on": row["confirmed_on"],
                "confirmed_by": row["confirmed_by"] or "",
            }
            for row in load.pack.rows("states/reporting_channels.csv")
        },
    )


def _load_figures(load: Load, register: Register) -> None:
    load.sync(
        Metric.objects.all(),
        {
            row["code"]: {
                "code": row["code"],
                "name": {"en": row["name_en"], "fr": row["name_fr"]},
                "caveat": {"en": row["caveat_en"], "fr": row["caveat_fr"]} if row["caveat_en"] else {},
            }
            for row in load.pack.rows("states/metrics.csv")
        },
    )
    states = load.ids["State"]
    metrics = {row["code"]: row for row in load.pack.rows("states/metrics.csv")}
    load.sync(
        Figure.objects.all(),
        {
            f"{row['iso3_or_region']} {row['metric']} {row['year']}": {
                "metric_id": load.id(Metric, row["metric"]),
                "state_id": states.get(row["iso3_or_region"]),
                "place": row["iso3_or_region"],
                "year": row["year"],
                "value": Decimal(row["value"]),
                "unit": _unit(metrics[row["metric"]], row["unit"]),
                "basis": BASIS[row["confidence"]],
                "citation_id": register.cite(row["source_url"]),
            }
            for row in load.pack.rows("states/figures.csv")
        },
    )


def _unit(metric: Row, written: str) -> dict[str, str]:
    """A figure's unit in the languages in which its measure names it."""
    place = metric["units"].index(written)
    french = metric["units_fr"] or ()
    return {"en": written} | ({"fr": french[place]} if place < len(french) else {})


def _load_outlines(load: Load) -> None:
    shapes = load.pack.document("states/map.json")
    rows = {
        code: {
            "code": code,
            "state_id": load.id(State, code),
            "path": shape["d"],
            "x": float(shape["x"]),
            "y": float(shape["y"]),
            "small": shape["marker"],
        }
        for code, shape in shapes["states"].items()
    }
    for code in ("kosovo", "background"):
        rows[code] = {
            "code": code,
            "state_id": None,
            "path": shapes[code],
            "x": None,
            "y": None,
            "small": False,
        }
    load.sync(Outline.objects.all(), rows)


def _cite(register: Register, source: str) -> int | None:
    return register.cite(source) if source.startswith("http") else register.cite(None, source)


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None
