"""The example of peers: the page shows what runs and what it prints, and it agrees with the training material."""

import csv
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOUR = ROOT / "examples" / "peers" / "tour.py"
PAGE = ROOT / "docs" / "explanation" / "peers.md"
TRAINING = ROOT / "content" / "training-material"


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def tour():
    return runpy.run_path(str(TOUR))


def test_the_page_shows_the_code_and_what_it_prints(capsys):
    page = PAGE.read_text(encoding="utf-8")

    runpy.run_path(str(TOUR))

    assert f"```python\n{TOUR.read_text(encoding='utf-8')}```" in page
    assert f"```text\n{capsys.readouterr().out}```" in page


def test_the_example_comes_out_as_by_hand(tour):
    belmora, dunmere, arden = tour["found"].peers

    assert (belmora.code, dunmere.code, arden.code) == ("XAB", "XAD", "XAA")
    # log10(9.42 / 3.11) / 2 = 0.48132 / 2
    assert belmora.distance == pytest.approx((1 / 3 + 1 / 4 + 0.48132 / 2 + 7 / 12) / 4, abs=1e-5)
    # log10(9.42 / 0.412) / 2 = 1.35915 / 2; (2 + 2 + 1) / 3 / 4
    assert dunmere.distance == pytest.approx((1 / 2 + 2 / 5 + 1.35915 / 2 + 5 / 12) / 4, abs=1e-5)
    # log10(9.42 / 5.24) / 2 = 0.25472 / 2; (4 + 2 + 2 + 3) / 4 / 4
    assert arden.distance == pytest.approx((1 + 2 / 5 + 0.25472 / 2 + 11 / 16) / 4, abs=1e-5)


def test_the_example_agrees_with_the_training_material(tour):
    values, contexts = tour["values"], {each.code: each for each in tour["contexts"]}
    findings = {
        (row["state"], row["indicator"]): float(row["level"]) for row in rows_of(TRAINING / "findings.csv")
    }
    bound = {
        (row["iso3"], row["instrument"]): row["status"] == "party"
        for row in rows_of(TRAINING / "treaty_status.csv")
    }

    for state in rows_of(TRAINING / "states.csv"):
        its = contexts.pop(state["code"])
        languages = [*state["official_languages"].split("; "), *state["other_languages"].split("; ")]
        assert list(its.languages) == [language for language in languages if language]
        assert its.size == int(state["population"])
        assert its.obligations == {treaty: bound[its.code, treaty] for treaty in its.obligations}
        row = values.level[values.units.index(its.code)]
        for indicator, level in zip(values.indicators, row, strict=True):
            assert level == pytest.approx(
                findings.get((its.code, indicator), float("nan")), abs=0, nan_ok=True
            )
    assert not contexts
    themes = {row["id"]: row["theme"] for row in rows_of(ROOT / "content/benchmark/2020/indicators.csv")}
    assert tour["themes"] == {code: themes[code] for code in values.indicators}
