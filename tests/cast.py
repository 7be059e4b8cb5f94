"""The same few people everywhere, so that each rule of access is tried from every chair.

Ana coordinates Arden. Beno coordinates Belmora. Ravi reviews, and speaks for no state. Sera is of
the secretariat. Otto has an account and no role. The visitor has none; the preview is the person
at the machine itself. Adam administers; Tara is on Arden's team; Petra, Dora, Cleo and Tim are partner, donor,
civil society of Arden and trainer; Sofia is the safeguarding officer, Dario the data protection officer.
"""

import datetime

import pytest

from endocsea.people.models import Appointment, Person
from endocsea.standards.models import Capability
from endocsea.states.models import State
from endocsea.support.actors import PREVIEW, VISITOR, Role

SINCE = datetime.date(2020, 1, 1)


def _person(name, role=None, state=None, capabilities=()):
    person = Person.objects.create_user(f"{name}@example.org", name=name.capitalize())
    if role is not None:
        held = Appointment.objects.create(person=person, role=role, state=state, since=SINCE)
        held.capabilities.set(Capability.objects.filter(number__in=capabilities))
    return person


@pytest.fixture
def arden(db):
    return State.objects.get(iso3="XAA")


@pytest.fixture
def belmora(db):
    return State.objects.get(iso3="XAB")


@pytest.fixture
def georgia(db):
    return State.objects.get(iso3="GEO")


@pytest.fixture
def ana(arden):
    """Ana coordinates Arden."""
    return _person("ana", Role.COORDINATOR, arden)


@pytest.fixture
def beno(belmora):
    """Beno coordinates Belmora."""
    return _person("beno", Role.COORDINATOR, belmora)


@pytest.fixture
def ravi(db):
    """Ravi reviews; he speaks for no state."""
    return _person("ravi", Role.RAPPORTEUR)


@pytest.fixture
def sera(db):
    """Sera is of the secretariat."""
    return _person("sera", Role.SECRETARIAT)


@pytest.fixture
def otto(db):
    """Otto has an account and nothing to do with any state."""
    return _person("otto")


@pytest.fixture
def adam(db):
    """Adam administers: he runs the system, and sees no drafts."""
    return _person("adam", Role.ADMINISTRATOR)


@pytest.fixture
def tara(arden):
    """Tara is on Arden's team, for capabilities 1 and 3."""
    return _person("tara", Role.TEAM, arden, capabilities=(1, 3))


@pytest.fixture
def petra(db):
    """Petra is a partner of the programme."""
    return _person("petra", Role.PARTNER)


@pytest.fixture
def dora(db):
    """Dora reads for a donor."""
    return _person("dora", Role.DONOR)


@pytest.fixture
def cleo(arden):
    """Cleo contributes for civil society of Arden, and does not speak for the state."""
    return _person("cleo", Role.CIVIL_SOCIETY, arden)


@pytest.fixture
def tim(db):
    """Tim trains."""
    return _person("tim", Role.TRAINER)


@pytest.fixture
def sofia(db):
    """Sofia is the safeguarding officer."""
    return _person("sofia", Role.SAFEGUARDING)


@pytest.fixture
def dario(db):
    """Dario is the data protection officer."""
    return _person("dario", Role.DATA_PROTECTION)


@pytest.fixture
def visitor():
    """Anybody."""
    return VISITOR


@pytest.fixture
def at_the_machine():
    """Whoever sits at the machine of a preview."""
    return PREVIEW


@pytest.fixture
def people(ana, beno, ravi, sera, otto, adam, tara, petra, dora, cleo, tim, sofia, dario):
    """Everybody who has an account, by name."""
    cast = (ana, beno, ravi, sera, otto, adam, tara, petra, dora, cleo, tim, sofia, dario)
    return {person.name.lower(): person for person in cast}


@pytest.fixture
def everybody(people, visitor, at_the_machine):
    return {**people, "visitor": visitor, "at the machine": at_the_machine}
