"""Languages by name, for choosing the one that a document or an answer is written in."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final, NamedTuple

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext_lazy as _

from endocsea.documents.telling import LANGUAGES
from endocsea.support.texts import collation

if TYPE_CHECKING:
    from .models import Reply

# official languages of members that the framework has no name for
MORE: Final = {"cnr": _("Montenegrin"), "mt": _("Maltese"), "rm": _("Romansh")}
# one language each, whatever its region is; those that a document can be set in
CODES: Final = frozenset(MORE) | {
    code for code, info in LANG_INFO.items() if "name" in info and code in LANGUAGES
}


class Offered(NamedTuple):
    """Languages to choose from, as (code, name): those that are near at hand, and all others by name."""

    near: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]


def language_name(code: str) -> str:
    """In the page's language; a code that has no name as it is."""
    if code in MORE:
        return str(MORE[code])
    return str(get_language_info(code)["name_translated"]) if "name" in LANG_INFO.get(code, {}) else code


def languages() -> list[tuple[str, str]]:
    """(code, name) of each, by name; regional forms of one language are one."""
    return sorted(((code, language_name(code)) for code in CODES), key=lambda each: collation(each[1]))


def languages_for(reply: Reply, also: str = "") -> Offered:
    """For a text of a reply: first the page's language, the round's and the state's, and the one it has (``also``)."""
    page = get_language() or "en"
    near = dict.fromkeys([page, *reply.round.languages, *reply.state.languages, *([also] if also else [])])
    return _offered(page, tuple(near))


@functools.lru_cache(maxsize=256)
def _offered(page: str, near: tuple[str, ...]) -> Offered:
    with override(page):
        return Offered(
            tuple((code, language_name(code)) for code in near),
            tuple(each for each in languages() if each[0] not in near),
        )
