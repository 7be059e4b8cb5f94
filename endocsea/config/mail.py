"""Where letters go: a mail server named by an address, or the outbox of the data folder."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import unquote, urlsplit

from endocsea.support.refusals import Refusal

SMTP: Final = "django.core.mail.backends.smtp.EmailBackend"
OUTBOX: Final = "endocsea.people.outbox.Outbox"


class MailServerUnclear(Refusal):
    code = "config.mail-server-unclear"
    sentence = "ENDOCSEA_SMTP does not name a mail server."
    remedy = "Write it as smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465."


def backend_for(address: str) -> tuple[str, dict[str, Any]]:
    """The e-mail backend for an address, and Django's settings for it. Raises `MailServerUnclear`."""
    if not address:
        return OUTBOX, {}
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise MailServerUnclear from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise MailServerUnclear
    secure = parts.scheme == "smtps"
    return SMTP, {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure,
        "EMAIL_TIMEOUT": 20,
    }
