"""Never from a blank page: what public sources say, what was said last time, and what the secretariat drafted."""

import datetime

import pytest
from django.urls import reverse

from endocsea.journal.models import Entry
from endocsea.questionnaires.models import Round
from endocsea.replies import refusals
from endocsea.replies.actions import Cited, confirm_draft, confirm_last_time, draft, save, submit, take_offer
from endocsea.replies.answers.given import Given, Origin, Status
from endocsea.replies.answers.readiness import is_ready
from endocsea.replies.models import Answer, AnswerVersion, Evidence, OfferTaken, Reply
from endocsea.replies.offering.offers import Offer
from endocsea.sources.models import Citation, Source
from endocsea.support.guard.texts import LooksLikeCaseData
from tests.people.helpers import signed_in

from .conftest import AT

LEVEL = "C3/C3-07"
OTHER = "C1/C1-02"
SAID = "The national plan of Arden has a chapter on children online."
ABOVE = "Arden publishes a yearly report on child protection."
LATE = datetime.datetime(2021, 5, 10, 10, 0, tzinfo=datetime.UTC)
SEEN = datetime.date(2021, 5, 3)
CITED = Cited("Annual report", "https://example.org/report", "p. 12", SEEN)


@pytest.fixture
def citation(db):
    source = Source.objects.create(title="Gazette of Arden", address="https://example.org/gazette")
    return Citation.objects.create(source=source, locator="p. 3")


@pytest.fixture
def offers(citation, arden, monkeypatch):
    """Arden is offered one sentence at a question, one at a section."""

    def offer(key, indicator, statement):
        return Offer(
            key=key,
            indicator=indicator,
            capability=3,
            statement=statement,
            value="",
            as_of="2019",
            limits="",
            known_by="published by the state",
            source="Gazette of Arden, p. 3",
            address="https://example.org/gazette",
            citation=citation.pk,
        )

    known = (offer("OBS-1", "C3-07", SAID), offer("OBS-2", "", ABOVE))
    for module in ("endocsea.replies.actions.offering", "endocsea.replies.offering.on_pages"):
        monkeypatch.setattr(f"{module}.offers_for", lambda state, *, on: known if state == arden else ())
    return known


@pytest.fixture
def today(monkeypatch):
    """The pages take the day of these tests for today, or another one."""

    def is_(at):
        for module in ("answering", "offering", "confirming", "drafting", "rounds", "overview"):
            monkeypatch.setattr(f"endocsea.replies.views.{module}.now", lambda: at)
        for module in ("answering", "rounds", "overview"):
            monkeypatch.setattr(f"endocsea.replies.views.{module}.localdate", lambda *_: at.date())

    is_(AT)
    return is_


@pytest.fixture
def last_year(spring, arden):
    """Arden answered two questions in the round before, and left one open."""
    made = Round.objects.create(
        programme=spring.programme,
        edition=spring.edition,
        version=spring.version,
        code="autumn-2019",
        name={"en": "Autumn 2019"},
        training=True,
        opens_on=datetime.date(2019, 9, 1),
        closes_on=datetime.date(2020, 12, 31),
    )
    made.states.set([arden])
    indicator = spring.edition.indicators.get
    for code, given, day in (
        ("C3-07", {"status": "answered", "value": "2"}, datetime.date(2019, 10, 3)),
        ("C3-08", {"status": "not_known"}, None),
        ("C3-09", {"status": "not_answered"}, None),
        ("C3-10", {"status": "prefilled", "value": "1"}, None),
    ):
        Answer.objects.create(
            round=made,
            state=arden,
            question=f"C3/{code}",
            indicator=indicator(code=code),
            answered_on=day,
            explanation="A law of 2018." if code == "C3-07" else "",
            **given,
        )
    return made


def at(name, *more, state="arden", round="spring-2021"):
    return reverse(f"replies:{name}", args=[round, state, *more])


def text(answer):
    return " ".join(answer.content.decode().split())


def answer_of(spring, state, question=LEVEL):
    return Answer.objects.filter(round=spring, state=state, question=question).first()


# What public sources say


