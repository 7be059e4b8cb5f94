"""What the test of permissions needs for the translation of an answer."""

from endocsea.questionnaires.models import Round, Share
from endocsea.replies.models import Answer, AnswerTranslation
from endocsea.support.actors import Role

QUESTION = "C3/C3-07"


def is_it(route):
    return "/translation/" in route


def deed(row, person, states):
    """What is sent, and how it is seen that it was done: an answer in English says something, and is shared."""
    spring, state = Round.objects.get(code="spring-2021"), states[row.parts["state"]]
    member = person.appointments.filter(role=Role.TEAM, state=state).first() if person else None
    if member:
        Share.objects.create(
            round=spring, state=state, institution="A ministry", member=member, questions=[QUESTION]
        )
    Answer.objects.create(
        round=spring,
        state=state,
        question=QUESTION,
        number=1,
        status="answered",
        value="3",
        explanation="Since 2019.",
        language="en",
    )
    sent = {"number": "1", "language": "fr", "explanation": "Depuis 2019."}
    return sent, AnswerTranslation.objects.filter(answer__state=state).exists
