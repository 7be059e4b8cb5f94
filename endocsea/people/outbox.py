"""Letters where there is no mail server: each a file in the data folder's outbox, named on the console.

So a newcomer can follow an invitation on a laptop.
"""

from __future__ import annotations

import datetime
import itertools
import sys
from collections.abc import Sequence
from email import policy
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_numbers = itertools.count(1)


def letters_to(address: str) -> list[Path]:
    """The letters to an address that lie in the outbox, oldest first."""
    found = []
    for file in sorted(Path(settings.EMAIL_FILE_PATH).glob("*.eml")):
        headers = BytesHeaderParser(policy=policy.default).parsebytes(file.read_bytes())
        if address.lower() in {to.addr_spec.lower() for to in headers["To"].addresses}:
            found.append(file)
    return found


class Outbox(BaseEmailBackend):
    """Writes each letter whole into ``EMAIL_FILE_PATH``, readable by this account only."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for letter in email_messages:
            now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S")
            file = folder / f"{now}-{next(_numbers):04}.eml"
            file.touch(mode=0o600, exist_ok=False)
            file.write_bytes(letter.message().as_bytes())
            print(f"· a letter to {', '.join(letter.to)}: {file}", file=sys.stderr, flush=True)
        return len(email_messages)

    def __init__(self, **options: Any) -> None:
        super().__init__(**{k: v for k, v in options.items() if k == "fail_silently"})
