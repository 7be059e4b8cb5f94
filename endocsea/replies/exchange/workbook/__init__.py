"""A sheet as an Excel workbook and back: a sheet for each section, a row for each question."""

from .reading import belongs_to, returned
from .writing import xlsx_of

__all__ = ["belongs_to", "returned", "xlsx_of"]
