"""PDFs: read in a process of their own, refused if they do anything, written anew without their makers.

Left out are the document's properties, its XMP metadata, the private data of programs, the names and
times beside notes, earlier versions that were kept inside, and digital signatures: a signature names
its signer and would not hold once the rest is gone.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from endocsea.support.guard import refused
from endocsea.support.guard.kinds import PDF, Kind

SECONDS = 60
_SCRIPT = Path(__file__).with_name("pdf_cleaning.py")
_REFUSALS = {
    "encrypted": refused.Encrypted,
    "active": refused.Macros,
    "embedded": refused.Embedded,
    "reaching": refused.Reaching,
    "expands": refused.Expands,
}


def cleaned(content: bytes) -> tuple[Kind, bytes]:
    """The PDF written anew."""
    try:
        # our own script, by this very interpreter; the file's bytes go in as input, not as arguments
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(_SCRIPT)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refused.Expands from None
    if done.returncode != 0 or not done.stdout.startswith(PDF):
        why = done.stderr.decode(errors="replace").rpartition("\n")[2]
        raise _REFUSALS.get(why, refused.Damaged)
    return Kind.PDF, done.stdout
