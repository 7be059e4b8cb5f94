import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from endocsea.people.models import Appointment, Person
from endocsea.support.actors import Role

DAY = datetime.date(2020, 5, 31)


def test_a_role_for_one_state_is_none_for_another(ana):
    assert ana.roles(on=DAY, state="XAA") == {Role.COORDINATOR}
    assert ana.roles(on=DAY, state="XAB") == frozenset()


def test_a_role_holds_from_its_first_to_its_last_day(ana):
    Appointment.objects.update(since=datetime.date(2020, 5, 31), until=datetime.date(2020, 6, 30))

    held = {day: bool(ana.roles(on=datetime.date.fromisoformat(day))) for day in
            ("2020-05-30", "2020-05-31", "2020-06-30", "2020-07-01")}  # fmt: skip

    assert held == {"2020-05-30": False, "2020-05-31": True, "2020-06-30": True, "2020-07-01": False}


def test_a_coordinator_is_appointed_for_a_state(otto):
    with pytest.raises(IntegrityError, match="appointment_of_a_state_names_it"):
        Appointment.objects.create(person=otto, role=Role.COORDINATOR, since=DAY)


def test_an_account_is_named_by_its_address_in_any_case(db):
    Person.objects.create_user("Nino@Example.ORG")

    with pytest.raises(ValidationError):
        Person.objects.create_user("nino@example.org")


def test_an_account_without_a_password_cannot_sign_in_with_one(otto):
    assert not otto.has_usable_password()
