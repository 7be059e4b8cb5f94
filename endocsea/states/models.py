import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from endocsea.sources.models import Citation
from endocsea.support.classes import Basis
from endocsea.support.loading import FromContent
from endocsea.support.texts import TextsField


class Programme(FromContent):
    """What is run: a name, a period, and the day of which its picture speaks."""

    code = models.SlugField(unique=True)
    name = TextsField(_("name"))
    as_of = models.DateField(_("the day of the picture"))
    training_as_of = models.DateField(_("the day of the training states' picture"), null=True, blank=True)
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)
    map_width = models.PositiveSmallIntegerField(_("width of its map, in the map's units"))
    map_height = models.PositiveSmallIntegerField(_("height of its map"))

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")


class ProgrammeFact(FromContent):
    """One thing that a source says about the programme itself."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="facts")
    group = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    value = models.TextField()
    note = models.TextField(blank=True)
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("fact about the programme")
        verbose_name_plural = _("facts about the programme")


class StateQuerySet(models.QuerySet["State"]):
    def real(self) -> Self:
        return self.filter(training=False, retired_on=None)

    def for_training(self) -> Self:
        """The made-up states; none where this installation leaves training material out."""
        return self.filter(training=True, retired_on=None) if settings.WITH_TRAINING else self.none()

    def shown(self) -> Self:
        return self.real() | self.for_training()


class State(FromContent):
    """A state, real or made up for training. The two never enter one count, spread or map."""

    iso3 = models.CharField(_("code"), max_length=3, unique=True)
    iso2 = models.CharField(max_length=2, blank=True)
    slug = models.SlugField(_("address"), unique=True)
    name = TextsField(_("name"))
    official_name = models.CharField(_("official name"), max_length=120, blank=True)
    training = models.BooleanField(_("made up for training"), default=False)
    languages = models.JSONField(_("official languages"), default=list)
    summary = models.TextField(_("in one sentence"), blank=True)
    note = models.TextField(_("note"), blank=True)
    basis = models.CharField(_("how we know"), max_length=12, choices=Basis)
    citations = models.ManyToManyField(Citation, related_name="+")

    objects = StateQuerySet.as_manager()

    class Meta:
        verbose_name = _("state")
        verbose_name_plural = _("states")


class Dated(models.QuerySet):  # type: ignore[type-arg]
    def on(self, day: datetime.date) -> Self:
        """What held on that day; an open beginning or end holds always."""
        return self.filter(
            Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day), retired_on=None
        )


class Membership(FromContent):
    """A state's membership of an organisation, from a day until a day."""

    class Body(models.TextChoices):
        COUNCIL_OF_EUROPE = "coe", _("Council of Europe")
        EUROPEAN_UNION = "eu", _("European Union")

    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="memberships")
    body = models.CharField(max_length=8, choices=Body)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("A membership ends after it begins."),
            ),
        )


class Part(FromContent):
    """A state's part in the programme: focus or pilot, from a day until a day."""

    class Kind(models.TextChoices):
        FOCUS = "focus", _("focus country")
        PILOT = "pilot", _("pilot country")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="parts")
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=8, choices=Kind)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = Dated.as_manager()

    class Meta:
        verbose_name = _("part in the programme")
        verbose_name_plural = _("parts in the programme")
        constraints = (
            models.CheckConstraint(
                name="part_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("A part in the programme ends after it begins."),
            ),
        )


class ReportingChannel(FromContent):
    """Where people of a state can report, or get help.

    Until a named person has confirmed it on a day it is no advice to anybody: the preview marks
    it, and a public edition leaves it out.
    """

    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="channels")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=60)
    organisation = models.CharField(_("run by"), max_length=160, blank=True)
    url = models.URLField(_("address"), max_length=300, blank=True)
    phones = models.JSONField(_("telephone"), default=list)
    languages = models.JSONField(_("languages"), default=list)
    network = models.CharField(_("network"), max_length=40, blank=True)
    as_of = models.CharField(_("as of"), max_length=10, blank=True)
    basis = models.CharField(_("how we know"), max_length=12, choices=Basis)
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="+", null=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("reporting channel")
        verbose_name_plural = _("reporting channels")
        constraints = (
            models.CheckConstraint(
                name="channel_confirmed_by_somebody",
                condition=Q(confirmed_on=None, confirmed_by="")
                | (Q(confirmed_on__isnull=False) & ~Q(confirmed_by="")),
                violation_error_message=_("A confirmation has a day and a name."),
            ),
        )


class Metric(FromContent):
    """What a published figure counts, and what it does not mean."""

    code = models.SlugField(max_length=60, unique=True)
    name = TextsField(_("name"))
    caveat = TextsField(_("what it does not mean"), blank=True)

    class Meta:
        verbose_name = _("published measure")
        verbose_name_plural = _("published measures")


class Figure(FromContent):
    """One published number: a place, a measure, a year. ``place`` is a state's code or a region's."""

    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="figures")
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="figures", null=True)
    place = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=16, decimal_places=4)
    unit = TextsField(_("unit"))
    basis = models.CharField(_("how we know"), max_length=12, choices=Basis)
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        indexes = (models.Index(fields=("state", "metric", "year"), name="figure_of_state"),)


class Outline(FromContent):
    """A shape of the map, in the map's own units; a state's, or one without a state."""

    code = models.CharField(max_length=12, unique=True)
    state = models.OneToOneField(State, on_delete=models.CASCADE, related_name="outline", null=True)
    path = models.TextField()
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)
    small = models.BooleanField(_("needs a mark to be seen"), default=False)

    class Meta:
        verbose_name = _("outline")
        verbose_name_plural = _("outlines")