class TestOffers:
    @pytest.fixture
    def word(self, spring, arden, offers, ana):
        def said(word, text="", *, offer="OBS-1", question=LEVEL, by=ana, state=arden, **more):
            return take_offer(round=spring, state=state, question=question, offer=offer,
                              word=OfferTaken.Word(word), text=text, by=by, at=AT, **more)  # fmt: skip

        return said

    def test_what_is_still_true_goes_into_the_explanation_with_its_source_and_answers_nothing_by_itself(
        self, word, spring, arden, citation
    ):
        word("confirmed")

        answer = answer_of(spring, arden)
        assert answer.given == Given(Status.NOT_ANSWERED, explanation=SAID)
        assert not is_ready(answer.given)
        assert Evidence.objects.get(answer=answer).citation == citation

    def test_what_stands_already_is_kept_and_its_status_too(self, word, spring, arden, ana):
        save(round=spring, state=arden, question=LEVEL, given=Given(Status.ANSWERED, "3", explanation="A law."),
             seen=0, by=ana, at=AT)  # fmt: skip
        word("confirmed")

        given = answer_of(spring, arden).given
        assert (given.status, given.value, given.explanation) == (Status.ANSWERED, "3", f"A law.\n\n{SAID}")

    def test_a_correction_stands_in_the_place_of_the_sentence(self, word, spring, arden):
        word("corrected", "The plan has two chapters.")

        assert answer_of(spring, arden).explanation == "The plan has two chapters."
        assert OfferTaken.objects.get().reason == ""

    def test_a_rejection_keeps_its_reason_and_leaves_the_answer_alone(self, word, spring, arden):
        word("rejected", "The plan was withdrawn.")

        assert answer_of(spring, arden) is None
        assert OfferTaken.objects.get().reason == "The plan was withdrawn."

    @pytest.mark.parametrize("kind", ["corrected", "rejected"])
    def test_correcting_and_rejecting_need_words(self, word, kind):
        with pytest.raises(refusals.WhatIsWrong):
            word(kind, "  ")
        assert not OfferTaken.objects.exists()

    def test_a_second_word_is_refused(self, word):
        word("confirmed")
        with pytest.raises(refusals.OfferAnswered):
            word("rejected", "It was withdrawn.")

    @pytest.mark.parametrize(
        ("offer", "question"), [("OBS-9", LEVEL), ("OBS-1", OTHER), ("OBS-2", OTHER), ("", LEVEL)]
    )
    def test_only_what_is_offered_at_a_question_is_taken_there(self, word, offer, question):
        with pytest.raises(refusals.NoSuchOffer):
            word("confirmed", offer=offer, question=question)

    def test_what_touches_no_question_in_particular_goes_to_one_of_its_section(self, word, spring, arden):
        word("confirmed", offer="OBS-2", question="C3/C3-08")
        assert answer_of(spring, arden, "C3/C3-08").explanation == ABOVE

    def test_case_data_in_a_reason_is_refused(self, word):
        with pytest.raises(LooksLikeCaseData):
            word("rejected", "Ask anna.k@example.com about it")

    def test_nobody_else_says_a_word(self, word, people):
        for name in set(people) - {"ana"}:
            with pytest.raises(refusals.MayNotAnswer):
                word("confirmed", by=people[name])
        assert not Reply.objects.filter(offers_taken__isnull=False).exists()

    def test_a_member_of_the_team_says_it_at_their_question(self, word, shared, tara):
        word("confirmed", by=tara)
        assert OfferTaken.objects.exists()

    def test_a_reply_that_was_sent_takes_no_word(self, word, spring, arden):
        Reply.objects.create(
            round=spring, state=arden, step="submitted", submitted_at=AT, signed_as="Minister"
        )
        with pytest.raises(refusals.AlreadySigned):
            word("rejected", "It was withdrawn.")

    def test_it_is_in_the_journal(self, word):
        word("rejected", "It was withdrawn.")
        assert Entry.objects.last().deed == "word on an offer"


