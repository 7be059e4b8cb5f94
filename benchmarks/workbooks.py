"""Ten full replies from XLSX to answers, beside what openpyxl alone needs to read the same files."""

from __future__ import annotations

import datetime
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 5
STATES = ("XAA", "XAB", "XAC", "XAD")
TEN = 10


def run() -> None:
    """In a process of its own: Django starts once, with one data folder."""
    subprocess.run([sys.executable, "-c", "from benchmarks.workbooks import measure; measure()"], check=True)


def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _prepare(Path(folder))
        _imports()


def _prepare(place: Path) -> None:
    from endocsea.config import data, django_start

    data.prepare(place)
    data.make_secret(place)
    django_start.start(place)
    from endocsea.config import preparing

    preparing.make_ready()


def _imports() -> None:
    from openpyxl import load_workbook

    from endocsea.questionnaires.models import Round
    from endocsea.replies.exchange.making import sheet_of
    from endocsea.replies.exchange.workbook import returned, xlsx_of
    from endocsea.states.models import State

    training = Round.objects.get(training=True)
    states = [State.objects.get(iso3=STATES[number % len(STATES)]) for number in range(TEN)]
    on = datetime.date(2020, 3, 1)
    sheets = [sheet_of(training, state, language="en", on=on) for state in states]
    files = [xlsx_of(sheet) for sheet in sheets]

    def alone(**how: bool) -> None:
        for content in files:
            for page in load_workbook(io.BytesIO(content), **how).worksheets:
                for row in page.iter_rows(values_only=True):
                    sum(cell is not None for cell in row)

    def ours() -> None:
        for content, sheet in zip(files, sheets, strict=True):
            came = returned(content, "reply.xlsx", sheet)
            if came.troubles or len(came.answers) != len(sheet.lines):
                raise AssertionError(f"not all answers came back: {came.troubles}")

    contenders: dict[str, Callable[[], None]] = {
        "openpyxl alone": alone,
        "openpyxl, read only": lambda: alone(read_only=True),
        "endocsea, with the guard": ours,
    }
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(RUNS):
        for name, work in contenders.items():
            began = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - began)
    base = statistics.median(seconds["openpyxl alone"])
    print(f"  {TEN} replies of {len(sheets[0].lines)} questions, {sum(map(len, files)) / 1000:,.0f} kB")
    for name, taken in seconds.items():
        print(f"  {name:26}{statistics.median(taken):7.3f} s   ratio {statistics.median(taken) / base:5.2f}")
