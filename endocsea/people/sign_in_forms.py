"""The sign-in library's forms in the programme's own words; what they check stays the library's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .forms import Accept

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PASSWORD_HELP = Accept.base_fields["password"].help_text


class _InOurWords(forms.Form):
    """A form of the library: labels and help replaced, no text inside a control, no password typed twice."""

    words: dict[str, tuple[_StrPromise, str | _StrPromise]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, (label, help_text) in self.words.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignIn(_InOurWords, account.LoginForm):  # type: ignore[misc]
    words = {"login": (_("E-mail address"), ""), "password": (_("Password"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ConfirmByPassword(_InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": (_("Your password"), "")}


class ChangePassword(_InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    words = {
        "oldpassword": (_("Your password until now"), ""),
        "password1": (_("The new password"), PASSWORD_HELP),
    }


class SetPassword(_InOurWords, account.SetPasswordForm):  # type: ignore[misc]
    words = {"password1": (_("The new password"), PASSWORD_HELP)}


class AskForNewPassword(_InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    words = {"email": (_("E-mail address"), "")}


class NewPassword(_InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    words = {"password1": (_("The new password"), PASSWORD_HELP)}


class _OneCode(_InOurWords):
    words = {"code": (_("Code"), _("Six digits from your app, or one of your recovery codes."))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"class": "code-entry", "inputmode": "numeric"})


class Code(_OneCode, codes.AuthenticateForm):  # type: ignore[misc]
    pass


class ConfirmByCode(_OneCode, codes.ReauthenticateForm):  # type: ignore[misc]
    pass


class FirstCode(_OneCode, app.ActivateTOTPForm):  # type: ignore[misc]
    words = {"code": (_("The code that the app shows"), _("Six digits; a new one every half minute."))}


class AddPasskey(_InOurWords, passkeys.AddWebAuthnForm):  # type: ignore[misc]
    words = {
        "name": (
            _("Name of the passkey"),
            _("So that you can tell it from others, for example “office laptop”."),
        ),
        "passwordless": (
            _("Sign in with it alone, without a password"),
            _("The device then asks for your finger, your face or its own code."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(name="", passwordless=True)

    def clean_name(self) -> str:
        return self.cleaned_data["name"] or gettext("Passkey")


class RenamePasskey(_InOurWords, passkeys.EditWebAuthnForm):  # type: ignore[misc]
    words = {"name": (_("Name of the passkey"), "")}
