"""Why a file that came back is not read at all, each with what to do instead."""

from django.utils.translation import gettext_lazy as _

from endocsea.support.refusals import Refusal


class SheetRefused(Refusal):
    """Base of what can be wrong with a file that came back."""

    code = "sheets.refused"
    sentence = _("The file cannot be read as a sheet that came back.")
    remedy = _("Upload the document that was sent out, filled in.")


class NotWord(SheetRefused):
    code = "sheets.not-word"
    sentence = _("The file is no Word document in the present format.")
    remedy = _("Open it, choose “Save as”, “Word document (.docx)”, and upload what was saved.")


class NotASheet(SheetRefused):
    code = "sheets.not-a-sheet"
    sentence = _(
        "The document has lost the code that says which round, state and questionnaire it belongs to."
    )
    remedy = _(
        "Copy the answers into the sheet that was sent out, or enter them by the institution's letter."
    )


class OfAnotherRound(SheetRefused):
    code = "sheets.another-round"
    sentence = _("The sheet belongs to the round “%(theirs)s”, and this is the round “%(ours)s”.")
    remedy = _("Upload it in its own round, or send out a sheet of this one.")


class OfAnotherState(SheetRefused):
    code = "sheets.another-state"
    sentence = _("The sheet belongs to %(theirs)s, and this is the reply of %(ours)s.")
    remedy = _("Give it to that state's coordinator, and upload nothing of it here.")


class OfAnotherWording(SheetRefused):
    code = "sheets.another-wording"
    sentence = _("The questionnaire was worded anew since this sheet went out.")
    remedy = _("Send out a new sheet; answers to questions that did not change can be copied into it.")


class WithoutQuestions(SheetRefused):
    code = "sheets.without-questions"
    sentence = _("No question of this round stands in the document.")
    remedy = _("Upload the document that was sent out, filled in.")