class TestOffersOnThePage:
    def test_the_coordinator_finds_them_at_their_question_and_above_their_section(
        self, spring, offers, ana, today
    ):
        page = text(signed_in(ana).get(at("section", "C3")))
        assert page.index(ABOVE) < page.index(SAID)
        assert "From public sources, unconfirmed:" in page
        assert "published by the state" in page
        assert SAID not in text(signed_in(ana).get(at("section", "C1")))

    def test_a_member_of_the_team_finds_those_at_their_questions_only(self, shared, offers, tara, today):
        page = text(signed_in(tara).get(at("section", "C3")))
        assert SAID in page
        assert ABOVE not in page

    def test_nobody_is_offered_what_is_about_another_state(self, spring, offers, beno, today):
        assert SAID not in text(signed_in(beno).get(at("section", "C3", state="belmora")))

    def test_one_click_confirms_and_leads_back_to_the_question(self, spring, offers, ana, today):
        desk = signed_in(ana)
        answer = desk.post(at("offer"), {"question": LEVEL, "offer": "OBS-1", "word": "confirmed"})

        assert answer.url.endswith("/section/C3/#q-C3-C3-07")
        page = text(desk.get(at("section", "C3")))
        assert "The state said on 1 March 2021: still true" in page
        assert 'name="offer" value="OBS-1"' not in page

    def test_a_word_that_is_refused_is_kept_in_the_page(self, spring, offers, ana, today):
        sent = {"question": LEVEL, "offer": "OBS-1", "word": "rejected", "text": "Ask anna.k@example.com"}
        answer = signed_in(ana).post(at("offer"), sent)

        assert answer.status_code == 422
        assert "Ask anna.k@example.com" in text(answer)
        again = signed_in(ana).post(at("offer"), sent | {"not_case_data": "The address of an office"})
        assert again.status_code == 302

    def test_a_sentence_of_a_section_asks_for_its_question(self, spring, offers, ana, today):
        sent = {
            "section": "C3",
            "question": "",
            "offer": "OBS-2",
            "word": "corrected",
            "text": "Every second year.",
        }
        answer = signed_in(ana).post(at("offer"), sent)

        assert answer.status_code == 422
        assert "Choose the question." in text(answer)
        assert "Every second year." in text(answer)

    @pytest.mark.parametrize("sent", [{}, {"word": "maybe"}, {"word": "confirmed", "question": "C9/C9-99"},
                                      {"word": "confirmed", "section": "C99"}])  # fmt: skip
    def test_what_no_page_sends_is_not_there(self, spring, offers, ana, today, sent):
        assert signed_in(ana).post(at("offer"), sent).status_code == 404

    def test_the_secretariat_reads_a_rejection_once_the_reply_was_sent_and_not_before(
        self, spring, arden, offers, ana, sera, today
    ):
        take_offer(round=spring, state=arden, question=LEVEL, offer="OBS-1", word=OfferTaken.Word.REJECTED,
                   text="The plan was withdrawn.", by=ana, at=AT)  # fmt: skip
        desk = signed_in(sera)
        assert desk.get(at("section", "C3")).status_code == 404

        Reply.objects.update(step="submitted", submitted_at=AT, signed_as="Minister")
        page = text(desk.get(at("section", "C3")))
        assert "The plan was withdrawn." in page
        assert 'name="offer"' not in page


# What was said last time


