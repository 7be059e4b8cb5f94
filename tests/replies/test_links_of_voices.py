"""Organisations without an account: one link, all their questions by section, and nothing of the state."""

import datetime

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from endocsea.journal.models import Entry
from endocsea.people.models import Appointment
from endocsea.questionnaires.models import Share
from endocsea.replies import refusals
from endocsea.replies.actions import (
    answer_by_link,
    end_link,
    hand_in,
    invite_voice,
    make_link,
    make_voice_link,
    open_link,
    save,
    send_link,
    speak,
    withdraw_voice,
)
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.links.bearer import Bearer
from endocsea.replies.models import Answer, Link, Reply, Voice, VoiceAnswer
from endocsea.support.actors import Role
from tests.marks import marked
from tests.people.helpers import signed_in

from .conftest import AT

LEVEL, OTHER = "C3/C3-07", "C1/C1-02"
TWO = Given(Status.ANSWERED, "2", explanation="Only in the capital.")
STRANGERS = ("ana", "beno", "ravi", "otto", "adam", "tara", "petra", "dora", "cleo", "tim", "sofia", "dario")


@pytest.fixture(autouse=True)
def no_attempts_counted_yet():
    cache.clear()


@pytest.fixture
def voice(spring, arden, sera):
    """An organisation for which nobody has an account; only the secretariat is to know its name."""
    return invite_voice(
        round=spring, state=arden, organisation="Safe House", shown=Voice.Shown.KNOWN, by=sera, at=AT
    )


@pytest.fixture
def made(voice, sera):
    return make_voice_link(voice=voice, by=sera, at=now())


@pytest.fixture
def bearer(made):
    """A browser that has opened the link."""
    browser = Client()
    browser.post(reverse("replies:link-door", args=[made[1]]))
    return browser


def whole(link):
    return reverse("replies:by-link", args=[link.key])


def part(link, section="C3"):
    return reverse("replies:by-link-section", args=[link.key, section])


def sent(browser, link, question=LEVEL, *, script=False, **fields):
    headers = {"X-Requested-With": "autosave"} if script else {}
    fields = {"question": question, "seen": "0", "value": "2", **fields}
    return browser.post(reverse("replies:answer-by-link", args=[link.key]), fields, headers=headers)


def words(answer):
    return answer.content.decode()


