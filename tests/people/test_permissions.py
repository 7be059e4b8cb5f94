"""Every address, from every chair, against the table of permissions; and the table against the page in docs."""

import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.messages import get_messages
from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.timezone import localdate, now

import endocsea
from endocsea.config.permissions import OTHER, OWN, PUBLIC, Gets, chairs, page, routes, rows
from endocsea.findings.models import Observation
from endocsea.people import actions
from endocsea.people.models import Appointment, Invitation, Person
from endocsea.people.rules import GIVEN
from endocsea.public import urls
from endocsea.quarantine.models import Destroyed, Report
from endocsea.questionnaires.models import Round, Share
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.exchange.sheet import Difference, How
from endocsea.replies.models import Answer, Cleared, Comment, Evidence, File, Reply, Voice, VoiceAnswer, Wish
from endocsea.replies.views import exchange
from endocsea.sources import fetching
from endocsea.sources.models import Citation, Domain, Source
from endocsea.support.actors import CONTENT, Role
from tests.people import never_blank, translating, without_account
from tests.people.helpers import PASSWORD, signed_in
from tests.questionnaires.tried import QUESTIONNAIRES, VERSION, made

DOCS = Path(endocsea.__file__).parents[1] / "docs" / "reference" / "permissions.md"
CHAIRS = {chair.name: chair for chair in chairs()}
DEEDS = [row for row in rows() if row.method == "POST"]
PAGES = [row for row in rows() if row.method == "GET" and row.routes != PUBLIC]
TOKEN = "a link that was never sent"


def test_every_address_has_a_row_and_every_row_an_address():
    known = {route for row in rows() for route in row.routes}
    there = set(routes())

    assert there - known == set(), "these addresses have no row in endocsea/config/permissions/"
    assert known - there == set()


def test_the_page_in_docs_is_the_table():
    assert DOCS.read_text() == page(), (
        "renew it: .venv/bin/python -m endocsea.config.manage permissions > docs/reference/permissions.md"
    )


def test_every_role_has_a_chair():
    assert {chair.role for chair in CHAIRS.values()} == {None, *GIVEN}


@pytest.fixture
def states(arden, belmora):
    return {OWN: arden, OTHER: belmora, None: None}


@pytest.fixture
def sitting(db, states):
    """Who sits in a chair, and new browsers in which they are signed in: what an answer leaves there is gone."""

    def seat(chair):
        if chair.actor is None:
            return None, Client
        person = Person.objects.create_user("chair@example.org", PASSWORD, name="In the chair")
        for role, state in chair.actor.held:
            Appointment.objects.create(person=person, role=role, state=states[state], since="2020-01-01")
        browser = signed_in(person)
        RecoveryCodes.activate(person)
        return person, lambda: with_cookies_of(browser)

    return seat


@pytest.fixture(autouse=True)
def without_a_network(monkeypatch):
    def nowhere(host, port):
        raise OSError

    monkeypatch.setattr(fetching, "WEB", fetching.Web(resolve=nowhere))


@pytest.fixture
def somebody(db):
    """Somebody else, whose roles and invitations the deeds are about; and a second administrator."""
    other = Person.objects.create_user("somebody@example.org", name="Somebody else")
    reserve = Person.objects.create_user("reserve@example.org")
    Appointment.objects.create(person=reserve, role=Role.ADMINISTRATOR, since="2020-01-01")
    return other


def with_cookies_of(browser):
    other = Client()
    other.cookies.update(browser.cookies)
    return other


def path_of(route, person, **parts):
    """An address with its blanks filled."""
    if "uidb36" in route:
        return reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "set-password"})
    if "keys/<int:pk>" in route:
        key = Authenticator.objects.create(user=person, type="webauthn", data={"name": "", "credential": {}})
        parts["pk"] = key.pk
    fill = {"token": TOKEN, "key": "x", **parts}
    route = re.sub(r"\(\?P<(\w+)>.*\)", r"<\1>", route.replace("^", "").replace("$", ""))
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(fill[found[1]]), route)


