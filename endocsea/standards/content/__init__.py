"""The chapter's part of a content pack: what must be right in its files, and how they become records."""

from .checking import check
from .loading import load

__all__ = ["check", "load"]
