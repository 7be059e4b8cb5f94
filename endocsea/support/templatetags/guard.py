"""The guard in a page: ``{% guard_script %}`` in its head, ``{% guard %}`` in each form marked ``data-guard``.

A field that is meant to hold an address or a number is marked ``data-unguarded``, and so is a button
that sends no text.
"""

from functools import cache
from typing import Any

from django import template
from django.utils.translation import gettext as _

from endocsea.support.guard.table import for_the_browser
from endocsea.support.guard.texts import REASON_WORDS, SENTENCES, LooksLikeCaseData

register = template.Library()

_table = cache(for_the_browser)


@register.inclusion_tag("support/guard_script.html")
def guard_script() -> dict[str, Any]:
    """The script, with the table that it reads and its sentences in the page's language."""
    return {
        "guard": {
            "table": _table(),
            "kinds": {kind: str(sentence) for kind, sentence in SENTENCES.items()},
            "sentences": {
                "reasonWords": REASON_WORDS,
                "stopped": _(
                    "This looks like case data, and nothing was sent. Take out what is shown. If it is not "
                    "case data, say why below."
                ),
                "reasonTooShort": _("Say in three words or more why this is not case data, or take it out."),
                "reasonLooksLikeCaseData": _("Say why it is not case data without repeating it."),
            },
        }
    }


@register.inclusion_tag("support/guard.html")
def guard(
    refusal: LooksLikeCaseData | None = None, reason: str = "", name: str = "guard"
) -> dict[str, object]:
    """What the writer sees, hidden until there is something; ``name`` tells two forms of a page apart."""
    return {"refusal": refusal, "reason": reason, "name": name}
