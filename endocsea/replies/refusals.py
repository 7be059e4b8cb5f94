"""What can stand in the way of an answer, and of a reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.utils.translation import gettext_lazy as _

from endocsea.support.refusals import Refusal

if TYPE_CHECKING:
    from .clearance.differing import Differs
    from .models import Answer, AnswerTranslation, VoiceAnswer


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

    def __init__(self, *, theirs: Answer | VoiceAnswer, **facts: Any) -> None:
        super().__init__(**facts)
        self.theirs: Answer | VoiceAnswer = theirs


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


class NoSuchLanguage(Refusal):
    code = "replies.no-such-language"
    sentence = _("“%(language)s” is no language of the list.")
    remedy = _("Choose one of the list; what you typed is still in this window.")


class MayNotTranslate(Refusal):
    code = "replies.may-not-translate"
    sentence = _(
        "A draft is translated by those who answer it; a reply that was sent, by the secretariat and rapporteurs."
    )
    remedy = _("Ask one of them; what you typed is still in this window.")


class NothingToTranslate(Refusal):
    code = "replies.nothing-to-translate"
    sentence = _("This version of the answer has no text that could be translated.")
    remedy = _("Open the page again.")


class SameLanguage(Refusal):
    code = "replies.same-language"
    sentence = _("The answer is written in %(language)s already.")
    remedy = _("Choose another language; what you typed is still in this window.")


class TranslatedByTheState(Refusal):
    code = "replies.translated-by-the-state"
    sentence = _("The state has translated this version into %(language)s itself, and its own words stand.")
    remedy = _("If something in it is wrong, say so in a comment at the question.")


class TranslatedMeanwhile(Refusal):
    """Carries the translation as it stands: the page shows both."""

    code = "replies.translated-meanwhile"
    sentence = _("There is another translation into %(language)s by now.")
    remedy = _("Both are shown: what you save now stands in its place.")

    def __init__(self, *, theirs: AnswerTranslation, **facts: Any) -> None:
        super().__init__(**facts)
        self.theirs = theirs


class NoLetter(Refusal):
    code = "replies.no-letter"
    sentence = _("An answer on behalf of an institution names its letter.")
    remedy = _("Write the number and the date of the letter.")


class NotComplete(Refusal):
    code = "replies.not-complete"
    sentence = _("%(count)s questions are not ready: %(which)s.")
    remedy = _("Answer them; “not known” is an answer, too.")

    NAMED = 5  # questions before it stops

    @classmethod
    def naming(cls, paths: Sequence[str]) -> Self:
        which = ", ".join(path.rsplit("/", 1)[-1] for path in paths[: cls.NAMED])
        return cls(count=len(paths), which=f"{which}, …" if len(paths) > cls.NAMED else which)


class SignedByNobody(Refusal):
    code = "replies.signed-by-nobody"
    sentence = _("Nobody has signed the reply.")
    remedy = _("Write the function in which it is signed, as in “Deputy Minister of Justice”.")


class WithoutAReason(Refusal):
    code = "replies.without-a-reason"
    sentence = _("What was signed is opened again only with a reason.")
    remedy = _("Write why, in a sentence.")


class SectionIsSigned(Refusal):
    code = "replies.section-is-signed"
    sentence = _("Section %(section)s has been signed off, so its answers do not change.")
    remedy = _("Have the section reopened, with a reason; what you typed is still in this window.")


class NoSuchSection(Refusal):
    code = "replies.no-such-section"
    sentence = _("The questionnaire of this round has no section “%(section)s”.")
    remedy = _("Open the section from the page of the reply.")


class MayNotComment(Refusal):
    code = "replies.may-not-comment"
    sentence = _("At this question, the discussion is for others.")
    remedy = _("Ask the state's coordinator, or the secretariat.")


class NothingToOpen(Refusal):
    code = "replies.nothing-to-open"
    sentence = _("The reply is being answered: nothing was signed yet.")
    remedy = _("Go on answering.")


class MayNotInviteVoices(Refusal):
    code = "replies.may-not-invite-voices"
    sentence = _("Which organisations answer beside a state is for the secretariat to say.")
    remedy = _("Ask the secretariat.")


class NamedOrNot(Refusal):
    code = "replies.named-or-not"
    sentence = _("An organisation that is not attributed has no name here; every other has one.")
    remedy = _("Leave the name out, or choose another way in which it is named.")


class NotOfCivilSociety(Refusal):
    code = "replies.not-of-civil-society"
    sentence = _("This person does not answer for civil society of this state today, or speaks for a state.")
    remedy = _("Invite somebody of the organisation as “civil society” first, then add it here.")


class AskedAlready(Refusal):
    code = "replies.asked-already"
    sentence = _("“%(organisation)s” is asked already about this state in this round.")
    remedy = _("Nothing needs to be done; to name it in another way, withdraw it first.")


class MayNotSpeak(Refusal):
    code = "replies.may-not-speak"
    sentence = _("You do not answer for this organisation, or no longer.")
    remedy = _("Ask the secretariat; what you typed is still in this window.")


class NoSuchVoice(Refusal):
    code = "replies.no-such-voice"
    sentence = _("This organisation was withdrawn from the round meanwhile.")
    remedy = _("Open the page again.")


class MayNotReact(Refusal):
    code = "replies.may-not-react"
    sentence = _("To what an organisation says, the state's coordinator reacts.")
    remedy = _("Ask the coordinator.")


class NothingSaid(Refusal):
    code = "replies.nothing-said"
    sentence = _("There is nothing in the field.")
    remedy = _("Write what you want to say.")


class MayNotCompare(Refusal):
    code = "replies.may-not-compare"
    sentence = _("All replies to a question are compiled for the secretariat and for rapporteurs.")
    remedy = _("Ask the secretariat for the document.")


class ReminderNotSent(Refusal):
    code = "replies.reminder-not-sent"
    sentence = _("The letter to the coordinator of %(state)s could not be sent.")
    remedy = _(
        "It goes out with the next run of “endocsea remind”; if that fails too, see to the mail server."
    )


class NoSuchOffer(Refusal):
    code = "replies.no-such-offer"
    sentence = _("This sentence from public sources is not offered at this question, or no longer.")
    remedy = _("Open the page again.")


class AtWhichQuestion(Refusal):
    code = "replies.at-which-question"
    sentence = _("It was not said to which question the sentence belongs.")
    remedy = _("Choose the question.")


class OfferAnswered(Refusal):
    code = "replies.offer-answered"
    sentence = _("Somebody of your state has said already what is to be said of this sentence.")
    remedy = _("Open the page again; if it was wrong, change the explanation of the answer.")


class WhatIsWrong(Refusal):
    code = "replies.what-is-wrong"
    sentence = _("What was offered is corrected with a sentence, and rejected with a reason.")
    remedy = _("Write what is right, or why it is not true.")


class NothingLastTime(Refusal):
    code = "replies.nothing-last-time"
    sentence = _("The state said nothing at %(question)s the last time.")
    remedy = _("Answer the question; “not known” is an answer, too.")


class NothingDrafted(Refusal):
    code = "replies.nothing-drafted"
    sentence = _("There is no draft from public sources at %(question)s.")
    remedy = _("Open the page again: somebody may have answered meanwhile.")


class MayNotDraft(Refusal):
    code = "replies.may-not-draft"
    sentence = _("Drafts from public sources are made by the secretariat, and are never more than drafts.")
    remedy = _("Ask the secretariat.")


class NotSilent(Refusal):
    code = "replies.not-silent"
    sentence = _("%(state)s has answered, or its answers are not yet past their due day.")
    remedy = _("Wait, or ask its coordinator; what you typed is still in this window.")


class EmptyDraft(Refusal):
    code = "replies.empty-draft"
    sentence = _("A draft holds an answer.")
    remedy = _("Answer the question, or leave it to the state.")


class NoCitation(Refusal):
    code = "replies.no-citation"
    sentence = _("A draft from public sources names its source.")
    remedy = _(
        "Write the title or the address of the source, the place in it, and the day on which you saw it."
    )


class NothingCited(Refusal):
    code = "replies.nothing-cited"
    sentence = _("It is not said what proves the answer.")
    remedy = _("Choose a source, write the title or the address of another one, or add a file.")


class CitedAlready(Refusal):
    code = "replies.cited-already"
    sentence = _("This place in this source is cited at this answer already.")
    remedy = _("Name another place in it, or leave it as it is.")


class DatedLater(Refusal):
    code = "replies.dated-later"
    sentence = _("%(day)s has not come yet: a source has the day on which it was adopted or published.")
    remedy = _("Correct the day, or leave it empty where the source has none.")


class EvidenceGone(Refusal):
    code = "replies.evidence-gone"
    sentence = _("This piece of evidence was withdrawn or superseded meanwhile.")
    remedy = _("Open the page again: it shows what stands now.")


class MayNotCheck(Refusal):
    code = "replies.may-not-check"
    sentence = _("Evidence is checked by the review, once the reply was signed and sent.")
    remedy = _("Wait for the reply; before that, its own people may note that a source cannot be reached.")


class WithoutWhy(Refusal):
    code = "replies.without-why"
    sentence = _("Evidence is rejected, or called unreachable, with a reason.")
    remedy = _("Write why, in a sentence: the state reads it.")


class MayNotListDomains(Refusal):
    code = "replies.may-not-list-domains"
    sentence = _("Which sites may be asked for a page is for the secretariat to say.")
    remedy = _("Ask the secretariat.")


class AnswersWithAnAccount(Refusal):
    code = "replies.answers-with-an-account"
    sentence = _("A member of the team answers these questions with an account; a link is for who has none.")
    remedy = _("Take the questions back, and share them with nobody of the team.")


class SpeaksWithAnAccount(Refusal):
    code = "replies.speaks-with-an-account"
    sentence = _("Somebody answers for this organisation with an account; a link is for one without.")
    remedy = _("Ask that person to answer; a link can be made once they hold the role no longer.")


class TakenBackMeanwhile(Refusal):
    code = "replies.taken-back-meanwhile"
    sentence = _("These questions were taken back meanwhile.")
    remedy = _("Share them again.")


class LinkUnknown(Refusal):
    code = "replies.link-unknown"
    sentence = _("This link leads to no questions.")
    remedy = _("Look whether it was copied whole, or ask whoever sent it to you.")


class LinkOpenedElsewhere(Refusal):
    code = "replies.link-opened-elsewhere"
    sentence = _("This link was opened in another browser, and works there only.")
    remedy = _("Go on in that browser, or ask whoever sent you the link for a new one.")


class LinkNotOfThisBrowser(Refusal):
    code = "replies.link-not-of-this-browser"
    sentence = _("This browser holds no link to these questions, or holds it no longer.")
    remedy = _(
        "Go on in the browser in which you opened it, or ask whoever sent you the link for a new one and open that "
        "here."
    )


class LinkEnded(Refusal):
    code = "replies.link-ended"
    sentence = _("This link was ended by whoever sent it to you.")
    remedy = _("Ask for a new one; what was saved is kept.")


class LinkOver(Refusal):
    code = "replies.link-over"
    sentence = _("The time of this link is over.")
    remedy = _("Ask for a new one; what was saved is kept.")


class HandedIn(Refusal):
    code = "replies.handed-in"
    sentence = _("The answers were handed in, so nothing in them changes by this link.")
    remedy = _("To change one of them, ask whoever sent you the link for a new one.")


class LinkLetterNotSent(Refusal):
    code = "replies.link-letter-not-sent"
    sentence = _("The link is made, but the letter with it could not be sent.")
    remedy = _("Copy the link and send it yourself; if letters fail again, ask whoever runs this site.")


class ClearedWithoutALetter(Refusal):
    code = "replies.cleared-without-a-letter"
    sentence = _("What was cleared names its letter.")
    remedy = _("Write the number of the letter, and its date.")


class LetterOfTomorrow(Refusal):
    code = "replies.letter-of-tomorrow"
    sentence = _("The letter's date has not come yet.")
    remedy = _("Write the date that stands on the letter.")


class LetterIsNoPdf(Refusal):
    code = "replies.letter-is-no-pdf"
    sentence = _("The signed letter is kept as a PDF, and this is another kind of file.")
    remedy = _("Scan the signed letter to a PDF, or save it as one.")


class NoChecksum(Refusal):
    code = "replies.no-checksum"
    sentence = _("This is no checksum.")
    remedy = _(
        "Type what stands on the last page of the file that was signed: groups of four digits and letters."
    )


class ClearedSomethingElse(Refusal):
    """Carries the places that changed, with both wordings; None where nobody can tell which they are."""

    code = "replies.cleared-something-else"
    sentence = _(
        "The reply says something else by now than the file that was signed (%(on_paper)s, now %(now)s)."
    )
    remedy = _("Print the file again and have it signed, or say that it is to be sent as it is now.")

    def __init__(self, *, places: Sequence[Differs] | None, **facts: Any) -> None:
        super().__init__(**facts)
        self.places = places


class MayNotWish(Refusal):
    code = "replies.may-not-wish"
    sentence = _(
        "The state's coordinator asks for support; the secretariat says what was given, once it was sent."
    )
    remedy = _("Ask the coordinator, or the secretariat.")


class NothingWished(Refusal):
    code = "replies.nothing-wished"
    sentence = _("The field is empty.")
    remedy = _("Write in a sentence which support it is.")


class WishTooLong(Refusal):
    code = "replies.wish-too-long"
    sentence = _("The sentence has %(length)s characters; %(most)s can be kept.")
    remedy = _("Shorten it, or make two of it.")
