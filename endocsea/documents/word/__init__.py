"""Documents for Word: the frame that every one of them has, and the writer of a `parts.Document`."""

from .writing import docx

__all__ = ["docx"]
