"""The method as a file: read with every defect named, written whole, and read again."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from endocsea.assessment import (
    BadInput,
    Band,
    Gate,
    Imputation,
    Method,
    RatingError,
    engines,
    read_yaml,
    to_yaml,
)

SHIPPED = Path(__file__).parents[2] / "content" / "benchmark" / "2020" / "method.yaml"


def refused(text):
    with pytest.raises(BadInput) as caught:
        read_yaml(text, file="my.yaml")
    return [str(defect) for defect in caught.value.defects]


def test_the_shipped_method_is_the_default_one():
    assert read_yaml(SHIPPED.read_text(encoding="utf-8")) == Method()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}"])
def test_what_is_left_out_is_as_by_default(text):
    assert read_yaml(text) == Method()


def test_every_setting_can_be_read():
    method = read_yaml("""
        edition: 2024
        range: [1, 5]
        aggregation: {default: median, 3: minimum}
        cumulative_share: 0.5
        least_known: 0.5
        weights: {C3-01: 2}
        gates: [{indicator: C3-01, below: 2, caps: 3, at: 1.5}]
        gap_below: 3
        bands: [{from: 1, en: low}, {from: 3, en: high, fr: haut}]
        replicates: 100
        seed: 1
        sources: [unknown]
        weight_concentration: 10
        aggregations: {median: 1}
        rating_error: {single: {one: 0.1, two: 0}}
        imputation: {kind: flat}
        double_rated_share: 0.3
    """)

    assert method == Method(
        edition="2024",
        range=(1, 5),
        aggregation={"default": "median", "3": "minimum"},
        cumulative_share=0.5,
        least_known=0.5,
        weights={"C3-01": 2},
        gates=(Gate("C3-01", below=2, caps="3", at=1.5),),
        gap_below=3,
        bands=(Band(1, {"en": "low"}), Band(3, {"en": "high", "fr": "haut"})),
        replicates=100,
        seed=1,
        sources=("unknown",),
        weight_concentration=10,
        aggregations={"median": 1},
        rating_error={
            "single": RatingError(0.1, 0),
            "double": RatingError(0.10, 0.01),
            "adjudicated": RatingError(0.05, 0.00),
        },
        imputation=Imputation("flat", 2.0),
        double_rated_share=0.3,
    )


@pytest.mark.parametrize(
    "method",
    [
        Method(),
        Method(
            range=(1, 5),
            bands=(Band(1, {"fr": "début : à venir"}), Band(1 / 3 + 2, {})),
            weights={"C3-01": 0.1, "yes": 1 / 3},
            gates=(Gate("C3-01", 2, "3", 1.1),),
            aggregation={"default": "median", "3": "cumulative"},
            sources=(),
            rating_error=dict.fromkeys(("single", "double", "adjudicated"), RatingError(1 / 7, 0)),
            imputation=Imputation("flat", 0),
        ),
    ],
)
def test_what_is_written_reads_back_the_same(method):
    text = to_yaml(method, replicates=method.replicates, seed=method.seed)

    assert read_yaml(text) == method


def test_what_is_written_names_engine_versions_seed_and_replicates():
    numba = pytest.importorskip("numba")
    written = yaml.safe_load(to_yaml(Method(), replicates=0, seed=7))

    assert list(written)[:5] == ["engine", "library", "numpy", "numba", "edition"]
    assert (written["engine"], written["replicates"], written["seed"]) == ("numba", 0, 7)
    assert (written["numpy"], written["numba"]) == (np.__version__, numba.__version__)


def test_what_the_plain_engine_drew_names_it_and_no_other(monkeypatch):
    monkeypatch.setattr(engines, "name", lambda: "numpy")
    text = to_yaml(Method(), replicates=10, seed=7)

    written = yaml.safe_load(text)
    assert list(written)[:4] == ["engine", "library", "numpy", "edition"]
    assert (written["engine"], written["numpy"]) == ("numpy", np.__version__)
    assert read_yaml(text) == Method(replicates=10, seed=7)


@pytest.mark.parametrize("engine", ["numba", "numpy"])
def test_what_either_engine_wrote_can_be_read_here(engine):
    text = f"engine: {engine}\nlibrary: 0.0.1\nnumpy: 1.2.3\nnumba: 0.1.2\nseed: 3\n"

    assert read_yaml(text) == Method(seed=3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("engine: abacus", "my.yaml, engine: 'abacus' is no engine here. Use numba or numpy."),
        ("engine:", "my.yaml, engine: None is no engine here. Use numba or numpy."),
        ("engine: [numba]", "my.yaml, engine: ['numba'] is no engine here. Use numba or numpy."),
        ("llvmlite: 1", "my.yaml: 'llvmlite' is not a setting. Settings are: edition, range, aggregation,"),
        (
            "range: [1, 5]\nbands: [{from: 1}]",
            "my.yaml, gap_below: The range is not 0 to 4, and what counts as a gap is still a level below 2. "
            "Give gap_below, a level of this range.",
        ),
        (
            "range: [0, 5]\ngap_below: 2",
            "my.yaml, bands: The range is not 0 to 4, and the bands are still those of 0 to 4. "
            "Give the bands of this range.",
        ),
        (
            "range: [0, 101]\nbands: [{from: 0}]\ngap_below: 50\naggregation: cumulative",
            "my.yaml, aggregation: The rule cumulative goes through whole levels, and the range has 101 of them. "
            "Give a range of at most 100 levels, or another rule.",
        ),
        ("colour: red", "my.yaml: 'colour' is not a setting. Settings are: edition, range, aggregation,"),
        ("least_known: much", "my.yaml, least_known: 'much' does not fit here. Give a number, with a point"),
        ("least_known: '0.6'", "my.yaml, least_known: '0.6' does not fit here. Give a number, with a point"),
        ("least_known: yes", "my.yaml, least_known: True does not fit here. Give a number"),
        ("least_known: .nan", "my.yaml, least_known: nan does not fit here. Give a number"),
        ("gap_below: .inf", "my.yaml, gap_below: inf does not fit here. Give a number"),
        ("gap_below: 1" + "0" * 400, "does not fit here. Give a number"),
        ("least_known: 2", "my.yaml, least_known: The share is outside 0 to 1. Give 0 to 1."),
        ("seed: 1.5", "my.yaml, seed: 1.5 does not fit here. Give a whole number."),
        ("seed: true", "my.yaml, seed: True does not fit here. Give a whole number."),
        ("range: [0]", "my.yaml, range: [0] does not fit here. Give two numbers: [lowest, highest]."),
        ("range: 4", "my.yaml, range: 4 does not fit here. Give a list: [a, b]."),
        ("weights: [a]", "my.yaml, weights: ['a'] does not fit here. Give a table: {name: value}."),
        ("sources: reviewers", "my.yaml, sources: 'reviewers' does not fit here. Give a list: [a, b]."),
        ("gates: [{indicator: a}]", "does not fit here. Give a table with indicator, below, caps, at."),
        ("gates: [a]", "my.yaml, gates: ['a'] does not fit here. Give a table with indicator, below"),
        ("bands: [{en: low}]", "Give a list of tables with `from` and a text for each language."),
        ("rating_error: {single: 0.1}", "my.yaml, rating_error: {'single': 0.1} does not fit here."),
        ("rating_error: {triple: {one: 0, two: 0}}", "my.yaml, rating_error: triple is not possible here."),
        ("imputation: flat", "my.yaml, imputation: 'flat' does not fit here. Give a table with kind"),
        ("aggregation: mode", "my.yaml, aggregation: mode is not possible here. Use one of: arithmetic"),
        ("edition: ''", "my.yaml, edition: '' does not fit here. Give text, in quotation marks where"),
        ("[a, b]", "my.yaml: There are no settings in it. Write it as `key: value` lines."),
        ("just words", "my.yaml: There are no settings in it."),
        ("range: [0, 4", "my.yaml, row 1: This is not YAML. Write it as `key: value` lines."),
        ("seed: 1\n\tbad", "This is not YAML."),
        ("seed: !!python/name:os.system x", "This is not YAML."),
        ("seed: 1\nseed: 2", "my.yaml, row 1: seed is given twice. Keep one of them."),
        ("weights: {a: 1, a: 2}", "my.yaml, row 1: a is given twice. Keep one of them."),
        ("edition: 2020-13-45", "This is not YAML."),  # a date that cannot be
        ("[" * 5000, "This is not YAML."),
    ],
)
def test_each_defect_is_named_with_file_and_setting(text, said):
    (sentence,) = refused(text)

    assert said in sentence


@pytest.mark.parametrize("ends", ["[0, 4]", "[0.0, 4.0]"])
def test_the_programmes_own_range_may_be_written_out(ends):
    assert read_yaml(f"range: {ends}") == Method()


def test_bands_that_are_given_may_be_those_of_0_to_4():
    bands = "[{from: 0}, {from: 1}, {from: 2}, {from: 3}, {from: 4}]"

    assert read_yaml(f"range: [0, 5]\ngap_below: 2\nbands: {bands}").range == (0, 5)


def test_another_range_needs_both_its_bands_and_its_gap():
    found = refused("range: [0, 10]")

    assert [sentence.split(":")[0] for sentence in found] == ["my.yaml, gap_below", "my.yaml, bands"]


def test_every_defect_is_named_at_once():
    found = refused("colour: red\nseed: x\nleast_known: 2\nsources: [weather]")

    assert [sentence.split(" ")[1] for sentence in found] == ["'colour'", "seed:", "least_known:", "sources:"]
