"""XLSForm workbooks made by the tests themselves, from tables as the field writes them in Markdown."""

import io

from openpyxl import Workbook


def table(text):
    """Rows of cells by sheet; a line that begins with a name opens a sheet."""
    sheets = {}
    for line in filter(None, (line.strip() for line in text.strip().splitlines())):
        first, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        if first:
            sheets[first] = rows = []
        else:
            rows.append(cells)
    return sheets


def workbook(text, **changes):
    """The table as XLSX; ``changes`` are further cells by their address: ``survey_C2="=1+1"``."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in table(text).items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([cell or None for cell in row])
    for address, value in changes.items():
        title, _, cell = address.rpartition("_")
        book[title][cell] = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def question(kind, **cells):
    """One question of a kind, beside one that can always be asked."""
    columns = {"type": kind, "name": "asked", "label": "Asked?", **cells}
    heads, values = " | ".join(columns), " | ".join(columns.values())
    choices = "| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n| | yn | no | No |"
    other = {"type": "text", "name": "other", "label": "Other?"}
    beside = " | ".join(other.get(name, "") for name in columns)
    return workbook(f"| survey |\n| | {heads} |\n| | {values} |\n| | {beside} |\n{choices}")
