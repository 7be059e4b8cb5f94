"""What of a number may be shown. Counts of people from 1 to 4 could point at somebody: they are told
as "fewer than five". A zero is shown: it is a fact about the system.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from endocsea.questionnaires.form import ASKS_NOTHING, Question

SMALLEST_SHOWN: Final = 5
# Units, in English, that count people or what people did; others (euro, years, percent) are no counts.
COUNTED: Final = ("children", "persons", "reports", "contacts", "full-time equivalent posts")


def too_small_to_show(value: Decimal, unit: str) -> bool:
    """Whether an answer is a count that must be told as fewer than ``SMALLEST_SHOWN``."""
    return unit.startswith(COUNTED) and 0 < value < SMALLEST_SHOWN


def is_asked_beside(question: Question) -> bool:
    """Whether an organisation is asked a question, too: what is for named roles only is the state's to answer."""
    return question.kind not in ASKS_NOTHING and not question.restricted
