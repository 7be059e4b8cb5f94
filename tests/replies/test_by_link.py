"""Answering without an account: one browser opens a link, answers its questions and nothing else, and hands in."""

import datetime
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from endocsea.journal.queries import history_of
from endocsea.questionnaires.models import Share
from endocsea.questionnaires.refusals import MayNotShare
from endocsea.replies import refusals
from endocsea.replies.actions import (
    answer_by_link,
    end_link,
    hand_in,
    make_link,
    open_again,
    open_link,
    save,
    send_link,
    submit,
)
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.links import finding as links
from endocsea.replies.links.bearer import Bearer
from endocsea.replies.models import Answer, AnswerVersion, Link
from tests.people.helpers import signed_in

from .conftest import AT

LEVEL, OTHER, NOT_SHARED = "C3/C3-07", "C1/C1-02", "C3/C3-08"
THREE = Given(Status.ANSWERED, "3", explanation="By decree.")
DAY = datetime.timedelta(days=1)
STRANGERS = ("beno", "ravi", "sera", "otto", "adam", "tara", "petra", "dora", "cleo", "tim", "sofia", "dario")


@pytest.fixture(autouse=True)
def no_attempts_counted_yet():
    cache.clear()


@pytest.fixture
def sheet(spring, arden):
    """The ministry of education has no account."""
    return Share.objects.create(
        round=spring, state=arden, institution="Ministry of Education", questions=[LEVEL, OTHER]
    )


@pytest.fixture
def made(sheet, ana):
    """A link that was made just now, and what is in its address."""
    return make_link(share=sheet, by=ana, at=now())


@pytest.fixture
def colleague(made):
    """A browser that has opened the link."""
    browser = Client()
    browser.post(reverse("replies:link-door", args=[made[1]]))
    return browser


def page_of(link):
    return reverse("replies:by-link", args=[link.key])


def sent(browser, link, question=LEVEL, *, script=False, **fields):
    headers = {"X-Requested-With": "autosave"} if script else {}
    fields = {"question": question, "seen": "0", "value": "3", **fields}
    return browser.post(reverse("replies:answer-by-link", args=[link.key]), fields, headers=headers)


def words(answer):
    return answer.content.decode()


