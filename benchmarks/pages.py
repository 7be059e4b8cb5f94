"""A state page beside a plain Django page with as many rows: same server, same middleware.

One gunicorn worker on the loopback address; the two pages take turns, five times each; the rate
of a page is the median of its five runs. Also noted: a repeated visit that the server answers with
"not modified".
"""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REQUESTS, RUNS, PORT = 40, 5, 8719


def run() -> None:
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)):
        for slug in ("georgia", "san-marino"):
            pages = {"ours": f"/en/states/{slug}/", "plain": f"/en/plain/{slug}/"}
            rates: dict[str, list[float]] = {name: [] for name in pages}
            for address in pages.values():
                _get(address)
            for _ in range(RUNS):
                for name, address in pages.items():
                    rates[name].append(_rate(address))
            ours, plain = (statistics.median(rates[name]) for name in pages)
            print(f"{slug}: ours {ours:.1f}/s, plain page {plain:.1f}/s, ratio {ours / plain:.2f}")
        etag = _get("/en/states/georgia/").headers["ETag"]
        again = _rate("/en/states/georgia/", {"If-None-Match": etag})
        print(f"repeated visit to georgia (304): {again:.1f}/s")


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """A prepared data folder behind one worker."""
    prepared = subprocess.run(
        [sys.executable, "-c", _PREPARE, str(folder)], capture_output=True, text=True, check=False
    )
    if prepared.returncode:
        raise SystemExit(prepared.stderr)
    environment = os.environ | {
        "ENDOCSEA_DATA": str(folder),
        "ENDOCSEA_EDITION": "preview",
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "endocsea.config.wsgi", "-b", f"127.0.0.1:{PORT}", "-w", "1",
         "--worker-class", "gthread", "--threads", "1", "--log-level", "error"],
        env=environment,
    )  # fmt: skip
    try:
        for _ in range(100):
            try:
                _get("/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(10)


_PREPARE = """
import sys
from pathlib import Path
from endocsea.config import data, django_start
place = Path(sys.argv[1])
data.prepare(place); data.make_secret(place); django_start.start(place)
from django.conf import settings
from endocsea.config import preparing
preparing.bring_database_up_to_date()
preparing.load(settings.CONTENT, training=True)
preparing.calculate()
preparing.make_static_files()
"""


def _get(address: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
    connection.request("GET", address, headers={"Accept-Encoding": "gzip", **(headers or {})})
    response = connection.getresponse()
    response.read()
    connection.close()
    if response.status not in (200, 304):
        raise SystemExit(f"{address} answered {response.status}")
    return response


def _rate(address: str, headers: dict[str, str] | None = None) -> float:
    began = time.perf_counter()
    for _ in range(REQUESTS):
        _get(address, headers)
    return REQUESTS / (time.perf_counter() - began)
