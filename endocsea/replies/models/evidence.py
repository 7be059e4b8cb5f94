"""What shows that an answer holds, and the files that came in."""

import uuid
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from endocsea.sources.models import Citation
from endocsea.states.models import State
from endocsea.support.guard.kinds import Kind as FileKind
from endocsea.support.loading import FromContent

from .answers import Answer


class File(models.Model):
    """A file of a state as the guard took it in: cleaned, never changed, given back as a download only.

    It stands in the database, so that it is saved, backed up and withdrawn in one step with what names it.
    """

    KINDS: Final = tuple((kind.value, kind.value) for kind in FileKind)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind of file"), max_length=4, choices=KINDS)
    size = models.PositiveIntegerField(_("size in bytes"))
    digest = models.CharField(max_length=64)  # SHA-256 of the content
    content = models.BinaryField()
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = (models.UniqueConstraint(name="file_once_a_state", fields=("state", "digest")),)


class Evidence(FromContent):
    """What a state gives to show that an answer holds: a record of its own, beside the answer."""

    class Life(models.TextChoices):
        ATTACHED = "attached", _("attached, not yet looked at")
        CHECKED = "checked", _("checked: it opens, is dated, and says what is claimed")
        REJECTED = "rejected", _("rejected")
        UNREACHABLE = "unreachable", _("cannot be reached")
        SUPERSEDED = "superseded", _("superseded by a later one")

    class Kind(models.TextChoices):
        LAW = "law", _("law")
        BYLAW = "bylaw_or_decision", _("by-law or decision")
        STRATEGY = "strategy_or_plan", _("strategy or plan")
        BUDGET = "budget", _("budget")
        PROTOCOL = "protocol_or_sop", _("protocol or standing procedure")
        STATISTICS = "statistics", _("statistics")
        COURT = "court_decision", _("published, anonymised court decision")
        REPORT = "report", _("report")
        EVALUATION = "evaluation", _("evaluation")
        CURRICULUM = "curriculum_or_course", _("curriculum or course")
        MATERIAL = "material", _("material")
        WEBSITE = "website", _("website")
        MINUTES = "minutes_extract", _("extract of minutes")
        AGREEMENT = "agreement", _("agreement")
        LETTER = "letter_of_authority", _("letter of an authority")
        OTHER = "other", _("other")

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="evidence")
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="evidence", null=True, blank=True)
    kind = models.CharField(_("what it is"), max_length=20, choices=Kind, blank=True)
    dated = models.DateField(_("its own date"), null=True, blank=True)
    language = models.CharField(_("its language"), max_length=12, blank=True)
    excerpt = models.TextField(_("what it says there, translated"), blank=True)
    life = models.CharField(max_length=12, choices=Life, default=Life.ATTACHED)
    why = models.CharField(_("why it was rejected, or cannot be reached"), max_length=300, blank=True)
    later = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="earlier", null=True, blank=True
    )  # what superseded it

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        constraints = (
            models.UniqueConstraint(name="evidence_once", fields=("answer", "citation")),
            models.CheckConstraint(
                name="evidence_is_rejected_with_a_reason",
                condition=~Q(life="rejected") | ~Q(why=""),
                violation_error_message=_("Evidence is rejected with a reason."),
            ),
        )
