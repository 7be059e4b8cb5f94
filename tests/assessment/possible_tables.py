"""An oracle for disclosure: every table of whole numbers that fits what is shown, found by trying them all.

It knows nothing of programmes or of limits: it takes the words of the released table at their meaning.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from endocsea.assessment.disclosure import TOTAL

MOST_TABLES = 100_000


def possible(release, *, threshold=5, group=None, zero_shown=True, earlier=None, true=None):
    """Counts of all cells (as given, a row a table) that fit the release; None where there are too many.

    ``group``: the threshold for participants. ``earlier``: the last version as {labels: count}; then ``true``
    counts by labels say which of these did not change, did not fall, did not rise.
    """
    words = dict(zip(release.cells, zip(release.shown, release.why, strict=True), strict=True))
    fine = [cell for cell in release.cells if TOTAL not in cell]
    largest = max([0, *(n for n in release.shown if n is not None), *(earlier or {}).values()])
    choices = [
        _choices(*words[cell], threshold, zero_shown, largest + 2 * threshold, earlier is not None)
        for cell in fine
    ]
    if np.prod([float(len(its)) for its in choices]) > MOST_TABLES:
        return None
    tables = np.array(np.meshgrid(*choices, indexing="ij"), dtype=np.int64).reshape(len(fine), -1).T
    everything = {
        cell: tables[:, [at for at, part in enumerate(fine) if is_part(part, cell)]].sum(axis=1)
        for cell in product(*({*labels, TOTAL} for labels in zip(*fine, strict=True)))
    }
    fits = np.ones(len(tables), dtype=bool)
    for cell, count in everything.items():
        shown, why = words.get(cell, (None, ""))
        if shown is not None:
            fits &= count == shown
        was = (earlier or {}).get(cell)
        if was is not None and true[cell] == was:
            fits &= count == was
        elif was is not None and true[cell] > was:
            fits &= count >= was
        elif was is not None and TOTAL not in cell:  # of a total that fell nothing is told
            fits &= count <= was
        if TOTAL not in cell and why in {"small", "protects another"}:
            by_rule = (count >= (1 if zero_shown else 0)) & (count < threshold)
            if was is not None:
                by_rule |= (count != was) & (abs(count - was) < threshold)
            fits &= by_rule == (why == "small")
        under = divided_into(cell, release.cells)
        if group and under and any(words[c][1] != "no breakdown" for c in under):
            fits &= (count >= group) | (count < (1 if zero_shown else 0))
    return np.array([everything[cell][fits] for cell in release.cells]).T


def is_part(cell, total):
    return all(b in (a, TOTAL) for a, b in zip(cell, total, strict=True))


def divided_into(total, cells):
    """The cells that are a real part of a total: where there is one category only, it is the whole."""
    size = {cell: sum(is_part(c, cell) for c in cells if TOTAL not in c) for cell in [total, *cells]}
    return [cell for cell in cells if is_part(cell, total) and size[cell] < size[total]]


def _choices(shown, why, threshold, zero_shown, top, compared):
    if shown is not None:
        return range(shown, shown + 1)
    if why == "no breakdown" or (compared and why == "small"):
        return range(top + 1)
    return range(1 if zero_shown else 0, threshold) if why == "small" else range(threshold, top + 1)