class TestMakingOne:
    def test_only_digests_are_kept(self, made):
        link, token = made

        kept = Link.objects.filter(pk=link.pk).values().get()
        assert token not in map(str, kept.values())
        assert link.token_digest == links.digest(token)
        assert len(token) >= 43

    @pytest.mark.parametrize(
        ("due_on", "last"),
        [
            (None, datetime.date(2021, 3, 31)),
            (datetime.date(2021, 3, 10), datetime.date(2021, 3, 17)),
            (datetime.date(2021, 4, 20), datetime.date(2021, 3, 31)),
            (datetime.date(2021, 2, 10), datetime.date(2021, 3, 8)),
        ],
    )
    def test_it_lasts_a_week_after_the_due_day_and_a_month_at_most(self, sheet, ana, due_on, last):
        sheet.due_on = due_on
        sheet.save()
        link, _token = make_link(share=sheet, by=ana, at=AT)

        assert link.last_day == last

    @pytest.mark.parametrize("chair", STRANGERS)
    def test_nobody_but_the_coordinator_makes_or_ends_one(self, sheet, ana, made, request, chair):
        somebody = request.getfixturevalue(chair)
        with pytest.raises(MayNotShare):
            make_link(share=sheet, by=somebody, at=AT)
        with pytest.raises(MayNotShare):
            end_link(link=made[0], by=somebody, at=AT)
        with pytest.raises(MayNotShare):
            send_link(link=made[0], token=made[1], address="a@b.example", language="en", by=somebody, at=AT)

    def test_whoever_has_an_account_needs_none(self, shared, ana):
        with pytest.raises(refusals.AnswersWithAnAccount):
            make_link(share=shared, by=ana, at=AT)

    def test_questions_that_were_taken_back_get_none(self, sheet, ana):
        Share.objects.filter(pk=sheet.pk).update(withdrawn_at=AT)
        with pytest.raises(refusals.TakenBackMeanwhile):
            make_link(share=sheet, by=ana, at=AT)

    def test_a_round_that_is_closed_gets_none(self, sheet, spring, ana):
        spring.closed_at = AT - DAY
        spring.save()
        with pytest.raises(refusals.RoundTakesNoAnswers):
            make_link(share=sheet, by=ana, at=AT)

    def test_the_page_shows_it_once_and_the_list_what_became_of_it(self, sheet, ana, arden):
        browser = signed_in(ana)
        where = reverse("replies:links", args=["spring-2021", "arden", sheet.pk])
        assert browser.get(where).status_code == 200

        answer = browser.post(where, {"language": "en"})
        address = answer.context["address"]
        assert address in words(answer)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "not opened yet" in words(answer)
        assert address not in words(browser.get(where))

        Client().post(address.split("/", 3)[3].join(["/", ""]))
        assert "Opened on" in words(browser.get(reverse("replies:shares", args=["spring-2021", "arden"])))

    def test_a_letter_takes_it_to_an_address_that_is_kept_nowhere(
        self, sheet, ana, django_capture_on_commit_callbacks
    ):
        browser = signed_in(ana)
        where = reverse("replies:links", args=["spring-2021", "arden", sheet.pk])
        with django_capture_on_commit_callbacks(execute=True):
            answer = browser.post(where, {"language": "fr", "address": "office@education.example"})

        assert answer.context["sent"]
        (letter,) = mail.outbox
        assert letter.to == ["office@education.example"]
        assert answer.context["address"] in letter.body
        assert sheet.institution not in letter.body
        entry = history_of("reply", "spring-2021/XAA").get(deed="link sent by letter")
        assert "education.example" not in str(entry.facts)

    def test_a_letter_that_nobody_takes_leaves_the_link_to_copy(
        self, sheet, ana, monkeypatch, django_capture_on_commit_callbacks
    ):
        def fails(*_args, **_more):
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.EmailMessage.send", fails)
        link, token = make_link(share=sheet, by=ana, at=now())
        with pytest.raises(refusals.LinkLetterNotSent), django_capture_on_commit_callbacks(execute=True):
            send_link(link=link, token=token, address="a@b.example", language="en", by=ana, at=now())

        assert Link.objects.get(pk=link.pk).is_open(at=now())

    def test_what_is_no_address_is_refused_and_no_link_is_made(self, sheet, ana):
        where = reverse("replies:links", args=["spring-2021", "arden", sheet.pk])
        answer = signed_in(ana).post(where, {"language": "en", "address": "the office"})

        assert answer.status_code == 400
        assert not Link.objects.exists()

    def test_a_link_of_another_state_is_not_ended_by_its_neighbour(self, made, beno):
        where = reverse("replies:end-link", args=["spring-2021", "belmora", made[0].key])
        assert signed_in(beno).post(where).status_code == 404
        assert Link.objects.get().ended_at is None


class TestOpeningIt:
    def test_following_it_binds_nothing(self, made):
        """Programmes that look for danger in letters follow links, too."""
        answer = Client().get(reverse("replies:link-door", args=[made[1]]))

        assert answer.status_code == 200
        assert "Open the questions" in words(answer)
        assert "Ministry of Education" in words(answer)
        assert not any(name.startswith("link-") for name in answer.cookies)
        assert Link.objects.get().opened_at is None

    def test_its_button_binds_this_browser_and_leads_to_an_address_without_it(self, made):
        answer = Client().post(reverse("replies:link-door", args=[made[1]]))

        assert answer.status_code == 302
        assert answer.url == page_of(made[0])
        assert made[1] not in answer.url
        (cookie,) = [each for name, each in answer.cookies.items() if name.startswith("link-")]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (
            True,
            "Lax",
            "/workspace/by-link/",
        )
        assert cookie.value != made[1]
        assert Link.objects.get().browser_digest == links.digest(cookie.value)

    def test_a_second_browser_is_told_so(self, made, colleague):
        other = Client()
        for answer in (
            other.get(reverse("replies:link-door", args=[made[1]])),
            other.post(reverse("replies:link-door", args=[made[1]])),
        ):
            assert answer.status_code == 409
            assert "opened in another browser" in words(answer)
        assert other.get(page_of(made[0])).status_code == 404

    def test_the_same_browser_goes_on(self, made, colleague):
        answer = colleague.get(reverse("replies:link-door", args=[made[1]]))

        assert (answer.status_code, answer.url) == (302, page_of(made[0]))

    def test_a_cookie_that_somebody_planted_is_not_taken_over(self, made):
        """What binds a browser is made when the link is opened, and never what was there."""
        browser = Client()
        browser.cookies[f"link-{made[0].key.hex}"] = "planted"
        browser.post(reverse("replies:link-door", args=[made[1]]))

        assert Link.objects.get().browser_digest != links.digest("planted")

    def test_an_empty_cookie_opens_nothing(self, made):
        browser = Client()
        browser.cookies[f"link-{made[0].key.hex}"] = ""

        assert browser.get(page_of(made[0])).status_code == 404

    def test_unknown_links_are_unknown_and_trying_many_ends(self, made):
        browser = Client()
        assert browser.get(reverse("replies:link-door", args=["x" * 43])).status_code == 404
        for _ in range(60):
            answer = browser.get(reverse("replies:link-door", args=["y" * 43]))
        assert answer.status_code == 429

    def test_its_pages_are_kept_by_no_cache_and_tell_no_other_site(self, made, colleague):
        for answer in (
            Client().get(reverse("replies:link-door", args=[made[1]])),
            colleague.get(page_of(made[0])),
        ):
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Referrer-Policy"] == "no-referrer"


