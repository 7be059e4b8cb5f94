"""What the frame of a signed-in page needs: who is there, and where they may go."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.people.middleware import WORKSPACE
from endocsea.people.models import Person
from endocsea.people.policies import may_protect_data, may_see_people, needs_a_second_factor
from endocsea.people.signing_in import has_second_factor
from endocsea.quarantine.policies import may_quarantine
from endocsea.questionnaires.policies import may_make, may_run_rounds
from endocsea.replies.policies import may_find_replies, may_find_voices


def signed_in(request: HttpRequest) -> dict[str, Any]:
    """Nothing for a public page: it never differs by visitor."""
    if not request.path_info.startswith(WORKSPACE):
        return {}
    person = request.user if isinstance(request.user, Person) else None
    must_set_up = person is not None and (
        needs_a_second_factor(person.standing_once(on=localdate()), on=localdate())
        and not has_second_factor(person)
    )
    return {
        "messages": get_messages(request),
        "must_set_up": must_set_up,  # until then every other place leads back to the second factor
        "places": _places(person) if person and not must_set_up else [],
    }


def _places(person: Person) -> list[dict[str, str]]:
    reader, on = person.standing_once(on=localdate()), localdate()
    places = [(_("My work"), reverse("workspace:home"))]
    if may_make(reader, on=on):
        places.append((_("Questionnaires"), reverse("questionnaires:questionnaires")))
    if may_run_rounds(reader, on=on):
        places.append((_("Rounds"), reverse("replies:rounds")))
    if may_find_replies(reader, on=on):
        places.append((_("Replies"), reverse("replies:replies")))
    if may_find_voices(reader, on=on):
        places.append((_("Our answers"), reverse("replies:voices")))
    if may_see_people(reader, on=on):
        places.append((_("People"), reverse("people:people")))
    if may_protect_data(reader, on=on):
        places.append((_("Data protection"), reverse("people:accounts")))
    if may_quarantine(reader, on=on):
        places.append((_("Reported texts"), reverse("workspace:reported")))
    places.append((_("History"), reverse("workspace:histories")))
    places.append((_("My account"), reverse("people:account")))
    return [{"name": name, "href": href} for name, href in places]
