"""Heard before public: every class of observation, at every stage of the right of reply, from every chair."""

import datetime
import itertools

import pytest

from endocsea.findings.models import Observation
from endocsea.findings.policies import may_see_observation
from endocsea.support.classes import Confidentiality

DAY = datetime.date(2026, 1, 15)
BEFORE, AFTER = datetime.date(2026, 1, 10), datetime.date(2026, 1, 20)
STAGES = {
    "never sent": {},
    "term runs": {"sent_to_state_on": BEFORE, "comment_until": AFTER},
    "last day of the term": {"sent_to_state_on": BEFORE, "comment_until": DAY},
    "term passed": {"sent_to_state_on": datetime.date(2025, 1, 1), "comment_until": BEFORE},
    "commented": {"sent_to_state_on": BEFORE, "comment_until": AFTER, "commented_on": DAY},
    "comments tomorrow": {
        "sent_to_state_on": BEFORE,
        "comment_until": AFTER,
        "commented_on": DAY + datetime.timedelta(days=1),
    },
    "retired": {"retired_on": BEFORE, "commented_on": BEFORE},
}


@pytest.fixture
def observations(georgia):
    model = Observation.objects.filter(state=georgia).first()
    made = {}
    for number, (level, stage) in enumerate(itertools.product(Confidentiality.values, STAGES)):
        made[level, stage] = Observation.objects.create(
            code=f"T-{number}",
            state=georgia,
            capability_id=model.capability_id,
            statement="A statement.",
            as_of="2019",
            basis=model.basis,
            citation_id=model.citation_id,
            confidentiality=level,
            **STAGES[stage],
        )
    return made


@pytest.mark.parametrize("level", Confidentiality.values)
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("who", ["visitor", "otto", "ana", "ravi", "sera", "at the machine"])
def test_the_table_of_who_sees_what(observations, everybody, level, stage, who):
    heard = stage in ("term passed", "commented")
    expected = stage != "retired" and (
        level == "public" or (level == "state" and (heard or who == "at the machine"))
    )

    assert may_see_observation(everybody[who], observations[level, stage], on=DAY) is expected


def test_the_query_and_the_question_agree_on_every_record(observations, everybody):
    for actor in everybody.values():
        visible = set(Observation.objects.visible_to(actor, on=DAY).values_list("pk", flat=True))
        asked = {o.pk for o in Observation.objects.all() if may_see_observation(actor, o, on=DAY)}
        assert visible == asked


def test_nobody_sees_a_restricted_observation_of_the_shipped_content(everybody):
    restricted = Observation.objects.filter(confidentiality=Confidentiality.RESTRICTED)

    assert restricted.count() == 19
    for actor in everybody.values():
        assert not Observation.objects.visible_to(actor, on=DAY).filter(pk__in=restricted).exists()


def test_the_public_sees_no_observation_of_the_shipped_content(visitor, db):
    """No state has been asked yet, so nothing about any is public."""
    assert not Observation.objects.visible_to(visitor, on=DAY).exists()


def test_the_preview_sees_all_but_the_restricted(at_the_machine, db):
    assert Observation.objects.visible_to(at_the_machine, on=DAY).count() == 295 - 19