def got(response):  # noqa: PLR0911  a line per meaning
    """What an answer means to whoever asked."""
    if response.status_code in (404, 405):
        return Gets.NOT_THERE
    if response.status_code in (400, 422):
        return Gets.REFUSED
    if response.status_code == 302:
        if response.url.startswith(reverse("account_login")):
            return Gets.SIGNS_IN
        if "/reauthenticate/" in response.url:
            return Gets.SEES
        if any(message.level_tag == "error" for message in get_messages(response.wsgi_request)):
            return Gets.REFUSED
        return Gets.GOES_ON
    assert response.status_code == 200, response.status_code
    return Gets.SEES


@pytest.mark.parametrize("name", CHAIRS)
def test_each_page_from_each_chair(name, sitting, states, sera, spring, monkeypatch):
    chair, wrong = CHAIRS[name], []
    person, browser = sitting(chair)
    invited = Invitation.objects.create(email="new@example.org", role=Role.TRAINER, nominated_at=now())
    monkeypatch.setattr("endocsea.people.actions.invitation_behind", lambda token, *, at: invited)
    for row in PAGES:
        for route in row.routes:
            with transaction.atomic():
                cache.clear()
                parts = {"code": spring.code, "pk": sera.pk, "question": "C3/C3-07", "format": "csv"}
                parts |= {"state": states[OWN].slug, "section": "C3"}
                if route.startswith(QUESTIONNAIRES):
                    parts = VERSION
                elif "replies" in route:
                    parts = asked(row, spring, states)
                elif "by-link" in route:
                    parts = without_account.page(TOKEN)
                elif "voice" in row.parts:
                    parts = {**row.parts, "pk": voice(row, person, states).pk}
                found = got(browser().get(path_of(route, person or sera, **parts)))
                transaction.set_rollback(True)
            if found != row.gets(chair):
                wrong.append((row.what, row.kind, route, str(row.gets(chair)), str(found)))

    assert not wrong


@pytest.mark.parametrize("name", CHAIRS)
def test_each_deed_from_each_chair(name, sitting, states, somebody, spring):
    chair, wrong = CHAIRS[name], []
    person, browser = sitting(chair)
    for row in DEEDS:
        with transaction.atomic():
            found = deed(row, person, browser(), states, somebody)
            transaction.set_rollback(True)
        if found != row.gets(chair):
            wrong.append((row.what, row.kind, str(row.gets(chair)), str(found)))

    assert not wrong


def deed(row, person, browser, states, somebody):  # noqa: PLR0912, PLR0915  a branch per kind of deed
    """Do it, and say what came of it: a deed was done if the database says so."""
    (route,) = row.routes
    record, sent = row.record, {}
    if route.endswith("invite/"):
        state = states[record.of]
        sent = {
            "email": "new@example.org",
            "role": record.role,
            "state": state.pk if state else "",
            "language": "en",
        }
        path, done = (
            path_of(route, person),
            lambda: Invitation.objects.filter(email="new@example.org").exists(),
        )
    elif "invitations" in route:
        path, done = _invitation(row, states, somebody)
    elif "roles" in route:
        path, done = _role(row, person, states, somebody)
    elif "let-in-again" in route:
        path, done = _letting_in(row, states, somebody)
    elif route.startswith(QUESTIONNAIRES):
        blanks, sent, done = made(route)
        path = path_of(route, person, **blanks)
    elif never_blank.is_it(route):
        blanks = {"code": "spring-2021", **asked(row, Round.objects.get(code="spring-2021"), states)}
        sent, done = never_blank.deed(row, person, states)
        path = path_of(route, person, **blanks)
    elif translating.is_it(route):
        blanks = asked(row, Round.objects.get(code="spring-2021"), states)
        sent, done = translating.deed(row, person, states)
        path = path_of(route, person, **blanks)
    elif "voices" in route:
        path, sent, done = _voices(row, person, states)
    elif "/rounds/" in route:
        path, sent, done = _running(row, person)
    elif without_account.is_it(route):
        blanks, sent, done = without_account.deed(row, TOKEN, states)
        path = path_of(route, person, **blanks)
    elif "take" in route:
        path, sent, done = _taking(row, person, states)
    elif "evidence" in route:
        path, sent, done = _proving(row, person, states)
    elif "domains" in route:
        path, sent, done = _listing(row, person)
    elif "/comments/" in route:
        path, sent, done = _discussing(row, person, states)
    elif "/section/" in route:
        path, sent, done = _signing_off(row, person, states)
    elif "wishes" in route:
        path, done = _withdrawing_a_wish(row, person, states)
    elif "shares" in route:
        path, done = _taking_back(row, person, states)
    elif "answer/" in route:
        path, sent, done = _answered(row, person, states)
    elif "report" in route:
        path, sent, done = _reported(row, person)
    elif "data-protection" in route:
        path = path_of(route, None, pk=somebody.pk)
        done = Person.objects.filter(pk=somebody.pk, erased_at__isnull=False).exists
    elif "join" in route:
        return _join(person, browser)
    elif "erase" in route:
        path = path_of(route, person)
        done = Person.objects.filter(email__startswith="erased").exists
    else:
        path, done = path_of(route, person), lambda: "_auth_user_id" not in browser.session
    before = done()
    outcome = got(browser.post(path, sent))
    return Gets.DOES if done() and not before else outcome


