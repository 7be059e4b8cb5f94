"""The assessment: from reviewed values to levels, with what is known about them.

Arrays and plain records in, frozen records out: no database, no framework, no clock, no global random
state. `assess` gives levels, `simulate` gives intervals.
"""

from .agreement import RESAMPLES, Agreement, agreement_by_group, agreement_by_pair, agreement_of
from .assessing import Assessment, Outcome, assess, misfits
from .change import Change, compare
from .double_rating import RatedTwice, rated_twice
from .errors import BadInput, Defect
from .levels import CONFIDENCES, NOT_APPLICABLE, TOLERANCE, Values, Verdict, band, verdict
from .method import Band, Gate, Imputation, Method, RatingError
from .method_yaml import read_yaml, to_yaml
from .peers import Context, Peer, Peers, find_peers
from .plan import BATCH
from .portfolio import (
    Candidate,
    Effect,
    Floor,
    Gap,
    Point,
    Portfolio,
    Problem,
    Quarter,
    choose,
    chosen_share,
    even_budgets,
    frontier,
)
from .questions import Question, questions
from .ratings import METRICS, Difference, Ratings, differences
from .sensitivity import Indices, Sensitivity, sensitivity, sobol
from .tally import Interval, Intervals, Tally
from .tree import Tree
from .uncertainty import Simulation, simulate

__all__ = [
    "BATCH",
    "CONFIDENCES",
    "METRICS",
    "NOT_APPLICABLE",
    "RESAMPLES",
    "TOLERANCE",
    "Agreement",
    "Assessment",
    "BadInput",
    "Band",
    "Candidate",
    "Change",
    "Context",
    "Defect",
    "Difference",
    "Effect",
    "Floor",
    "Gap",
    "Gate",
    "Imputation",
    "Indices",
    "Interval",
    "Intervals",
    "Method",
    "Outcome",
    "Peer",
    "Peers",
    "Point",
    "Portfolio",
    "Problem",
    "Quarter",
    "Question",
    "RatedTwice",
    "RatingError",
    "Ratings",
    "Sensitivity",
    "Simulation",
    "Tally",
    "Tree",
    "Values",
    "Verdict",
    "agreement_by_group",
    "agreement_by_pair",
    "agreement_of",
    "assess",
    "band",
    "choose",
    "chosen_share",
    "compare",
    "differences",
    "even_budgets",
    "find_peers",
    "frontier",
    "misfits",
    "questions",
    "rated_twice",
    "read_yaml",
    "sensitivity",
    "simulate",
    "sobol",
    "to_yaml",
    "verdict",
]
