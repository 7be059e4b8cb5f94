"""Settings. What differs between installations comes from the environment, which ``endocsea up`` sets."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from endocsea.config import data, database, mail, site

ROOT = Path(__file__).resolve().parents[2]
DATA = data.folder(None)
CONTENT = ROOT / "content"
SCHEMAS = ROOT / "schemas"

# Preview: the person at this machine sees what states have not commented on yet, and every page says so.
# Whatever was not started as a preview is public.
PREVIEW = os.environ.get("ENDOCSEA_EDITION") == "preview"
WITH_TRAINING = os.environ.get("ENDOCSEA_TRAINING", "yes") == "yes"

# Where a reader of a document finds the site: documents lead back to its pages.
_SITE = site.chosen()
SITE = _SITE.address

SECRET_KEY = data.secret(DATA)
DEBUG = False
ALLOWED_HOSTS = [*site.THIS_MACHINE, _SITE.host]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "endocsea.support",
    "endocsea.journal",
    "endocsea.quarantine",
    "endocsea.sources",
    "endocsea.states",
    "endocsea.standards",
    "endocsea.people",
    "endocsea.questionnaires",
    "endocsea.replies",
    "endocsea.findings",
    "endocsea.profiles",
    "endocsea.recommendations",
    "endocsea.reports",
    "endocsea.workspace",
    "endocsea.public",
    "endocsea.config",
    # after our own: where both have a template, ours is taken
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

# Public pages use no session, cookie or message: they never differ by visitor and can be cached. What is
# below is used by the signed-in pages alone, and a test says that no public page varies by cookie.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "endocsea.public.middleware.LanguageOfTheAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "endocsea.people.middleware.LanguageOfThePerson",
    "endocsea.people.middleware.SecondFactorFirst",
]

ROOT_URLCONF = "endocsea.config.urls"
WSGI_APPLICATION = "endocsea.config.wsgi.application"

# Accounts: by invitation only, with a second factor where a role asks for one. `allauth` signs in and
# limits attempts; who may do what is asked of the chapters' policies.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/workspace/"
ACCOUNT_ADAPTER = "endocsea.people.signing_in.ByInvitation"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = (
    "none"  # whoever opened the link in the letter has shown that the address is theirs
)
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # as long as it takes to install an app for codes
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[endocsea] "
ACCOUNT_FORMS = {
    name: f"endocsea.people.sign_in_forms.{form}"
    for name, form in (
        ("login", "SignIn"),
        ("reauthenticate", "ConfirmByPassword"),
        ("change_password", "ChangePassword"),
        ("set_password", "SetPassword"),
        ("reset_password", "AskForNewPassword"),
        ("reset_password_from_key", "NewPassword"),
    )
}
MFA_FORMS = {
    name: f"endocsea.people.sign_in_forms.{form}"
    for name, form in (
        ("authenticate", "Code"),
        ("reauthenticate", "ConfirmByCode"),
        ("activate_totp", "FirstCode"),
        ("add_webauthn", "AddPasskey"),
        ("edit_webauthn", "RenamePasskey"),
    )
}
MFA_ADAPTER = "endocsea.people.signing_in.SecondFactors"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the letter with the invitation has verified it
MFA_TOTP_ISSUER = "endocsea"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _SITE.secure
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
if _SITE.secure:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # We listen on this machine only: whatever reaches us has come through the server that takes HTTPS here.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT, SECURE_SSL_HOST = True, _SITE.place
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked on this machine, by what watches over the server
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # or everybody would count as one in the limits for signing in
# Whether a whole domain goes on the browsers' own list is for whoever owns it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# Attempts to sign in are counted in files that all processes of a machine share.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
    }
}

# Letters: by SMTP where a server is named (smtp://user:password@host:587), else into the data folder.
EMAIL_BACKEND, EMAIL_SETTINGS = mail.backend_for(os.environ.get("ENDOCSEA_SMTP", ""))
globals().update(EMAIL_SETTINGS)
DEFAULT_FROM_EMAIL = os.environ.get("ENDOCSEA_FROM", "endocsea@localhost")
EMAIL_FILE_PATH = DATA / "outbox"

OFFERS = "endocsea.findings.offering.offers"  # what public sources say, beside the question that it touches
ENTERED_TEXTS = "endocsea.config.entered.PLACES"  # what the quarantine hides and destroys

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "endocsea.public.context.every_page",
                "endocsea.config.navigation.signed_in",
            ],
            "builtins": ["django.templatetags.i18n", "endocsea.support.templatetags.words"],
        },
    }
]

DATABASES = {"default": database.chosen(DATA)}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"  # the secretariat's: Strasbourg
USE_THOUSAND_SEPARATOR = True

MADE = DATA / "made"  # what is made once from packages: fonts
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [MADE] if MADE.is_dir() else []
_MANIFEST = (STATIC_ROOT / "staticfiles.json").is_file()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _MANIFEST or os.environ.get("ENDOCSEA_MAKE_STATIC")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 60
# Files are for this account, whatever a storage would choose by itself.
FILE_UPLOAD_HANDLERS = ["endocsea.support.uploading.WithinTheLimit"]
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "file": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": DATA / "log" / "endocsea.log",
            "maxBytes": 1_000_000,
            "backupCount": 3,
            "formatter": "plain",
            "delay": True,
        }
    },
    "root": {"handlers": ["file"], "level": "WARNING"},
}