def _invitation(row, states, somebody):
    record, at = row.record, now()
    made = Invitation.objects.create(
        email="open@example.org",
        role=record.role,
        state=states[record.of],
        invited_by=somebody,
        nominated_at=at,
    )
    if record.confirmed:
        Invitation.objects.filter(pk=made.pk).update(confirmed_at=at, expires_at=at, token_digest="before")

    def done():
        made.refresh_from_db()
        withdrawn = made.withdrawn_at is not None
        return withdrawn if row.parts["deed"] == "withdraw" else made.token_digest not in ("", "before")

    return path_of(row.routes[0], None, pk=made.pk, **row.parts), done


def _role(row, person, states, somebody):
    held = None
    if row.record is None:
        held = person.appointments.first() if person else None
    else:
        state = states[row.record.of]
        if row.record.role == Role.COORDINATOR:
            # the chair keeps its role beside the one that is to end: two at once, which no deed brings about
            Appointment.objects.filter(role=Role.COORDINATOR, state=state).update(until="2999-12-31")
        held = Appointment.objects.create(
            person=somebody, role=row.record.role, state=state, since="2020-01-01"
        )
    pk = held.pk if held else 999_999

    def done():
        return Appointment.objects.filter(pk=pk, until=localdate()).exists()

    return path_of(row.routes[0], None, pk=pk), done


def _letting_in(row, states, somebody):
    """Somebody holds the role, and has a second factor until they are let in again."""
    state = states[row.record.of]
    if row.record.role == Role.COORDINATOR:
        Appointment.objects.filter(role=Role.COORDINATOR, state=state).update(until="2999-12-31")
    Appointment.objects.create(person=somebody, role=row.record.role, state=state, since="2020-01-01")
    TOTP.activate(somebody, generate_totp_secret())

    def done():
        return not Authenticator.objects.filter(user=somebody).exists()

    return path_of(row.routes[0], None, pk=somebody.pk), done


def _reported(row, person):
    """An observation that everybody sees, reported already unless that is the deed; or its text, wherever it stands."""
    observation = Observation.objects.filter(retired_on=None).first()
    Observation.objects.filter(pk=observation.pk).update(confidentiality="public")
    of = {"kind": "observation", "key": observation.code}
    if "everywhere" in row.routes[0]:
        sent = {"text": observation.statement, "deed": "destroy"}
        return path_of(row.routes[0], person), sent, Destroyed.objects.exists
    if not row.parts:
        return path_of(row.routes[0], person, **of), {}, Report.objects.waiting().filter(**of).exists
    waiting = Report.objects.create(**of, reported_at=now())
    path = path_of(row.routes[0], person, pk=waiting.pk, **row.parts)
    sent = {"reason": "It speaks of a law."}
    return path, sent, Report.objects.filter(pk=waiting.pk, decided_at__isnull=False).exists


