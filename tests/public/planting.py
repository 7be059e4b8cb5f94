"""Markers in all that must stay inside (``zq…zq``) and in what may leave (``may…leave``); then other values instead."""

import datetime
import re

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from endocsea.findings.models import Finding, Observation, Rating
from endocsea.journal.actions import record
from endocsea.people import actions, letters
from endocsea.people.models import Appointment, Invitation, Person
from endocsea.profiles.actions import bring_up_to_date
from endocsea.replies.models import Answer, Evidence
from endocsea.sources.models import Citation, Source
from endocsea.states.models import ReportingChannel, State
from endocsea.support.actors import CONTENT, Fixed, Role
from endocsea.support.classes import Confidentiality
from tests.cast import SINCE
from tests.conftest import LOADED_AT

MARKER = re.compile(rb"zq[a-z0-9]+zq")
PAST, LONG_PAST = datetime.date(2022, 5, 2), datetime.date(2022, 3, 1)
FUTURE = datetime.date(2999, 1, 1)
HEARD = {"sent_to_state_on": LONG_PAST, "comment_until": PAST}
RESTRICTED = {"indicator__sensitivity": Confidentiality.RESTRICTED}

# whatever these keep is about people, and none of it is public
ABOUT_PEOPLE = ("people", "journal", "account", "mfa", "usersessions", "sessions")


def tables_about_people():
    return [model for model in apps.get_models() if model._meta.app_label in ABOUT_PEOPLE]


def plant():
    _plant_what_is_known_of_states()
    _plant_people()
    empty = [model.__name__ for model in tables_about_people() if not model.objects.exists()]
    assert not empty, f"plant something in {empty}"


def change():
    """Every value that was planted in what must stay inside is another one now, and so is what follows from it."""
    _change_what_is_known_of_states()
    _change_people()
    bring_up_to_date(by=CONTENT, at=LOADED_AT)


def _plant_what_is_known_of_states():
    Observation.objects.filter(code="OBS-GEO-01").update(
        statement="zqneversentzq", note="zqnotezq", value="zqvaluezq"
    )
    Observation.objects.filter(code="OBS-GEO-02").update(
        statement="zqtermrunszq", sent_to_state_on=LONG_PAST, comment_until=FUTURE
    )
    Observation.objects.filter(code="OBS-GEO-03").update(statement="mayheardleave", **HEARD)
    secret = Source.objects.create(address="https://zqsourcezq.example.org/", title="zqtitlezq")
    place = Citation.objects.create(source=secret, locator="zqlocatorzq")
    Observation.objects.filter(confidentiality=Confidentiality.RESTRICTED).update(
        statement="zqrestrictedzq", citation=place, **HEARD
    )
    Observation.objects.filter(code="OBS-ALB-01").update(citation=place)
    Observation.objects.filter(code="OBS-ALB-02").update(
        statement="zqclassrestrictedzq", confidentiality=Confidentiality.RESTRICTED, **HEARD
    )
    ReportingChannel.objects.filter(state__iso3="GEO").update(
        name="zqchannelzq", organisation="zqorganisationzq", url="https://zqurlzq.example.org/"
    )
    ReportingChannel.objects.filter(state__iso3="ALB").update(
        name="mayconfirmedleave", confirmed_on=PAST, confirmed_by="zqpostzq"
    )
    answers = Answer.objects.filter(**RESTRICTED)
    answers.filter(status="answered").update(value="zqanswerzq", respondent="zqrespondentzq")
    Evidence.objects.filter(answer__in=answers).update(citation=place)
    Answer.objects.update(respondent="zqrespondentzq")
    Finding.objects.filter(**RESTRICTED).update(reason="zqreasonzq", state_comment="zqcommentzq")
    Rating.objects.update(rater="zqraterzq")


def _change_what_is_known_of_states():
    restricted = Finding.objects.filter(**RESTRICTED)
    assert restricted.count() == 18
    restricted.filter(level=0).update(level=4)
    restricted.exclude(level=4).update(level=0)
    restricted.update(reason="another", state_comment="")
    Answer.objects.filter(**RESTRICTED).update(value="", status="not_applicable")
    Answer.objects.update(respondent="another")
    Rating.objects.update(rater="another")
    Observation.objects.filter(confidentiality=Confidentiality.RESTRICTED).update(
        statement="changed", as_of="2001"
    )
    Observation.objects.filter(code__in=["OBS-GEO-01", "OBS-GEO-02"]).update(statement="changed", note="")
    Source.objects.filter(title="zqtitlezq").update(address="https://another.example.org/", title="another")
    ReportingChannel.objects.filter(state__iso3="GEO").update(name="another", organisation="", url="")
    ReportingChannel.objects.filter(state__iso3="ALB").update(confirmed_by="another")


def _plant_people():
    georgia, arden = (State.objects.get(iso3=code) for code in ("GEO", "XAA"))
    nino = Person.objects.create_user("zqaddresszq@example.org", name="zqnamezq")
    Person.objects.create_user("zqnobodyzq@example.org", name="zqnorolezq")
    for state, role in ((georgia, Role.COORDINATOR), (arden, Role.TEAM), (None, Role.SECRETARIAT)):
        Appointment.objects.create(person=nino, role=role, state=state, since=SINCE)
    invited = actions.invite(
        email="zqinvitedzq@example.org",
        name="zqguestzq",
        role=Role.TEAM,
        state=georgia,
        by=nino,
        at=LOADED_AT,
    )
    letters.invitation(invited, "zqtokenzq")
    record(
        "zqdeedzq", by=Fixed("zqactorzq"), at=LOADED_AT, about=("zqkindzq", "zqkeyzq"), facts={"zqfactzq": 1}
    )
    record("answer given", by=nino, at=LOADED_AT, about=("answer", "GEO C1-01"), facts={"reason": "zqwhyzq"})
    address = EmailAddress.objects.create(user=nino, email="zqsecondzq@example.org")
    EmailConfirmation.objects.create(email_address=address, key="zqconfirmzq")
    Authenticator.objects.create(user=nino, type="webauthn", data={"name": "zqpasskeyzq"})
    session = SessionStore()
    session["who"] = "zqsessionzq"
    session.save()
    UserSession.objects.create(
        user=nino, ip="192.0.2.7", user_agent="zqbrowserzq", session_key=session.session_key, data={}
    )


def _change_people():
    nino, nobody = Person.objects.get(name="zqnamezq"), Person.objects.get(name="zqnorolezq")
    Appointment.objects.filter(role=Role.COORDINATOR).update(until=PAST)
    Appointment.objects.filter(role=Role.TEAM).update(role=Role.RAPPORTEUR, state=None)
    Appointment.objects.create(
        person=Person.objects.create_user("another@example.org", name="Another"),
        role=Role.COORDINATOR,
        state=State.objects.get(iso3="ALB"),
        since=SINCE,
    )
    actions.erase(person=nobody, by=nobody, at=LOADED_AT)
    nino.email, nino.name, nino.language = "changed@example.org", "Changed", "fr"
    nino.save()
    Invitation.objects.update(
        email="changed@example.org", name="", role=Role.PARTNER, state=None, withdrawn_at=LOADED_AT
    )
    letters.invitation(Invitation.objects.get(), "another")
    record("answer given", by=nino, at=LOADED_AT, about=("answer", "GEO C1-01"), facts={"reason": "another"})
    EmailAddress.objects.update(email="changed@example.org")
    EmailConfirmation.objects.update(key="another")
    Authenticator.objects.update(data={"name": "another"})
    UserSession.objects.update(ip="192.0.2.8", user_agent="another")
    Session.objects.all().delete()
