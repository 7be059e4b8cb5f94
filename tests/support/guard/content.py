"""Every text of the content pack, as people wrote it: what the guard must let pass."""

import csv
from pathlib import Path

from django.conf import settings

# No prose: keys and digests, addresses of pages, counts, and the public lines' own phone numbers.
COLUMNS = {"of_english", "source_url", "evidence_url", "url", "phone"}
COUNTS = "figures.csv", "value"


def _cells(file: Path):
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield from (
                text
                for column, text in row.items()
                if text and column not in COLUMNS and (file.name, column) != COUNTS
            )


def _texts():
    for file in sorted(settings.CONTENT.rglob("*")):
        if file.suffix == ".csv":
            yield from _cells(file)
        elif file.suffix == ".md":
            yield file.read_text(encoding="utf-8")


TEXTS = list(dict.fromkeys(_texts()))
