from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from endocsea.sources.models import Citation
from endocsea.states.models import State
from endocsea.support.classes import Basis, Confidentiality
from endocsea.support.loading import FromContent
from endocsea.support.texts import TextsField


class Instrument(FromContent):
    """A treaty, a recommendation, an opinion, guidelines, Union law or the framework."""

    code = models.CharField(max_length=10, unique=True)
    slug = models.SlugField(unique=True)
    number = TextsField(_("number"), blank=True)
    kind = models.CharField(max_length=20)
    title = TextsField(_("title"))
    short_title = TextsField(_("short title"))
    opened = models.CharField(_("adopted, or opened for signature"), max_length=10, blank=True)
    in_force_on = models.DateField(_("in force since"), null=True, blank=True)
    body = models.CharField(_("watched over by"), max_length=80)
    benchmark = models.CharField(_("part of the benchmark"), max_length=40)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ("position",)


class Capability(FromContent):
    """A capability of the framework. Its number is its name, not its place in a list."""

    number = models.PositiveSmallIntegerField(unique=True)
    name = TextsField(_("name"))
    arena = TextsField(_("arena"))
    outcome = TextsField(_("desired outcome"))
    in_scope = models.BooleanField(_("followed by the programme"))
    citations = models.ManyToManyField(Citation, related_name="+")

    class Meta:
        verbose_name = _("capability")
        verbose_name_plural = _("capabilities")
        ordering = ("number",)


class Provision(FromContent):
    """An article, paragraph or section of an instrument, in our own words."""

    class Force(models.TextChoices):
        DUTY = "duty", _("duty")
        QUALIFIED = "qualified duty", _("qualified duty")
        ENCOURAGE = "duty to encourage", _("duty to encourage")
        OPTION = "option", _("option")
        RESERVATION = "reservation clause", _("reservation clause")
        INSTITUTIONAL = "institutional", _("institutional")
        MIXED = "mixed", _("mixed: see its paragraphs")
        NONE = "none", _("not law")
        UNION = "EU law", _("law of the European Union")

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="provisions")
    article = models.CharField(max_length=12)
    slug = models.SlugField(max_length=12)
    title = TextsField(_("title"))
    obligation = TextsField(_("what it asks, in our words"))
    force = models.CharField(max_length=20, choices=Force)
    verified = models.CharField(_("how we know its text"), max_length=24)
    position = models.PositiveSmallIntegerField()
    capabilities = models.ManyToManyField(Capability, related_name="provisions")
    citations = models.ManyToManyField(Citation, related_name="+")

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ("instrument__position", "position")
        constraints = (
            models.UniqueConstraint(name="provision_named_once", fields=("instrument", "article")),
            models.UniqueConstraint(name="provision_address_once", fields=("instrument", "slug")),
        )

    @property
    def reference(self) -> str:
        return f"{self.instrument.code}:{self.article}"


class TreatyStatus(FromContent):
    """What is known of a state and a treaty: its dates, how each is known, its reservations.

    ``known_by`` says for ``signed_on``, ``ratified_on`` and ``in_force_on`` whether the date was
    seen in a source, derived by the treaty's own rule from one that was, or is from memory.
    ``checked_on`` and ``checked_by``: a named lawyer compared all of it with the depositary.
    """

    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="treaties")
    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=12)
    action = models.CharField(max_length=14, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    ratified_on = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    reservations = models.TextField(blank=True)
    as_of = models.CharField(_("status as of"), max_length=10)
    verified = models.CharField(max_length=10)
    known_by = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)
    citations = models.ManyToManyField(Citation, related_name="+")

    class Meta:
        verbose_name = _("treaty status")
        verbose_name_plural = _("treaty statuses")
        constraints = (
            models.UniqueConstraint(name="treaty_status_once", fields=("state", "instrument")),
            models.CheckConstraint(
                name="treaty_checked_by_somebody",
                condition=Q(checked_on=None, checked_by="")
                | (Q(checked_on__isnull=False) & ~Q(checked_by="")),
                violation_error_message=_("A check has a day and a name."),
            ),
        )


class Edition(FromContent):
    """An edition of the benchmark. From its first use on it is frozen: what it asks never changes."""

    code = models.SlugField(unique=True)
    method = models.TextField(_("default method"))
    frozen_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("edition of the benchmark")
        verbose_name_plural = _("editions of the benchmark")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def giving_levels(self) -> Self:
        return self.filter(answer_type=Indicator.Answer.LEVEL, retired_on=None)

    def without_restricted(self) -> Self:
        """Those whose answers may appear in a public figure."""
        return self.filter(sensitivity=Confidentiality.PUBLIC)


class Indicator(FromContent):
    """A question of the benchmark; its levels are described in words. Its wording is public always,
    answers to a restricted one never are.
    """

    class Answer(models.TextChoices):
        LEVEL = "level0-4", _("level 0 to 4")
        CHOICE = "multi-select", _("several choices")
        NUMBER = "number", _("number")
        YES_NO = "yes-partly-no", _("yes, partly, no")

    class Dimension(models.TextChoices):
        STRUCTURE = "structure", _("structure: law, body, plan")
        PROCESS = "process", _("process: what is done")
        OUTCOME = "outcome", _("outcome: what changes")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=10)
    capability = models.ForeignKey(Capability, on_delete=models.PROTECT, related_name="indicators")
    question = TextsField(_("question"))
    answer_type = models.CharField(max_length=14, choices=Answer)
    levels = models.JSONField(_("levels in words"), default=dict)
    options = models.JSONField(_("options"), default=dict)
    unit = TextsField(_("unit"), blank=True)
    guidance = TextsField(_("guidance"), blank=True)
    evidence = TextsField(_("evidence asked"), blank=True)
    theme = TextsField(_("theme"))
    dimension = models.CharField(max_length=10, choices=Dimension)
    sensitivity = models.CharField(max_length=12, choices=Confidentiality)
    core = models.BooleanField(_("in the core set"), default=False)
    source = models.TextField(_("drawn from"), blank=True)
    position = models.PositiveSmallIntegerField()
    provisions = models.ManyToManyField(Provision, related_name="indicators")
    elements = models.ManyToManyField(Capability, related_name="+")  # of the framework, that it rests on

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("position",)
        constraints = (models.UniqueConstraint(name="indicator_named_once", fields=("edition", "code")),)


class LegalLine(FromContent):
    """The level below which a duty is not met: set by a lawyer, for a pair of indicator and provision.

    All real pairs are undecided; the training states come with a made-up set of their own.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="legal_lines")
    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="legal_lines")
    level = models.PositiveSmallIntegerField()
    training = models.BooleanField(_("for made-up states only"), default=False)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("legal line")
        verbose_name_plural = _("legal lines")
        constraints = (
            models.UniqueConstraint(name="legal_line_once", fields=("indicator", "provision", "training")),
            models.CheckConstraint(
                name="legal_line_is_a_level",
                condition=Q(level__gte=1, level__lte=4),
                violation_error_message=_("A legal line is a level from 1 to 4."),
            ),
        )


class Term(FromContent):
    """A word of the glossary: what it means, whether to use it, what to say instead."""

    term = TextsField(_("term"))
    definition = TextsField(_("definition"))
    advice = models.CharField(_("use or avoid"), max_length=20)
    instead = models.CharField(_("use instead"), max_length=160, blank=True)
    basis = models.CharField(_("how we know"), max_length=12, choices=Basis)
    citations = models.ManyToManyField(Citation, related_name="+")

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
