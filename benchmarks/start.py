"""How long starting takes: ``endocsea --help``, the first and the second ``endocsea up``."""

from __future__ import annotations

import http.client
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PORT = 8720
COMMAND = str(Path(sys.executable).with_name("endocsea"))


def run() -> None:
    bare = statistics.median(_timed([sys.executable, "-c", "pass"]) for _ in range(5))
    shown = statistics.median(_timed([COMMAND, "--help"]) for _ in range(5))
    print(f"endocsea --help: {shown:.2f} s, {shown / bare:.1f} times a bare interpreter")
    with tempfile.TemporaryDirectory() as folder:
        print(f"first up, until it answers: {_up(folder):.1f} s")
        print(f"second up, until it answers: {_up(folder):.1f} s")


def _timed(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - began


def _up(folder: str) -> float:
    began = time.perf_counter()
    server = subprocess.Popen(
        [COMMAND, "up", "--data", folder, "--port", str(PORT)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - began < 120:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=1)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return time.perf_counter() - began
            except OSError:
                time.sleep(0.02)
        raise SystemExit("the server did not answer within two minutes")
    finally:
        server.terminate()
        server.wait(20)
