"""Accounts and links for the tests of signing in: ``python -m tests.browser.seats FOLDER``.

It writes into the data folder of a server that has prepared it.
"""

import datetime
import hashlib
import sys
from pathlib import Path

PASSWORD = "a quiet harbour at noon"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OPEN, TO_BE_USED, EXPIRED = "open-link", "link-to-be-used", "expired-link"


def main(folder):
    from endocsea.config import django_start

    django_start.start(folder)
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP
    from django.utils.timezone import now

    from endocsea.people.models import Appointment, Invitation, Person
    from endocsea.states.models import State
    from endocsea.support.actors import Role

    state = {code: State.objects.get(iso3=code) for code in ("XAA", "XAB", "XAC")}
    for name, role, of, with_app in (
        ("ana", Role.COORDINATOR, "XAA", False),
        ("beno", Role.COORDINATOR, "XAB", True),
        ("sera", Role.SECRETARIAT, None, True),
        ("otto", None, None, False),
    ):
        person = Person.objects.create_user(f"{name}@example.org", PASSWORD, name=name.capitalize())
        if role:
            Appointment.objects.create(
                person=person, role=role, state=state.get(of), since=datetime.date(2020, 1, 1)
            )
        if with_app:
            TOTP.activate(person, SECRET)
            RecoveryCodes.activate(person)
    at = now()
    for token, days in ((OPEN, 14), (TO_BE_USED, 14), (EXPIRED, -1)):
        Invitation.objects.create(
            email=f"{token}@example.org",
            role=Role.TEAM,
            state=state["XAC"],
            nominated_at=at - datetime.timedelta(days=20),
            confirmed_at=at - datetime.timedelta(days=20),
            expires_at=at + datetime.timedelta(days=days),
            token_digest=hashlib.sha256(token.encode()).hexdigest(),
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
