"""What can stand in the way of an answer, and of a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from endocsea.support.refusals import Refusal

if TYPE_CHECKING:
    from .models import Answer


class MayNotAnswer(Refusal):
    code = "replies.may-not-answer"
    sentence = _("This question was not shared with you.")
    remedy = _("Ask your state's coordinator to share it with you; what you typed is still in this window.")


class MayNotTakeOut(Refusal):
    code = "replies.may-not-take-out"
    sentence = _("Only the state's coordinator takes its answers out of the system.")
    remedy = _("Ask the coordinator for the document.")


class NoSuchQuestion(Refusal):
    code = "replies.no-such-question"
    sentence = _("The questionnaire of this round has no question “%(question)s”.")
    remedy = _("Take the question's code from the questionnaire of this very round.")


class NotAskedHere(Refusal):
    code = "replies.not-asked-here"
    sentence = _("%(state)s does not take part in this round.")
    remedy = _("Choose a round that the state takes part in.")


class RoundTakesNoAnswers(Refusal):
    code = "replies.round-takes-no-answers"
    sentence = _("This round takes no answers at this moment.")
    remedy = _("Ask the secretariat to open it; what you typed is still in this window.")


class AlreadySigned(Refusal):
    code = "replies.already-signed"
    sentence = _("The reply has been signed and sent, so nothing in it changes.")
    remedy = _("Have it opened again, with a reason; what you typed is still in this window.")


class SavedMeanwhile(Refusal):
    """Carries the answer as it stands: the page shows both, and never writes one over the other."""

    code = "replies.saved-meanwhile"
    sentence = _("Somebody saved another answer to %(question)s while you were writing.")
    remedy = _("Both are shown: keep yours, take theirs, or join the two.")

    def __init__(self, *, theirs: Answer, **facts: Any) -> None:
        super().__init__(**facts)
        self.theirs = theirs


class DoesNotFit(Refusal):
    code = "replies.does-not-fit"
    sentence = _("“%(value)s” is no answer to %(question)s.")
    remedy = _("%(expected)s")


class TooLong(Refusal):
    code = "replies.too-long"
    sentence = _("The text for %(question)s has %(length)s characters; %(most)s can be kept.")
    remedy = _(
        "Shorten it, and cite the document that says the rest; what you typed is still in this window."
    )


class NoLetter(Refusal):
    code = "replies.no-letter"
    sentence = _("An answer on behalf of an institution names its letter.")
    remedy = _("Write the number and the date of the letter.")


class NotComplete(Refusal):
    code = "replies.not-complete"
    sentence = _("%(count)s questions are not ready: %(which)s.")
    remedy = _("Answer them; “not known” is an answer, too.")


class SignedByNobody(Refusal):
    code = "replies.signed-by-nobody"
    sentence = _("Nobody has signed the reply.")
    remedy = _("Write the function in which it is signed, as in “Deputy Minister of Justice”.")


class WithoutAReason(Refusal):
    code = "replies.without-a-reason"
    sentence = _("What was signed is opened again only with a reason.")
    remedy = _("Write why, in a sentence.")


class NothingToOpen(Refusal):
    code = "replies.nothing-to-open"
    sentence = _("The reply is being answered: nothing was signed yet.")
    remedy = _("Go on answering.")
