"""Indices that others publish, worked out again: each printed step beside ours.

What stands in quotation marks is a figure as its source prints it; all were read on 2026-11-24, and
`docs/explanation/published-indices.md` says where. They check arithmetic. They are no finding about a state.
"""

import csv
import math
import shlex
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endocsea.assessment import Band, Method, Tree, Values, assess, read_yaml
from endocsea.config.cli import main
from tests.assessment.worlds import quick

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "published-index"
PAGE = ROOT / "docs" / "explanation" / "published-indices.md"
EXACT = 1e-9

# UNDP, Human Development Report, technical note 1, "Example": health index, expected years of schooling index,
# mean years of schooling index; education index; income index; Human Development Index
HDI = {
    "2018 Statistical Update, p. 3, Egypt": ("0.7948", "0.7272", "0.4812", "0.6042", "0.7009", "0.696"),
    "2019, p. 3, Bangladesh": ("0.8049", "0.62247", "0.40412", "0.5133", "0.5594", "0.614"),
    "2020, p. 3, Sudan": ("0.6971", "0.4380", "0.2513", "0.3447", "0.5506", "0.510"),
    "2021/22, p. 3, Guyana": ("0.703", "0.694", "0.573", "0.634", "0.818", "0.714"),
    "2023/24, PDF page 4, Nigeria": ("0.517", "0.583", "0.506", "0.545", "0.583", "0.548"),
}

# what the sources print for the examples, by unit and node, and what a value of 1 stands for there
SCALE = {"hdi": 100, "gii": 1000, "gggi": 1}
PRINTED = {
    # UNDP, Human Development Report 2019, technical notes, p. 3
    "hdi": {("example-2019", "education"): "0.5133", ("example-2019", "hdi"): "0.614"},
    # UNDP, Human Development Report 2020, technical notes, pp. 9 and 10
    "gii": {
        ("example-2020", "women"): "0.1553",
        ("example-2020", "men"): "0.7450",
        ("example-2020", "reference-health"): "0.5099",
        ("example-2020", "reference-empowerment"): "0.3992",
        ("example-2020", "reference-labour"): "0.747",
        ("example-2020", "reference"): "0.5337",
    },
    # World Economic Forum, Global Gender Gap Report 2023, economy profiles of New Zealand and Uruguay; three
    # decimals, as taken from its PDF by others
    "gggi": {
        ("NZL", "economy"): "0.732",
        ("NZL", "education"): "1.000",
        ("NZL", "health"): "0.966",
        ("NZL", "politics"): "0.725",
        ("NZL", "gggi"): "0.856",
        ("URY", "economy"): "0.726",
        ("URY", "education"): "1.000",
        ("URY", "health"): "0.980",
        ("URY", "politics"): "0.152",
        ("URY", "gggi"): "0.714",
    },
}


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def tree_of(index):
    rows = rows_of(EXAMPLES / index / "tree.csv")
    return Tree.from_rows((row["code"], row["parent"], float(row["weight"])) for row in rows)


def method_of(index):
    return read_yaml((EXAMPLES / index / "method.yaml").read_text(encoding="utf-8"))


def values_of(index) -> dict[str, dict[str, float | None]]:
    found: dict[str, dict[str, float | None]] = {}
    for row in rows_of(EXAMPLES / index / "values.csv"):
        found.setdefault(row["unit"], {})[row["indicator"]] = float(row["value"]) if row["value"] else None
    return found


def levels(index, answers: Mapping[str, float | None]) -> dict[str, float]:
    """The level on each node, in the units of the source."""
    found = assess(Values.of({"unit": answers}), tree_of(index), method_of(index))
    return {node: found.of("unit", node).level / SCALE[index] for node in found.nodes}


def half(printed):
    """Half a unit of a figure's last printed digit: how far rounding may have moved it."""
    return 0.5 * 10.0 ** -len(printed.partition(".")[2])


def ends(index, printed):
    """The levels from the least and from the greatest values that round to the printed ones."""
    return [
        levels(index, {code: (float(its) + side * half(its)) * SCALE[index] for code, its in printed.items()})
        for side in (-1, 1)
    ]


def lies_between(printed, least, greatest):
    """Whether a printed figure is one that some of these levels round to. (The rules rise with every value.)"""
    slack = half(printed) + EXACT
    return least - slack <= float(printed) <= greatest + slack


# --- the examples


