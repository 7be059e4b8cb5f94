"""A gap analysis from database to bytes beside what Typst alone needs for the same source; ten desk notes in a row."""

from __future__ import annotations

import datetime
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 5
TEN = ("ALB", "ARM", "AZE", "BIH", "GEO", "MDA", "MNE", "SRB", "TUR", "UKR")
AT = datetime.datetime(2026, 1, 15, 9, 0, tzinfo=datetime.UTC)


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _prepare(Path(folder))
        _gap_analysis()
        _desk_notes()


def _prepare(place: Path) -> None:
    from endocsea.config import data, django_start

    data.prepare(place)
    data.make_secret(place)
    django_start.start(place)
    from endocsea.config import preparing

    preparing.make_ready()


def _made(kind: str, iso3: str) -> bytes:
    from endocsea.public.addresses import site
    from endocsea.reports.making import make, state_named
    from endocsea.support.actors import PREVIEW

    return make(
        kind, state_named(iso3), format="pdf", language="en", on=None, by=PREVIEW, at=AT,
        site=site("https://example.org", "en"),
    )  # fmt: skip


def _gap_analysis() -> None:
    from django.utils import translation

    from endocsea.documents.pdf import source
    from endocsea.public.addresses import site
    from endocsea.reports.making import document_of, state_named
    from endocsea.support.actors import PREVIEW

    with translation.override("en"):
        document = document_of(
            "gap-analysis", state_named("XAB"), language="en", on=None, today=AT.date(), by=PREVIEW,
            site=site("https://example.org", "en"),
        )  # fmt: skip
    contenders: dict[str, Callable[[], bytes]] = {
        "Typst alone": source(document).compile,
        "from database to bytes": lambda: _made("gap-analysis", "XAB"),
    }
    for make in contenders.values():
        make()
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(RUNS):
        for name, make in contenders.items():
            _forget()
            began = time.perf_counter()
            make()
            seconds[name].append(time.perf_counter() - began)
    alone = statistics.median(seconds["Typst alone"])
    for name, taken in seconds.items():
        print(f"  {name:24}{statistics.median(taken):7.3f} s   ratio {statistics.median(taken) / alone:5.2f}")


def _forget() -> None:
    """Let Typst drop what it remembers of the document itself: else the second run only looks it up."""
    import typst

    for _ in range(11):
        typst.compile(b"")


def _desk_notes() -> None:
    taken = []
    for iso3 in TEN:
        began = time.perf_counter()
        _made("desk-note", iso3)
        taken.append(time.perf_counter() - began)
    print("  ten desk notes, one after the other: " + " ".join(f"{each:.2f}" for each in taken) + " s")
