"""Why a file is not taken, each with what to do instead."""

from django.utils.translation import gettext_lazy as _

from endocsea.support.refusals import Refusal

AS_DOCUMENT = _(
    "Evidence is a text, a table or an office document: PDF, text, CSV, Word, Excel, PowerPoint or OpenDocument."
)
AS_NEW_PDF = _("Print it to a new PDF, and upload that.")


class FileRefused(Refusal):
    """Base of what can be wrong with an uploaded file."""

    code = "uploads.refused"
    sentence = _("The file cannot be taken.")
    remedy = AS_DOCUMENT


class TooLarge(FileRefused):
    code = "uploads.too-large"
    sentence = _("The file is larger than %(limit)s MB.")
    remedy = _("Upload the part that shows the point, or name the address where the whole is published.")


class Empty(FileRefused):
    code = "uploads.empty"
    sentence = _("The file is empty.")
    remedy = _("Look at it on your machine, and upload it again.")


class NameLooksLikeCaseData(FileRefused):
    code = "uploads.name-looks-like-case-data"
    sentence = _("The name of the file looks like case data, and nothing was kept.")
    remedy = _("Give the file a name after what it shows, and upload it again.")


class Picture(FileRefused):
    code = "uploads.picture"
    sentence = _("The file is a picture. Pictures are never evidence here.")
    remedy = AS_DOCUMENT


class Video(FileRefused):
    code = "uploads.video"
    sentence = _("The file is a video. Videos are never evidence here.")
    remedy = AS_DOCUMENT


class Sound(FileRefused):
    code = "uploads.sound"
    sentence = _("The file is a sound recording. Recordings are never evidence here.")
    remedy = AS_DOCUMENT


class Archive(FileRefused):
    code = "uploads.archive"
    sentence = _("The file is an archive, which holds other files.")
    remedy = _("Upload the documents in it one by one.")


class Program(FileRefused):
    code = "uploads.program"
    sentence = _("The file is a program, whatever its name says.")
    remedy = AS_DOCUMENT


class WebPage(FileRefused):
    code = "uploads.web-page"
    sentence = _("The file is a web page or a drawing that can hold scripts.")
    remedy = _("Print it to a PDF, or name the address of the page as the source.")


class Script(FileRefused):
    code = "uploads.script"
    sentence = _("The file is a script, whatever its name says.")
    remedy = AS_DOCUMENT


class OldOffice(FileRefused):
    code = "uploads.old-office"
    sentence = _("The file is in an office format of before 2007, or protected with a password.")
    remedy = _("Save it without a password as DOCX, XLSX, PPTX, as OpenDocument, or as PDF.")


class Unknown(FileRefused):
    code = "uploads.unknown"
    sentence = _("The file is of no kind that is taken here, whatever its name says.")
    remedy = AS_DOCUMENT


class Damaged(FileRefused):
    code = "uploads.damaged"
    sentence = _("The file is damaged or not what it says it is: it cannot be read to its end.")
    remedy = _("Open it on your machine, save it again, and upload that.")


class Expands(FileRefused):
    code = "uploads.expands"
    sentence = _("The file is small and would become enormous when it is opened.")
    remedy = AS_NEW_PDF


class Encrypted(FileRefused):
    code = "uploads.encrypted"
    sentence = _("The file is protected with a password or by encryption, so nobody can see what is in it.")
    remedy = _("Save it without protection, and upload that.")


class Macros(FileRefused):
    code = "uploads.macros"
    sentence = _("The file holds macros or other code that runs when it is opened.")
    remedy = AS_NEW_PDF


class Embedded(FileRefused):
    code = "uploads.embedded"
    sentence = _("The file holds other files: an attachment, an embedded object, a recording.")
    remedy = AS_NEW_PDF


class Reaching(FileRefused):
    code = "uploads.reaches-out"
    sentence = _("The file fetches something from elsewhere when it is opened: a template, a picture, data.")
    remedy = _("Break its links to other files, or print it to a new PDF, and upload that.")


class Signed(FileRefused):
    code = "uploads.signed"
    sentence = _("The office document carries a digital signature, which would not survive being cleaned.")
    remedy = _("Upload a copy without the signature, or print it to a PDF.")


class NotText(FileRefused):
    code = "uploads.not-text"
    sentence = _("The file is a text in an encoding that cannot be read for certain.")
    remedy = _("Save it as UTF-8, and upload that.")


class Formulas(FileRefused):
    code = "uploads.formulas"
    sentence = _("The table holds cells that begin as formulas: a spreadsheet would run them.")
    remedy = _("Save the values instead of the formulas, and upload that.")