class TestAnswering:
    def test_the_page_has_the_questions_of_the_sheet_and_no_other(self, made, colleague):
        answer = colleague.get(page_of(made[0]))

        assert re.findall(r'data-question="([^"]+)"', words(answer)) == [OTHER, LEVEL]
        assert "Sign out" not in words(answer)
        assert "/versions/" not in words(answer)

    def test_an_answer_is_saved_by_the_bearer_of_the_link(self, made, colleague):
        told = sent(colleague, made[0], script=True)

        assert told.json()["seen"] == 1
        version = AnswerVersion.objects.get(answer__question=LEVEL, answer__round__code="spring-2021")
        assert (version.value, version.origin) == ("3", "link")
        entry = history_of("answer", f"spring-2021/XAA/{LEVEL}").get()
        assert (entry.actor, entry.role) == (f"link {made[0].key}", "")

    def test_without_scripts_the_page_comes_back_to_the_question(self, made, colleague):
        answer = sent(colleague, made[0])

        assert (answer.status_code, answer.url) == (302, f"{page_of(made[0])}#q-C3-C3-07")

    def test_a_question_that_was_not_shared_is_not_there(self, made, colleague, spring):
        assert sent(colleague, made[0], NOT_SHARED).status_code == 404
        assert sent(colleague, made[0], "C3").status_code == 404
        with pytest.raises(refusals.MayNotAnswer):
            answer_by_link(link=made[0], question=NOT_SHARED, given=THREE, seen=0, at=now())
        assert not Answer.objects.filter(round=spring).exists()

    def test_what_a_colleague_saved_is_shown_and_not_written_over(self, made, colleague, spring, arden, ana):
        save(
            round=spring,
            state=arden,
            question=LEVEL,
            given=Given(Status.ANSWERED, "1"),
            seen=0,
            by=ana,
            at=now(),
        )
        told = sent(colleague, made[0], script=True)

        assert told.status_code == 409
        assert "level 1" in told.json()["theirs"]

    def test_case_data_is_asked_about_and_what_was_typed_is_kept(self, made, colleague):
        answer = sent(colleague, made[0], explanation="Write to anna.k@example.com about it")

        assert answer.status_code == 422
        assert "Write to anna.k@example.com about it" in words(answer)
        assert not AnswerVersion.objects.filter(origin="link").exists()

    def test_a_bearer_is_nothing_else_to_the_programme(self, made, colleague):
        for where in (
            reverse("workspace:home"),
            reverse("replies:replies"),
            reverse("replies:section", args=["spring-2021", "arden", "C3"]),
            reverse("replies:shares", args=["spring-2021", "arden"]),
        ):
            assert colleague.get(where).url.startswith(reverse("account_login"))
        bearer = Bearer(str(made[0].key))
        assert not bearer.roles(on=AT.date())
        assert not bearer.speaks_for(on=AT.date())

    def test_one_link_opens_no_other(self, made, colleague, spring, arden, ana):
        other = Share.objects.create(round=spring, state=arden, institution="Police", questions=[NOT_SHARED])
        second, _token = make_link(share=other, by=ana, at=now())

        colleague.cookies[f"link-{second.key.hex}"] = colleague.cookies[f"link-{made[0].key.hex}"].value
        assert colleague.get(page_of(second)).status_code == 404
        assert sent(colleague, second, NOT_SHARED).status_code == 404

    def test_a_bearer_whose_link_is_gone_has_no_share_left(self, made, spring, arden):
        gone = Bearer("00000000-0000-0000-0000-000000000000")
        with pytest.raises(refusals.MayNotAnswer):
            save(round=spring, state=arden, question=LEVEL, given=THREE, seen=0, by=gone, at=now())