class TestMakingOne:
    @pytest.mark.parametrize("chair", STRANGERS)
    def test_nobody_but_the_secretariat_makes_sends_or_ends_one(self, chair, voice, made, people):
        somebody = people[chair]
        with pytest.raises(refusals.MayNotInviteVoices):
            make_voice_link(voice=voice, by=somebody, at=AT)
        with pytest.raises(refusals.MayNotInviteVoices):
            end_link(link=made[0], by=somebody, at=AT)
        with pytest.raises(refusals.MayNotInviteVoices):
            send_link(link=made[0], token=made[1], address="a@b.example", language="en", by=somebody, at=AT)
        browser = signed_in(somebody)
        for where in (
            reverse("replies:voice-links", args=["spring-2021", voice.pk]),
            reverse("replies:end-voice-link", args=["spring-2021", made[0].key]),
        ):
            assert browser.post(where, {"language": "en"}).status_code == 404
        assert Link.objects.get().ended_at is None

    def test_it_is_shown_once_and_the_list_says_what_became_of_it(self, voice, sera):
        browser = signed_in(sera)
        where = reverse("replies:voice-links", args=["spring-2021", voice.pk])
        answer = browser.post(where, {"language": "en"})
        address = answer.context["address"]

        assert address in words(answer)
        assert address not in words(browser.get(where))
        of_round = reverse("replies:voices-of-round", args=["spring-2021"])
        assert "Not opened yet" in words(browser.get(of_round))
        ended = browser.post(reverse("replies:end-voice-link", args=["spring-2021", Link.objects.get().key]))
        assert ended.url == of_round
        assert "Ended on" in words(browser.get(of_round))

    def test_the_letter_and_the_journal_name_no_organisation(
        self, voice, sera, django_capture_on_commit_callbacks
    ):
        where = reverse("replies:voice-links", args=["spring-2021", voice.pk])
        with django_capture_on_commit_callbacks(execute=True):
            answer = signed_in(sera).post(where, {"language": "en", "address": "office@house.example"})

        (letter,) = mail.outbox
        assert letter.to == ["office@house.example"]
        assert answer.context["address"] in letter.body
        assert "Safe House" not in letter.subject + letter.body
        entries = Entry.objects.with_parts().filter(about_kind="voice")
        told = " ".join(f"{each.deed} {each.particulars.text}" for each in entries)
        assert "link sent by letter" in told
        assert "Safe House" not in told
        assert "house.example" not in told

    def test_what_is_no_address_is_refused_and_no_link_is_made(self, voice, sera):
        where = reverse("replies:voice-links", args=["spring-2021", voice.pk])
        answer = signed_in(sera).post(where, {"language": "en", "address": "the house"})

        assert answer.status_code == 400
        assert not Link.objects.exists()

    def test_whoever_has_an_account_needs_none_until_the_role_has_ended(self, voice, sera, cleo):
        held = Appointment.objects.get(person=cleo, role=Role.CIVIL_SOCIETY)
        Voice.objects.update(member=held)
        with pytest.raises(refusals.SpeaksWithAnAccount):
            make_voice_link(voice=voice, by=sera, at=now())
        answer = signed_in(sera).post(
            reverse("replies:voice-links", args=["spring-2021", voice.pk]), {"language": "en"}
        )
        assert answer.status_code == 400
        Appointment.objects.filter(pk=held.pk).update(until="2021-01-31")

        assert make_voice_link(voice=voice, by=sera, at=now())[0].voice == voice

    def test_a_round_that_takes_no_answers_gets_none(self, voice, spring, sera):
        spring.closed_at = AT
        spring.save()
        with pytest.raises(refusals.RoundTakesNoAnswers):
            make_voice_link(voice=voice, by=sera, at=AT)

    def test_an_organisation_that_was_withdrawn_gets_none(self, voice, sera):
        withdraw_voice(voice=voice, by=sera, at=AT)
        with pytest.raises(refusals.NoSuchVoice):
            make_voice_link(voice=voice, by=sera, at=AT)
        where = reverse("replies:voice-links", args=["spring-2021", voice.pk])
        assert signed_in(sera).post(where, {"language": "en"}).status_code == 404

    def test_it_lasts_a_month_at_most_and_a_week_after_the_due_day(self, voice, spring, sera):
        assert make_voice_link(voice=voice, by=sera, at=AT)[0].last_day == datetime.date(2021, 3, 31)
        spring.answers_until = datetime.date(2021, 3, 5)
        spring.save()
        assert make_voice_link(voice=voice, by=sera, at=AT)[0].last_day == datetime.date(2021, 3, 12)

    def test_an_organisation_is_added_with_nobody_and_its_link_comes_next(self, spring, arden, sera):
        answer = signed_in(sera).post(
            reverse("replies:voices-of-round", args=["spring-2021"]),
            {"state": arden.pk, "shown": "named", "organisation": "Childline", "member": ""},
        )
        made = Voice.objects.get()
        assert made.member is None
        assert answer.url == reverse("replies:voice-links", args=["spring-2021", made.pk])


class TestOpeningIt:
    def test_its_door_names_no_organisation_and_binds_nothing(self, made):
        answer = Client().get(reverse("replies:link-door", args=[made[1]]))

        assert answer.status_code == 200
        assert "Safe House" not in words(answer)
        assert Link.objects.get().opened_at is None

    def test_a_second_browser_is_told_so(self, made, bearer):
        other = Client()
        assert other.post(reverse("replies:link-door", args=[made[1]])).status_code == 409
        for page in (whole(made[0]), part(made[0])):
            assert other.get(page).status_code == 404
        assert sent(other, made[0]).status_code == 404
        assert not VoiceAnswer.objects.exists()

    def test_the_link_of_a_sheet_has_no_sections_and_opens_no_other(self, made, bearer, spring, arden, ana):
        sheet = Share.objects.create(round=spring, state=arden, institution="Police", questions=[LEVEL])
        second, token = make_link(share=sheet, by=ana, at=now())
        bearer.cookies[f"link-{second.key.hex}"] = bearer.cookies[f"link-{made[0].key.hex}"].value
        assert bearer.get(whole(second)).status_code == 404

        police = Client()
        police.post(reverse("replies:link-door", args=[token]))
        assert police.get(whole(second)).status_code == 200
        assert police.get(part(second)).status_code == 404
        assert police.get(whole(made[0])).status_code == 404