def asked(row, spring, states):
    """The blanks of an address about a reply in the round of spring, which is as far as the row says."""
    of = row.parts.get("state")
    if of is None:
        return {}
    if row.parts.get("sent"):
        Reply.objects.create(
            round=spring, state=states[of], step="submitted", submitted_at=now(), signed_as="Minister"
        )
    blanks = {"round": spring.code, "state": states[of].slug, "section": row.parts["section"]}
    if row.parts.get("clears"):
        reply, _made = Reply.objects.get_or_create(round=spring, state=states[of])
        blanks["pk"] = Wish.objects.create(reply=reply, text="Advice", asked_at=now()).pk
        letter = File.objects.create(
            state=states[of], name="letter.pdf", kind="pdf", size=1, digest="0", content=b"%", added_at=now()
        )
        cleared = Cleared.objects.create(
            reply=reply,
            letter="1",
            dated=localdate(),
            signed_as="Minister",
            file=letter,
            checksum="",
            said={},
            at=now(),
        )
        blanks["pk"] = cleared.pk if row.parts.get("of") == "letter" else blanks["pk"]
    if row.parts.get("share"):
        given = Share.objects.create(
            round=spring, state=states[of], institution="A ministry", questions=["C3/C3-07"]
        )
        blanks |= {"pk": given.pk, "format": row.parts["format"]}
    if row.parts.get("question"):
        blanks["question"] = row.parts["question"]
    if row.parts.get("said"):
        reply, _made = Reply.objects.get_or_create(round=spring, state=states[of])
        blanks["pk"] = reply.comments.create(
            question="C3/C3-07", role="coordinator", within="secretariat", text="Why?", at=now()
        ).pk
    if row.parts.get("proof"):
        piece = proven(spring, states[of], row.parts["proof"])
        blanks |= {"question": row.parts["proof"], "pk": piece.pk, "key": piece.file.key}
    return blanks


def proven(spring, state, question):
    """A piece of evidence with a file, as if somebody had attached it."""
    answer = Answer.objects.create(round=spring, state=state, question=question, status="not_answered")
    source = Source.objects.create(address="https://ministry.example/law", title="Law")
    file = File.objects.create(
        state=state, name="law.txt", kind="txt", size=1, digest="0" * 64, content=b"x", added_at=now()
    )
    return Evidence.objects.create(
        answer=answer, citation=Citation.objects.create(source=source), file=file, dated="2020-01-01"
    )


def _running(row, person):
    """Close the round of spring, give a state more time; or open the round once it was closed."""
    spring, which = Round.objects.get(code="spring-2021"), row.parts["round-deed"]
    Round.objects.filter(pk=spring.pk).update(closes_on="2999-12-31")
    if which == "open":
        Round.objects.filter(pk=spring.pk).update(closed_at=now())
    sent = {"reason": "It was agreed.", "state": spring.states.first().pk, "until": "2999-01-31"}

    def done():
        spring.refresh_from_db()
        if which == "more-time":
            return spring.extensions.exists()
        return (spring.closed_at is None) == (which == "open")

    return path_of(row.routes[0], person, code=spring.code), sent, done


def _discussing(row, person, states):
    """Say something at a question, or settle what was asked there."""
    spring = Round.objects.get(code="spring-2021")
    blanks = asked(row, spring, states)

    def done():
        if "settle" in row.routes[0]:
            return Comment.objects.filter(pk=blanks["pk"], settled_at__isnull=False).exists()
        return Comment.objects.filter(text="Really?").exists()

    return path_of(row.routes[0], person, **blanks), {"question": "C3/C3-07", "text": "Really?"}, done


def _signing_off(row, person, states):
    """Sign off a section that is ready, or reopen it; all of it is shared with a member of the team."""
    spring, state = Round.objects.get(code="spring-2021"), states[row.parts["state"]]
    paths = [path for path in spring.version.form.by_path() if path.startswith("C3/")]
    member = person.appointments.filter(role=Role.TEAM, state=state).first() if person else None
    if member:
        Share.objects.create(
            round=spring, state=state, institution="A ministry", member=member, questions=paths
        )
    Answer.objects.bulk_create(
        Answer(round=spring, state=state, question=path, status="not_known", number=1) for path in paths
    )
    reply = Reply.objects.create(round=spring, state=state)
    reopens = "reopen" in row.routes[0]
    if reopens:
        reply.sections_signed.create(section="C3", signed_as="Head of unit", signed_at=now())
    path = path_of(row.routes[0], person, **asked(row, spring, states))
    sent = {"signed_as": "Head of unit", "reason": "A law has changed."}
    return path, sent, reply.sections_signed.filter(reopened_at__isnull=not reopens).exists


