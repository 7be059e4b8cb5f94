"""Deeds of the table of permissions that begin with what is there already: offers, last time, drafts."""

from endocsea.findings.models import Observation
from endocsea.questionnaires.models import Round, Share
from endocsea.replies.models import Answer, OfferTaken
from endocsea.standards.models import Indicator
from endocsea.support.actors import Role

QUESTION = "C3/C3-07"
ENDINGS = ("/confirm/", "/offer/", "/draft/<slug:state>/<str:section>/")


def is_it(route):
    return route.endswith(ENDINGS)


def deed(row, person, states):
    """What is sent, and how it is seen that it was done; the round of spring is past its due day."""
    (route,), spring = row.routes, Round.objects.get(code="spring-2021")
    state = states[row.parts["state"]]
    member = person.appointments.filter(role=Role.TEAM, state=state).first() if person else None
    if member:
        Share.objects.create(
            round=spring, state=state, institution="A ministry", member=member, questions=[QUESTION]
        )
    indicator = Indicator.objects.get(edition=spring.edition, code="C3-07")
    sent = {"question": QUESTION, "seen": "0"}
    if route.endswith("/confirm/"):
        Answer.objects.create(
            round=spring, state=state, question=QUESTION, indicator=indicator, status="prefilled", value="2"
        )
        return sent | {"of": "draft"}, Answer.objects.filter(round=spring, status="answered").exists
    if route.endswith("/offer/"):
        known = Observation.objects.filter(retired_on=None).first()
        Observation.objects.filter(pk=known.pk).update(
            state=state, indicator=indicator, confidentiality="public"
        )
        sent |= {"offer": known.code, "word": "rejected", "text": "It is not so."}
        return sent, OfferTaken.objects.filter(reply__state=state).exists
    sent |= {"value": "2", "title": "A report", "seen_on": "2021-05-03"}
    return sent, Answer.objects.filter(round=spring, status="prefilled").exists