class TestAnswering:
    def test_all_its_questions_stand_there_by_section(self, made, bearer, spring):
        page = words(bearer.get(whole(made[0])))
        assert part(made[0]) in page
        assert "Safe House" in page
        section = words(bearer.get(part(made[0])))
        assert f'data-question="{LEVEL}"' in section
        restricted = next(path for path, each in spring.version.form.questions() if each.restricted)
        assert sent(bearer, made[0], restricted).status_code == 404
        for name in ("C99", "notes"):
            assert bearer.get(part(made[0], name)).status_code == 404

    def test_an_answer_is_the_organisations_and_the_page_comes_back_to_the_question(
        self, made, bearer, voice, spring
    ):
        answer = sent(bearer, made[0])

        assert (answer.status_code, answer.url) == (302, f"{part(made[0])}#q-C3-C3-07")
        saved = VoiceAnswer.objects.get()
        assert (saved.voice, saved.question, saved.value) == (voice, LEVEL, "2")
        assert not Answer.objects.filter(round=spring).exists()
        entry = Entry.objects.with_parts().get(deed="organisation answered")
        assert (entry.actor, entry.role) == (f"link {made[0].key}", "")
        assert "1 of " in words(bearer.get(whole(made[0])))

    def test_its_script_is_told_the_version(self, made, bearer):
        assert sent(bearer, made[0], script=True).json()["seen"] == 1

    def test_two_tabs_are_shown_both(self, made, bearer):
        sent(bearer, made[0])
        answer = sent(bearer, made[0], value="4", explanation="Meanwhile it grew.")

        assert answer.status_code == 409
        assert "Meanwhile it grew." in words(answer)
        assert "What stands there now:" in words(answer)

    def test_what_is_no_answer_is_refused_and_kept_in_the_page(self, made, bearer):
        for fields in (
            {"value": "9", "explanation": "A long story."},
            {"explanation": "A long story. Write to anna.k@example.com"},
        ):
            answer = sent(bearer, made[0], **fields)
            assert answer.status_code == 422
            assert "A long story." in words(answer)
        assert sent(bearer, made[0], "C3/C3-99").status_code == 404
        assert sent(bearer, made[0], explanation="x" * 1_000_000).status_code == 422
        assert not VoiceAnswer.objects.exists()

    def test_nothing_of_the_state_stands_on_its_pages(self, made, bearer, spring, arden, ana):
        given = Given(Status.ANSWERED, "4", explanation="zqdraftzq", respondent="zqpostzq")
        save(round=spring, state=arden, question=LEVEL, given=given, seen=0, by=ana, at=AT)
        Reply.objects.update(step="submitted", submitted_at=AT, signed_as="zqministerzq")
        for page in (whole(made[0]), part(made[0])):
            assert not marked(bearer.get(page).content)
        assert not marked(sent(bearer, made[0], value="9").content)
        assert sent(bearer, made[0]).status_code == 302

    def test_a_bearer_answers_for_no_other_organisation(self, made, bearer, spring, arden, belmora, sera):
        for state in (arden, belmora):
            other = invite_voice(
                round=spring, state=state, organisation="Other", shown=Voice.Shown.NAMED, by=sera, at=AT
            )
            with pytest.raises(refusals.MayNotSpeak):
                speak(voice=other, question=LEVEL, given=TWO, seen=0, by=Bearer(str(made[0].key)), at=AT)

    def test_a_bearer_answers_nothing_for_the_state(self, made, spring, arden):
        with pytest.raises(refusals.MayNotAnswer):
            save(
                round=spring,
                state=arden,
                question=LEVEL,
                given=TWO,
                seen=0,
                by=Bearer(str(made[0].key)),
                at=AT,
            )

    @pytest.mark.parametrize("who", STRANGERS)
    def test_no_account_answers_for_it(self, who, voice, made, people):
        with pytest.raises(refusals.MayNotSpeak):
            speak(voice=voice, question=LEVEL, given=TWO, seen=0, by=people[who], at=AT)
        assert signed_in(people[who]).get(part(made[0])).status_code == 404


