"""What can stand in the way of a questionnaire, of a round, and of sharing out its questions."""

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


class UnclearReminders(Refusal):
    code = "questionnaires.unclear-reminders"
    sentence = _("“%(text)s” does not say on which days to remind.")
    remedy = _(
        "Write at most twelve whole numbers of days before the due day, 0 to %(most)s, with commas between them, as "
        "in “14, 3, 0”; leave the field empty for no reminders."
    )


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


class MayNotMake(Refusal):
    code = "questionnaires.may-not-make"
    sentence = _("Questionnaires are made by the secretariat.")
    remedy = _("Ask the secretariat.")


class QuestionnaireThere(Refusal):
    code = "questionnaires.questionnaire-there"
    sentence = _("There is a questionnaire with the short name “%(code)s”.")
    remedy = _("Choose another name, or make a new version of that one.")


class CodeUnclear(Refusal):
    code = "questionnaires.code-unclear"
    sentence = _("“%(code)s” cannot be a short name.")
    remedy = _("Use small letters, digits and hyphens, at most 40 of them: it stands in addresses.")


class InTheMaking(Refusal):
    code = "questionnaires.in-the-making"
    sentence = _("Version %(number)s of this questionnaire is in the making already.")
    remedy = _("Go on with that one, or say that what you bring takes its place.")


class Frozen(Refusal):
    code = "questionnaires.frozen"
    sentence = _("A round uses this version, so that it never changes again.")
    remedy = _("Make a new version of it, and change that.")


class ChangedMeanwhile(Refusal):
    code = "questionnaires.changed-meanwhile"
    sentence = _("Somebody changed this questionnaire while you had it open, and nothing of yours was taken.")
    remedy = _("Look at what stands here now, and do it again. What you typed is still below.")


class NoSuchItem(Refusal):
    code = "questionnaires.no-such-item"
    sentence = _("This version has no question or section “%(path)s”.")
    remedy = _("Load the page again, and choose one that it shows.")


class NoPlace(Refusal):
    code = "questionnaires.no-place"
    sentence = _("“%(name)s” cannot stand there: a question stands in a section, and each name in it once.")
    remedy = _("Choose another section.")


class NothingLeft(Refusal):
    code = "questionnaires.nothing-left"
    sentence = _("Without this, the questionnaire would ask nothing.")
    remedy = _("Add another question first.")


class NoLabel(Refusal):
    code = "questionnaires.no-label"
    sentence = _("“%(name)s” has no wording in the language that the questionnaire is written in.")
    remedy = _("Write it in that language first, then in the others.")


class HangsTogether(Refusal):
    code = "questionnaires.hangs-together"
    sentence = _("The logic of the questionnaire would no longer work.")
    remedy = _("Change these in the workbook, and import it again:\n%(faults)s")
