"""What the codes of instruments, provisions and questions mean, in whole sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .models import Indicator, Provision
from .rules import Reason
from .standing import Standing

LAW = ("treaty", "EU law")  # kinds of instrument that can bind a state

KINDS = {
    "treaty": gettext_lazy("treaty"),
    "recommendation": gettext_lazy("recommendation"),
    "opinion": gettext_lazy("opinions and declarations"),
    "guidelines": gettext_lazy("guidelines"),
    "EU law": gettext_lazy("law of the European Union"),
    "framework": gettext_lazy("framework"),
}

KINDS_MEAN = {
    "treaty": gettext_lazy("It binds a state from the day on which it enters into force for that state."),
    "recommendation": gettext_lazy("It is recommended to all member states of the Council of Europe. It is not law."),
    "opinion": gettext_lazy(
        "The committee of the treaty says how it reads the treaty. What it adopts is addressed to the Parties and "
        "is not law by itself."
    ),
    "guidelines": gettext_lazy("They guide all member states of the Council of Europe. They are not law."),
    "EU law": gettext_lazy("It is addressed to the members of the European Union; some acts leave single members out."),
    "framework": gettext_lazy(
        "It describes what a complete national response consists of, capability by capability. It is not law."
    ),
}  # fmt: skip

FORCES_MEAN = {
    Provision.Force.DUTY: gettext_lazy("A Party has to do this."),
    Provision.Force.QUALIFIED: gettext_lazy(
        "A Party has to do this within limits that the provision itself sets: where appropriate, or within its "
        "national law."
    ),
    Provision.Force.ENCOURAGE: gettext_lazy(
        "A Party has to encourage this. It does not owe a certain result."
    ),
    Provision.Force.OPTION: gettext_lazy("A Party may do this, and may leave it."),
    Provision.Force.RESERVATION: gettext_lazy(
        "It lets a state declare that it does not apply another provision, or not all of it."
    ),
    Provision.Force.INSTITUTIONAL: gettext_lazy(
        "It sets the aims, the bodies or the procedures of the treaty itself."
    ),
    Provision.Force.MIXED: gettext_lazy("Its paragraphs have different force. Read them one by one."),
    Provision.Force.NONE: gettext_lazy("It advises those to whom it is addressed, and binds nobody."),
    Provision.Force.UNION: gettext_lazy(
        "It obliges the members of the European Union to whom it is addressed."
    ),
}

# How the text of a provision is known.
TEXT_KNOWN_BY = {
    "seen": gettext_lazy("text read in a source"),
    "seen (summary)": gettext_lazy("a summary of the text was read"),
    "seen (heading)": gettext_lazy("only the heading was read"),
    "seen (by reference)": gettext_lazy("read in another provision that refers to it"),
    "seen (recitals)": gettext_lazy("read in the recitals"),
    "memory": gettext_lazy("text to be verified"),
}

# How a state's status under a treaty is known.
STATUS_KNOWN_BY = {
    "seen": gettext_lazy("read in a source"),
    "memory": gettext_lazy("in part from memory, unverified"),
    "conflict": gettext_lazy("sources differ"),
}

# How a date is known, where a cell has room for a word or two.
BRIEFLY = {
    "seen": gettext_lazy("read in a source"),
    "derived": gettext_lazy("derived"),
    "memory": gettext_lazy("unverified"),
}

# How a state became a Party.
DEEDS = {
    "ratification": gettext_lazy("ratification"),
    "accession": gettext_lazy("accession"),
    "succession": gettext_lazy("succession"),
    "acceptance": gettext_lazy("acceptance"),
}

STANDINGS = {
    Standing.IN_FORCE: gettext_lazy("in force"),
    Standing.NOT_IN_FORCE: gettext_lazy("not in force"),
    Standing.CANNOT_TELL: gettext_lazy("cannot tell"),
}

# What a standing adds to itself where the reason would only repeat it.
BESIDE_STANDING = {
    Reason.IN_FORCE: gettext_lazy("reservations checked"),
    Reason.RESERVATIONS_UNCHECKED: gettext_lazy("reservations unchecked"),
}

# Why a treaty is not in force for a state, in as few words as a cell of the matrix holds.
NOT_IN_FORCE = {
    Reason.NOT_OPEN_YET: gettext_lazy("not open yet"),
    Reason.NOT_A_PARTY: gettext_lazy("not a Party"),
    Reason.NOT_YET_IN_FORCE: gettext_lazy("not yet in force"),
    Reason.ENDED: gettext_lazy("no longer in force"),
    Reason.NOT_A_UNION_MEMBER: gettext_lazy("not a member"),
    Reason.NOT_LAW: gettext_lazy("not law"),
}

ANSWERS_MEAN = {
    Indicator.Answer.LEVEL: gettext_lazy("The answer is one of five levels, each described in words."),
    Indicator.Answer.CHOICE: gettext_lazy(
        "The answer names what applies out of a list. It is shown beside the levels and gives none."
    ),
    Indicator.Answer.NUMBER: gettext_lazy(
        "The answer is a number. It is shown beside the levels and gives none."
    ),
    Indicator.Answer.YES_NO: gettext_lazy(
        "The answer is yes, partly or no. It is shown beside the levels and gives none."
    ),
}


def articles_named(kind: str, articles: list[str]) -> str:
    """ "articles 9, 10(1)" of a treaty; sections of what is not law go by their bare names."""
    named = ", ".join(articles)
    if kind not in LAW:
        return named
    return ngettext("article %(list)s", "articles %(list)s", len(articles)) % {"list": named}


def in_force_words(reason: Reason, standing: Standing) -> str:
    """The standing in the fewest words that keep its reason."""
    return str(NOT_IN_FORCE.get(reason, STANDINGS[standing]))


def known_by_check(day: str, who: str) -> str:
    return _("checked %(day)s by: %(who)s") % {"day": day, "who": who}
