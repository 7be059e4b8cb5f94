"""In words: whether a provision binds, why, and how a date is known."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .rules import Reason, Verdict

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

TREATY_STATUS = {
    "party": _("Party"),
    "signatory": _("signed, not ratified"),
    "none": _("not signed"),
    "ratified": _("ratified, the treaty is not in force"),
    "withdrawn": _("withdrawn"),
    "unknown": _("unknown"),
}
