"""What became of a sentence from a public source that was offered at a question."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .answers import Reply


class OfferTaken(models.Model):
    """The state's word on what was offered: confirmed, corrected, or rejected with a reason."""

    class Word(models.TextChoices):
        CONFIRMED = "confirmed", _("still true")
        CORRECTED = "corrected", _("corrected")
        REJECTED = "rejected", _("not true, because")

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="offers_taken")
    question = models.CharField(_("question"), max_length=240)  # its path in the round's form
    offer = models.CharField(max_length=120)  # its key, as `replies.offering.offers` has it
    word = models.CharField(max_length=10, choices=Word)
    reason = models.TextField(_("what is wrong with it"), blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("word on what was offered")
        verbose_name_plural = _("words on what was offered")
        constraints = (
            models.UniqueConstraint(name="offer_taken_once", fields=("reply", "question", "offer")),
            models.CheckConstraint(
                name="an_offer_is_rejected_with_a_reason",
                condition=~Q(word="rejected") | ~Q(reason=""),
                violation_error_message=_("What was offered is rejected with a reason."),
            ),
        )
