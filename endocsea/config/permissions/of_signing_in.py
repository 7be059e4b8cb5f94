"""Rows about one's own account, and about signing in."""

from __future__ import annotations

from collections.abc import Iterator

from endocsea.config.urls import NOT_OFFERED

from .table import Gets, Row, everybody


def rows_of_an_account() -> Iterator[Row]:
    sees = everybody(Gets.SEES)
    yield Row("My account, and what is kept of me", ("workspace/me/",), sees)
    yield Row("All that is kept of me, as a file", ("workspace/me/data.json",), sees)
    yield Row(
        "Erase my account (whoever holds a role ends it first)",
        ("workspace/me/erase/",),
        lambda actor: Gets.REFUSED if actor.held else Gets.DOES,
        method="POST",
    )
    yield Row("The page behind the link of a letter", ("workspace/join/<str:token>/",), sees, Gets.SEES)
    yield Row(
        "Accept what was sent to another address",
        ("workspace/join/<str:token>/",),
        everybody(Gets.REFUSED),
        Gets.DOES,
        method="POST",
    )


def rows_of_signing_in() -> Iterator[Row]:
    account = "workspace/account/"
    yield Row(
        "Sign in",
        (f"{account}login/",),
        everybody(Gets.GOES_ON),
        Gets.SEES,
    )
    yield Row(
        "Told that accounts are by invitation, where others have a sign-up",
        (f"{account}signup/",),
        everybody(Gets.GOES_ON),
        Gets.SEES,
    )
    yield Row(
        "What the page's script asks for when a passkey signs in",
        (f"{account}second-factor/webauthn/login/",),
        everybody(Gets.GOES_ON),
    )
    yield Row(
        "A new password, by a letter",
        (
            f"{account}password/reset/",
            f"{account}password/reset/done/",
            f"{account}password/reset/key/done/",
            f"{account}^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        ),
        everybody(Gets.SEES),
        Gets.SEES,
    )
    yield Row(
        "The second step of signing in",
        (f"{account}second-factor/authenticate/",),
        everybody(Gets.GOES_ON),
        Gets.SIGNS_IN,
    )
    yield Row(
        "Told that an account may not sign in", (f"{account}inactive/",), everybody(Gets.SEES), Gets.SEES
    )
    yield Row("Sign out", (f"{account}logout/",), everybody(Gets.DOES), method="POST")
    yield Row(
        "Confirm that it is I, change my password, set up and remove second factors, see and end my sessions",
        (
            f"{account}reauthenticate/",
            f"{account}password/change/",
            f"{account}sessions/",
            f"{account}second-factor/",
            f"{account}second-factor/reauthenticate/",
            f"{account}second-factor/totp/activate/",
            f"{account}second-factor/totp/deactivate/",
            f"{account}second-factor/recovery-codes/",
            f"{account}second-factor/recovery-codes/generate/",
            f"{account}second-factor/recovery-codes/download/",
            f"{account}second-factor/webauthn/",
            f"{account}second-factor/webauthn/add/",
            f"{account}second-factor/webauthn/reauthenticate/",
            f"{account}second-factor/webauthn/keys/<int:pk>/remove/",
            f"{account}second-factor/webauthn/keys/<int:pk>/edit/",
        ),
        everybody(Gets.SEES),
    )
    yield Row(
        "Set a first password: whoever has one changes it",
        (f"{account}password/set/",),
        everybody(Gets.GOES_ON),
    )
    yield Row(
        "Add an address, confirm one, sign in by a letter: not offered",
        (
            *(f"{account}{address}" for address in NOT_OFFERED),
            f"{account}^confirm-email/(?P<key>[-:\\w]+)/$",
        ),
        everybody(Gets.NOT_THERE),
        Gets.NOT_THERE,
    )
