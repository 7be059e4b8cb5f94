"""One's own data: all of it is shown, can be corrected, and goes when it is erased."""

import base64
import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from endocsea.journal.models import Entry
from endocsea.journal.queries import written
from endocsea.journal.rules import verify
from endocsea.people import actions, refusals, register
from endocsea.people.models import Invitation, Person
from endocsea.support.actors import CONTENT, Role
from tests.people.helpers import letters_in


def names_a_person(field):
    """A link to an account, an address of a person, or the name of one; names of states and texts are none."""
    if field.is_relation:
        return field.related_model is Person and field.concrete
    return (
        isinstance(field, models.EmailField)
        or "email" in field.name
        or (field.name == "name" and field.model.__module__.startswith(("endocsea.people", "allauth")))
        or (field.model.__module__.startswith("endocsea.journal") and field.name in ("actor", "person"))
    )


def test_the_register_holds_every_column_that_names_a_person():
    found = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if hasattr(field, "column") and names_a_person(field)
    }

    assert found - {column for part in register.PARTS for column in part.columns} == set()
    assert {column for part in register.PARTS for column in part.columns} - found == set()


def test_every_part_says_what_why_and_how_long():
    assert len({part.key for part in register.PARTS}) == len(register.PARTS)
    for part in register.PARTS:
        assert str(part.what)
        assert str(part.why)
        assert str(part.how_long)


@pytest.fixture
def zoe(arden, sera, at):
    """Zoe has left a trace in every table that could hold one, under a name and an address like no others."""
    zoe = Person.objects.create_user("zoe.zzyzx@example.org", "a password of hers", name="Zoe Zzyzx")
    held = actions.appoint(person=zoe, role=Role.TEAM, state=arden, since=localdate(at), by=CONTENT, at=at)
    actions.invite(email=zoe.email, name=zoe.name, role=Role.TRAINER, by=sera, at=at)
    actions.correct_own_data(person=zoe, name="Zoe Zzyzx", language="fr", at=at)
    EmailAddress.objects.create(user=zoe, email=zoe.email, primary=True)
    browser = Client(REMOTE_ADDR="192.0.2.77", HTTP_USER_AGENT="Zzyzx Browser")
    browser.post(reverse("account_login"), {"login": zoe.email, "password": "a password of hers"})
    TOTP.activate(zoe, generate_totp_secret())
    actions.end(appointment=held, on=localdate(at), by=zoe, at=at)
    return zoe


def everything():
    """All that the database holds, as text; sessions as they are read."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    found += [str(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join(found)


def test_own_data_shows_all_parts(zoe):
    shown = actions.own_data(zoe)

    assert list(shown) == [part.key for part in register.PARTS]
    assert shown["account"]["e-mail"] == "zoe.zzyzx@example.org"
    assert shown["roles"][0]["state"] == "XAA"
    assert shown["invitations"][0]["to"] == {"e-mail": "zoe.zzyzx@example.org", "name": "Zoe Zzyzx"}
    assert shown["addresses"] == ["zoe.zzyzx@example.org"]
    assert shown["second factors"][0]["kind"] == "totp"
    assert {session["address"] for session in shown["sessions"]} >= {"192.0.2.77"}
    assert "own data corrected" in {each["deed"] for each in shown["deeds"]}
    assert {"role given", "role ended"} <= {each["deed"] for each in shown["told"]}
    json.dumps(shown)


def test_own_data_shows_nothing_of_others(zoe, sera):
    told = json.dumps(actions.own_data(sera))

    assert "somebody else" in told
    assert "zoe" not in told.lower()


def test_secrets_are_in_no_download(zoe):
    told = json.dumps(actions.own_data(zoe))
    secret = Authenticator.objects.get(user=zoe).data["secret"]

    assert secret not in told
    assert zoe.password not in told


def test_erasure_leaves_no_trace_of_name_address_or_connection(zoe, at):
    before = everything()
    for trace in ("zzyzx", "192.0.2.77"):
        assert trace in before.lower()

    actions.erase(person=zoe, by=zoe, at=at)

    after = everything()
    for trace in ("zzyzx", "192.0.2.77", base64.b64encode(b"zoe.zzyzx").decode()[:10]):
        assert trace not in after.lower()
    assert not UserSession.objects.filter(user=zoe).exists()
    assert not Authenticator.objects.filter(user=zoe).exists()


def test_after_erasure_the_journal_is_whole_and_does_not_know_who_it_was(zoe, at):
    entries = Entry.objects.count()
    actions.erase(person=zoe, by=zoe, at=at)

    assert Entry.objects.count() == entries + 1
    assert zoe.journal_id not in {entry.actor for entry in Entry.objects.with_parts()}
    assert verify(written()).whole


def test_an_erased_account_lets_nobody_in_and_its_address_is_free(zoe, client, at):
    erased = actions.erase(person=zoe, by=zoe, at=at)

    assert not erased.is_active
    assert not erased.has_usable_password()
    assert erased.erased_at == at
    assert Person.objects.create_user("zoe.zzyzx@example.org").pk != erased.pk


def test_whoever_holds_a_role_beyond_today_is_not_erased(ana, at):
    with pytest.raises(refusals.StillHoldsRole):
        actions.erase(person=ana, by=ana, at=at)
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"


def test_data_protection_erases_for_others_and_nobody_else_does(people, otto, at):
    for name, person in people.items():
        if name not in ("otto", "dario"):
            with pytest.raises(refusals.MayNot):
                actions.erase(person=otto, by=person, at=at)
    erased = actions.erase(person=otto, by=people["dario"], at=at)
    assert erased.name == ""


def test_own_name_and_language_can_be_corrected(otto, at):
    actions.correct_own_data(person=otto, name="Otto Özil", language="fr", at=at)

    otto.refresh_from_db()
    assert (otto.name, otto.language) == ("Otto Özil", "fr")
    with pytest.raises(ValidationError):
        actions.correct_own_data(person=otto, name="O" * 121, language="de", at=at)


def test_an_invitation_that_was_open_is_closed_by_erasure(sera, otto, at):
    made = actions.invite(email=otto.email, role=Role.TRAINER, by=sera, at=at)
    actions.erase(person=otto, by=otto, at=at)

    made.refresh_from_db()
    assert made.withdrawn_at == at
    assert not Invitation.objects.waiting().exists()


def test_letters_in_the_outbox_are_in_the_register_and_go_with_the_person(otto, sera, at, settings, tmp_path):
    settings.EMAIL_BACKEND = "endocsea.people.outbox.Outbox"
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"
    for to in (
        ["otto@example.org"],
        ["Otto <OTTO@example.org>"],
        ["sera@example.org"],
        ["otto@example.org.invalid"],
    ):
        EmailMessage("A letter", "with a link", to=to).send()
    assert len(actions.own_data(otto)["letters"]) == 2

    actions.erase(person=otto, by=otto, at=at)

    assert [letter["To"] for letter in letters_in(settings.EMAIL_FILE_PATH)] == [
        "sera@example.org",
        "otto@example.org.invalid",
    ]
    assert actions.own_data(sera)["letters"]


def test_without_an_outbox_there_are_no_letters_to_erase(otto, at, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "none"

    assert actions.own_data(otto)["letters"] == []
    assert actions.erase(person=otto, by=otto, at=at).erased_at == at
