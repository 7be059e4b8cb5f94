"""Questionnaires as XLSForm workbooks, the field's standard: `read` takes one in, `write` gives one out.

A form that was written reads back equal. What a workbook may hold, and what is not taken and why, is said in
docs/reference/xlsform.md.
"""

from .reading import Read, read
from .remarks import Place, Remark
from .writing import write

__all__ = ["Place", "Read", "Remark", "read", "write"]
