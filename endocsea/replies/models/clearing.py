"""What was signed: sections on the way, and the whole with the letter of whoever cleared it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .answers import Reply
from .evidence import File


class SectionSigned(models.Model):
    """A section that somebody signed off: until it is reopened with a reason, its answers don't change."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="sections_signed")
    section = models.CharField(_("section"), max_length=120)  # its name in the round's form
    signed_as = models.CharField(_("signed off by (function)"), max_length=160)
    signed_at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("why it was reopened"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("section signed off")
        verbose_name_plural = _("sections signed off")
        constraints = (
            models.UniqueConstraint(
                name="section_signed_once",
                fields=("reply", "section"),
                condition=Q(reopened_at=None),
                violation_error_message=_("This section is signed off already."),
            ),
            models.CheckConstraint(
                name="a_section_is_reopened_with_a_reason",
                condition=Q(reopened_at=None) | ~Q(reason=""),
                violation_error_message=_("A section is reopened with a reason."),
            ),
        )


class Cleared(models.Model):
    """What a state's superior cleared, word by word, with the letter that says so. Never changed."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="clearances")
    letter = models.CharField(_("letter no."), max_length=120)
    dated = models.DateField(_("letter dated"))
    signed_as = models.CharField(_("cleared by (function)"), max_length=160)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    checksum = models.CharField(max_length=64)  # of the clearance file that was signed
    said = models.JSONField(_("what was cleared"))  # by place (question's path, sentence's key), in words
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
