"""The interface's words for what records say in codes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from endocsea.findings.rules import Period
from endocsea.standards.rules import Reason, Verdict
from endocsea.states.models import Part
from endocsea.support.classes import Basis

VERDICTS = {
    Verdict.BINDS: _("binds"),
    Verdict.DOES_NOT_BIND: _("does not bind"),
    Verdict.CANNOT_TELL: _("cannot tell"),
}

REASONS = {
    Reason.IN_FORCE: _("in force, reservations checked"),
    Reason.NOT_OPEN_YET: _("not yet open for signature on that day"),
    Reason.NOT_A_PARTY: _("not a Party"),
    Reason.NOT_YET_IN_FORCE: _("not yet in force for this state on that day"),
    Reason.ENDED: _("no longer in force for this state on that day"),
    Reason.RESERVED: _("taken out by a reservation"),
    Reason.NOT_LAW: _("not law: recommended to all member states"),
    Reason.NOT_A_UNION_MEMBER: _("not a member of the European Union on that day"),
    Reason.UNION_MEMBER: _("member of the European Union"),
    Reason.UNION_UNCHECKED: _("member of the European Union; opt-outs unchecked"),
    Reason.DATE_FROM_MEMORY: _("the date is from memory, unverified"),
    Reason.DATE_UNKNOWN: _("Party, but the date was not found"),
    Reason.SOURCES_DIFFER: _("sources differ"),
    Reason.READ_EARLIER: _("the source speaks of an earlier day"),
    Reason.STATUS_FROM_MEMORY: _("from memory, unverified"),
    Reason.RESERVATIONS_UNCHECKED: _("in force; reservations unchecked"),
    Reason.NOTHING_KNOWN: _("nothing is known"),
}

KNOWN_BY = {
    "seen": _("read in a source"),
    "derived": _("derived by the treaty's own rule"),
    "memory": _("unverified"),
}

BASES = {
    Basis.READ_FULL: _("source read in full"),
    Basis.READ_PART: _("source read in part"),
    Basis.MEMORY: _("from memory, unverified"),
    Basis.CONFLICT: _("sources differ"),
    Basis.MADE_UP: _("made up for training"),
}

PERIODS = {
    Period.EARLIER: pgettext_lazy("period", "earlier"),
    Period.BEFORE: pgettext_lazy("period", "shortly before the project"),
    Period.DURING: pgettext_lazy("period", "during the project"),
    Period.AFTER: pgettext_lazy("period", "after the project"),
}

PARTS = {
    Part.Kind.FOCUS: _("focus country"),
    Part.Kind.PILOT: _("pilot country"),
}

CHANNELS = {
    "helpline": _("helpline"),
    "hotline for illegal content": _("hotline for illegal content"),
    "police": _("police"),
    "other": _("other"),
}

YES_NO = {
    "yes": _("yes"),
    "partly": _("partly"),
    "no": _("no"),
}

TREATY_STATUS = {
    "party": _("Party"),
    "signatory": _("signed, not ratified"),
    "none": _("not signed"),
    "ratified": _("ratified, the treaty is not in force"),
    "withdrawn": _("withdrawn"),
    "unknown": _("unknown"),
}

# The facts about the programme that the about page shows, by their key in the content.
FACTS = {
    "reference": _("Reference"),
    "donor": _("Donor"),
    "budget_total_eur": _("Budget in euro"),
    "start": _("Start"),
    "end": _("End"),
    "beneficiaries": _("Beneficiaries"),
    "implementing_unit": _("Carried out by"),
    "co_operating_unit": _("Together with"),
    "internal_partner": _("Partner inside the Council of Europe"),
    "steering_composition": _("Steered by"),
    "cross_cutting": _("In everything"),
    "website": _("Website"),
}
