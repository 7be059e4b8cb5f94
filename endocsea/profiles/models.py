from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from endocsea.questionnaires.models import Round
from endocsea.standards.models import Capability, Indicator
from endocsea.states.models import State

# Sums in floating point may miss an exact bound by the last bit.
_TIE = 1e-9


class Run(models.Model):
    """One calculation over the findings of a round: what went in, how, and with which program.

    A public run is calculated without restricted indicators; an internal one is never published.
    ``input_digest`` is of everything that went in, so that the same input is calculated once. The run
    of today's input is ``current``; earlier ones are kept with their method.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="runs")
    public = models.BooleanField(_("without restricted indicators"))
    method = models.TextField(_("the method as used"))
    input_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("calculated at"))
    current = models.BooleanField(_("of today's findings and method"))

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = (
            models.UniqueConstraint(name="run_once_per_input", fields=("round", "public", "input_digest")),
            models.UniqueConstraint(
                name="one_current_run", fields=("round", "public"), condition=Q(current=True)
            ),
        )


class Level(models.Model):
    """What a run says of a state and a capability, whole or for one dimension.

    Levels and bounds in units of levels (0 to 4). Where too little is known there is no level, and
    where nothing applies there are no bounds either.
    """

    class Verdict(models.TextChoices):
        GAP = "gap", _("gap")
        NO_GAP = "no gap", _("no gap")
        CANNOT_TELL = "cannot tell", _("cannot tell")
        NOT_APPLICABLE = "", _("not applicable")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="levels")
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="levels")
    capability = models.ForeignKey(Capability, on_delete=models.PROTECT, related_name="levels")
    dimension = models.CharField(max_length=10, blank=True)
    known = models.PositiveSmallIntegerField(_("questions known"))
    asked = models.PositiveSmallIntegerField(_("questions that apply"))
    level = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    band = models.PositiveSmallIntegerField(null=True)
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    weakest = models.JSONField(_("weakest indicators"), default=list)
    mean = models.FloatField(null=True)
    q05 = models.FloatField(null=True)
    median = models.FloatField(null=True)
    q95 = models.FloatField(null=True)
    gap_probability = models.FloatField(null=True)
    mcse = models.FloatField(_("Monte Carlo standard error of the mean"), null=True)

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        constraints = (
            models.UniqueConstraint(
                name="level_once_per_run", fields=("run", "state", "capability", "dimension")
            ),
            models.CheckConstraint(
                name="level_lies_in_its_bounds",
                condition=Q(level=None) | Q(lower__lte=F("level") + _TIE, upper__gte=F("level") - _TIE),
                violation_error_message=_("A level lies within its exact bounds."),
            ),
        )


class OpenQuestion(models.Model):
    """What an unanswered question of a state would do to the level of its capability, once it is answered.

    Both are expected values: what part of the doubt about the level (0 to 1) would go, and by how much the doubt
    whether there is a gap, p (1 - p), would shrink. They order questions; no answer that was drawn to find
    them is kept.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="open_questions")
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    settles = models.FloatField(_("part of the doubt about the level that it settles"))
    settles_gap = models.FloatField(_("how much of the doubt about a gap it settles"))

    class Meta:
        verbose_name = _("open question")
        verbose_name_plural = _("open questions")
        constraints = (
            models.UniqueConstraint(name="open_question_once_per_run", fields=("run", "state", "indicator")),
            models.CheckConstraint(
                name="open_question_settles_a_part",
                condition=Q(settles__gte=0, settles__lte=1, settles_gap__gte=0, settles_gap__lte=0.25),
                violation_error_message=_(
                    "A question settles some part of the doubt, from none to all of it."
                ),
            ),
        )
