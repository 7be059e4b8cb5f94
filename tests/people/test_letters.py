"""Letters: in the language of who is invited, holding nothing that others wrote, kept in the outbox on a laptop."""

import smtplib
import stat

import pytest
from django.core import mail

from endocsea.people import actions, refusals
from endocsea.people.models import Invitation
from endocsea.support.actors import Role
from tests.people.helpers import last_letter, letters_in, link_of

OUTBOX = "endocsea.people.outbox.Outbox"


@pytest.fixture
def send(sera, arden, at, django_capture_on_commit_callbacks):
    def deed(**more):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.invite(
                email="nina@example.org", role=Role.TEAM, state=arden, by=sera, at=at, **more
            )

    return deed


@pytest.fixture
def outbox(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = OUTBOX, tmp_path / "outbox"
    return settings.EMAIL_FILE_PATH


def test_a_letter_says_role_state_and_link(send):
    send()

    letter = last_letter()
    assert letter.to == ["nina@example.org"]
    assert "Member of a national team" in letter.body
    assert "State: Arden." in letter.body
    assert link_of(letter).startswith("/workspace/join/")
    assert "<" not in letter.body


def test_a_letter_holds_nothing_that_somebody_typed(send):
    """Otherwise the programme's own address could be used to send anybody any text."""
    send(name="Visit https://example.org/prize and win")

    assert "prize" not in last_letter().body + last_letter().subject


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_letter_in_each_language_has_no_markup(send, language):
    send(language=language)

    assert "<" not in last_letter().body
    assert "Arden" in last_letter().body


def test_a_deed_that_fails_sends_no_letter(sera, at, arden, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(refusals.RoleOfTheProgramme):
        actions.invite(email="nina@example.org", role=Role.DONOR, state=arden, by=sera, at=at)

    assert not mail.outbox


def test_on_a_laptop_each_letter_is_a_file_that_is_named_on_the_console(send, outbox, capsys):
    send()

    (letter,) = letters_in(outbox)
    (file,) = outbox.iterdir()
    assert letter["To"] == "nina@example.org"
    assert "/workspace/join/" in letter.get_content()
    assert str(file) in capsys.readouterr().err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(outbox.stat().st_mode) == 0o700


def test_letters_of_one_second_do_not_overwrite_each_other(send, outbox, sera, at):
    made = send()
    for _ in range(5):
        actions.send_again(invitation=made, by=sera, at=at)
    from endocsea.people import letters

    for number in range(5):
        letters.invitation(made, f"token-{number}")

    assert len(letters_in(outbox)) == 6


@pytest.mark.parametrize(
    "error", [smtplib.SMTPServerDisconnected("gone"), ConnectionRefusedError(), TimeoutError()]
)
def test_when_a_letter_cannot_be_sent_the_invitation_stays_and_a_sentence_says_so(
    send, monkeypatch, error, caplog
):
    def fail(*_arguments, **_options):
        raise error

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)

    with pytest.raises(refusals.LetterNotSent, match="Send it again"):
        send()
    assert Invitation.objects.waiting().count() == 1
    assert "nina" not in caplog.text
