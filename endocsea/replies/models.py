from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from endocsea.questionnaires.models import Round
from endocsea.sources.models import Citation
from endocsea.standards.models import Indicator
from endocsea.states.models import State
from endocsea.support.classes import Confidentiality
from endocsea.support.loading import FromContent


class Answer(FromContent):
    """What a state answers to one question of a round. *Not answered*, *not applicable* and *not
    known* are answers of their own kind, and none of them is a zero.
    """

    class Status(models.TextChoices):
        NOT_ANSWERED = "not_answered", _("not answered")
        ANSWERED = "answered", _("answered")
        NOT_APPLICABLE = "not_applicable", _("not applicable")
        NOT_KNOWN = "not_known", _("not known")
        WITHHELD = "withheld", _("withheld")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="answers")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="answers")
    status = models.CharField(max_length=16, choices=Status)
    value = models.TextField(_("answer"), blank=True)
    respondent = models.CharField(_("answered by (function)"), max_length=120, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    confidentiality = models.CharField(max_length=12, choices=Confidentiality, default=Confidentiality.STATE)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = (
            models.UniqueConstraint(name="answer_once", fields=("round", "state", "indicator")),
            models.CheckConstraint(
                name="only_answered_has_a_value",
                condition=Q(status="answered") | Q(value=""),
                violation_error_message=_("Only an answered question has a value."),
            ),
        )


class Evidence(FromContent):
    """What a state gives to show that an answer holds: a record of its own, beside the answer."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="evidence")
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        constraints = (models.UniqueConstraint(name="evidence_once", fields=("answer", "citation")),)
