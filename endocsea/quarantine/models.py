from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> Self:
        """Those that the officer has not decided on, the oldest first: what they are about is not shown."""
        return self.filter(decided_at=None).order_by("reported_at", "pk")


class Report(models.Model):
    """Somebody saw a text that must not be here. Who is known by the post; the journal knows the person.

    ``kind`` and ``key`` name the record as the journal does. Nothing of the text is kept.
    """

    class Outcome(models.TextChoices):
        WAITING = "", _("waiting")
        DESTROYED = "destroyed", _("destroyed")
        RELEASED = "released", _("released")

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=240)
    post = models.CharField(_("reported by (roles)"), max_length=240, blank=True)
    reported_at = models.DateTimeField(_("reported at"))
    outcome = models.CharField(_("decision"), max_length=12, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("why the text may stay"), blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a text")
        verbose_name_plural = _("reports of texts")
        constraints = (
            models.UniqueConstraint(
                name="report_waits_once",
                fields=("kind", "key"),
                condition=Q(decided_at=None),
                violation_error_message=_("This text is reported already."),
            ),
            models.CheckConstraint(
                name="report_decided_with_an_outcome",
                condition=Q(decided_at=None, outcome="") | (Q(decided_at__isnull=False) & ~Q(outcome="")),
                violation_error_message=_("A decision has a day and an outcome."),
            ),
            models.CheckConstraint(
                name="report_released_with_a_reason",
                condition=~Q(outcome="released") | ~Q(reason=""),
                violation_error_message=_("A text is shown again with a reason only."),
            ),
        )


class Destroyed(models.Model):
    """A text that was destroyed, as a salted digest: known again if a copy brings it back, read by nobody."""

    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    on = models.DateField(_("destroyed on"))

    class Meta:
        verbose_name = _("destroyed text")
        verbose_name_plural = _("destroyed texts")
