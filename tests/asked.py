"""A round that is open: the full set of questions, asked of Arden and Belmora."""

import datetime

import pytest

from endocsea.people.models import Appointment
from endocsea.questionnaires.models import Round, Share, Version
from endocsea.support.actors import Role

ASKED_AT = datetime.datetime(2021, 3, 1, 10, 0, tzinfo=datetime.UTC)


@pytest.fixture
def spring(arden, belmora):
    model = Round.objects.get(training=True)
    made = Round.objects.create(
        programme=model.programme,
        edition=model.edition,
        version=Version.objects.get(content_key="2020 full"),
        code="spring-2021",
        name={"en": "Spring 2021"},
        training=True,
        languages=["en", "fr"],
        opens_on=datetime.date(2021, 2, 1),
        answers_until=datetime.date(2021, 4, 30),
        closes_on=datetime.date(2021, 5, 31),
        opened_at=datetime.datetime(2021, 2, 1, tzinfo=datetime.UTC),
    )
    made.states.set([arden, belmora])
    return made


@pytest.fixture
def shared(spring, arden, tara):
    """Two questions of Arden are with the ministry of the interior, where Tara answers."""
    return Share.objects.create(
        round=spring,
        state=arden,
        institution="Ministry of the Interior",
        member=Appointment.objects.get(person=tara, role=Role.TEAM),
        questions=["C3/C3-07", "C1/C1-02"],
    )
