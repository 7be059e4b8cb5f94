"""What can stand in the way of a round, and of sharing out its questions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from endocsea.support.refusals import Refusal


class MayNotRun(Refusal):
    code = "questionnaires.may-not-run"
    sentence = _("Rounds are made, opened and closed by the secretariat.")
    remedy = _("Ask the secretariat.")


class MayNotShare(Refusal):
    code = "questionnaires.may-not-share"
    sentence = _("Who answers what is for the state's coordinator to say.")
    remedy = _("Ask the coordinator of the state.")


class NoStates(Refusal):
    code = "questionnaires.no-states"
    sentence = _("A round asks one state at least.")
    remedy = _("Choose the states.")


class NotAMember(Refusal):
    code = "questionnaires.not-a-member"
    sentence = _("%(state)s is no member of the Council of Europe on the day that the round opens.")
    remedy = _("Leave it out, or choose another day.")


class MadeUpAndReal(Refusal):
    code = "questionnaires.made-up-and-real"
    sentence = _("Made-up states and real ones are never asked in one round.")
    remedy = _("Make a round for each.")


class DaysOutOfOrder(Refusal):
    code = "questionnaires.days-out-of-order"
    sentence = _("The round opens on %(opens)s, its answers are due on %(due)s, and it closes on %(closes)s.")
    remedy = _("Put the three days in that order.")


class CodeTaken(Refusal):
    code = "questionnaires.code-taken"
    sentence = _("There is a round with the short name “%(code)s”.")
    remedy = _("Choose another: the name stands in addresses and on documents for good.")


class AlreadyOpen(Refusal):
    code = "questionnaires.already-open"
    sentence = _("The round was opened already.")
    remedy = _("Nothing needs to be done.")


class NotOpen(Refusal):
    code = "questionnaires.not-open"
    sentence = _("The round is not open.")
    remedy = _("Open it first.")


class WithoutAReason(Refusal):
    code = "questionnaires.without-a-reason"
    sentence = _("A reason is missing.")
    remedy = _("Write why, in a sentence: whoever asks later will read it.")


class NoMoreTime(Refusal):
    code = "questionnaires.no-more-time"
    sentence = _(
        "%(until)s gives no more time: answers are due on %(due)s, and the round closes on %(closes)s."
    )
    remedy = _("Choose a day between the two.")


class NotAsked(Refusal):
    code = "questionnaires.not-asked"
    sentence = _("%(state)s does not take part in this round.")
    remedy = _("Choose a state that does.")


class NoSuchQuestions(Refusal):
    code = "questionnaires.no-such-questions"
    sentence = _("The questionnaire of this round does not ask: %(which)s.")
    remedy = _("Take the questions from the questionnaire of this very round.")


class NothingToShare(Refusal):
    code = "questionnaires.nothing-to-share"
    sentence = _("No question was chosen for this institution.")
    remedy = _("Choose one at least.")


class NoInstitution(Refusal):
    code = "questionnaires.no-institution"
    sentence = _("The institution is missing.")
    remedy = _("Write what it is called; never who works there.")


class SharedAlready(Refusal):
    code = "questionnaires.shared-already"
    sentence = _("%(institution)s has a sheet in this round already.")
    remedy = _("Change that one.")


class NotOfTheTeam(Refusal):
    code = "questionnaires.not-of-the-team"
    sentence = _("This person is not on the state's team on that day.")
    remedy = _("Invite them to the team first, or leave the person out: the sheet works without an account.")