class TestEnding:
    def test_handing_in_shows_what_was_given_and_takes_no_more(self, made, bearer, voice):
        sent(bearer, made[0], explanation="Only in the capital.")
        assert bearer.post(reverse("replies:hand-in", args=[made[0].key])).url == whole(made[0])

        page = words(bearer.get(whole(made[0])))
        assert "Thank you" in page
        assert "Only in the capital." in page
        assert bearer.get(part(made[0])).status_code == 410
        answer = sent(bearer, made[0], seen="1", explanation="Typed too late.")
        assert answer.status_code == 410
        assert "Typed too late." in words(answer)
        with pytest.raises(refusals.MayNotSpeak):
            speak(voice=voice, question=OTHER, given=TWO, seen=0, by=Bearer(str(made[0].key)), at=now())

    def test_what_is_changed_later_by_another_link_is_not_for_the_first(self, made, bearer, voice, sera):
        sent(bearer, made[0], explanation="The first words.")
        hand_in(link=made[0], at=now())
        second, token = make_voice_link(voice=voice, by=sera, at=now())
        open_link(token=token, at=now())
        answer_by_link(
            link=second,
            question=LEVEL,
            given=Given(Status.ANSWERED, "2", explanation="The second words."),
            seen=1,
            at=now(),
        )

        page = words(bearer.get(whole(made[0])))
        assert "The first words." in page
        assert "The second words." not in page

    def test_withdrawing_the_organisation_ends_its_links(self, made, bearer, voice, sera):
        sent(bearer, made[0])
        withdraw_voice(voice=voice, by=sera, at=now())

        assert Link.objects.get().ended_at is not None
        for page in (whole(made[0]), part(made[0])):
            assert bearer.get(page).status_code == 410
        answer = sent(bearer, made[0], seen="1", explanation="Typed meanwhile.")
        assert answer.status_code == 410
        assert "Typed meanwhile." in words(answer)
        assert VoiceAnswer.objects.count() == 1

    def test_what_was_handed_in_is_shown_no_more_once_it_was_withdrawn(self, made, bearer, voice, sera):
        sent(bearer, made[0], explanation="Only in the capital.")
        hand_in(link=made[0], at=now())
        withdraw_voice(voice=voice, by=sera, at=now())

        answer = bearer.get(whole(made[0]))
        assert answer.status_code == 410
        assert "Only in the capital." not in words(answer)

    def test_a_link_that_was_ended_or_is_over_opens_nothing(self, made, bearer, sera, voice):
        end_link(link=made[0], by=sera, at=now())
        assert bearer.get(whole(made[0])).status_code == 410
        second, token = make_voice_link(voice=voice, by=sera, at=now())
        Link.objects.filter(pk=second.pk).update(ends_at=now())
        assert Client().post(reverse("replies:link-door", args=[token])).status_code == 410

    def test_a_closed_round_can_be_read_and_nothing_is_handed_in(self, made, bearer, spring):
        sent(bearer, made[0], explanation="Saved before.")
        spring.closed_at = now()
        spring.save()

        assert "data-hand-in" not in words(bearer.get(whole(made[0])))
        page = words(bearer.get(part(made[0])))
        assert "Saved before." in page
        assert 'name="value"' not in page
        assert sent(bearer, made[0], seen="1", value="4").status_code == 422
        assert bearer.post(reverse("replies:hand-in", args=[made[0].key])).status_code == 410
