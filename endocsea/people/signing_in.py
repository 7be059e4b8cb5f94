"""How the sign-in library is bent to this programme: accounts by invitation, secrets that a backup cannot use."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .models import Person


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; whoever is invited gets an account."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This address and this password do not belong together. Look at both again, or ask for a new password."
        ),
        "too_many_login_attempts": _(
            "Too many attempts within a short time. Wait five minutes, then try again: until then even what is "
            "right is not taken."
        ),
        "rate_limited": _("Too many requests within a short time. Wait five minutes, then try again."),
        "account_inactive": _("This account is closed. The secretariat can invite you again."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password until now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Person, password: str) -> None:
        """The password alone: an account that was erased meanwhile does not get its name and address back."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_reauthentication_required(self, *, app: str, **_more: Any) -> bool:
        """Whoever signed in some minutes ago has shown just then that it is they."""
        shown = get_authentication_records(self.request, self.request.user)
        return all(time.time() - each["at"] >= app_settings.REAUTHENTICATION_TIMEOUT for each in shown)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of one-time codes are kept encrypted with the installation's own secret."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right, or was used already. Wait for the app to show the next one; if none is "
            "taken, set the clock of the phone to automatic."
        ),
    }

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


def end_sessions(person: Person) -> None:
    """Sign a person out everywhere."""
    for each in UserSession.objects.filter(user=person):
        each.end()


def path_to_choose_a_password(person: Person) -> str:
    """Where a person chooses a new password: works once, and for as long as `PASSWORD_RESET_TIMEOUT` says."""
    key = default_token_generator.make_token(person)
    return reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key}
    )


def begin_session(request: HttpRequest, person: Person) -> None:
    """Sign in who has just chosen a password: they are not asked for it again before adding a second factor.

    By the library's own way, which keeps the session among those that a person can see and end.
    """
    perform_password_login(request, {"email": person.email}, Login(user=person, email=person.email))


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