class TestHandingIn:
    def test_it_ends_the_link_and_shows_what_was_given(self, made, colleague):
        sent(colleague, made[0], explanation="By decree.")
        assert colleague.post(reverse("replies:hand-in", args=[made[0].key])).status_code == 302

        page = words(colleague.get(page_of(made[0])))
        assert "Thank you" in page
        assert "By decree." in page
        assert "not answered" in page
        told = sent(colleague, made[0], seen="1", value="4", script=True)
        assert told.status_code == 410
        assert "handed in" in told.json()["sentence"]
        assert Answer.objects.get(question=LEVEL, round__code="spring-2021").value == "3"

    def test_what_is_changed_later_is_not_for_this_reader(self, made, colleague, spring, arden, ana):
        sent(colleague, made[0], explanation="By decree.")
        hand_in(link=made[0], at=now())
        later = Given(Status.ANSWERED, "2", explanation="Our ministry sees it otherwise.")
        save(round=spring, state=arden, question=LEVEL, given=later, seen=1, by=ana, at=now())
        save(
            round=spring, state=arden, question=OTHER, given=Given(Status.NOT_KNOWN), seen=0, by=ana, at=now()
        )

        page = words(colleague.get(page_of(made[0])))
        assert "By decree." in page
        assert "otherwise" not in page
        assert "not known" not in page

    def test_twice_is_once(self, made, colleague):
        for _ in range(2):
            assert colleague.post(reverse("replies:hand-in", args=[made[0].key])).status_code == 302
        assert history_of("reply", "spring-2021/XAA").filter(deed="answers handed in").count() == 1

    def test_another_browser_hands_nothing_in(self, made, colleague):
        assert Client().post(reverse("replies:hand-in", args=[made[0].key])).status_code == 404
        assert Link.objects.get().done_at is None


class TestWhatIsOver:
    def over(self, colleague, link, said):
        page = colleague.get(page_of(link))
        assert page.status_code == 410
        assert said in words(page)
        answer = sent(colleague, link, explanation="Typed for half an hour.")
        assert answer.status_code == 410
        assert "Typed for half an hour." in words(answer)
        told = sent(colleague, link, script=True)
        assert told.status_code == 410
        assert said in told.json()["sentence"]
        assert not AnswerVersion.objects.filter(origin="link").exists()

    def test_a_link_that_was_ended(self, made, colleague, ana):
        signed_in(ana).post(reverse("replies:end-link", args=["spring-2021", "arden", made[0].key]))
        self.over(colleague, made[0], "was ended")
        assert Client().get(reverse("replies:link-door", args=[made[1]])).status_code == 410

    def test_questions_that_were_taken_back(self, made, colleague, sheet):
        Share.objects.filter(pk=sheet.pk).update(withdrawn_at=now())
        self.over(colleague, made[0], "was ended")

    def test_a_link_whose_time_is_over(self, made, colleague):
        Link.objects.update(ends_at=now())
        self.over(colleague, made[0], "time of this link is over")
        with pytest.raises(refusals.LinkOver):
            open_link(token=made[1], at=now())

    def test_a_browser_that_lost_its_cookie_loses_no_text(self, made, colleague):
        colleague.cookies.clear()
        answer = sent(colleague, made[0], explanation="Typed for half an hour.")

        assert answer.status_code == 404
        assert "Typed for half an hour." in words(answer)
        assert "holds no link" in sent(colleague, made[0], script=True).json()["sentence"]

    @pytest.mark.parametrize("why", ["closed", "signed"])
    def test_a_round_that_was_closed_and_a_reply_that_was_signed(
        self, made, colleague, spring, arden, ana, monkeypatch, why
    ):
        sent(colleague, made[0], explanation="Saved before.")
        if why == "closed":
            spring.closed_at = now()
            spring.save()
        else:
            monkeypatch.setattr("endocsea.replies.actions.signing.not_ready", lambda *_a, **_k: [])
            submit(reply=spring.replies.get(state=arden), signed_as="Deputy Minister", by=ana, at=now())

        page = colleague.get(page_of(made[0]))
        assert page.status_code == 200
        assert "Saved before." in words(page)
        assert "data-hand-in" not in words(page)
        answer = sent(colleague, made[0], seen="1", explanation="Typed meanwhile.")
        assert answer.status_code == 422
        assert "Typed meanwhile." in words(answer)
        assert colleague.post(reverse("replies:hand-in", args=[made[0].key])).status_code == 410
        if why == "signed":
            reply = spring.replies.get(state=arden)
            open_again(reply=reply, reason="A figure was wrong.", by=ana, at=now())
            assert sent(colleague, made[0], seen="1", explanation="Typed meanwhile.").status_code == 302
