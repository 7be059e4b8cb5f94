"""An installation looked at before it goes public: through its real middleware, records, journal and files."""

import datetime
import json
import secrets

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.utils.timezone import localdate, now

from endocsea.config import exposure
from endocsea.config.exposing import missing
from endocsea.config.starts import Start
from endocsea.journal.models import Entry
from endocsea.people.actions import add_training_people
from endocsea.people.models import Appointment
from endocsea.people.signing_in import set_up_codes
from endocsea.support.actors import Role
from tests.journal.tampering import guards_down

SITE = "https://endocsea.example.org"
START = Start(
    site=SITE, public=True, training=False, mail=True, sender="endocsea@example.org", database="in data"
)
# the tests' own user makes their databases
ALLOWED = [] if connection.vendor == "sqlite" else ["database-user"]


@pytest.fixture
def folder(tmp_path, settings):
    """A data folder with its secret and the head of the journal."""
    place = tmp_path / "data"
    place.mkdir(mode=0o700)
    settings.DATA = place
    settings.SECRET_KEY = secrets.token_urlsafe(48)
    (place / "secret").touch(mode=0o600)
    (place / "secret").write_text(settings.SECRET_KEY)
    return place


@pytest.fixture
def served(settings):
    """The settings that an address with https brings."""
    settings.ALLOWED_HOSTS = ["localhost", "endocsea.example.org"]
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURE_SSL_REDIRECT, settings.SECURE_SSL_HOST = True, "endocsea.example.org"
    settings.PREVIEW = settings.WITH_TRAINING = False
    settings.SILENCED_SYSTEM_CHECKS = [
        *settings.SILENCED_SYSTEM_CHECKS,
        "async.E001",
    ]  # the tests' browsers need what it warns of
    return settings


@pytest.fixture
def ready(folder, served, adam, sera):
    """An installation in which nothing is missing."""
    for person in (adam, sera):
        set_up_codes(person)
    keep_head(folder)
    return folder


def keep_head(folder):
    last = Entry.objects.order_by("number").last()
    head = folder / "journal-head"
    head.touch(mode=0o600)
    head.write_text(json.dumps({"number": last.number, "link": last.link, "at": last.at.isoformat()}))


def found_in(folder):
    return [each.code for each in missing(exposure.look(folder, START)) if each.code not in ALLOWED]


def test_where_everything_is_there_nothing_is_missing(ready):
    assert found_in(ready) == []


def test_the_look_changes_nothing(ready):
    def state():
        with connection.cursor() as cursor:
            tables = sorted(connection.introspection.table_names(cursor))
            counts = {}
            for table in tables:
                cursor.execute(f'select count(*) from "{table}"')
                counts[table] = cursor.fetchone()[0]
        files = {file: file.read_bytes() for file in sorted(ready.rglob("*")) if file.is_file()}
        return counts, files

    before = state()
    exposure.look(ready, START)

    assert state() == before


def test_the_secret_is_told_with_its_day(ready):
    assert exposure.look(ready, START).secret_since == datetime.datetime.now(tz=datetime.UTC).date()


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"ALLOWED_HOSTS": ["*"]}, ["hosts"]),
        ({"ALLOWED_HOSTS": ["localhost"]}, ["answer", "answer"]),
        ({"SECURE_SSL_REDIRECT": False}, ["redirect", "security.W008"]),
        ({"SECURE_SSL_HOST": "other.example.org"}, ["redirect"]),
        (
            {"SECURE_HSTS_SECONDS": 0},
            ["header-strict-transport-security"] * 2 + ["security.W004"],
        ),
        ({"SECURE_HSTS_SECONDS": 3600}, ["header-strict-transport-security"] * 2),
        (
            {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {"default-src": ["'self'", "'unsafe-inline'"]}}},
            ["header-content-security-policy"] * 2,
        ),
        (
            {"SECURE_CONTENT_TYPE_NOSNIFF": False},
            ["header-x-content-type-options"] * 2 + ["security.W006"],
        ),
        (
            {"SECURE_REFERRER_POLICY": None},
            ["header-referrer-policy"] * 2 + ["security.W022"],
        ),
        ({"CSRF_COOKIE_SECURE": False}, ["cookie", "security.W016"]),
        ({"CSRF_COOKIE_HTTPONLY": False}, ["cookie"]),
        ({"SESSION_COOKIE_SECURE": False}, ["security.W012"]),
        ({"DEBUG": True}, ["security.W018"]),
        ({"SECRET_KEY": "short"}, ["secret", "security.W009"]),
    ],
)
def test_a_setting_that_was_loosened_is_seen_in_what_is_answered(ready, served, changed, codes):
    for name, value in changed.items():
        setattr(served, name, value)

    assert found_in(ready) == codes


