"""What the test of permissions needs for links without an account, and for answers that are entered from a letter."""

from endocsea.questionnaires.models import Round, Share
from endocsea.replies.links import finding as links
from endocsea.replies.models import Answer, Link
from endocsea.states.models import State

PARTS = ("by-link", "/links/", "/letter/")
ENDS = "2999-01-01T00:00:00Z"


def is_it(route):
    return any(part in route for part in PARTS)


def share(state):
    return Share.objects.create(
        round=Round.objects.get(code="spring-2021"),
        state=state,
        institution="A ministry without an account",
        questions=["C3/C3-07"],
    )


def link(token, state):
    """A link with that in its address, which nobody has opened."""
    return Link.objects.create(
        share=share(state), token_digest=links.digest(token), made_at="2021-03-01T00:00:00Z", ends_at=ENDS
    )


def page(token):
    """The blanks of a page behind a link."""
    return {"key": link(token, State.objects.get(iso3="XAA")).key, "section": "C3"}


def deed_of_voice(route, voice):
    """The blanks of the address of a link of an organisation, and whether it was made, or ended."""
    if not route.endswith("end/"):
        return {}, voice.links.exists
    there = Link.objects.create(
        voice=voice, token_digest="x" * 64, made_at="2021-03-01T00:00:00Z", ends_at=ENDS
    )
    return {"key": there.key}, Link.objects.filter(pk=there.pk, ended_at__isnull=False).exists


def deed(row, token, states):
    """The blanks of the address, what is sent there, and whether it was done."""
    (route,) = row.routes
    made = link(token, states.get(row.parts.get("state")) or State.objects.get(iso3="XAA"))
    given = made.share
    blanks = {"round": given.round.code, "state": given.state.slug, "pk": given.pk, "key": made.key}
    answer = {"question": "C3/C3-07", "seen": "0", "value": "3", "letter": "12/2021"}

    def saved():
        return Answer.objects.filter(round=given.round, value="3").exists()

    def changed(**fields):
        return Link.objects.filter(pk=made.pk, **fields).exists

    if route.endswith("answer/"):
        return blanks, answer, saved
    if route.endswith("hand-in/"):
        return blanks, {}, changed(done_at__isnull=False)
    if route.endswith("end/"):
        return blanks, {}, changed(ended_at__isnull=False)
    if route.endswith("links/"):
        return blanks, {"language": "en"}, lambda: Link.objects.count() > 1
    return blanks, {}, changed(opened_at__isnull=False)
