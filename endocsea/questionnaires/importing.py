"""An XLSForm workbook as a form that can be asked here, or a refusal that names every place."""

from __future__ import annotations

from pathlib import Path

from .editing import in_sections
from .soundness import faults
from .xlsform import Read, Remark, read
from .xlsform.refused import invalid


def taken(source: Path | bytes, name: str, *, language: str = "en") -> Read:
    """What `xlsform.read` gives, if the logic of it can be run; a loop is let in, for its author to see and to mend.

    Raises what `xlsform.read` raises, and `xlsform.refused.InvalidForm` with the place of each expression.
    """
    found = read(source, name, language=language)
    wrong = [fault for fault in faults(in_sections(found.form)) if fault.code != "loop"]
    if wrong:
        places = {path.rpartition("/")[2]: place for path, place in found.places.items()}
        places |= found.places
        raise invalid(
            [
                Remark(places.get(fault.path) or places.get(fault.path.rpartition("/")[2]), "", str(fault))
                for fault in wrong
            ]
        )
    return found
