"""The assessment on its own: in an environment that has NumPy and PyYAML, with or without Numba and SciPy."""

import json
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
PURE = ("numpy", "pyyaml")
WHOLE = (*PURE, "numba", "llvmlite", "scipy")

ASSESSMENT = """
import importlib.util, json, sys
from endocsea import assessment
loaded = [name for name in ("numba", "scipy") if name in sys.modules]

values = assessment.Values.of({
    "XAA": {"a": 3, "b": 4, "c": 2, "d": 4}, "XAB": {"a": 1, "b": None, "c": 2, "d": 2},
})
law, young = [("3", "", 1), ("a", "3", 1), ("b", "3", 2)], [("14", "", 1), ("c", "14", 1), ("d", "14", 1)]
tree = assessment.Tree.from_rows(law + young)
method = assessment.Method(least_known=0.3)
levels = assessment.assess(values, tree, method)
drawn = assessment.simulate(values, tree, method, replicates=2100)
driven = assessment.sensitivity(values, tree, method, draws=2048)
asked = assessment.questions(values, tree, method, replicates=2100)
moved = assessment.compare(values, values, tree, method, replicates=2100)
print(json.dumps({
    "method": assessment.to_yaml(method, replicates=2100, seed=1).splitlines()[0],
    "there": [name for name in ("django", "numba", "scipy") if importlib.util.find_spec(name)],
    "loaded": loaded,
    "level": levels.level.tolist(),
    "mean": drawn.mean.tolist(),
    "q95": drawn.q95.tolist(),
    "gap": drawn.gap_probability.tolist(),
    "total": driven.indices.total.tolist(),
    "worth": [each.variance_less for each in asked],
    "verdicts": moved.verdict.tolist(),
}))
"""
BUDGET = """
import json
from decimal import Decimal
from endocsea.assessment.disclosure import Counts, Draft, protect
from endocsea.assessment.portfolio import Candidate, Effect, Gap, Problem, choose

gaps = [Gap("XAA", "a", 2.0), Gap("XAB", "a", 1.0)]
effects = [Effect("one", "XAA", "a", 2.0, 1.0), Effect("two", "XAB", "a", 1.0, 1.0)]
problem = Problem.of([Candidate("one", Decimal(5)), Candidate("two", Decimal(5))], effects, gaps)
rows = [((state, age), count) for state, counts in {"XAA": (3, 20), "XAB": (30, 40)}.items()
        for age, count in zip(("young", "old"), counts)]
rows += [(("total", "young"), 33), (("total", "old"), 60), (("XAA", "total"), 23), (("XAB", "total"), 70)]
release = protect(Draft(Counts.from_rows(("state", "age"), rows)))
print(json.dumps({"chosen": choose(problem, Decimal(5)).chosen.tolist(), "shown": release.shown}))
"""


@pytest.fixture
def environment(tmp_path):
    """Makes an environment of some packages and this project; what it gives runs code there and nowhere else."""

    def make(packages):
        folder = tmp_path / "-".join(packages)
        folder.mkdir()
        for name in packages:
            its = distribution(name)
            for top in {file.parts[0] for file in its.files if ".." not in file.parts} - {"__pycache__"}:
                (folder / top).symlink_to(its.locate_file(top))
        (folder / "endocsea").symlink_to(ROOT / "endocsea")
        (info,) = Path(its.locate_file("")).glob("endocsea-*.dist-info")
        (folder / info.name).symlink_to(info)

        def run(code):
            done = subprocess.run(
                [
                    sys.executable,
                    "-I",
                    "-S",
                    "-c",
                    f"import sys; sys.path.insert(0, {str(folder)!r})\n{code}",
                ],
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            assert (done.returncode, done.stderr) == (0, "")
            return json.loads(done.stdout)

        return run

    return make


def test_it_works_without_django_and_with_numpy_and_pyyaml_alone_finds_the_same(environment):
    whole, pure = environment(WHOLE)(ASSESSMENT), environment(PURE)(ASSESSMENT)

    assert (whole.pop("there"), whole.pop("method")) == (["numba", "scipy"], "engine: numba")
    assert (pure.pop("there"), pure.pop("method")) == ([], "engine: numpy")
    # by hand: XAA (2 + 4) / 2 and (3 + 2 × 4) / 3; XAB knows a third of the second
    assert whole["level"] == [[3, 11 / 3], [2, 1]]
    assert whole["verdicts"] == [["no clear change"] * 2] * 2
    assert len(whole["worth"]) == 1
    assert whole["loaded"] == []  # nothing that takes long before it is needed
    assert (pure.pop("loaded"), pure.pop("verdicts")) == ([], whole["verdicts"])
    for name, its in pure.items():  # to the step of the grid on which levels leave an engine
        np.testing.assert_allclose(its, whole[name], atol=2e-5)


def test_it_chooses_and_protects_without_django(environment):
    assert environment(WHOLE)(BUDGET) == {
        "chosen": [True, False],
        "shown": [None, None, None, None, 33, 60, 23, 70],
    }