@pytest.mark.parametrize("index", PRINTED)
def test_the_command_on_the_page_gives_the_printed_figures(index, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    (line,) = [line for line in page.splitlines() if f"published-index/{index}/values.csv" in line]
    command = shlex.split(line.strip("`"))[1:]
    assert command[-2:] == ["--out", f"out/{index}"]

    assert main([*command[:-1], str(tmp_path)]) == 0

    found = {(row["unit"], row["node"]): float(row["level"]) for row in rows_of(tmp_path / "levels.csv")}
    for at, printed in PRINTED[index].items():
        assert found[at] / SCALE[index] == pytest.approx(float(printed), abs=half(printed))


@pytest.mark.parametrize("index", PRINTED)
def test_the_explanation_shows_each_printed_figure_beside_ours(index):
    text = PAGE.read_text(encoding="utf-8")
    ours = {unit: levels(index, answers) for unit, answers in values_of(index).items()}

    for (unit, node), printed in PRINTED[index].items():
        assert f"| {unit} | `{node}` | {printed} | {ours[unit][node]:.6f} |" in text


# --- Human Development Index: an arithmetic mean inside a geometric one


@pytest.mark.parametrize("source", HDI)
def test_the_education_index_and_the_hdi_come_out_as_printed(source):
    health, expected, mean, education, income, hdi = HDI[source]

    least, greatest = ends(
        "hdi", {"health": health, "expected-years": expected, "mean-years": mean, "income": income}
    )

    assert lies_between(education, least["education"], greatest["education"])
    assert lies_between(hdi, least["hdi"], greatest["hdi"])


@pytest.mark.parametrize("source", HDI)
def test_the_hdi_is_the_cube_root_of_a_product(source):
    health, expected, mean, _, income, _ = map(float, HDI[source])

    found = levels(
        "hdi",
        {
            "health": 100 * health,
            "expected-years": 100 * expected,
            "mean-years": 100 * mean,
            "income": 100 * income,
        },
    )

    education = (expected + mean) / 2
    assert found["education"] == pytest.approx(education, rel=EXACT)
    assert found["hdi"] == pytest.approx((health * education * income) ** (1 / 3), rel=EXACT)


def test_the_values_of_the_hdi_example_are_the_printed_indicators_between_their_goalposts():
    # 2019, p. 3: the numbers that the example puts into its formulas, and the goalposts of p. 2
    health = (72.32 - 20) / (85 - 20)
    expected = (11.20449 - 0) / (18 - 0)
    mean = (6.06183 - 0) / (15 - 0)
    income = (math.log(4057.25) - math.log(100)) / (math.log(75000) - math.log(100))
    ours = {"health": health, "expected-years": expected, "mean-years": mean, "income": income}

    (given,) = values_of("hdi").values()

    assert given == pytest.approx({code: 100 * its for code, its in ours.items()}, rel=EXACT)
    printed = dict(zip(ours, ("0.8049", "0.62247", "0.40412", "0.5594"), strict=True))
    assert all(lies_between(printed[code], its, its) for code, its in ours.items())


# --- Gender Inequality Index: a harmonic mean of geometric ones, three layers

# UNDP, Human Development Report 2020, technical notes, p. 9, "Example: Kenya": maternal deaths per 100,000 live
# births; births per 1,000 women aged 15-19; seats, secondary education, labour force (women, then men), percent
MORTALITY, BIRTHS = "342", "75.1"
WOMEN, MEN = ("23.3", "29.8", "72.1"), ("76.7", "37.3", "77.3")


def test_the_values_of_the_gii_example_are_the_printed_indicators():
    indicators = {
        "women-mortality": 10 / float(MORTALITY),
        "women-births": 1 / float(BIRTHS),
        "men-health": 1,
    }
    for sex, printed in (("women", WOMEN), ("men", MEN)):
        for code, its in zip(("seats", "schooling", "labour"), printed, strict=True):
            indicators[f"{sex}-{code}"] = float(its) / 100
    twice = indicators | {f"reference-{code}": its for code, its in indicators.items()}

    (given,) = values_of("gii").values()

    assert given == pytest.approx({code: 1000 * its for code, its in twice.items()}, rel=EXACT)


def test_every_step_of_the_gii_agrees_with_its_formula():
    seats, schooling, labour = (float(its) / 100 for its in WOMEN)
    his_seats, his_schooling, his_labour = (float(its) / 100 for its in MEN)
    (given,) = values_of("gii").values()

    found = levels("gii", given)

    # technical note 4, equation 1 and the formulas of steps 2 to 4
    health = math.sqrt(10 / float(MORTALITY) / float(BIRTHS))
    power, his_power = math.sqrt(seats * schooling), math.sqrt(his_seats * his_schooling)
    women, men = (health * power * labour) ** (1 / 3), (1 * his_power * his_labour) ** (1 / 3)
    reference = ((health + 1) / 2, (power + his_power) / 2, (labour + his_labour) / 2)
    expected = {
        "women-health": health,
        "women-empowerment": power,
        "men-empowerment": his_power,
        "women": women,
        "men": men,
        "equal": ((1 / women + 1 / men) / 2) ** -1,
        "reference-health": reference[0],
        "reference-empowerment": reference[1],
        "reference-labour": reference[2],
        "reference": math.prod(reference) ** (1 / 3),
    }
    assert {node: found[node] for node in expected} == pytest.approx(expected, rel=EXACT)


def test_the_harmonic_mean_of_the_printed_means_is_the_printed_one():
    # The source goes on with rounded means: 2 / (1/0.1553 + 1/0.7450) is 0.25702, printed as 0.2570.
    # From the indicators it is 0.25708, which would have been printed as 0.2571.
    tree = Tree.from_rows([("equal", "", 1), ("women", "equal", 1), ("men", "equal", 1)])
    method = replace(method_of("gii"), aggregation={"default": "harmonic"})

    found = assess(Values.of({"unit": {"women": 155.3, "men": 745.0}}), tree, method)

    assert found.level[0, 0] / 1000 == pytest.approx(2 / (1 / 0.1553 + 1 / 0.7450), rel=EXACT)
    assert lies_between("0.2570", found.level[0, 0] / 1000, found.level[0, 0] / 1000)


def test_what_is_lost_to_inequality_is_the_printed_gii():
    (given,) = values_of("gii").values()

    found = levels("gii", given)

    assert lies_between("0.518", *[1 - found["equal"] / found["reference"]] * 2)


# --- Global Gender Gap Index: unequal weights, two layers, blanks


@pytest.mark.parametrize("unit", ["NZL", "URY"])
def test_the_gggi_is_a_mean_of_weighted_means_over_what_is_known(unit):
    given = values_of("gggi")[unit]

    found = levels("gggi", given)

    # Global Gender Gap Report 2023, Table B.2 (p. 65), column "Weight"
    weights = {
        "economy": {
            "labour-force": 0.199,
            "equal-wages": 0.310,
            "earned-income": 0.221,
            "senior-posts": 0.149,
            "technical-posts": 0.121,
        },
        "education": {
            "literacy": 0.191,
            "primary-school": 0.459,
            "secondary-school": 0.230,
            "tertiary-school": 0.121,
        },
        "health": {"births": 0.693, "healthy-years": 0.307},
        "politics": {"parliament": 0.31, "ministers": 0.247, "head-of-state": 0.443},
    }
    means = {}
    for part, its in weights.items():
        known = {code: weight for code, weight in its.items() if given[code] is not None}
        means[part] = sum(given[code] * weight for code, weight in known.items()) / sum(known.values())
    assert found == pytest.approx({**means, "gggi": sum(means.values()) / 4}, rel=EXACT)


def test_what_the_gggi_leaves_blank_is_told():
    found = assess(Values.of(values_of("gggi")), tree_of("gggi"), method_of("gggi"))

    # by hand: 0.199 + 0.310 + 0.221 of the weight of the economy is known, and all of the other three
    assert found.of("NZL", "economy").known == pytest.approx(0.73)
    assert found.of("NZL", "gggi").known == pytest.approx((0.73 + 3) / 4)
    assert found.of("NZL", "gggi").unanswered == 2


# --- another index, another range

NUMBERS = st.lists(
    st.tuples(st.floats(1e-3, 1.0), st.floats(0.05, 5.0)),  # value, weight
    min_size=2,
    max_size=6,
)


@quick
@given(NUMBERS)
def test_values_divided_by_the_least_possible_one_give_the_plain_weighted_means(numbers):
    least, highest = 1e-3, 1.0
    tree = Tree.from_rows(
        [("n", "", 1), *((f"q{at}", "n", weight) for at, (_, weight) in enumerate(numbers))]
    )
    answers = {f"q{at}": value / least for at, (value, _) in enumerate(numbers)}
    total = sum(weight for _, weight in numbers)
    plain = {
        "geometric": math.exp(sum(weight * math.log(value) for value, weight in numbers) / total),
        "harmonic": total / sum(weight / value for value, weight in numbers),
        "arithmetic": sum(weight * value for value, weight in numbers) / total,
    }

    for rule, expected in plain.items():
        method = Method(
            range=(1, highest / least), gap_below=1, bands=(Band(1, {}),), aggregation={"default": rule}
        )
        found = assess(Values.of({"unit": answers}), tree, method)
        assert found.level[0, 0] * least == pytest.approx(expected, rel=EXACT)


def test_on_a_range_from_0_to_1_geometric_and_harmonic_stay_near_the_arithmetic_mean():
    tree = Tree.from_rows([("n", "", 1), ("a", "n", 1), ("b", "n", 1)])

    def level(rule):
        method = Method(range=(0, 1), gap_below=0.5, bands=(Band(0, {}),), aggregation={"default": rule})
        return assess(Values.of({"unit": {"a": 0.8, "b": 0.2}}), tree, method).level[0, 0]

    # by hand, from 1 + d = 1.8 and 1.2; the plain means of 0.8 and 0.2 are 0.4 and 0.32
    assert level("geometric") == pytest.approx(math.sqrt(1.8 * 1.2) - 1)
    assert level("harmonic") == pytest.approx(2 / (1 / 1.8 + 1 / 1.2) - 1)
    assert (round(level("geometric"), 2), round(level("harmonic"), 2)) == (0.47, 0.44)
