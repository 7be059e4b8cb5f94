"""What is missing before a site is shown to the public: one rule a row, each with its sentence and its remedy.

The rules ask an `Exposure`, plain values that somebody gathered (`exposure`), and look at nothing themselves.
What Django's own check for deployment finds is taken over, so our rules name only what Django cannot know.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from endocsea.config import site
from endocsea.config.starts import Start

YEAR: Final = 365 * 24 * 60 * 60
REFERRER: Final = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
# Django's numbers for what an address without https lacks: named once, by our own rule
OF_HTTPS: Final = frozenset({"security.W004", "security.W008", "security.W012", "security.W016"})


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing: what, in one sentence, and what to do, in another. ``code`` never changes."""

    code: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Cookie:
    name: str
    secure: bool
    httponly: bool
    samesite: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answers at an address; the names of headers are in small letters."""

    address: str
    status: int
    headers: Mapping[str, str]
    cookies: tuple[Cookie, ...] = ()


@dataclass(frozen=True, slots=True)
class Exposure:
    """An installation, as far as it matters to the public.

    ``pages``: answers to whoever comes by https. ``in_the_clear``: the answer to whoever does not.
    ``by_another_name``: the status of an answer to a name that is not the site's. ``second_factor_missing``:
    roles that ask for one and are held without it. ``rights``: what the database's user may do to the whole server.
    ``secret_since`` is told and not judged: a folder that came from a laptop, or from a course, has an older one.
    """

    start: Start
    django: tuple[Missing, ...]
    pages: tuple[Answer, ...]
    in_the_clear: Answer
    by_another_name: int
    own_secret: bool
    secret_since: datetime.date | None
    open_to_others: tuple[str, ...]
    training_people: int
    administrators: int
    secretariat: int
    second_factor_missing: tuple[str, ...]
    journal_faults: int
    journal_head: bool
    rights: tuple[str, ...]


def missing(found: Exposure) -> list[Missing]:
    """Everything that is missing, in the order of the rules."""
    return [each for rule in RULES for each in rule(found)]


def _address(found: Exposure) -> Iterator[Missing]:
    at = site.read(found.start.site)
    if at.host in site.THIS_MACHINE:
        yield Missing(
            "address",
            f"The site has no address of its own: it was started as {at.address}, which nobody else reaches.",
            "Start it with ENDOCSEA_SITE=https://endocsea.example.org, the address under which people find it.",
        )
    if not at.secure:
        yield Missing(
            "https",
            "The site is spoken to in the clear: without https no cookie is kept back from a reader on the way, "
            "and no browser is told to insist on it (HSTS).",
            "Let a web server on this machine take HTTPS, and start with an ENDOCSEA_SITE that begins with https://.",
        )


def _edition(found: Exposure) -> Iterator[Missing]:
    if not found.start.public:
        yield Missing(
            "preview",
            "The site was started as a preview: it shows everybody what no state has commented on yet.",
            "Start it with: endocsea up --public",
        )


def _training(found: Exposure) -> Iterator[Missing]:
    if found.start.training:
        yield Missing(
            "training-states",
            "Made-up states for training stand among the real ones.",
            "Start it with --without-training.",
        )
    if found.training_people:
        yield Missing(
            "training-people",
            f"There are accounts for training: {found.training_people}, whose sign-ins were printed on a screen.",
            "Begin with a new data folder (and database); people for training are never for a server.",
        )


def _mail(found: Exposure) -> Iterator[Missing]:
    if not found.start.mail:
        yield Missing(
            "mail",
            "No letter leaves this machine: each is a file in the outbox of the data folder.",
            "Start with ENDOCSEA_SMTP=smtp://user:password@mail.example.org:587.",
        )
    if found.start.sender.rpartition("@")[2].strip(" >") in ("", "localhost"):
        yield Missing(
            "sender",
            f"Letters come from {found.start.sender}, to which nobody can answer.",
            "Start with ENDOCSEA_FROM=endocsea@example.org, an address that somebody reads.",
        )


def _people(found: Exposure) -> Iterator[Missing]:
    if not found.administrators:
        yield Missing(
            "administrator",
            "There is no administrator who signs in with a second factor.",
            "Invite one with: endocsea people first-administrator EMAIL; then let them set up a second factor.",
        )
    if not found.secretariat:
        yield Missing(
            "secretariat",
            "Nobody of the secretariat signs in with a second factor.",
            "Let the administrator invite somebody, who then sets up a passkey or an app for codes.",
        )
    if found.second_factor_missing:
        yield Missing(
            "second-factor",
            "Roles that ask for a second factor are held without one: "
            f"{', '.join(found.second_factor_missing)}.",
            "Let each of them sign in once and set one up, or end the role under People.",
        )


def _journal(found: Exposure) -> Iterator[Missing]:
    if found.journal_faults:
        yield Missing(
            "journal",
            f"The journal is not whole: {found.journal_faults} faults.",
            "Read them with: endocsea check journal",
        )
    if not found.journal_head:
        yield Missing(
            "journal-head",
            "No head of the journal is kept outside the database: nobody would see that its end was cut off.",
            "Put journal-head back into the data folder from a copy, or see in its log why it cannot be written.",
        )


def _folder(found: Exposure) -> Iterator[Missing]:
    if not found.own_secret:
        yield Missing(
            "secret",
            "The secret for signing is not the one of the data folder: sessions and links end with each start.",
            "Start it once with: endocsea up, which makes the secret.",
        )
    if found.open_to_others:
        first, *more = found.open_to_others
        also = f" and {len(more)} more" if more else ""
        yield Missing(
            "folder-open",
            f"Other accounts of this machine have rights in the data folder: to {first}{also}.",
            "Start endocsea again, which takes them away, as the account that owns the files; the data folder must "
            "hold nothing else.",
        )


def _database(found: Exposure) -> Iterator[Missing]:
    if found.rights:
        yield Missing(
            "database-user",
            f"The database's user may do more than endocsea needs: {', '.join(found.rights)}.",
            "Give endocsea a user that owns its database and nothing else (docs/how-to/use-postgresql.md).",
        )


def _answers(found: Exposure) -> Iterator[Missing]:
    at = site.read(found.start.site)
    if found.by_another_name != 400:
        yield Missing(
            "hosts",
            "The site answers to any name: somebody could let it speak under their own.",
            "Name the site's hosts only in the setting ALLOWED_HOSTS, as endocsea up does.",
        )
    if at.secure and not (
        found.in_the_clear.status in (301, 308)
        and found.in_the_clear.headers.get("location", "").startswith(f"{at.address}/")
    ):
        yield Missing(
            "redirect",
            f"Whoever comes without https gets {found.in_the_clear.status}, and is not led to {at.address}.",
            "Leave the setting SECURE_SSL_REDIRECT on, as endocsea up has it.",
        )
    for page in found.pages:
        yield from _of_page(page, secure=at.secure)


def _of_page(page: Answer, *, secure: bool) -> Iterator[Missing]:
    if page.status != 200:
        yield Missing(
            "answer",
            f"{page.address} answers {page.status} and no page.",
            "See the log in the data folder; start the site, and check again.",
        )
        return
    for name, wrong in HEADERS.items():
        if (secure or name != "strict-transport-security") and wrong(page.headers.get(name, "")):
            said = page.headers.get(name)
            yield Missing(
                f"header-{name}",
                f"{page.address} is sent with {name}: {said}, which protects too little."
                if said
                else f"{page.address} is sent without the header {name}.",
                "Leave the settings for security as endocsea has them, and let no server in between change headers.",
            )
    for cookie in page.cookies:
        lacks = [
            word
            for word, there in (
                ("Secure", cookie.secure or not secure),
                ("HttpOnly", cookie.httponly),
                ("SameSite", cookie.samesite in ("Lax", "Strict")),
            )
            if not there
        ]
        if lacks:
            yield Missing(
                "cookie",
                f"{page.address} sets the cookie {cookie.name} without {', '.join(lacks)}.",
                "Leave the settings for cookies as endocsea has them.",
            )


def _policy_too_wide(value: str) -> bool:
    said = {name: words for name, *words in (part.split() for part in value.split(";") if part.strip())}
    return (
        "'unsafe-" in value
        or "*" in value
        or not {"default-src", "form-action", "base-uri", "frame-ancestors"} <= said.keys()
        or any(word in ("http:", "https:", "data:") for word in said.get("script-src", said["default-src"]))
    )


def _too_short(value: str) -> bool:
    seconds = re.search(r"max-age=(\d+)", value)
    return seconds is None or int(seconds[1]) < YEAR


# what a header may not be; a header that is not there is asked about as an empty one
HEADERS: Final[Mapping[str, Callable[[str], bool]]] = {
    "content-security-policy": _policy_too_wide,
    "strict-transport-security": _too_short,
    "x-content-type-options": lambda value: value != "nosniff",
    "referrer-policy": lambda value: value not in REFERRER,
    "x-frame-options": lambda value: value not in ("DENY", "SAMEORIGIN"),
}

RULES: Final[tuple[Callable[[Exposure], Iterator[Missing]], ...]] = (
    _address,
    _edition,
    _training,
    _mail,
    _people,
    _journal,
    _folder,
    _database,
    _answers,
    lambda found: (
        each for each in found.django if site.read(found.start.site).secure or each.code not in OF_HTTPS
    ),
)