class TestLastTime:
    @pytest.fixture
    def confirm(self, spring, arden, last_year, ana):
        def confirmed(question=LEVEL, *, seen=0, by=ana):
            return confirm_last_time(round=spring, state=arden, question=question, seen=seen, by=by, at=AT)

        return confirmed

    def test_one_click_takes_all_that_was_said(self, confirm):
        answer = confirm()

        assert answer.given == Given(Status.ANSWERED, "2", explanation="A law of 2018.")
        assert AnswerVersion.objects.get(answer=answer).origin == Origin.CARRIED.value
        assert answer.answered_on == AT.date()

    def test_not_known_is_confirmed_too(self, confirm):
        assert confirm("C3/C3-08").given.status is Status.NOT_KNOWN

    @pytest.mark.parametrize("question", ["C3/C3-09", "C3/C3-10", "C3/C3-11", "C9/C9-99"])
    def test_where_the_state_itself_said_nothing_there_is_nothing_to_confirm(self, confirm, question):
        with pytest.raises(refusals.NothingLastTime):
            confirm(question)

    def test_what_a_colleague_saved_meanwhile_is_not_overwritten(self, confirm, spring, arden, ana):
        save(
            round=spring,
            state=arden,
            question=LEVEL,
            given=Given(Status.ANSWERED, "4"),
            seen=0,
            by=ana,
            at=AT,
        )
        with pytest.raises(refusals.SavedMeanwhile):
            confirm(seen=0)
        assert answer_of(spring, arden).value == "4"

    def test_nobody_else_confirms(self, confirm, people, shared):
        for name in set(people) - {"ana", "tara"}:
            with pytest.raises(refusals.MayNotAnswer):
                confirm(by=people[name])
        assert confirm(by=people["tara"]).value == "2"

    def test_a_new_round_has_content_and_age_and_nothing_is_done(self, spring, last_year, ana, today):
        desk = signed_in(ana)
        page = text(desk.get(at("section", "C3")))
        assert "Last time, answered on 3 October 2019:" in page
        assert "Confirm: still so" in page
        assert "None is ready yet." in text(desk.get(at("reply")))

    def test_the_click_on_the_page(self, spring, arden, last_year, ana, today):
        answer = signed_in(ana).post(at("confirm"), {"question": LEVEL, "seen": "0", "of": "last-time"})
        assert answer.url.endswith("/section/C3/#q-C3-C3-07")
        assert answer_of(spring, arden).value == "2"

    def test_a_conflict_shows_both(self, spring, arden, last_year, ana, today):
        save(
            round=spring,
            state=arden,
            question=LEVEL,
            given=Given(Status.ANSWERED, "4"),
            seen=0,
            by=ana,
            at=AT,
        )
        answer = signed_in(ana).post(at("confirm"), {"question": LEVEL, "seen": "0", "of": "last-time"})
        assert answer.status_code == 409
        assert "What stands there now:" in text(answer)

    def test_all_of_a_section_is_shown_and_each_is_confirmed_by_itself(
        self, spring, arden, last_year, ana, today
    ):
        desk = signed_in(ana)
        assert at("last-time", "C3") in text(desk.get(at("section", "C3")))
        page = desk.get(at("last-time", "C3"))
        assert [each.path for each in page.context["fields"]] == [LEVEL, "C3/C3-08"]
        assert text(page).count("Confirm: still so") == 2

        answer = desk.post(
            at("confirm"), {"question": LEVEL, "seen": "0", "of": "last-time", "back": "last-time"}
        )
        assert answer.url == at("last-time", "C3")
        assert text(desk.get(at("last-time", "C3"))).count("Confirm: still so") == 1
        assert Answer.objects.filter(round=spring).count() == 1

    @pytest.mark.parametrize("sent", [{}, {"of": "all"}, {"of": "last-time", "question": "C9/C9-99"}])
    def test_what_no_page_sends_is_not_there(self, spring, last_year, ana, today, sent):
        assert signed_in(ana).post(at("confirm"), {"question": LEVEL, **sent}).status_code == 404

    def test_a_first_round_has_no_such_link(self, spring, ana, today):
        Round.objects.exclude(pk=spring.pk).update(retired_on=AT.date())
        assert at("last-time", "C3") not in text(signed_in(ana).get(at("section", "C3")))


# What the secretariat drafts for a state that stays silent


