"""The assessment: from reviewed values to levels, with what is known about them.

Arrays and plain records in, frozen records out: no database, no framework, no clock, no global random
state. `assess` gives levels, `simulate` gives intervals.
"""

from .assessing import Assessment, Outcome, assess, misfits
from .errors import BadInput, Defect
from .levels import CONFIDENCES, NOT_APPLICABLE, TOLERANCE, Values, Verdict, band, verdict
from .method import Band, Gate, Imputation, Method, RatingError
from .method_yaml import read_yaml, to_yaml
from .tally import Interval, Intervals, Tally
from .tree import Tree
from .uncertainty import BATCH, Simulation, simulate

__all__ = [
    "BATCH",
    "CONFIDENCES",
    "NOT_APPLICABLE",
    "TOLERANCE",
    "Assessment",
    "BadInput",
    "Band",
    "Defect",
    "Gate",
    "Imputation",
    "Interval",
    "Intervals",
    "Method",
    "Outcome",
    "RatingError",
    "Simulation",
    "Tally",
    "Tree",
    "Values",
    "Verdict",
    "assess",
    "band",
    "misfits",
    "read_yaml",
    "simulate",
    "to_yaml",
    "verdict",
]