def _proving(row, person, states):
    """Attach another piece, withdraw the one that is there, say what became of it, see whether it opens."""
    spring, state = Round.objects.get(code="spring-2021"), states[row.parts["state"]]
    member = person.appointments.filter(role=Role.TEAM, state=state).first() if person else None
    if member:
        Share.objects.create(
            round=spring, state=state, institution="A ministry", member=member, questions=["C3/C3-07"]
        )
    Domain.objects.create(name="ministry.example", why="A ministry's", listed_at=now())
    blanks = asked(row, spring, states)
    piece = Evidence.objects.get(pk=blanks["pk"])
    sent = {
        "title": "Report",
        f"of-{piece.pk}-life": "unreachable",
        f"of-{piece.pk}-why": "It does not open.",
    }

    def done():
        if "withdraw" in row.routes[0]:
            return Evidence.objects.filter(pk=piece.pk, retired_on__isnull=False).exists()
        if "check" in row.routes[0]:
            return Evidence.objects.filter(pk=piece.pk, life="unreachable").exists()
        if "look" in row.routes[0]:
            return piece.citation.source.copies.exists()
        return piece.answer.evidence.count() == 2

    return path_of(row.routes[0], person, **blanks), sent, done


def _listing(row, person):
    """List a site, or remove the one that is listed."""
    listed = Domain.objects.create(name="listed.example", why="A ministry's", listed_at=now())
    sent = {"name": "new.example", "why": "A court's"}
    removed = Domain.objects.filter(pk=listed.pk, removed_at__isnull=False)
    done = removed.exists if "remove" in row.routes[0] else Domain.objects.filter(name="new.example").exists
    return path_of(row.routes[0], person, pk=listed.pk), sent, done


def _withdrawing_a_wish(row, person, states):
    spring = Round.objects.get(code="spring-2021")
    blanks = asked(row, spring, states)
    path = path_of(row.routes[0], person, **blanks)
    return path, Wish.objects.filter(pk=blanks["pk"], withdrawn_at__isnull=False).exists


def voice(row, person, states):
    """An organisation that answers about a state; the person answers for it, if they are of civil society."""
    held = person.appointments.filter(role=Role.CIVIL_SOCIETY).first() if person else None
    return Voice.objects.create(
        round=Round.objects.get(code="spring-2021"),
        state=states[row.parts.get("voice", OWN)],
        organisation="Childline",
        shown="named",
        member=held,
        added_at=now(),
    )


def _voices(row, person, states):
    """Add an organisation, withdraw one, answer for it, or react to what it answers."""
    (route,), blanks = row.routes, {"code": "spring-2021", "round": "spring-2021"}
    if route.endswith("<slug:code>/voices/"):
        other = Person.objects.create_user("voice@example.org")
        held = Appointment.objects.create(person=other, role=Role.CIVIL_SOCIETY, since="2020-01-01")
        sent = {"state": states[OWN].pk, "shown": "named", "organisation": "Childline", "member": held.pk}
        return path_of(route, person, **blanks), sent, Voice.objects.exists
    there = voice(row, person, states)
    blanks |= {"pk": there.pk, "state": there.state.slug}
    sent = {"question": "C3/C3-07", "seen": "0", "value": "3"}
    if "/links/" in route:
        more, done = without_account.deed_of_voice(route, there)
        return path_of(route, person, **blanks, **more), {"language": "en"}, done
    if "react" in route:
        VoiceAnswer.objects.create(
            voice=there, question="C3/C3-07", number=1, status="answered", value="3", saved_at=now()
        )
        sent = {"question": "C3/C3-07", "voice": there.pk, "text": "We see it otherwise."}
        return path_of(route, person, **blanks), sent, there.comments.exists
    if "withdraw" in route:
        done = Voice.objects.filter(pk=there.pk, withdrawn_at__isnull=False).exists
        return path_of(route, person, **blanks), {}, done
    return path_of(route, person, **blanks), sent, there.answers.exists


