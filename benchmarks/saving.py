"""Saving one answer of the full questionnaire beside a signed-in page that updates one row: same middleware.

Both are posted by one browser of Django's, in one process, onto SQLite as it is set up for use (WAL, every commit
on the disk). They take turns, five times each; the time of one is the median of its five runs. Saving an answer
asks who may, looks for case data, compares the version, keeps the old one, and writes to the journal.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

POSTS, RUNS = 60, 5
QUESTION = "C3/C3-07"


def run() -> None:
    """In a process of its own: Django starts once, with one data folder."""
    subprocess.run([sys.executable, "-c", "from benchmarks.saving import measure; measure()"], check=True)


def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _prepare(Path(folder))
        contenders = _contenders()
        seconds: dict[str, list[float]] = {name: [] for name in contenders}
        for post in contenders.values():
            post()
        for _ in range(RUNS):
            for name, post in contenders.items():
                began = time.perf_counter()
                for _each in range(POSTS):
                    post()
                seconds[name].append((time.perf_counter() - began) / POSTS)
        base = statistics.median(seconds["one row updated"])
        for name, taken in seconds.items():
            median = statistics.median(taken)
            print(f"  {name:20}{median * 1000:8.2f} ms   ratio {median / base:5.2f}")


def _prepare(place: Path) -> None:
    from endocsea.config import data, django_start

    data.prepare(place)
    data.make_secret(place)
    django_start.start(place)
    from django.conf import settings

    from endocsea.config import preparing

    settings.ROOT_URLCONF = "benchmarks.urls"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    preparing.make_ready()


def _contenders() -> dict[str, Callable[[], None]]:
    import datetime

    from django.test import Client
    from django.urls import reverse

    from endocsea.people.models import Appointment, Person
    from endocsea.questionnaires.models import Round
    from endocsea.replies.models import Reply
    from endocsea.states.models import State
    from endocsea.support.actors import Role

    asked = Round.objects.get(training=True)
    Round.objects.filter(pk=asked.pk).update(closed_at=None)
    Reply.objects.filter(round=asked).delete()
    state = State.objects.get(iso3="XAA")
    person = Person.objects.create_user("coordinator@example.org", name="In the chair")
    today = datetime.datetime.now(tz=datetime.UTC).date()
    Appointment.objects.create(person=person, role=Role.COORDINATOR, state=state, since=today)
    browser = Client()
    _with_second_factor(person)
    browser.force_login(person)
    answer = reverse("replies:answer", args=[asked.code, state.slug])
    seen = {"number": asked.answers.get(state=state, question=QUESTION).number}

    def save() -> None:
        sent = {
            "question": QUESTION,
            "seen": seen["number"],
            "value": str(seen["number"] % 4),
            "explanation": "Section 12 of the act names the unit and its tasks.",
        }
        came = browser.post(answer, sent, headers={"X-Requested-With": "autosave"})
        if came.status_code != 200:
            raise SystemExit(f"saving answered {came.status_code}: {came.content[:200]!r}")
        seen["number"] = came.json()["seen"]

    def update() -> None:
        came: Any = browser.post("/workspace/plain/")
        if came.status_code != 200:
            raise SystemExit(f"the plain page answered {came.status_code}")

    return {"one row updated": update, "one answer saved": save}


def _with_second_factor(person: Any) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(person, generate_totp_secret())