def test_a_part_that_guards_every_page_and_was_left_out_is_seen(ready, served):
    served.MIDDLEWARE = [
        name for name in served.MIDDLEWARE if "CSPMiddleware" not in name and "XFrame" not in name
    ]

    assert found_in(ready) == [
        "header-content-security-policy", "header-x-frame-options",
        "header-content-security-policy", "header-x-frame-options", "security.W002",
    ]  # fmt: skip


def test_a_page_that_fails_is_told_and_no_crash(ready, served):
    served.ROOT_URLCONF = "tests.config.failing_urls"

    found = missing(exposure.look(ready, START))

    assert [each.sentence for each in found if each.code == "answer" and "/en/" in each.sentence] == [
        "/en/ answers 500 and no page."
    ]


def test_without_people_administrator_and_secretariat_are_missing(folder, served, db):
    keep_head(folder)

    assert found_in(folder) == ["administrator", "secretariat"]


def test_an_administrator_without_a_second_factor_is_none_yet(folder, served, adam, sera):
    set_up_codes(sera)
    keep_head(folder)

    found = {each.code: each.sentence for each in missing(exposure.look(folder, START))}

    assert found.keys() - set(ALLOWED) == {"administrator", "second-factor"}
    assert "held without one: Administrator." in found["second-factor"]


def test_recovery_codes_alone_are_no_second_factor(ready, adam):
    Authenticator.objects.filter(user=adam, type=Authenticator.Type.TOTP).delete()

    assert found_in(ready) == ["administrator", "second-factor"]


def test_who_has_no_second_factor_is_told_by_role_and_state_and_never_by_name(ready, people):
    (sentence,) = [
        each.sentence for each in missing(exposure.look(ready, START)) if each.code == "second-factor"
    ]

    assert sentence.endswith(
        "held without one: National coordinator of XAA, National coordinator of XAB, Data protection officer, "
        "Rapporteur, Safeguarding officer."
    )
    for person in people.values():
        assert person.email not in sentence
        assert person.name not in sentence


def test_two_of_a_kind_are_counted(ready, ravi, otto):
    Appointment.objects.create(person=otto, role=Role.RAPPORTEUR, since=localdate())

    (found,) = exposure.look(ready, START).second_factor_missing

    assert found == "Rapporteur (2)"


def test_a_role_that_has_ended_or_an_account_that_is_closed_asks_for_nothing(ready, ravi, ana):
    Appointment.objects.filter(person=ravi).update(until=localdate() - datetime.timedelta(days=1))
    ana.is_active = False
    ana.save()

    assert found_in(ready) == []


def test_an_administrator_whose_role_has_ended_is_none(ready, adam):
    Appointment.objects.filter(person=adam).update(until=localdate() - datetime.timedelta(days=1))

    assert found_in(ready) == ["administrator"]


def test_people_for_training_are_counted(folder, served, db):
    served.WITH_TRAINING = True
    people = add_training_people(at=now())
    keep_head(folder)

    assert exposure.look(folder, START).training_people == len(people) > 9
    assert found_in(folder) == ["training-people"]


def test_a_journal_that_was_changed_is_told(ready):
    with guards_down(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET deed = 'never done' WHERE number = 1")

    assert found_in(ready) == ["journal"]


@pytest.mark.parametrize("content", [None, "no head"])
def test_without_a_head_outside_the_database_the_journal_s_end_is_not_guarded(ready, content):
    head = ready / "journal-head"
    head.unlink() if content is None else head.write_text(content)

    assert found_in(ready) == ["journal-head"]


def test_a_secret_that_is_not_in_the_folder_is_told(ready):
    (ready / "secret").unlink()

    assert found_in(ready) == ["secret"]
    assert exposure.look(ready, START).secret_since is None


def test_files_that_others_may_read_are_named(ready):
    (ready / "secret").chmod(0o644)

    (found,) = [each for each in missing(exposure.look(ready, START)) if each.code not in ALLOWED]

    assert found.code == "folder-open"
    assert str(ready / "secret") in found.sentence


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no users")
def test_on_postgresql_the_rights_of_the_user_are_told(ready):
    assert exposure.look(ready, START).rights == ("makes databases",)
