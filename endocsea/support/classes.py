"""Classes of confidentiality. What nobody decided on is not public."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Confidentiality(models.TextChoices):
    """Who a record is for, from everybody to a few named persons."""

    PUBLIC = "public", _("public")
    PROGRAMME = "programme", _("signed-in members of all states")
    STATE = "state", _("the state, its reviewers and the secretariat")
    RESTRICTED = "restricted", _("named persons")


class Basis(models.TextChoices):
    """How we know: one scale for everything that the content says."""

    READ_FULL = "read_full", _("read in full")
    READ_PART = "read_part", _("read in part")
    MEMORY = "memory", _("from memory")
    CONFLICT = "conflict", _("sources differ")
    MADE_UP = "made_up", _("made up for training")


# The same as a remark beside a fact.
BASES = {
    Basis.READ_FULL: _("source read in full"),
    Basis.READ_PART: _("source read in part"),
    Basis.MEMORY: _("from memory, unverified"),
    Basis.CONFLICT: _("sources differ"),
    Basis.MADE_UP: _("made up for training"),
}
