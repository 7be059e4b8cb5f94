"""What can stand in the way of reporting, releasing or destroying a text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from endocsea.support.refusals import Refusal


class MayNot(Refusal):
    code = "quarantine.may-not"
    sentence = _("The safeguarding officer alone decides on a text.")
    remedy = _("Report the text: then it is hidden until the officer has decided.")


class NoSuchRecord(Refusal):
    code = "quarantine.no-such-record"
    sentence = _("There is no such text here, or you may not see it.")
    remedy = _("Open the page again where you saw it.")


class DecidedAlready(Refusal):
    code = "quarantine.decided-already"
    sentence = _("This report has been decided already.")
    remedy = _("Open the list again to see what waits.")


class ReasonMissing(Refusal):
    code = "quarantine.reason-missing"
    sentence = _("A text is shown again with a reason only.")
    remedy = _("Say in a few words why the text may stay, without repeating it.")


class TextTooShort(Refusal):
    code = "quarantine.text-too-short"
    sentence = _(
        "A text of fewer than %(least)s characters may stand in many records that are as they should be."
    )
    remedy = _("Give more of the text, or report the record in which it stands and destroy it there.")


class ListUnreadable(Refusal):
    code = "quarantine.list-unreadable"
    sentence = _("The list of destroyed texts, %(file)s, cannot be read: %(why)s.")
    remedy = _(
        "Put back a copy of it from a backup: without it, what was destroyed could come back with old data."
    )
