"""Languages by name, for choosing the one that a document is written in."""

from __future__ import annotations

from typing import Final

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from endocsea.support.texts import collation

# official languages of members that the framework has no name for
MORE: Final = {"cnr": _("Montenegrin"), "mt": _("Maltese"), "rm": _("Romansh")}


def language_name(code: str) -> str:
    """In the page's language; a code that has no name as it is."""
    if code in MORE:
        return str(MORE[code])
    return str(get_language_info(code)["name_translated"]) if "name" in LANG_INFO.get(code, {}) else code


def languages() -> list[tuple[str, str]]:
    """(code, name) of each, by name; regional forms of one language are one."""
    codes = [*MORE, *(code for code, info in LANG_INFO.items() if "name" in info and "-" not in code)]
    return sorted(((code, language_name(code)) for code in codes), key=lambda each: collation(each[1]))
