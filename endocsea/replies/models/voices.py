"""Who answers the same questions beside a state, and what they answer: kept apart from the state's answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from endocsea.people.models import Appointment
from endocsea.questionnaires.models import Round
from endocsea.states.models import State

from ..answers.given import Given
from ..answers.given import Status as Statuses
from .answers import Answer


class Voice(models.Model):
    """An organisation of civil society that answers a round about one state, and how it wants to be named."""

    class Shown(models.TextChoices):
        NAMED = "named", _("named")
        KNOWN = "known", _("known to the secretariat only")
        UNATTRIBUTED = "unattributed", _("not attributed")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="voices")
    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="+")
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    shown = models.CharField(_("how it is named"), max_length=12, choices=Shown)
    member = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, related_name="voices", null=True, blank=True
    )  # whoever answers for it with an account; nobody: by a link
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("voice beside a state")
        verbose_name_plural = _("voices beside a state")
        constraints = (
            models.UniqueConstraint(
                name="one_voice_an_organisation",
                fields=("round", "state", "organisation"),
                condition=Q(withdrawn_at=None) & ~Q(organisation=""),
                violation_error_message=_("This organisation is asked already."),
            ),
            models.CheckConstraint(
                name="an_unattributed_voice_has_no_name",
                condition=(Q(shown="unattributed") & Q(organisation=""))
                | (~Q(shown="unattributed") & ~Q(organisation="")),
                violation_error_message=_("Who is not attributed is not named; everybody else is."),
            ),
        )


class VoiceAnswer(models.Model):
    """What a voice said to one question, as saved once; the highest number stands, and none is ever changed."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(_("question"), max_length=240)  # its path in the round's form
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=Answer.Status)
    value = models.TextField(_("answer"), blank=True)
    other = models.TextField(_("other, namely"), blank=True)
    reason = models.TextField(_("why not"), blank=True)
    explanation = models.TextField(_("to be said beside it"), blank=True)
    language = models.CharField(_("language of the answer"), max_length=12, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer of a voice")
        verbose_name_plural = _("answers of a voice")
        constraints = (
            models.UniqueConstraint(name="voice_answer_once", fields=("voice", "question", "number")),
        )

    @property
    def given(self) -> Given:
        return Given(
            Statuses(self.status), self.value, self.other, self.reason, self.explanation, "", self.language
        )
