"""Words of questionnaires that are built from a benchmark, in the languages that the platform speaks itself."""

from __future__ import annotations

from typing import Final

from .form import Texts

YES_PARTLY_NO: Final[dict[str, Texts]] = {
    "yes": {"en": "yes", "fr": "oui"},
    "partly": {"en": "partly", "fr": "en partie"},
    "no": {"en": "no", "fr": "non"},
}

FULL_SET: Final[Texts] = {"en": "Full set of questions", "fr": "Ensemble complet des questions"}
CORE_SET: Final[Texts] = {"en": "Core set of questions", "fr": "Ensemble de base des questions"}
