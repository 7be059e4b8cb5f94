"""Which engine draws: the compiled one where Numba is installed, else plain NumPy.

Both give the same levels from the same draws, within half a step of the grid (see `plan`). Numba is
imported when an engine is first asked for: importing the library stays quick.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from .plan import Batch, Plan
from .tally import Tally

EDITION: Final = 2  # of the draws: another one gives other figures for the same seed


class Engine(Protocol):
    """What an engine can do; see `engine_numpy` for what each means."""

    NAME: str

    def levels(
        self, plan: Plan, batch: Batch, units: slice, variant: NDArray[np.uint64]
    ) -> NDArray[np.int32]: ...

    def count(self, plan: Plan, grid: NDArray[np.int32], units: slice, tally: Tally) -> None: ...


def name() -> str:
    """The name of the engine that draws here, without loading it."""
    return "numba" if find_spec("numba") else "numpy"


def chosen() -> Engine:
    """The engine that draws here."""
    if name() == "numba":
        from . import engine_numba

        return engine_numba
    from . import engine_numpy

    return engine_numpy


def compiled_before() -> bool:
    """Whether compiled code is kept from an earlier process, so that `warm` takes a second and not ten."""
    if name() != "numba":
        return True
    from . import engine_numba

    return engine_numba.kept()


def warm() -> None:
    """Make the engine ready: compile it, or read what was compiled before, by drawing a little."""
    from .levels import Values
    from .method import Method
    from .tree import Tree
    from .uncertainty import simulate

    values = Values(["a", "b"], ["x", "y"], [[0.0, 1.0], [2.0, np.nan]])
    tree = Tree.from_rows([("top", "", 1), ("x", "top", 1), ("y", "top", 1)])
    simulate(values, tree, Method(sources=("unknown", "reviewers", "method")), replicates=1, workers=1)
