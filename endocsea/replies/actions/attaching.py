"""A citation beside an answer, when the answer itself is taken from it."""

from __future__ import annotations

from endocsea.sources.models import Citation

from ..models import Answer, Evidence


def attach(answer: Answer, citation: Citation) -> Evidence:
    """The one piece of evidence that cites it; what was withdrawn stands again. Whose deed it is, was asked before."""
    found, _new = Evidence.objects.get_or_create(answer=answer, citation=citation)
    if found.retired_on is not None:
        found.retired_on = None
        found.save()
    return found
