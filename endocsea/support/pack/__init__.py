"""The reader of content packs: typed rows, and every defect by file, row and column."""

from endocsea.support.pack.defects import ContentRefused, Defect
from endocsea.support.pack.reading import Check, Pack, check_pack, read_pack
from endocsea.support.pack.references import digest_of_english
from endocsea.support.pack.tables import Row, Sheet, TableSchema

__all__ = [
    "Check",
    "ContentRefused",
    "Defect",
    "Pack",
    "Row",
    "Sheet",
    "TableSchema",
    "check_pack",
    "digest_of_english",
    "read_pack",
]
