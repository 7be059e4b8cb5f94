"""What leaves the system of a reply in the making: an institution's sheet, and the clearance file."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Final

from django.utils.timezone import localdate

from endocsea.documents.parts import Document
from endocsea.documents.pdf import pdf
from endocsea.documents.word import docx
from endocsea.journal.actions import record_export
from endocsea.questionnaires.models import Round, Share
from endocsea.states.models import State
from endocsea.support.actors import Actor

from .. import policies, refusals
from ..clearance.document import document_of
from ..clearance.reading import clearance_of
from ..exchange.making import sheet_of
from ..exchange.word_writing import docx_of
from ..exchange.workbook import xlsx_of

WRITERS: Final[Mapping[str, Callable[[Document], bytes]]] = {"docx": docx, "pdf": pdf}


def tear_off_sheet(*, share: Share, language: str, by: Actor, at: datetime.datetime) -> bytes:
    """The questions of an institution as a Word document, for who has no account. Raises `refusals.MayNotTakeOut`."""
    if not policies.may_share(by, share.state.iso3, on=localdate(at)):
        raise refusals.MayNotTakeOut
    sheet = sheet_of(
        share.round,
        share.state,
        language=language,
        on=localdate(at),
        only=share.questions,
        institution=share.institution,
        due_on=share.due_on,
    )
    written = docx_of(sheet)
    facts = {"questions": len(sheet.lines), "language": language}
    record_export("sheet", written, by=by, at=at, about=_about(share.round, share.state), facts=facts)
    return written


def workbook_file(
    *,
    round: Round,
    state: State,
    language: str,
    section: str = "",
    by: Actor,
    at: datetime.datetime,
) -> bytes:
    """A state's whole reply, or one section of it by name, as an Excel workbook, to be filled in and brought back.

    Raises `refusals.MayNotTakeOut`, `NoSuchSection`.
    """
    place = policies.Place(state.iso3, training=state.training)
    if not (
        policies.may_share(by, state.iso3, on=localdate(at))
        or policies.may_exchange(by, place, on=localdate(at))
    ):
        raise refusals.MayNotTakeOut
    only = _of_section(round, section) if section else None
    sheet = sheet_of(round, state, language=language, on=localdate(at), only=only)
    written = xlsx_of(sheet)
    facts: dict[str, object] = {"questions": len(sheet.lines), "language": language}
    if section:
        facts["section"] = section
    record_export("workbook", written, by=by, at=at, about=_about(round, state), facts=facts)
    return written


def clearance_file(
    *, round: Round, state: State, format: str, beside: str | None, by: Actor, at: datetime.datetime
) -> bytes:
    """A state's whole reply for signature, in one of the ``WRITERS``. Raises `refusals.MayNotTakeOut`."""
    if not policies.may_sign(by, state.iso3, on=localdate(at)):
        raise refusals.MayNotTakeOut
    file = clearance_of(round, state, on=localdate(at), beside=beside)
    written = WRITERS[format](document_of(file))
    facts = {"format": format, "checksum": file.checksum()}
    record_export("clearance file", written, by=by, at=at, about=_about(round, state), facts=facts)
    return written


def _of_section(round: Round, section: str) -> frozenset[str]:
    """The paths of its questions."""
    paths = round.version.form.by_path() if round.version else ()
    found = frozenset(path for path in paths if path.startswith(f"{section}/"))
    if not found:
        raise refusals.NoSuchSection(section=section)
    return found


def _about(round: Round, state: State) -> tuple[str, str]:
    return "reply", f"{round.code}/{state.iso3}"
