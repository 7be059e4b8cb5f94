"""What tests about people do over and over: signing in, inviting, following the link of a letter."""

import re
from email import message_from_bytes, policy
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core import mail
from django.test import Client

PASSWORD = "four words put together"


def signed_in(person, *, second_factor=True, **options):
    """A browser in which a person is signed in; with a second factor unless a test is about that."""
    if second_factor and not Authenticator.objects.filter(user=person).exists():
        TOTP.activate(person, generate_totp_secret())
    client = Client(**options)
    client.force_login(person)
    return client


def link_of(letter):
    """The path of the link in a letter."""
    found = re.search(re.escape(settings.SITE) + r"(/workspace/join/\S+)", letter.body)
    assert found, letter.body
    return found[1]


def token_of(letter):
    return link_of(letter).rstrip("/").rsplit("/", 1)[1]


def last_letter():
    return mail.outbox[-1]


def letters_in(folder):
    """The letters that lie in an outbox, oldest first."""
    return [
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in sorted(Path(folder).glob("*.eml"))
    ]
