"""Which documents there are, of which states they can be made, and making one."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Mapping
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from endocsea.documents.parts import Document
from endocsea.documents.pdf import pdf
from endocsea.journal.actions import record_export
from endocsea.profiles.models import Level, Run
from endocsea.profiles.queries import current_public_run
from endocsea.states.models import Programme, State
from endocsea.support.actors import Actor
from endocsea.support.refusals import Refusal

from .desk_note import desk_note
from .frame import Subject, subject
from .gap_analysis import gap_analysis
from .site import Site

KINDS: Final = ("desk-note", "gap-analysis")
WRITERS: Final[Mapping[str, Callable[[Document], bytes]]] = {"pdf": pdf}


class NotAChoice(Refusal):
    code = "reports.not-a-choice"
    sentence = _("“%(given)s” is no %(what)s that there is.")
    remedy = _("Use one of: %(choices)s.")


class NoReviewedRound(Refusal):
    code = "reports.no-reviewed-round"
    sentence = _("%(state)s has no reviewed round, so there is nothing on which a gap analysis could rest.")
    remedy = _(
        "Make the desk-research note for comment instead: endocsea report desk-note --state %(iso3)s --out FILE"
    )


class MadeUpState(Refusal):
    code = "reports.made-up-state"
    sentence = _(
        "%(state)s is made up for training: no public source speaks about it, so there is no desk research."
    )
    remedy = _("Make its gap analysis instead: endocsea report gap-analysis --state %(iso3)s --out FILE")


def chosen(what: str, given: str, choices: Mapping[str, object] | tuple[str, ...]) -> str:
    """The given word, if it is one of the choices. Raises `NotAChoice`."""
    if given not in choices:
        close = difflib.get_close_matches(given, choices, n=3, cutoff=0.5) if len(choices) > 12 else []
        shown = ", ".join(close) + " …" if close else ", ".join(choices)
        raise NotAChoice(given=given, what=what, choices=shown)
    return given


def state_named(given: str) -> State:
    """The state with this code (in any case) or address. Raises `NotAChoice` with all codes."""
    found = (
        State.objects.shown().filter(iso3=given.upper()).first()
        or State.objects.shown().filter(slug=given).first()
    )
    if found is None:
        codes = tuple(State.objects.shown().order_by("training", "iso3").values_list("iso3", flat=True))
        raise NotAChoice(given=given, what=str(_("state")), choices=", ".join(codes))
    return found


def document_of(
    kind: str,
    state: State,
    *,
    language: str,
    on: datetime.date | None,
    today: datetime.date,
    by: Actor,
    site: Site,
) -> Document:
    """The document of a kind about a state; ``on`` is the day that it speaks of, unless given the programme's.

    Raises `NotAChoice`, `NoReviewedRound` (gap analysis) and `MadeUpState` (desk note).
    """
    chosen(str(_("kind of report")), kind, KINDS)
    chosen(str(_("language")), language, tuple(code for code, _name in settings.LANGUAGES))
    with translation.override(language):
        about = subject(state)
        if kind == "gap-analysis":
            run = reviewed(about)
            return gap_analysis(about, run, on=on or run.round.closes_on, site=site, language=language)
        if about.training:
            raise MadeUpState(state=about.name, iso3=about.iso3)
        day = on or Programme.objects.values_list("as_of", flat=True).get(retired_on=None)
        return desk_note(about, on=day, today=today, actor=by, site=site, language=language)


def reviewed(state: Subject) -> Run:
    """The public run that speaks of a state. Raises `NoReviewedRound`."""
    run = current_public_run(training=state.training)
    if run is None or not Level.objects.filter(run=run, state_id=state.pk).exists():
        raise NoReviewedRound(state=state.name, iso3=state.iso3)
    return run


def make(
    kind: str,
    state: State,
    *,
    format: str,
    language: str,
    on: datetime.date | None,
    by: Actor,
    at: datetime.datetime,
    site: Site,
) -> bytes:
    """The bytes of a document, journalled as an export. Raises what `document_of` raises."""
    chosen(str(_("format")), format, tuple(WRITERS))
    document = document_of(kind, state, language=language, on=on, today=localdate(at), by=by, site=site)
    written = WRITERS[format](document)
    record_export(
        kind,
        written,
        by=by,
        at=at,
        about=("state", state.iso3),
        facts={"language": language, "day": document.day.isoformat()},
    )
    return written
