"""Support that a state asks for with its reply, and what came of it."""

import pytest
from django.urls import reverse

from endocsea.journal.queries import history_of
from endocsea.replies import refusals
from endocsea.replies.actions import save, say_what_was_given, wish, withdraw_wish
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.models import Reply, Wish
from tests.people.helpers import signed_in

from .conftest import AT

ADVICE = "Advice on a by-law about the removal of material"


@pytest.fixture
def wished(spring, arden, ana):
    return wish(round=spring, state=arden, text=ADVICE, language="en", by=ana, at=AT)


@pytest.fixture
def sent(wished):
    Reply.objects.filter(pk=wished.reply_id).update(step="submitted", submitted_at=AT, signed_as="Minister")
    return wished


def at(name, *more, state="arden"):
    return reverse(f"replies:{name}", args=["spring-2021", state, *more])


def test_a_wish_is_kept_once_and_written_down(wished, spring, arden, ana):
    again = wish(round=spring, state=arden, text=f"  {ADVICE} ", by=ana, at=AT)

    assert again == wished
    assert [each.deed for each in history_of("wish", str(wished.pk))] == ["support asked for"]


def test_what_is_withdrawn_is_asked_for_no_longer_and_can_be_asked_for_again(wished, spring, arden, ana):
    for _twice in range(2):
        withdraw_wish(wish=wished, by=ana, at=AT)

    assert wish(round=spring, state=arden, text=ADVICE, by=ana, at=AT) != wished
    assert Wish.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize(
    ("text", "refusal"), [(" ", refusals.NothingWished), ("x" * 501, refusals.WishTooLong)]
)
def test_nothing_and_too_much_are_refused(spring, arden, ana, text, refusal):
    with pytest.raises(refusal):
        wish(round=spring, state=arden, text=text, by=ana, at=AT)


def test_the_secretariat_says_what_was_given_once_the_reply_was_sent(wished, sera):
    with pytest.raises(refusals.MayNotWish):
        say_what_was_given(wish=wished, given="A seminar", by=sera, at=AT)
    Reply.objects.filter(pk=wished.reply_id).update(step="submitted", submitted_at=AT, signed_as="Minister")

    assert say_what_was_given(wish=wished, given="A seminar", by=sera, at=AT).given == "A seminar"


def test_what_was_sent_with_the_reply_stays(sent, spring, arden, ana):
    with pytest.raises(refusals.AlreadySigned):
        withdraw_wish(wish=sent, by=ana, at=AT)
    with pytest.raises(refusals.AlreadySigned):
        wish(round=spring, state=arden, text="Another", by=ana, at=AT)


@pytest.mark.parametrize("chair", ["beno", "tara", "sera", "ravi", "cleo", "otto"])
def test_nobody_but_the_coordinator_asks(wished, spring, arden, request, chair):
    somebody = request.getfixturevalue(chair)
    with pytest.raises(refusals.MayNotWish):
        wish(round=spring, state=arden, text="Another", by=somebody, at=AT)
    with pytest.raises(refusals.MayNotWish):
        withdraw_wish(wish=wished, by=somebody, at=AT)


@pytest.mark.parametrize("chair", ["ana", "beno", "tara", "ravi", "cleo", "otto"])
def test_nobody_but_the_secretariat_says_what_was_given(sent, request, chair):
    with pytest.raises(refusals.MayNotWish):
        say_what_was_given(wish=sent, given="A seminar", by=request.getfixturevalue(chair), at=AT)


class TestPages:
    def test_a_wish_is_made_and_withdrawn_by_its_buttons(self, spring, ana):
        desk = signed_in(ana)
        assert desk.post(at("wishes"), {"text": ADVICE}).status_code == 302
        assert ADVICE in desk.get(at("reply")).content.decode()

        pk = Wish.objects.get().pk
        assert desk.post(at("withdraw-wish", pk)).status_code == 302
        assert ADVICE not in desk.get(at("reply")).content.decode()
        assert desk.post(at("withdraw-wish", pk)).status_code == 404

    def test_wrong_input_keeps_what_was_typed(self, spring, ana):
        desk = signed_in(ana)
        assert desk.post(at("wishes"), {"text": " "}).status_code == 400
        assert desk.post(at("wishes"), {"text": "x" * 501}).status_code == 400
        answer = desk.post(at("wishes"), {"text": "Ask anna.k@example.com"})
        assert answer.status_code == 422
        assert "Ask anna.k@example.com" in answer.content.decode()
        assert not Wish.objects.exists()

    def test_the_secretariat_reads_no_wish_of_a_draft(self, wished, sera):
        browser = signed_in(sera)

        assert ADVICE not in browser.get(at("reply")).content.decode()
        assert browser.get(at("wishes")).status_code == 404
        assert browser.get(at("given", wished.pk)).status_code == 404

    def test_the_secretariat_writes_what_was_given_and_the_state_sees_it(self, sent, sera, ana):
        browser = signed_in(sera)
        assert browser.get(at("given", sent.pk)).status_code == 200
        assert browser.post(at("given", sent.pk), {"given": ""}).status_code == 400
        assert browser.post(at("given", sent.pk), {"given": "A seminar for judges"}).status_code == 302

        assert "A seminar for judges" in signed_in(ana).get(at("reply")).content.decode()
        assert signed_in(ana).post(at("given", sent.pk), {"given": "Nothing"}).status_code == 404

    @pytest.mark.parametrize("chair", ["beno", "cleo", "otto"])
    def test_others_find_nothing(self, sent, request, chair):
        browser = signed_in(request.getfixturevalue(chair))

        for name in ("wishes",):
            assert browser.get(at(name)).status_code == 404
        assert browser.post(at("withdraw-wish", sent.pk)).status_code == 404

    def test_a_wish_is_not_found_under_another_state(self, wished, beno):
        assert signed_in(beno).post(at("withdraw-wish", wished.pk, state="belmora")).status_code == 404


def test_a_wish_stands_in_the_file_for_clearance(wished, spring, arden, ana):
    save(round=spring, state=arden, question="C1/C1-02", given=Given(Status.NOT_KNOWN), seen=0, by=ana, at=AT)
    page = signed_in(ana).get(at("clearance-page")).content.decode()

    assert page.index("Our wishes") < page.index(ADVICE) < page.index("Signature")
