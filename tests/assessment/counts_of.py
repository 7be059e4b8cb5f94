"""Tables of counts for tests, with their totals worked out."""

from __future__ import annotations

import itertools

import numpy as np

from endocsea.assessment.disclosure import TOTAL, Counts, Draft, Earlier, Thresholds, protect

DIMENSIONS = ("state", "sex", "sector")
LABELS = (("Arden", "Belmora", "Corvia", "Dunmere"), ("women", "men", "other"), ("police", "schools", "care"))


def rows_of(counts, without=()):
    """Rows (labels, count) for an array of finest counts: each cell and total, but those ``without``."""
    counts = np.asarray(counts)
    for at in itertools.product(*(range(n + 1) for n in counts.shape)):
        cell = tuple(
            TOTAL if i == n else LABELS[d][i] for d, (i, n) in enumerate(zip(at, counts.shape, strict=True))
        )
        if cell not in without:
            part = tuple(slice(None) if i == n else i for i, n in zip(at, counts.shape, strict=True))
            yield cell, int(counts[part].sum())


def counts_of(counts, without=()):
    return Counts.from_rows(DIMENSIONS[: np.ndim(counts)], rows_of(counts, without))


def draft_of(counts, *, without=(), participants=False, earlier=None, **thresholds):
    """``earlier``: a release, which is what was published before."""
    before = earlier and Earlier.from_rows(earlier.dimensions, zip(earlier.cells, earlier.shown, strict=True))
    return Draft(counts_of(counts, without), Thresholds(**thresholds), participants, before)


def release_of(counts, **how):
    return protect(draft_of(counts, **how))


def words(release):
    """What a reader sees, by cell: a count, or why there is none."""
    return {
        cell: why if count is None else count
        for cell, count, why in zip(release.cells, release.shown, release.why, strict=True)
    }


def intervals(release):
    return {found.cell: (found.lower, found.upper) for found in release.inferred}
