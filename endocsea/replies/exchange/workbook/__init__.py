"""A sheet as an Excel workbook and back: a sheet for each section, a row for each question."""

from .reading import returned
from .writing import xlsx_of

__all__ = ["returned", "xlsx_of"]
