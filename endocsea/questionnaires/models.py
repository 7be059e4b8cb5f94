from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from endocsea.standards.models import Edition
from endocsea.states.models import Programme, State
from endocsea.support.loading import FromContent
from endocsea.support.texts import TextsField


class Round(FromContent):
    """One asking of an edition to some states. Its last day is the day that its reports speak of."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rounds")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rounds")
    code = models.SlugField()
    name = TextsField(_("name"))
    training = models.BooleanField(_("made up for training"), default=False)
    opens_on = models.DateField(_("opens"))
    closes_on = models.DateField(_("closes"))
    states = models.ManyToManyField(State, related_name="rounds")

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = (
            models.UniqueConstraint(name="round_named_once", fields=("programme", "code", "training")),
            models.CheckConstraint(
                name="round_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("A round closes after it opens."),
            ),
        )
