import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from endocsea.people.models import Appointment
from endocsea.standards.models import Edition
from endocsea.states.models import Programme, State
from endocsea.support.loading import FromContent
from endocsea.support.texts import TextsField

from .form import Form
from .written import read_once


class Questionnaire(FromContent):
    """Something that is asked again and again; what exactly, says each of its versions."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="questionnaires")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    code = models.SlugField()
    title = TextsField(_("title"))

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = (
            models.UniqueConstraint(name="questionnaire_named_once", fields=("programme", "code")),
        )


class Version(FromContent):
    """A questionnaire as it stood. Once a round uses it, what it asks never changes again; translations may come."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    written = models.JSONField(_("what is asked"))  # as `.written` writes a form
    digest = models.CharField(max_length=64, editable=False)  # of what is asked, without its translations
    digest_of_all = models.CharField(max_length=64, blank=True, editable=False)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    made_on = models.DateField(_("made on"))
    frozen_on = models.DateField(_("frozen on"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of a questionnaire")
        constraints = (
            models.UniqueConstraint(name="version_numbered_once", fields=("questionnaire", "number")),
            models.UniqueConstraint(
                name="one_version_in_the_making",
                fields=("questionnaire",),
                condition=Q(frozen_on=None),
                violation_error_message=_("A new version of this questionnaire is already in the making."),
            ),
        )

    @property
    def revision(self) -> str:
        """Changes with every change of what is written; a page sends back the one that it showed."""
        return self.digest_of_all or self.digest

    @property
    def form(self) -> Form:
        """Read once for each thing that was ever written, as reading takes longer than saving an answer."""
        return read_once(self.revision, lambda: self.written)


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self, *, at: datetime.datetime) -> Self:
        """Rounds in which answers are taken at that moment."""
        return self.filter(opened_at__lte=at, retired_on=None).filter(Q(closed_at=None) | Q(closed_at__gt=at))


class Round(FromContent):
    """One asking of a questionnaire to some states. Its last day is the day that its reports speak of.

    It takes answers from when it is opened until it is closed: being late is a mark beside a reply, and closes nothing.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rounds")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rounds")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="rounds", null=True)
    code = models.SlugField()
    name = TextsField(_("name"))
    training = models.BooleanField(_("made up for training"), default=False)
    languages = models.JSONField(_("languages"), default=list)
    opens_on = models.DateField(_("opens"))
    answers_until = models.DateField(_("answers are due on"), null=True, blank=True)
    closes_on = models.DateField(_("closes"))
    reminders = models.JSONField(_("days before the due day on which who is late is reminded"), default=list)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    states = models.ManyToManyField(State, related_name="rounds")

    objects = RoundQuerySet.as_manager()

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
            models.CheckConstraint(
                name="answers_are_due_within_the_round",
                condition=Q(answers_until=None)
                | Q(answers_until__gte=F("opens_on"), answers_until__lte=F("closes_on")),
                violation_error_message=_("Answers are due between the first and the last day of the round."),
            ),
            models.CheckConstraint(
                name="only_an_open_round_is_closed",
                condition=Q(closed_at=None) | Q(opened_at__isnull=False, closed_at__gte=F("opened_at")),
                violation_error_message=_("A round is opened before it is closed."),
            ),
        )

    def takes_answers(self, *, at: datetime.datetime) -> bool:
        """The same as `RoundQuerySet.open`, of one round."""
        opened = self.opened_at is not None and self.opened_at <= at
        return opened and (self.closed_at is None or self.closed_at > at) and self.retired_on is None

    def due_for(self, state: State) -> datetime.date | None:
        """The day on which a state's answers are due, with the longest extension that it was given."""
        given = self.extensions.filter(state=state).order_by("-until").values_list("until", flat=True).first()
        return max(filter(None, (given, self.answers_until)), default=None)

    def due_days(self) -> dict[int, datetime.date | None]:
        """The same as `due_for`, of every state of the round by its primary key. Two statements."""
        given: dict[int, datetime.date] = {}
        for state, until in self.extensions.values_list("state", "until"):
            given[state] = max(given.get(state, until), until)
        return {
            state: max(filter(None, (given.get(state), self.answers_until)), default=None)
            for state in self.states.values_list("pk", flat=True)
        }


class Extension(models.Model):
    """More time for one state, and why. The latest day counts."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="extensions")
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="+")
    until = models.DateField(_("answers are due on"))
    reason = models.CharField(_("why"), max_length=300)
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        constraints = (
            models.UniqueConstraint(name="extension_once", fields=("round", "state", "until")),
            models.CheckConstraint(
                name="extension_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("An extension is given with a reason."),
            ),
        )


class Reminder(models.Model):
    """A letter that went to a state's coordinators some days before its answers were due; never sent twice."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reminders_sent")
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    days = models.PositiveSmallIntegerField(_("days before"))
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = (
            models.UniqueConstraint(name="reminder_once", fields=("round", "state", "due_on", "days")),
        )


class Share(models.Model):
    """Questions that an institution of a state answers: by a member of its team, or without an account.

    An institution is named by what it is, never by who works there. ``member`` is the role of whoever has an account:
    once it has ended, the sheet waits for somebody else.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="shares")
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="+")
    institution = models.CharField(_("institution"), max_length=200)
    member = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, related_name="shares", null=True, blank=True
    )
    questions = models.JSONField(_("questions"), default=list)  # paths in the round's form
    due_on = models.DateField(_("back by"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("share of a questionnaire")
        verbose_name_plural = _("shares of a questionnaire")
        constraints = (
            models.UniqueConstraint(
                name="one_share_an_institution",
                fields=("round", "state", "institution"),
                condition=Q(withdrawn_at=None),
                violation_error_message=_("This institution has a sheet already."),
            ),
        )
