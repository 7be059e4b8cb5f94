"""A round that is open, in the data folder of a running server: ``python -m tests.browser.rounds FOLDER``.

It prints a session for each of the people who answer for Arden, and for the secretariat.
"""

import datetime
import json
import sys
from pathlib import Path

PASSWORD = "a quiet harbour at noon"
LAST = "C3/C3-07"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def main(folder):
    from endocsea.config import django_start

    django_start.start(folder)
    from allauth.mfa.totp.internal.auth import TOTP
    from django.utils.timezone import now

    from endocsea.people.models import Appointment, Person
    from endocsea.questionnaires.models import Round, Share, Version
    from endocsea.states.models import State
    from endocsea.support.actors import Role

    arden, belmora = (State.objects.get(iso3=code) for code in ("XAA", "XAB"))
    sessions = {}
    for name, role, of in (
        ("ana", Role.COORDINATOR, arden),
        ("tara", Role.TEAM, arden),
        ("sera", Role.SECRETARIAT, None),
        ("cleo", Role.CIVIL_SOCIETY, belmora),
    ):
        person = Person.objects.create_user(f"{name}@example.org", PASSWORD, name=name.capitalize())
        TOTP.activate(person, SECRET)
        held = Appointment.objects.create(person=person, role=role, state=of, since=datetime.date(2020, 1, 1))
        if role is Role.TEAM:
            member = held
        if role is Role.CIVIL_SOCIETY:
            voice = held
        sessions[name] = session_of(person)
    model, today = Round.objects.get(training=True), now().date()
    opened = Round.objects.create(
        programme=model.programme,
        edition=model.edition,
        version=Version.objects.get(content_key="2020 full"),
        code="now",
        name={"en": "This year's round", "fr": "Le cycle de cette année"},
        training=True,
        languages=["en", "fr"],
        opens_on=today - datetime.timedelta(days=10),
        answers_until=today + datetime.timedelta(days=20),
        closes_on=today + datetime.timedelta(days=60),
        opened_at=now() - datetime.timedelta(days=10),
    )
    opened.states.set(State.objects.filter(iso3__in=("XAA", "XAB")))
    Share.objects.create(
        round=opened,
        state=arden,
        institution="Ministry of the Interior",
        member=member,
        questions=["C3/C3-01", "C3/C3-07", "C1/C1-02"],
    )
    almost_ready(opened, arden)
    others(opened, belmora, voice)
    print(json.dumps(sessions))


def almost_ready(like, state):
    """A round with the core set, in which a state has answered everything but one question."""
    from endocsea.questionnaires.models import Round, Version
    from endocsea.replies.models import Answer, Reply

    version = Version.objects.get(content_key="2020 core")
    core = Round.objects.create(
        programme=like.programme,
        edition=like.edition,
        version=version,
        code="core",
        name={"en": "The core set", "fr": "Le questionnaire de base"},
        training=True,
        languages=["en", "fr"],
        opens_on=like.opens_on,
        answers_until=like.answers_until,
        closes_on=like.closes_on,
        opened_at=like.opened_at,
    )
    core.states.set([state])
    Reply.objects.create(round=core, state=state)
    Answer.objects.bulk_create(
        Answer(round=core, state=state, question=path, number=1, status=Answer.Status.NOT_KNOWN)
        for path, _question in version.form.questions()
        if path != LAST
    )


def others(opened, state, member):
    """What others say: an organisation beside a state, the reply that this state has sent, a state that is silent."""
    from endocsea.questionnaires.models import Round
    from endocsea.replies.models import Answer, Reply, Voice, VoiceAnswer
    from endocsea.states.models import State

    at = opened.opened_at
    voice = Voice.objects.create(
        round=opened,
        state=state,
        organisation="Childline of Belmora",
        shown="named",
        member=member,
        added_at=at,
    )
    VoiceAnswer.objects.create(
        voice=voice, question=LAST, number=1, status="answered", value="1", explanation="Seldom.", saved_at=at
    )
    core = Round.objects.get(code="core")
    core.states.add(state)
    Reply.objects.create(round=core, state=state, step="submitted", submitted_at=at, signed_as="Minister")
    Answer.objects.bulk_create(
        Answer(round=core, state=state, question=path, number=1, status="answered", value="3")
        if path == LAST
        else Answer(round=core, state=state, question=path, number=1, status="not_known")
        for path, _question in core.version.form.questions()
    )
    late = Round.objects.create(
        programme=core.programme,
        edition=core.edition,
        version=core.version,
        code="late",
        name={"en": "The round of last spring", "fr": "Le cycle du printemps dernier"},
        training=True,
        languages=["en", "fr"],
        opens_on=opened.opens_on - datetime.timedelta(days=90),
        answers_until=opened.opens_on - datetime.timedelta(days=30),
        closes_on=opened.closes_on,
        opened_at=at - datetime.timedelta(days=90),
    )
    late.states.set([State.objects.get(iso3="XAC")])


def session_of(person):
    """The key of a session in which a person is signed in."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key


if __name__ == "__main__":
    main(Path(sys.argv[1]))
