"""What a person does in Word, done by hand: finding a question's block, ticking boxes, writing into fields."""

import io

import docx
from docx.oxml.ns import qn

from endocsea.replies.exchange.sheet_words import LABELS

BOXES = "☐☒"


class Hand:
    """A document that somebody has open."""

    def __init__(self, content):
        self.word = docx.Document(io.BytesIO(content))

    def saved(self):
        written = io.BytesIO()
        self.word.save(written)
        return written.getvalue()

    def table(self, code):
        return next(table for table in self.word.tables if table.rows[0].cells[0].text == code)

    def row(self, code, field):
        label = str(LABELS[field])
        return next(row for row in self.table(code).rows if row.cells[0].paragraphs[0].text == label)

    def cell(self, code, field):
        return self.row(code, field).cells[1]

    def tick(self, code, field, beginning, *, sign="☒"):
        """Click on the box before the line that begins so."""
        return self._box(code, field, beginning, sign)

    def untick(self, code, field, beginning):
        return self._box(code, field, beginning, "☐")

    def write(self, code, field, text):
        cell = self.cell(code, field)
        for paragraph in cell.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
        for run in cell.paragraphs[0].runs:
            run._r.getparent().remove(run._r)
        cell.paragraphs[0].add_run(text)

    def _box(self, code, field, beginning, sign):
        for paragraph in self.cell(code, field).paragraphs:
            if paragraph.text.strip(f" {BOXES}").startswith(beginning):
                (text,) = (t for t in paragraph._p.iter(qn("w:t")) if (t.text or "") in tuple(BOXES))
                text.text = sign
                return paragraph
        raise AssertionError(f"{code} has no line that begins with {beginning!r}")
