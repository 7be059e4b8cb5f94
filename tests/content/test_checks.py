"""What no schema can say: each check of a chapter finds its fault, in the row where it lies."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from endocsea.support.pack import Pack

INDICATORS = "benchmark/2020/indicators.csv"
INDICATORS_FR = "benchmark/2020/indicators_fr.csv"
STATES = "states/states.csv"
STATUS = "standards/treaty_status.csv"
ANSWERS = "training-material/answers.csv"
FINDINGS = "training-material/findings.csv"
OBSERVATIONS = "findings/observations.csv"

FAULTS: dict[str, tuple[str, int | tuple[str, ...], dict[str, str], str, str]] = {
    # name: file, row or its key, cells written, column, part of the sentence
    "a membership that ends before it begins": (
        STATES,
        ("ALB",),
        {"coe_member_until": "1990-01-01"},
        "coe_member_until",
        "1990-01-01 is before coe_member_since, 1995-07-13.",
    ),
    "an end without a beginning": (
        STATES,
        ("ALB",),
        {"eu_member_until": "1990-01-01"},
        "eu_member_from",
        "no beginning",
    ),
    "a role without its first day": (
        STATES,
        ("ALB",),
        {"role_from": "", "role_until": ""},
        "role_from",
        "go together",
    ),
    "a confirmation without a post": (
        "states/reporting_channels.csv",
        2,
        {"confirmed_on": "2021-01-04"},
        "confirmed_on",
        "both a day and a post",
    ),
    "a channel that was read nowhere": (
        "states/reporting_channels.csv",
        2,
        {"source_url": ""},
        "source_url",
        '"read_excerpt" says that a source was read, but none is named.',
    ),
    "an event that ends before it begins": (
        "programme/events.csv",
        ("EV02",),
        {"date_end": "2019-04-01"},
        "date_end",
        "2019-04-01 is before date_start, 2019-04-08.",
    ),
    "a date that is more exact than its precision": (
        "programme/events.csv",
        ("EV04",),
        {"date_start": "2019-05-01"},
        "date_start",
        '"2019-05-01" does not go with the precision "year". Write YYYY',
    ),
    "a unit that the metric does not know": (
        "states/figures.csv",
        ("ALB", "internet_users_pct"),
        {"unit": "people"},
        "unit",
        '"people" is not a unit of internet_users_pct.',
    ),
    "a region where the metric has states": (
        "states/figures.csv",
        ("ALB", "internet_users_pct"),
        {"iso3_or_region": "EUROPE"},
        "iso3_or_region",
        "internet_users_pct is not counted by region.",
    ),
    "a slug used twice within an instrument": (
        "standards/provisions.csv",
        ("LANZ", "2"),
        {"slug": "1"},
        "slug",
        '"1" is the address of 1 (row 2) already.',
    ),
    "a deposit before the signature": (
        STATUS,
        ("ALB", "LANZ"),
        {"ratification_date": "2008-01-01"},
        "ratification_date",
        "2008-01-01 is before the signature, 2008-12-17.",
    ),
    "an entry into force before the deposit": (
        STATUS,
        ("ALB", "LANZ"),
        {"entry_into_force": "2009-04-01"},
        "entry_into_force",
        "only a succession takes effect earlier",
    ),
    "a signatory that has deposited": (
        STATUS,
        ("ALB", "LANZ"),
        {"status": "signatory"},
        "status",
        '"signatory" does not go with a deposit',
    ),
    "a withdrawal without its day": (
        STATUS,
        ("ALB", "LANZ"),
        {"status": "withdrawn"},
        "end_date",
        "the day on which it took effect",
    ),
    "a date that is named but empty": (
        STATUS,
        ("ALB", "LANZ"),
        {"signature_date": ""},
        "seen_fields",
        "signature_date is named, but empty.",
    ),
    "a date of which nobody says how we know": (
        STATUS,
        ("ALB", "LANZ"),
        {"seen_fields": "ratification_date;entry_into_force"},
        "signature_date",
        "signature_date is named in 0 of",
    ),
    "a date that is both read and remembered": (
        STATUS,
        ("ALB", "LANZ"),
        {"memory_fields": "signature_date"},
        "signature_date",
        "signature_date is named in 2 of",
    ),
    "four texts of levels": (
        INDICATORS,
        ("C1-01",),
        {"levels": "a|b|c|d"},
        "levels",
        "there are 4 texts of levels, 4 of them different.",
    ),
    "two equal texts of levels": (
        INDICATORS,
        ("C1-01",),
        {"levels": "a|b|c|d|d"},
        "levels",
        "there are 5 texts of levels, 4 of them different.",
    ),
    "two equal texts of levels in French": (
        INDICATORS_FR,
        ("C1-01",),
        {"levels_fr": "a|b|c|d|d"},
        "levels_fr",
        "there are 5 texts of levels, 4 of them different.",
    ),
    "a choice of one": (INDICATORS, ("C1-02",), {"options": "one"}, "options", "there are 1."),
    "options of a question with levels": (
        INDICATORS,
        ("C1-01",),
        {"options": "one|two"},
        "options",
        "a question of type level0-4 has no options.",
    ),
    "a number without a unit": (INDICATORS, ("C4-02",), {"unit": ""}, "unit", "a unit goes with a number"),
    "an indicator in the wrong capability": (
        INDICATORS,
        ("C1-01",),
        {"capability": "2"},
        "capability",
        "C1-01 does not belong to capability 2.",
    ),
    "a capability that the project does not use": (
        INDICATORS,
        ("C1-01",),
        {"id": "C6-01", "capability": "6"},
        "capability",
        "capability 6 is not used by the project.",
    ),
    "a line on a question without levels": (
        INDICATORS,
        ("C1-02",),
        {"legal_line": "2"},
        "legal_line",
        "a legal line is a level",
    ),
    "a made-up line that rests on another provision": (
        "training-material/legal_lines.csv",
        ("C3-07",),
        {"provision": "LANZ:21"},
        "provision",
        "C3-07 does not rest on LANZ:21.",
    ),
    "an answer to nothing": (
        ANSWERS,
        ("XAA", "C1-01"),
        {"status": "not_answered", "date": ""},
        "answer",
        'the status is "not_answered", but there is an answer.',
    ),
    "no answer where there should be one": (
        ANSWERS,
        ("XAA", "C1-01"),
        {"answer": ""},
        "answer",
        'the status is "answered", but there is no answer.',
    ),
    "an answer without a day": (
        ANSWERS,
        ("XAA", "C1-01"),
        {"date": ""},
        "date",
        "what was answered has a day",
    ),
    "an answer after the round": (
        ANSWERS,
        ("XAA", "C1-01"),
        {"date": "2020-05-01"},
        "date",
        "2020-05-01 is outside the round, 2020-02-03 to 2020-04-30.",
    ),
    "a level that does not exist": (
        ANSWERS,
        ("XAA", "C1-01"),
        {"answer": "5"},
        "answer",
        '"5" is not a level.',
    ),
    "an option that does not exist": (
        ANSWERS,
        ("XAA", "C1-02"),
        {"answer": "education|circus"},
        "answer",
        '"circus" is not an option of C1-02.',
    ),
    "a number with a comma": (
        ANSWERS,
        ("XAA", "C4-02"),
        {"answer": "1,5"},
        "answer",
        '"1,5" is not a number.',
    ),
    "evidence without an address": (
        ANSWERS,
        ("XAA", "C1-01"),
        {"evidence_url": ""},
        "evidence_title",
        "evidence has both a title and an address.",
    ),
    "a high level without evidence": (
        ANSWERS,
        ("XAA", "C1-01"),
        {"evidence_url": "", "evidence_title": ""},
        "evidence_title",
        "level 4 needs evidence.",
    ),
    "a verdict that does not fit": (
        FINDINGS,
        ("XAA", "C1-01"),
        {"verdict": "lowered"},
        "verdict",
        '"lowered" does not go with level 4 where 4 was claimed.',
    ),
    "two ratings that differ without adjudication": (
        FINDINGS,
        ("XAA", "C1-01"),
        {"rating_2": "2"},
        "adjudicated",
        "the ratings are 4 and 2.",
    ),
    "a level that neither reviewer gave": (
        FINDINGS,
        ("XAA", "C1-01"),
        {"rating_1": "3", "rating_2": "3"},
        "level",
        "both reviewers rated 3, but the level is 4.",
    ),
    "a high level on a mere statement": (
        FINDINGS,
        ("XAA", "C1-01"),
        {"evidence_strength": "statement_only"},
        "evidence_strength",
        "level 4 needs at least one dated source.",
    ),
    "a claim that was not made": (
        FINDINGS,
        ("XAA", "C1-01"),
        {"claimed": "3", "verdict": "raised"},
        "claimed",
        'the state answered "4"',
    ),
    "a finding of another round": (
        FINDINGS,
        ("XAA", "C1-01"),
        {"round": "2021"},
        "round",
        '"2021" is not the training round. Write 2020',
    ),
    "a review after the round": (
        FINDINGS,
        ("XAA", "C1-01"),
        {"reviewed_on": "2020-06-01"},
        "reviewed_on",
        "2020-06-01 is after the end of the round, 2020-05-31.",
    ),
    "a review before the answer": (
        FINDINGS,
        ("XAA", "C1-01"),
        {"reviewed_on": "2020-02-01"},
        "reviewed_on",
        "2020-02-01 is before the answer, 2020-02-04.",
    ),
    "a finding on a question without levels": (
        FINDINGS,
        ("XAA", "C1-01"),
        {"indicator": "C1-02"},
        "indicator",
        "C1-02 gives no level.",
    ),
    "a restricted observation made public": (
        OBSERVATIONS,
        ("OBS-ALB-23",),
        {"sensitivity": "public"},
        "sensitivity",
        '"public" does not follow the rule for C4-12. Write restricted.',
    ),
    "law enforcement without an indicator made public": (
        OBSERVATIONS,
        ("OBS-MDA-11",),
        {"sensitivity": "public"},
        "sensitivity",
        "the rule for capability 4 without an indicator. Write restricted.",
    ),
    "a public observation made restricted": (
        OBSERVATIONS,
        ("OBS-ALB-01",),
        {"sensitivity": "restricted"},
        "sensitivity",
        '"restricted" does not follow the rule for C1-01. Write public.',
    ),
    "a level derived from one excerpt": (
        OBSERVATIONS,
        ("OBS-ALB-01",),
        {"value": "3"},
        "value",
        '"3" is not a value that this indicator can have here.',
    ),
    "an observation in the wrong capability": (
        OBSERVATIONS,
        ("OBS-ALB-01",),
        {"capability": "2"},
        "capability",
        "C1-01 belongs to capability 1.",
    ),
    "an address of a person": (
        "programme/project.csv",
        ("P53",),
        {"note": "Write to jane.doe@example.org"},
        "note",
        '"jane.doe@example.org" looks like an e-mail address.',
    ),
    "the number of a case": (
        OBSERVATIONS,
        ("OBS-ALB-01",),
        {"note": "See case no. 12/2019."},
        "note",
        '"case no. 12/2019" looks like the number of a case.',
    ),
    "a made-up state among the real ones": (
        STATES,
        ("AND",),
        {"iso3": "XAA"},
        "iso3",
        '"XAA" is a code for made-up states.',
    ),
    "a real state among the made-up ones": (
        "training-material/states.csv",
        ("XAD",),
        {"code": "ALB"},
        "code",
        '"ALB" does not have the form that is asked for. Write it like XAB.',
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_where_it_lies(copy: Any, fault: str) -> None:
    path, place, cells, column, sentence = FAULTS[fault]
    row = place if isinstance(place, int) else copy.row_of(path, *place)
    copy.set(path, row, **cells)
    found = [d for d in copy.defects() if (d.file, d.row, d.column) == (path, row, column)]
    assert any(sentence in str(defect) for defect in found), [str(d) for d in copy.defects()][:5]


def test_a_derived_entry_into_force_follows_the_rule_of_its_treaty(copy: Any, pack: Pack) -> None:
    derived = [row for row in pack.rows(STATUS) if "entry_into_force" in (row["derived_fields"] or ())]
    assert len(derived) == 111
    of = {name: next(r for r in derived if r["instrument"] == name) for name in ("CRC", "OPSC", "LANZ")}
    for row in of.values():
        later = row["entry_into_force"].replace(year=row["entry_into_force"].year + 1)
        copy.set(STATUS, row.line, entry_into_force=later.isoformat())
    sentences = copy.sentences()
    assert len(sentences) == 3
    for row in of.values():
        assert any(
            f"row {row.line}," in s and f"By the rule of the treaty it is {row['entry_into_force']}" in s
            for s in sentences
        )


def test_a_date_that_was_read_is_not_held_against_the_rule(copy: Any) -> None:
    row = copy.row_of(STATUS, "ALB", "LANZ")  # deposit 2009-04-14: the rule gives 2010-07-01
    copy.set(STATUS, row, entry_into_force="2010-08-01")
    assert copy.sentences() == []


def test_a_succession_may_take_effect_before_its_deposit(pack: Pack) -> None:
    earlier = [
        row["action"]
        for row in pack.rows(STATUS)
        if row["ratification_date"]
        and row["entry_into_force"]
        and row["entry_into_force"] < row["ratification_date"]
    ]
    assert earlier == ["succession"] * 9


def test_the_functional_mailbox_is_the_only_address_allowed(copy: Any) -> None:
    row = copy.row_of("programme/project.csv", "P55")
    copy.set("programme/project.csv", row, key="private_mailbox")
    assert [s for s in copy.sentences() if "children.EndOCSEA@coe.int" in s]


def test_a_state_without_an_outline_is_named(copy: Any) -> None:
    path = copy.folder / "states/map.json"
    outlines = json.loads(path.read_text("utf-8"))
    outlines["states"]["XKX"] = outlines["states"].pop("GEO")
    path.write_text(json.dumps(outlines), encoding="utf-8")
    assert copy.sentences() == [
        "states/map.json, column states: Georgia (GEO) has no outline. "
        "Add it, or take the state out of states.csv.",
        "states/map.json, column states.XKX: XKX is not in states/states.csv. "
        "Take its outline out, or add the state.",
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"edition": "2016"}, 'column edition: "2016" is not the edition of this folder. Write "2020".'),
        ({"weights": {"C99-01": 2}}, 'column weights: "C99-01" is not an indicator of this edition.'),
        (
            {"gates": [{"indicator": "C3-99", "below": 2, "caps": "3", "at": 1}]},
            'column gates: "C3-99" is not an indicator of this edition.',
        ),
        (
            {"bands": [{"from": 1, "en": "a", "fr": "b"}, {"from": 0, "en": "c", "fr": "d"}]},
            "column bands: the bands do not begin at rising levels.",
        ),
        ({"least_known": 1.6}, "column least_known: 1.6 is outside what can be. Write a value from 0 to 1."),
        ({"aggregation": "sum"}, 'column aggregation: "sum" does not have the form that is asked for.'),
        ({"replicats": 5}, "column replicats: the key is unknown."),
    ],
)
def test_a_method_that_cannot_be_is_named_by_its_key(
    copy: Any, change: dict[str, Any], sentence: str
) -> None:
    path = copy.folder / "benchmark/2020/method.yaml"
    method = yaml.safe_load(path.read_text("utf-8")) | change
    path.write_text(yaml.safe_dump(method), encoding="utf-8")
    (only,) = copy.sentences()
    assert only.startswith("benchmark/2020/method.yaml, " + sentence)


def test_a_translation_older_than_its_english_is_noticed_and_does_not_stop_the_load(copy: Any) -> None:
    row = copy.row_of("standards/capabilities.csv", "3")
    copy.set("standards/capabilities.csv", row, name="Law")
    pack = copy.check()
    assert pack.defects == ()
    (notice,) = pack.notices
    assert (notice.file, notice.row, notice.column) == ("standards/capabilities_fr.csv", row, "of_english")
    assert "has changed since it was translated. Bring the translation up to date, then write" in str(notice)


def test_another_edition_of_the_benchmark_refers_to_itself(copy: Any) -> None:
    new = copy.folder / "benchmark/2024"
    (copy.folder / "benchmark/2020").rename(new)
    (new / "method.yaml").write_text('edition: "2024"\n', encoding="utf-8")
    about = copy.folder / "pack.yaml"
    about.write_text(about.read_text("utf-8").replace('edition: "2020"', 'edition: "2024"'), encoding="utf-8")
    assert copy.sentences() == []


def test_an_edition_in_use_that_is_not_there_is_missing_file_by_file(copy: Any) -> None:
    about = copy.folder / "pack.yaml"
    about.write_text(about.read_text("utf-8").replace('edition: "2020"', 'edition: "2024"'), encoding="utf-8")
    missing = [s for s in copy.sentences() if "the file is missing" in s]
    assert [s.split(":")[0] for s in missing] == [
        f"benchmark/2024/{name}" for name in ("indicators.csv", "indicators_fr.csv", "method.yaml")
    ]
