"""What is said about a place in a workbook: what is not taken, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MEDIA = _(
    "Pictures, sound, video and files are not taken as answers: a picture of a child must never come in here."
)
SHOWN_MEDIA = _("Pictures, sound and video beside a text are not shown here: say it in words.")
PLACES = _("Where people are is not asked here: no locations, traces or maps.")
BARCODES = _("Codes are not scanned here: ask for what they say as text.")
ABOUT_THE_DEVICE = _(
    "What a device says about itself and its owner is not kept: each answer carries who gave it, and when."
)
CHOICES_ELSEWHERE = _(
    "Choices come from the sheet “choices” only, not from other files, other answers or “external_choices”."
)
OTHER_FILES = _("Data of other files or of an earlier reply is not at hand: the expression is left out.")
LOOP = _("A loop over a list is not taken: write its questions out, or use a repeat.")
ENTITIES = _("Entities are not kept: answers stay in their questionnaire.")
TRIGGER = _("A calculation follows whatever it speaks of; it cannot wait for another question to change.")
READ_ONLY_SOMETIMES = _("A question is read-only or not; that it depends on other answers is left out.")
RANDOMIZE = _("Choices are shown in their order, never at random.")
ON_A_GROUP = _("This is read for questions only, not for groups.")
COLUMN_NOT_READ = _("The column is not read.")
SETTING_NOT_READ = _("The setting is not read.")
SHEET_NOT_READ = _("The sheet is not read.")
FORMULA = _(
    "The cell holds a formula without its value, and counts as empty: open the workbook in a spreadsheet "
    "program, save it, and import it again."
)
NO_TRANSLATION = _("A text is missing in this language.")
NO_TRANSLATED_COLUMN = _("The column is missing: none of these texts is there in this language.")
NO_LANGUAGE = _(
    "The workbook does not say what language its texts are in; they are taken for the language "
    "“%(code)s”. The setting “default_language” says it, as in “English (en)”."
)
NO_CODE = _(
    "The language has no code and is kept as “%(code)s”: write its code behind it, as in “French (fr)”."
)
HEADING = _("The heading of a column is not text.")
HEADING_TWICE = _("Two columns have the same heading.")
SPACE_IN_CHOICE = _("The name of a choice holds a space: names are written without, labels as you like.")
CHOICE_WITHOUT_LABEL = _("A choice beside “or_other” has no label.")
WITHOUT_WORDS = _("pyxform, which reads XLSForms, stops at it without naming a place: %(error)s.")
ALSO_SPOKEN_OF = _("Where logic speaks of it, it is empty.")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, by the words that stand in the workbook. ``row`` 0: the whole sheet."""

    sheet: str
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        said = {"sheet": self.sheet, "row": self.row, "column": self.column}
        if self.row and self.column:
            return gettext("Sheet “%(sheet)s”, row %(row)s, column “%(column)s”") % said
        if self.row:
            return gettext("Sheet “%(sheet)s”, row %(row)s") % said
        return gettext("Sheet “%(sheet)s”") % said


@dataclass(frozen=True, slots=True)
class Remark:
    """``what`` is the content of the cell, where that helps; ``why`` a whole sentence."""

    place: Place | None
    what: str
    why: str | _StrPromise

    def __str__(self) -> str:
        said = f"“{self.what}”: {self.why}" if self.what else str(self.why)
        return f"{self.place}: {said}" if self.place else said
