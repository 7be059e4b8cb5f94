import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from endocsea.quarantine.queries import without_hidden
from endocsea.questionnaires.models import Round
from endocsea.replies.keys import key_of
from endocsea.sources.models import Citation
from endocsea.standards.models import Capability, Indicator
from endocsea.states.models import State
from endocsea.support.actors import Actor
from endocsea.support.classes import Basis, Confidentiality
from endocsea.support.loading import FromContent

from . import policies


class ObservationQuerySet(models.QuerySet["Observation"]):
    def visible_to(self, actor: Actor, *, on: datetime.date) -> models.QuerySet["Observation"]:
        """The same as :func:`.policies.may_see_observation`, as a query."""
        seen = Q(confidentiality__in=policies.classes_seen_by(actor, on=on))
        heard = Q(confidentiality=Confidentiality.STATE) & (Q(commented_on__lte=on) | Q(comment_until__lt=on))
        return without_hidden(self.filter(seen | heard, retired_on=None), "observation", F("code"))


class Observation(FromContent):
    """What a public source says about a state: desk research. It is no answer, carries no level, and
    supports a finding at most. The state may comment until ``comment_until``, from the day it was sent.
    """

    code = models.CharField(max_length=20, unique=True)
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="observations")
    capability = models.ForeignKey(Capability, on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", null=True)
    statement = models.TextField(_("what the source says, in our words"))
    value = models.CharField(max_length=40, blank=True)
    as_of = models.CharField(_("speaks of"), max_length=10)
    note = models.TextField(_("limits"), blank=True)
    basis = models.CharField(_("how we know"), max_length=12, choices=Basis)
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="+")
    confidentiality = models.CharField(max_length=12, choices=Confidentiality, default=Confidentiality.STATE)
    sent_to_state_on = models.DateField(null=True, blank=True)
    comment_until = models.DateField(_("the state may comment until"), null=True, blank=True)
    commented_on = models.DateField(_("the state commented on"), null=True, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = (
            models.CheckConstraint(
                name="state_is_asked_before_its_term_ends",
                condition=Q(comment_until=None)
                | (Q(sent_to_state_on__isnull=False) & Q(comment_until__gt=F("sent_to_state_on"))),
                violation_error_message=_("A term to comment begins when the state was sent the text."),
            ),
        )


class FindingQuerySet(models.QuerySet["Finding"]):
    def shown(self) -> models.QuerySet["Finding"]:
        """Findings that pages may show: of training states only, while no real round was published."""
        if not settings.WITH_TRAINING:
            return self.none()
        found = self.filter(state__training=True, retired_on=None).exclude(
            confidentiality=Confidentiality.RESTRICTED
        )
        return without_hidden(found, "finding", key_of(question="indicator__code"))


class Finding(FromContent):
    """What the review concludes for a state and an indicator: the level, why, and what the state says."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        LOWERED = "lowered", _("lowered")
        RAISED = "raised", _("raised")
        NOT_VERIFIABLE = "not_verifiable", _("not verifiable")

    class Strength(models.TextChoices):
        LAW = "law_text", _("text of a law")
        OFFICIAL = "official_document", _("official document")
        STATISTICS = "statistics", _("statistics")
        INDEPENDENT = "independent_report", _("independent report")
        STATEMENT = "statement_only", _("statement only")
        NONE = "none", _("none")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="findings")
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="findings")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="findings")
    claimed = models.PositiveSmallIntegerField(_("level claimed"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(_("level concluded"))
    outcome = models.CharField(max_length=16, choices=Outcome)
    adjudicated = models.BooleanField(_("decided after the reviewers differed"), default=False)
    strength = models.CharField(_("strength of the evidence"), max_length=20, choices=Strength)
    reason = models.TextField(_("why"))
    state_comment = models.TextField(_("what the state says to it"), blank=True)
    reviewed_on = models.DateField(_("reviewed on"))
    confidentiality = models.CharField(max_length=12, choices=Confidentiality, default=Confidentiality.STATE)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = (
            models.UniqueConstraint(name="finding_once", fields=("round", "state", "indicator")),
            models.CheckConstraint(
                name="finding_level_exists",
                condition=Q(level__lte=4) & (Q(claimed=None) | Q(claimed__lte=4)),
                violation_error_message=_("Levels run from 0 to 4."),
            ),
            models.CheckConstraint(
                name="finding_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("A level is concluded with a reason."),
            ),
        )


class Rating(FromContent):
    """One reviewer's level for a finding, given without sight of the other's."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="ratings")
    number = models.PositiveSmallIntegerField()
    rater = models.CharField(_("given by (function)"), max_length=80)
    level = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = (
            models.UniqueConstraint(name="rating_once", fields=("finding", "number")),
            models.CheckConstraint(
                name="rating_level_exists",
                condition=Q(level__lte=4),
                violation_error_message=_("Levels run from 0 to 4."),
            ),
        )