def _taking_back(row, person, states):
    spring, state = Round.objects.get(code="spring-2021"), states[row.parts["state"]]
    given = Share.objects.create(round=spring, state=state, institution="A ministry", questions=["C3/C3-07"])
    path = path_of(row.routes[0], person, pk=given.pk, **asked(row, spring, states))
    return path, Share.objects.filter(pk=given.pk, withdrawn_at__isnull=False).exists


def _taking(row, person, states):
    """Take an answer that came back in a workbook."""
    spring, state = Round.objects.get(code="spring-2021"), states[row.parts["state"]]
    back = Given(Status.ANSWERED, "3")
    came = Difference("C3/C3-07", How.FILLED, Given(), back, 0, ("status", "value"))
    kept = {"origin": "workbook", "differences": [exchange._plain(came)]}
    sent = {
        "kept": signing.dumps(kept, salt=exchange.salt(spring.code, state.slug), compress=True),
        "take": ["C3/C3-07"],
    }
    path = path_of(row.routes[0], person, **asked(row, spring, states))
    return path, sent, Answer.objects.filter(round=spring, state=state, value="3").exists


def _answered(row, person, states):
    spring, state = Round.objects.get(code="spring-2021"), states[row.parts["state"]]
    member = person.appointments.filter(role=Role.TEAM, state=state).first() if person else None
    if member:
        Share.objects.create(
            round=spring, state=state, institution="A ministry", member=member, questions=["C3/C3-07"]
        )
    path = path_of(row.routes[0], person, **asked(row, spring, states))
    sent = {"question": "C3/C3-07", "seen": "0", "value": "3"}
    return path, sent, Answer.objects.filter(round=spring, value="3").exists


def _join(person, browser):
    """A visitor follows the link; whoever is signed in follows one that was sent to another address."""
    sender = Person.objects.create_user("sender@example.org")
    actions.appoint(person=sender, role=Role.SECRETARIAT, since=localdate(), by=CONTENT, at=now())
    made = actions.invite(email="new@example.org", role=Role.TRAINER, by=sender, at=now())
    from endocsea.people.actions.inviting import _digest

    Invitation.objects.filter(pk=made.pk).update(token_digest=_digest("link"))
    response = browser.post(reverse("people:accept", args=["link"]), {"name": "New", "password": PASSWORD})
    made.refresh_from_db()
    assert (made.accepted_at is not None) == (person is None)
    return Gets.DOES if made.accepted_at else got(response)


# The public site


BLANKS = {
    "standards/": {"slug": "lanzarote", "article": "23"},
    "figures/": {"code": "ncmec_cybertipline_reports"},
    "rounds/": {"code": "2020"},
    "states/<slug:slug>/profile": {"slug": "arden"},
    "": {"slug": "georgia", "number": "3", "code": "C3-07"},
}


def public_paths():
    for pattern in urls.urlpatterns:
        route = str(pattern.pattern)
        blanks = next(found for start, found in BLANKS.items() if route.startswith(start))
        yield "/en/" + re.sub(r"<\w+:(\w+)>", lambda found, b=blanks: b[found[1]], route)


@pytest.fixture
def as_a_visitor(db):
    visitor = Client()
    return {path: visitor.get(path) for path in ["/", "/healthz", *public_paths()]}


def test_a_public_page_is_the_same_whoever_asks_and_sets_no_cookie(as_a_visitor, ana, sera):
    assert {path for path, answer in as_a_visitor.items() if answer.status_code not in (200, 302)} == set()
    for person in (ana, sera):
        browser = signed_in(person)
        for path, alone in as_a_visitor.items():
            response = browser.get(path)
            assert response.content == alone.content, path
            for answer in (response, alone):
                assert not answer.cookies, path
                assert "cookie" not in answer.headers.get("Vary", "").lower(), path


def test_the_resolver_has_nothing_below_the_public_prefix_but_the_public_chapter():
    (public,) = [p for p in get_resolver().url_patterns if type(p.pattern).__name__ == "LocalePrefixPattern"]
    assert [inner.namespace for inner in public.url_patterns] == ["public"]
