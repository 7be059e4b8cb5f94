"""``endocsea people close-accounts``, as a nightly task calls it; and the start of the site, which does the same."""

import datetime
import subprocess
import sys

import pytest

from tests.journal.installation import COMMAND, installed

pytestmark = [pytest.mark.slow, pytest.mark.database]

LEFT = """
import datetime, os
os.environ["DJANGO_SETTINGS_MODULE"] = "endocsea.config.settings"
import django
django.setup()
from django.utils.timezone import localdate
from endocsea.people.models import Appointment, Person
for name, days in (("petra", 30), ("tim", 29)):
    person = Person.objects.create_user(f"{name}@example.org")
    until = localdate() - datetime.timedelta(days=days)
    Appointment.objects.create(person=person, role="trainer", since=datetime.date(2020, 1, 1), until=until)
"""


def close(place):
    return subprocess.run(
        [COMMAND, "people", "close-accounts", "--data", str(place.folder)],
        env=place.environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_what_is_due_is_closed_and_told(tmp_path):
    with installed(tmp_path / "data") as place:
        place.manage("migrate")
        subprocess.run([sys.executable, "-c", LEFT], env=place.environment, check=True)

        first, second = close(place), close(place)

        assert (first.returncode, first.stdout) == (0, "1 account closed.\n"), first.stderr
        assert (second.returncode, second.stdout) == (0, "No account is due.\n")
        assert place.sql("SELECT email FROM people_person WHERE closed_at IS NOT NULL") == [
            ("petra@example.org",)
        ]
        assert place.verdict()["whole"]
        closed = place.sql("SELECT closed_at FROM people_person WHERE closed_at IS NOT NULL")[0][0]
        assert str(datetime.date.today().year) in str(closed)
