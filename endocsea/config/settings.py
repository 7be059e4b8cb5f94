"""Settings. What differs between installations comes from the environment, which ``endocsea up`` sets."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from endocsea.config import data

ROOT = Path(__file__).resolve().parents[2]
DATA = data.folder(None)
CONTENT = ROOT / "content"
SCHEMAS = ROOT / "schemas"

# Preview: the person at this machine sees what states have not commented on yet, and every page says so.
# Whatever was not started as a preview is public.
PREVIEW = os.environ.get("ENDOCSEA_EDITION") == "preview"
WITH_TRAINING = os.environ.get("ENDOCSEA_TRAINING", "yes") == "yes"

# Where a reader of a document finds the site: documents lead back to its pages.
SITE = os.environ.get("ENDOCSEA_SITE", "http://127.0.0.1:8000").rstrip("/")

SECRET_KEY = data.secret(DATA)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "csp",
    "endocsea.support",
    "endocsea.journal",
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
    "endocsea.public",
    "endocsea.config",
]

# Public pages use no session, cookie or message: they never differ by visitor and can be cached.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "endocsea.public.middleware.LanguageOfTheAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "endocsea.config.urls"
WSGI_APPLICATION = "endocsea.config.wsgi.application"
AUTH_USER_MODEL = "people.Person"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["endocsea.public.context.every_page"],
            "builtins": ["django.templatetags.i18n", "endocsea.support.templatetags.words"],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "endocsea.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a write that was acknowledged survives a power cut.
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
        },
    }
}

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
