"""The assessment: from reviewed values to levels, with what is known about them.

Arrays and plain records in, frozen records out: no database, no framework, no clock, no global random
state. `assess` gives levels, `simulate` gives intervals.
"""

from .agreement import RESAMPLES, Agreement, agreement_by_group, agreement_by_pair, agreement_of
from .assessing import Assessment, Outcome, assess, misfits
from .change import Change, compare
from .disclosure import (
    Counts,
    DisclosureRisk,
    Draft,
    Earlier,
    Inferred,
    Release,
    Thresholds,
    audit,
    is_small,
    may_break_down,
    may_show_rate,
    protect,
    shown_of_test,
)
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
    "Counts",
    "Defect",
    "Difference",
    "DisclosureRisk",
    "Draft",
    "Earlier",
    "Effect",
    "Floor",
    "Gap",
    "Gate",
    "Imputation",
    "Indices",
    "Inferred",
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
    "Release",
    "Sensitivity",
    "Simulation",
    "Tally",
    "Thresholds",
    "Tree",
    "Values",
    "Verdict",
    "agreement_by_group",
    "agreement_by_pair",
    "agreement_of",
    "assess",
    "audit",
    "band",
    "choose",
    "chosen_share",
    "compare",
    "differences",
    "even_budgets",
    "find_peers",
    "frontier",
    "is_small",
    "may_break_down",
    "may_show_rate",
    "misfits",
    "protect",
    "questions",
    "rated_twice",
    "read_yaml",
    "sensitivity",
    "shown_of_test",
    "simulate",
    "sobol",
    "to_yaml",
    "verdict",
]
