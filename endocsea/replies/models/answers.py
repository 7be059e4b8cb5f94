"""What a state answers, and each answer as it was saved once."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from endocsea.questionnaires.models import Round
from endocsea.standards.models import Indicator
from endocsea.states.models import State
from endocsea.support.actors import Role
from endocsea.support.classes import Confidentiality
from endocsea.support.loading import FromContent

from ..answers.given import WITH_A_VALUE, Given, Origin
from ..answers.given import Status as Statuses


class Reply(models.Model):
    """All that a state answers in one round, and how far it is. Late is a mark, not a step."""

    class Step(models.TextChoices):
        OPEN = "open", _("being answered")
        RETURNED = "returned", _("sent back with questions")
        SUBMITTED = "submitted", _("signed and sent")
        ACCEPTED = "accepted", _("taken into the review")

    SENT = (Step.SUBMITTED, Step.ACCEPTED)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="replies")
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="replies")
    step = models.CharField(_("how far it is"), max_length=10, choices=Step, default=Step.OPEN)
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)
    signed_as = models.CharField(_("signed in the state's name by (function)"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints = (
            models.UniqueConstraint(name="one_reply_a_state", fields=("round", "state")),
            models.CheckConstraint(
                name="a_sent_reply_is_signed",
                condition=Q(step__in=("open", "returned"))
                | (Q(submitted_at__isnull=False) & ~Q(signed_as="")),
                violation_error_message=_("A reply is sent with the function of whoever signs it."),
            ),
        )

    @property
    def is_sent(self) -> bool:
        """Signed in the state's name and sent: nothing in it changes, and the review may read it."""
        return self.step in self.SENT


class AnswerQuerySet(models.QuerySet["Answer"]):
    def of_indicators(self) -> Self:
        """Those to questions of a benchmark that still stand."""
        return self.filter(indicator__isnull=False, retired_on=None)

    def sent(self) -> Self:
        """Those of replies that are signed and sent at this moment: all others are drafts, and the state's own."""
        sent = Reply.objects.filter(round=OuterRef("round"), state=OuterRef("state"), step__in=Reply.SENT)
        return self.filter(Exists(sent))

    def given(self) -> dict[str, tuple[Given, int]]:
        """By path, what was given and its version: plain values, as a page needs a hundred of them."""
        rows = self.values_list(
            "question",
            "number",
            "status",
            "value",
            "other",
            "reason",
            "explanation",
            "respondent",
            "language",
        )
        return {path: (Given(Statuses(status), *texts), number) for path, number, status, *texts in rows}


class Answer(FromContent):
    """What a state answers to one question of a round, as it stands. *Not answered*, *not applicable* and *not
    known* are answers of their own kind, and none of them is a zero. Each saving leaves an `AnswerVersion`.
    """

    class Status(models.TextChoices):
        NOT_ANSWERED = Statuses.NOT_ANSWERED.value, _("not answered")
        ANSWERED = Statuses.ANSWERED.value, _("answered")
        NOT_APPLICABLE = Statuses.NOT_APPLICABLE.value, _("not applicable")
        NOT_KNOWN = Statuses.NOT_KNOWN.value, _("not known")
        WITHHELD = Statuses.WITHHELD.value, _("withheld")
        PREFILLED = Statuses.PREFILLED.value, _("prefilled from public sources, unconfirmed")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(_("question"), max_length=240)  # its path in the round's form
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="answers", null=True, blank=True
    )
    number = models.PositiveIntegerField(_("version"), default=0)  # 0: as the content pack brought it
    status = models.CharField(max_length=16, choices=Status)
    value = models.TextField(_("answer"), blank=True)
    other = models.TextField(_("other, namely"), blank=True)
    reason = models.TextField(_("why not"), blank=True)
    explanation = models.TextField(_("to be said beside it"), blank=True)
    respondent = models.CharField(_("answered by (function)"), max_length=160, blank=True)
    language = models.CharField(_("language of the answer"), max_length=12, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    confidentiality = models.CharField(max_length=12, choices=Confidentiality, default=Confidentiality.STATE)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = (
            models.UniqueConstraint(name="answer_once", fields=("round", "state", "question")),
            models.CheckConstraint(
                name="only_answered_has_a_value",
                condition=Q(status__in=sorted(status.value for status in WITH_A_VALUE))
                | Q(value="", other=""),
                violation_error_message=_("Only an answered question has a value."),
            ),
        )

    @property
    def given(self) -> Given:
        return _given(self)


class AnswerVersion(models.Model):
    """An answer as it was saved once, when, by which way; by whom is in the journal. Never changed."""

    ORIGINS = tuple((origin.value, origin.value) for origin in Origin)

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=Answer.Status)
    value = models.TextField(blank=True)
    other = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    respondent = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=12, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS)
    letter = models.CharField(_("by letter no."), max_length=120, blank=True)
    declared = models.CharField(_("no case data, because"), max_length=300, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of an answer")
        verbose_name_plural = _("versions of an answer")
        constraints = (
            models.UniqueConstraint(name="answer_version_once", fields=("answer", "number")),
            models.CheckConstraint(
                name="a_letter_has_its_number",
                condition=~Q(origin=Origin.LETTER.value) | ~Q(letter=""),
                violation_error_message=_("An answer by letter names the letter."),
            ),
        )

    @property
    def given(self) -> Given:
        return _given(self)


class AnswerTranslation(models.Model):
    """The texts of one version of an answer in another language, as somebody wrote them beside the original.

    By whom is in the journal; here stands in which role. A part that the original does not have is empty.
    """

    ROLES = tuple((role.value, role.value) for role in Role)

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="translations")
    number = models.PositiveIntegerField(_("version"))  # the one that was translated
    language = models.CharField(_("language of the translation"), max_length=12)
    value = models.TextField(_("answer"), blank=True)
    other = models.TextField(_("other, namely"), blank=True)
    reason = models.TextField(_("why not"), blank=True)
    explanation = models.TextField(_("to be said beside it"), blank=True)
    role = models.CharField(_("in which role"), max_length=20, choices=ROLES)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("translation of an answer")
        verbose_name_plural = _("translations of an answer")
        constraints = (
            models.UniqueConstraint(name="answer_translated_once", fields=("answer", "number", "language")),
            models.CheckConstraint(
                name="a_translation_says_something",
                condition=~Q(value="", other="", reason="", explanation=""),
                violation_error_message=_("A translation says something."),
            ),
        )


def _given(record: Answer | AnswerVersion) -> Given:
    return Given(
        Statuses(record.status),
        record.value,
        record.other,
        record.reason,
        record.explanation,
        record.respondent,
        record.language,
    )
