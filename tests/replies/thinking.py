"""A round whose questionnaire has logic: questions that are asked only if, answers that contradict, shorter lists."""

import datetime

import pytest

from endocsea.questionnaires.form import Choice, Form, Group, Kind, Question
from endocsea.questionnaires.models import Questionnaire, Round, Version
from endocsea.questionnaires.written import as_data, digest_of

YES, NO = Choice("yes", {"en": "yes"}), Choice("no", {"en": "no"})
NORTH, SOUTH = Choice("north", {"en": "North"}), Choice("south", {"en": "South"})
TOWNS = tuple(
    Choice(name, {"en": name.capitalize()}, {"region": region})
    for name, region in (("alder", "north"), ("birch", "north"), ("cedar", "south"))
)

FORM = Form(
    title={"en": "A form that thinks"},
    languages=("en",),
    items=(
        Group(
            "line",
            {"en": "Hotlines"},
            (
                Question(
                    "there", Kind.ONE, {"en": "Is there a hotline?"}, choices="yes_no", required="true()"
                ),
                Question(
                    "calls",
                    Kind.WHOLE,
                    {"en": "How many calls a year?"},
                    relevant="${there} = 'yes'",
                    required="true()",
                    constraint=". >= 0 and . < 1000000",
                    constraint_message={"en": "Between 0 and a million."},
                ),
                Question("remark", Kind.TEXT, {"en": "Anything else?"}),
                Question("half", Kind.CALCULATED, calculation="${calls} div 2"),
            ),
        ),
        Group(
            "place",
            {"en": "Places"},
            (
                Question("region", Kind.ONE, {"en": "Which region?"}, choices="regions", required="true()"),
                Question(
                    "town",
                    Kind.ONE,
                    {"en": "Which town?"},
                    choices="towns",
                    choice_filter="region = ${region}",
                ),
                Question("busy", Kind.TEXT, {"en": "Why so busy?"}, relevant="${half} > 500"),
            ),
        ),
    ),
    choices={"yes_no": (YES, NO), "regions": (NORTH, SOUTH), "towns": TOWNS},
)


@pytest.fixture
def thinking(arden, belmora):
    model = Round.objects.get(training=True)
    questionnaire = Questionnaire.objects.create(
        programme=model.programme, edition=model.edition, code="thinking", title={"en": "A form that thinks"}
    )
    written = as_data(FORM)
    version = Version.objects.create(
        questionnaire=questionnaire,
        number=1,
        written=written,
        digest=digest_of(written),
        made_on=datetime.date(2021, 1, 1),
        frozen_on=datetime.date(2021, 1, 1),
    )
    made = Round.objects.create(
        programme=model.programme,
        edition=model.edition,
        version=version,
        code="thinking-2021",
        name={"en": "Thinking 2021"},
        training=True,
        languages=["en"],
        opens_on=datetime.date(2021, 2, 1),
        answers_until=datetime.date(2021, 4, 30),
        closes_on=datetime.date(2021, 5, 31),
        opened_at=datetime.datetime(2021, 2, 1, tzinfo=datetime.UTC),
    )
    made.states.set([arden, belmora])
    return made
