"""Reading runs: what pages need beyond the levels themselves."""

from __future__ import annotations

from functools import lru_cache

from endocsea.assessment import Method, read_yaml

from .models import OpenQuestion, Run

Bands = tuple[tuple[float, dict[str, str]], ...]


def method_of(run: Run) -> Method:
    """The method with which a run was calculated."""
    return _read(run.method)


def bands_of(run: Run) -> Bands:
    """The bands of a run's own method: where each starts, and its words per language."""
    return _bands(method_of(run))


def default_bands() -> Bands:
    return _bands(Method())


def _bands(method: Method) -> Bands:
    return tuple((band.start, dict(band.words)) for band in method.bands)


@lru_cache(maxsize=8)
def _read(written: str) -> Method:
    return read_yaml(written)


def current_public_run(*, training: bool) -> Run | None:
    """The run that pages and documents show, of the newest round: without restricted indicators."""
    runs = Run.objects.filter(public=True, current=True, round__training=training)
    return runs.select_related("round").order_by("-round__closes_on", "-pk").first()


def asked_next(state: int, run: Run) -> dict[str, float]:
    """Unanswered questions by code, those first whose answer would sharpen the picture most: the part (0 to 1)
    of the doubt about the level of its capability that each is expected to settle."""
    found = OpenQuestion.objects.filter(run=run, state_id=state)
    return dict(
        found.order_by("-settles", "-settles_gap", "indicator__position").values_list(
            "indicator__code", "settles"
        )
    )
