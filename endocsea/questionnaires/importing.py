"""An XLSForm workbook as a form that can be asked here, or a refusal that names every place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from endocsea.support.texts import SOURCE_LANGUAGE

from .editing import in_sections
from .form import Form
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


def titled(form: Form, typed: Mapping[str, str]) -> dict[str, str]:
    """The title that was typed, else that of the form; what is missing in English is taken from its own language."""
    title = {**form.title, **typed}
    return {SOURCE_LANGUAGE: title.get(SOURCE_LANGUAGE) or next(iter(title.values())), **title}
