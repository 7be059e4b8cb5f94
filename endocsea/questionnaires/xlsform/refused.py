"""Why a workbook is not taken as a questionnaire, each with what to do instead."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from endocsea.support.refusals import Refusal

from .remarks import Remark

_IN_A_NEW_ONE = _(
    "Copy the sheets “survey”, “choices” and “settings” into a new workbook without macros or a password, "
    "save it as XLSX, and import that."
)


_SAID_AT_ONCE = 20  # nobody reads on


class WorkbookRefused(Refusal):
    """Base of what can be wrong with a workbook."""

    code = "xlsform.refused"
    sentence = _("The workbook cannot be taken.")
    remedy = _IN_A_NEW_ONE


class NotThere(WorkbookRefused):
    code = "xlsform.not-there"
    sentence = _("The file %(file)s is not there, or cannot be read.")
    remedy = _("Look at its name, and at the right to read it.")


class NotAWorkbook(WorkbookRefused):
    code = "xlsform.not-a-workbook"
    sentence = _("The file is no XLSForm workbook.")
    remedy = _("Save the questionnaire as XLSX (or XLS, or as a table in Markdown or CSV), and import that.")


class TooLarge(WorkbookRefused):
    code = "xlsform.too-large"
    sentence = _("The workbook is larger than a questionnaire can be: at most %(limit)s.")
    remedy = _("Delete what is not part of the questionnaire, or make two questionnaires of it.")


_AT_MOST = {
    "MB": _("%(most)s MB"),
    "rows": _("%(most)s rows in a sheet"),
    "columns": _("%(most)s columns in a sheet"),
    "cells": _("%(most)s cells"),
    "characters": _("%(most)s characters"),
}


def too_large(what: str, most: int) -> TooLarge:
    return TooLarge(limit=_AT_MOST[what] % {"most": f"{most:,}"})


class Damaged(WorkbookRefused):
    code = "xlsform.damaged"
    sentence = _("The workbook is damaged: it cannot be read to its end.")
    remedy = _("Open it in a spreadsheet program, save it again as XLSX, and import that.")


class Expands(WorkbookRefused):
    code = "xlsform.expands"
    sentence = _("The workbook is small and would become enormous when it is opened.")
    remedy = _IN_A_NEW_ONE


class Protected(WorkbookRefused):
    code = "xlsform.protected"
    sentence = _("The workbook is protected with a password.")
    remedy = _("Save it without a password, and import that.")


class HasMacros(WorkbookRefused):
    code = "xlsform.macros"
    sentence = _("The workbook holds macros.")
    remedy = _("Save it as XLSX, which holds none, and import that.")


class HoldsMore(WorkbookRefused):
    code = "xlsform.holds-more"
    sentence = _(
        "The workbook holds more than sheets: other files, links that fetch something, or a signature."
    )
    remedy = _IN_A_NEW_ONE


class InvalidForm(WorkbookRefused):
    """``defects`` as one text; ``found`` are all of them as remarks, each with its place."""

    code = "xlsform.invalid"
    sentence = _("The workbook is no valid XLSForm. %(defects)s")
    remedy = _("Mend it in the workbook, and import it again.")


def invalid(found: Sequence[Remark]) -> InvalidForm:
    return InvalidForm(defects="\n".join(map(str, found[:_SAID_AT_ONCE])), found=tuple(found))


class AsksNothing(WorkbookRefused):
    code = "xlsform.asks-nothing"
    sentence = _("Nothing in the workbook can be asked here. %(defects)s")
    remedy = _("Add a question of a kind that this site takes, and import it again.")


class TextTooLong(WorkbookRefused):
    code = "xlsform.text-too-long"
    sentence = _("A text of “%(name)s” is longer than a cell of a workbook can be: %(limit)s characters.")
    remedy = _("Shorten it, and export the questionnaire again.")
