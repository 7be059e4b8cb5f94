"""What to do with the budget: which activities close the most weighted gap.

Of candidates with costs, needs and expected effects, `choose` proposes the set that closes the most weighted
gap within a budget, floors for units and components, and the capacity of each quarter. `frontier` says what more
and less money would close, `chosen_share` how far the proposal depends on what is not known. It proposes;
people decide.
"""

from .budgets import Point, even_budgets, frontier
from .choosing import Portfolio, choose
from .problem import Candidate, Effect, Floor, Gap, Problem, Quarter
from .replicates import chosen_share

__all__ = [
    "Candidate",
    "Effect",
    "Floor",
    "Gap",
    "Point",
    "Portfolio",
    "Problem",
    "Quarter",
    "choose",
    "chosen_share",
    "even_budgets",
    "frontier",
]
