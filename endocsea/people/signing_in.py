"""How the sign-in library is bent to this programme: accounts by invitation, secrets that a backup cannot use."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth import login
from django.db.models import QuerySet
from django.http import HttpRequest

from .models import Person


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; whoever is invited gets an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of one-time codes are kept encrypted with the installation's own secret."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        return {**super().get_public_key_credential_rp_entity(), "name": "endocsea"}


def has_second_factor(person: Person) -> bool:
    """Whether a passkey or an app for codes was set up; recovery codes alone are none."""
    return bool(authenticators(person).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def authenticators(person: Person) -> QuerySet[Authenticator]:
    """The second factors that a person has set up."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=person)
    return found


def begin_session(request: HttpRequest, person: Person) -> None:
    """Sign in who has just chosen a password: they are not asked for it again before adding a second factor."""
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    reauthenticate_by_password(request)


def set_up_codes(person: Person) -> tuple[str, tuple[str, ...]]:
    """Give a person codes from an app, and recovery codes: the app's secret and the codes, told this once."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret, tuple(RecoveryCodes.activate(person).generate_codes())


def person_of(request: HttpRequest) -> Person:
    """Who is signed in, for a view that lets nobody else in."""
    assert isinstance(request.user, Person)
    return request.user


def _box() -> Fernet:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"second factors").digest()
    return Fernet(base64.urlsafe_b64encode(key))
