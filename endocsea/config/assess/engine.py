"""The compiled engine, ready before it is needed: where its code is kept, and what a person sees meanwhile."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path
from typing import Final

SOURCES: Final = ("aggregation", "engine_numba", "levels", "philox", "plan", "tally")


def keep_compiled_code(folder: Path) -> None:
    """Let the engine keep its compiled code in this folder; to be called before anything is calculated.

    The place is named after the engine's sources: the compiler itself would look at one of them only.
    """
    sources = Path(__file__).parents[2] / "assessment"
    digest = hashlib.sha256(b"".join((sources / f"{name}.py").read_bytes() for name in SOURCES)).hexdigest()
    os.environ.setdefault("NUMBA_CACHE_DIR", str(folder / f"engine-{digest[:12]}"))


def make_engine_ready() -> None:
    """Compile the engine, or read what was compiled before; says so on stderr where it takes a while."""
    from endocsea.assessment import engines

    began = time.monotonic()
    if not engines.compiled_before():
        print("· compiling the engine, once: about ten seconds …", file=sys.stderr, flush=True)
    engines.warm()
    took = time.monotonic() - began
    if took > 3:
        print(f"· the engine is ready, after {took:.0f} s", file=sys.stderr, flush=True)