class TestDrafts:
    @pytest.fixture
    def write(self, spring, arden, sera):
        def written(
            given=None, *, question=LEVEL, cited=CITED, seen=0, by=sera, moment=LATE, state=arden, **more
        ):
            given = given or Given(Status.ANSWERED, "2", explanation="It says so.")
            return draft(round=spring, state=state, question=question, given=given, cited=cited, seen=seen,
                         by=by, at=moment, **more)  # fmt: skip

        return written

    @pytest.fixture
    def page(self, sera, today):
        today(LATE)
        return signed_in(sera)

    def address(self, section="C3", state="arden"):
        return reverse("replies:draft", args=["spring-2021", state, section])

    def test_a_draft_is_unconfirmed_has_its_source_and_is_never_ready(self, write):
        saved = write()

        assert saved.given.status is Status.PREFILLED
        assert not is_ready(saved.given)
        assert AnswerVersion.objects.get(answer=saved).origin == Origin.SOURCES.value
        cited = Evidence.objects.get(answer=saved).citation
        assert (cited.source.title, cited.locator, cited.seen_on) == ("Annual report", "p. 12", SEEN)

    @pytest.mark.parametrize(
        "cited",
        [Cited("", "", "p. 12", SEEN), Cited(" ", " ", "", SEEN), Cited("Annual report", "", "", None)],
    )
    def test_without_a_source_and_the_day_it_was_seen_nothing_is_kept(self, write, cited, spring, arden):
        with pytest.raises(refusals.NoCitation):
            write(cited=cited)
        assert answer_of(spring, arden) is None

    def test_an_empty_draft_is_none(self, write):
        with pytest.raises(refusals.EmptyDraft):
            write(Given(Status.NOT_KNOWN))

    def test_nobody_but_the_secretariat_drafts(self, write, people):
        for name in set(people) - {"sera"}:
            with pytest.raises(refusals.MayNotDraft):
                write(by=people[name])

    @pytest.mark.parametrize("status", [each for each in Status if each is not Status.PREFILLED])
    def test_the_secretariat_saves_nothing_but_drafts(self, spring, arden, sera, status):
        value = "2" if status is Status.ANSWERED else ""
        for origin, refusal in (
            (Origin.SOURCES, refusals.MayNotDraft),
            (Origin.TYPED, refusals.MayNotAnswer),
        ):
            with pytest.raises(refusal):
                save(round=spring, state=arden, question=LEVEL, given=Given(status, value, reason="x"), seen=0,
                     origin=origin, by=sera, at=LATE)  # fmt: skip

    def test_not_before_the_due_day_has_passed(self, write):
        with pytest.raises(refusals.NotSilent):
            write(moment=AT)

    def test_not_with_more_time_given(self, write, spring, arden):
        spring.extensions.create(state=arden, until="2021-05-20", reason="It was agreed.", given_at=AT)
        with pytest.raises(refusals.NotSilent):
            write()

    def test_not_once_the_state_has_said_anything(self, write, spring, arden, ana):
        write()
        save(
            round=spring, state=arden, question=OTHER, given=Given(Status.NOT_KNOWN), seen=0, by=ana, at=LATE
        )
        with pytest.raises(refusals.NotSilent):
            write(question="C3/C3-08")

    def test_not_for_a_reply_that_was_sent_nor_in_a_round_that_is_closed(self, write, spring, arden):
        Reply.objects.create(
            round=spring, state=arden, step="submitted", submitted_at=AT, signed_as="Minister"
        )
        with pytest.raises(refusals.AlreadySigned):
            write()
        Reply.objects.update(step="open")
        Round.objects.filter(pk=spring.pk).update(closed_at=LATE)
        with pytest.raises(refusals.RoundTakesNoAnswers):
            write()

    def test_case_data_in_a_title_is_refused(self, write):
        with pytest.raises(LooksLikeCaseData):
            write(cited=Cited("Letter of anna.k@example.com", "", "", SEEN))

    def test_the_state_confirms_and_it_is_its_own(self, write, spring, arden, ana, tara):
        saved = write()
        with pytest.raises(refusals.MayNotAnswer):
            confirm_draft(round=spring, state=arden, question=LEVEL, seen=saved.number, by=tara, at=LATE)
        confirmed = confirm_draft(
            round=spring, state=arden, question=LEVEL, seen=saved.number, by=ana, at=LATE
        )

        assert confirmed.given == Given(Status.ANSWERED, "2", explanation="It says so.")
        with pytest.raises(refusals.NothingDrafted):
            confirm_draft(round=spring, state=arden, question=LEVEL, seen=2, by=ana, at=LATE)

    def test_words_beside_a_draft_confirm_nothing_and_another_answer_is_the_state_s_own(
        self, write, spring, arden, ana
    ):
        saved = write()
        beside = save(round=spring, state=arden, question=LEVEL,
                      given=Given(Status.PREFILLED, "2", explanation="We are looking into it."),
                      seen=saved.number, by=ana, at=LATE)  # fmt: skip
        assert beside.given.status is Status.PREFILLED

        other = save(round=spring, state=arden, question=LEVEL, given=Given(Status.PREFILLED, "3"),
                     seen=beside.number, by=ana, at=LATE)  # fmt: skip
        assert other.given.status is Status.ANSWERED

    def test_a_state_does_not_draft_for_itself(self, spring, arden, ana):
        saved = save(round=spring, state=arden, question=LEVEL, given=Given(Status.PREFILLED, "3"), seen=0,
                     by=ana, at=AT)  # fmt: skip
        assert saved.given.status is Status.ANSWERED

    def test_it_is_never_signed(self, write, spring, arden, ana):
        write()
        with pytest.raises(refusals.NotComplete):
            submit(reply=spring.replies.get(state=arden), signed_as="Minister", by=ana, at=LATE)

    def test_it_says_so_wherever_the_state_sees_it(self, write, ana, today):
        write()
        today(LATE)
        desk = signed_in(ana)
        page = text(desk.get(at("section", "C3")))
        assert "Drafted by the secretariat from public sources, unconfirmed." in page
        assert 'value="prefilled" checked' in page
        assert "One answer was drafted by the secretariat from public sources, unconfirmed." in text(
            desk.get(at("reply"))
        )

    def test_the_click_that_confirms(self, write, spring, arden, ana, today):
        saved = write()
        today(LATE)
        answer = signed_in(ana).post(
            at("confirm"), {"question": LEVEL, "seen": str(saved.number), "of": "draft"}
        )
        assert answer.status_code == 302
        assert answer_of(spring, arden).given.status is Status.ANSWERED

    def test_the_page_of_the_round_leads_to_it_for_a_silent_state_only(
        self, page, spring, arden, belmora, beno
    ):
        save(
            round=spring, state=belmora, question=OTHER, given=Given(Status.NOT_KNOWN), seen=0, by=beno, at=AT
        )
        said = text(page.get(reverse("replies:round", args=["spring-2021"])))
        assert self.address("C1") in said
        assert self.address("C1", "belmora") not in said
        assert page.get(self.address(state="belmora")).status_code == 404

    def test_it_is_written_on_the_page(self, page, spring, arden):
        sent = {"question": LEVEL, "seen": "0", "value": "2", "title": "Annual report", "locator": "p. 12",
                "seen_on": "2021-05-03"}  # fmt: skip
        assert page.post(self.address(), sent).status_code == 302

        shown = text(page.get(self.address()))
        assert 'value="Annual report"' in shown
        assert "one answer drafted from public sources, unconfirmed" in text(
            page.get(reverse("replies:round", args=["spring-2021"]))
        )

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"seen_on": ""}, "This field is required"),
            ({"title": "", "address": ""}, "names its source"),
            ({"seen_on": "yesterday"}, "Enter a valid date"),
            ({"address": "not an address"}, "Enter a valid URL"),
            ({"value": "17"}, "no answer to"),
            ({"seen": "7"}, "Somebody saved another answer"),
        ],
    )
    def test_what_is_wrong_is_told_and_what_was_typed_is_kept(self, page, spring, wrong, said):
        sent = {
            "question": LEVEL,
            "seen": "0",
            "value": "2",
            "title": "Annual report",
            "seen_on": "2021-05-03",
        }
        answer = page.post(self.address(), sent | wrong)

        assert answer.status_code == 422
        assert said in text(answer)
        assert ('value="Annual report"' in text(answer)) == ("title" not in wrong)

    def test_a_state_that_answers_meanwhile_is_not_read(self, page, spring, arden, ana):
        save(round=spring, state=arden, question=OTHER, given=Given(Status.ANSWERED, "1", explanation="Ours alone."),
             seen=0, by=ana, at=AT)  # fmt: skip
        sent = {
            "question": "C1/C1-03",
            "seen": "0",
            "value": "2",
            "title": "Annual report",
            "seen_on": "2021-05-03",
        }
        assert page.get(self.address("C1")).status_code == 404
        answer = page.post(self.address("C1"), sent)

        assert answer.status_code == 422
        assert "Annual report" in text(answer)
        assert "Ours alone." not in text(answer)

    def test_nobody_else_finds_the_page(self, page, spring, people):
        for name in set(people) - {"sera"}:
            assert signed_in(people[name]).get(self.address()).status_code == 404, name
