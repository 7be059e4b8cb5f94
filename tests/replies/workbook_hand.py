"""What a person does in a spreadsheet, done by hand: finding a question's row, writing into cells, moving rows."""

import io

from openpyxl import load_workbook

from endocsea.replies.exchange.workbook.words import HEADINGS, Column


class Hand:
    """A workbook that somebody has open."""

    def __init__(self, content):
        self.book = load_workbook(io.BytesIO(content))

    def saved(self):
        written = io.BytesIO()
        self.book.save(written)
        return written.getvalue()

    def pages(self):
        return [sheet for sheet in self.book.worksheets if self.heads(sheet)]

    def heads(self, sheet):
        labels = {str(label): column for column, label in HEADINGS.items()}
        for row in sheet.iter_rows(max_row=8):
            found = {labels[cell.value]: cell for cell in row if cell.value in labels}
            if Column.ANSWER in found:
                return found
        return {}

    def row(self, code):
        """The sheet and number of the row with a code."""
        for sheet in self.pages():
            column = self.heads(sheet)[Column.CODE].column
            for (cell,) in sheet.iter_rows(min_col=column, max_col=column):
                if cell.value == code:
                    return sheet, cell.row
        raise AssertionError(f"there is no {code}")

    def cell(self, code, column=Column.ANSWER, *, below=0):
        sheet, row = self.row(code)
        return sheet.cell(row + below, self.heads(sheet)[column].column)

    def write(self, code, value, column=Column.ANSWER, *, below=0, format=None):
        cell = self.cell(code, column, below=below)
        cell.value = value
        if format:
            cell.number_format = format
        return f"{cell.parent.title}!{cell.coordinate}"
