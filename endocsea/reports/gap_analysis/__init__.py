"""The gap analysis of a state with a reviewed round: one file a chapter of the document."""

from .document import gap_analysis

__all__ = ["gap_analysis"]
