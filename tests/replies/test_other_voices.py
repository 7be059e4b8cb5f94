"""Other voices: organisations answer beside a state, apart from it, named as they want to be."""

import datetime

import pytest
from django.urls import reverse

from endocsea.journal.models import Entry
from endocsea.people.models import Appointment
from endocsea.replies import refusals
from endocsea.replies.actions import invite_voice, react, save, speak, withdraw_voice
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.models import Comment, Reply, Voice, VoiceAnswer
from endocsea.replies.voices.beside import difference
from endocsea.support.actors import Role
from endocsea.support.guard.texts import LooksLikeCaseData
from tests.marks import marked
from tests.people.helpers import signed_in

from .conftest import AT

LEVEL, OTHER = "C3/C3-07", "C1/C1-02"


@pytest.fixture
def of_cleo(cleo):
    """The role in which Cleo answers."""
    return Appointment.objects.get(person=cleo, role=Role.CIVIL_SOCIETY)


@pytest.fixture
def invite(spring, arden, of_cleo, sera):
    def invite(organisation="Childline of Arden", shown="named", **other):
        given = {"round": spring, "state": arden, "member": of_cleo, "by": sera, "at": AT, **other}
        return invite_voice(organisation=organisation, shown=Voice.Shown(shown), **given)

    return invite


@pytest.fixture
def voice(invite):
    """An organisation that is named, for which Cleo answers."""
    return invite()


@pytest.fixture
def restricted(spring):
    return next(path for path, question in spring.version.form.questions() if question.restricted)


def level(value="3", **more):
    return Given(Status.ANSWERED, value, **more)


def said(voice, given=None, question=LEVEL, seen=0, *, by, at=AT):
    return speak(voice=voice, question=question, given=given or level(), seen=seen, by=by, at=at)


def beside(round="spring-2021", state="arden"):
    return reverse("replies:voices-beside", args=[round, state])


def sent(spring, arden):
    return Reply.objects.update_or_create(
        round=spring, state=arden, defaults={"step": "submitted", "submitted_at": AT, "signed_as": "Minister"}
    )[0]


class TestWhoIsAsked:
    def test_the_secretariat_adds_an_organisation_and_the_journal_keeps_no_name(self, voice):
        assert voice.organisation == "Childline of Arden"
        entry = Entry.objects.with_parts().get(deed="organisation asked")
        assert (entry.about_kind, entry.about_key) == ("voice", str(voice.pk))
        assert "Childline" not in entry.particulars.text

    @pytest.mark.parametrize("who", ["ana", "beno", "ravi", "cleo", "tara", "otto", "adam", "petra"])
    def test_nobody_else_does(self, who, people, invite):
        with pytest.raises(refusals.MayNotInviteVoices):
            invite(by=people[who])
        assert not Voice.objects.exists()

    @pytest.mark.parametrize(
        ("organisation", "shown"),
        [("", "named"), ("  ", "known"), ("Childline of Arden", "unattributed")],
    )
    def test_a_name_goes_with_how_it_is_shown(self, organisation, shown, invite):
        with pytest.raises(refusals.NamedOrNot):
            invite(organisation, shown)

    def test_an_organisation_is_asked_once_about_a_state(self, voice, invite):
        with pytest.raises(refusals.AskedAlready):
            invite(" childline of ARDEN ")

    def test_it_can_be_added_again_once_it_was_withdrawn(self, voice, invite, sera):
        withdraw_voice(voice=voice, by=sera, at=AT)

        assert invite(shown="known").shown == "known"

    def test_it_is_not_asked_about_a_state_that_takes_no_part(self, invite, georgia):
        with pytest.raises(refusals.NotAskedHere):
            invite(state=georgia)

    def test_its_member_is_of_civil_society_of_that_state(self, invite, belmora, of_cleo, tara):
        with pytest.raises(refusals.NotOfCivilSociety):
            invite(state=belmora)
        with pytest.raises(refusals.NotOfCivilSociety):
            invite(member=Appointment.objects.get(person=tara))
        Appointment.objects.filter(pk=of_cleo.pk).update(until=datetime.date(2021, 1, 31))
        with pytest.raises(refusals.NotOfCivilSociety):
            invite()

    def test_whoever_speaks_for_a_state_is_no_other_voice(self, invite, cleo, belmora):
        Appointment.objects.create(person=cleo, role=Role.TEAM, state=belmora, since="2020-01-01")

        with pytest.raises(refusals.NotOfCivilSociety):
            invite()

    def test_the_name_is_read_by_the_guard(self, invite):
        with pytest.raises(LooksLikeCaseData):
            invite("write to someone@example.org")


class TestWhatIsSaid:
    def test_each_saving_is_kept_beside_the_one_before(self, voice, cleo):
        said(voice, by=cleo)
        said(voice, level("1", explanation="Only in the capital."), seen=1, by=cleo)

        kept = VoiceAnswer.objects.filter(voice=voice).order_by("number")
        assert [(each.number, each.value, each.explanation) for each in kept] == [
            (1, "3", ""),
            (2, "1", "Only in the capital."),
        ]

    def test_the_same_again_changes_nothing(self, voice, cleo):
        first = said(voice, by=cleo)

        assert said(voice, seen=0, by=cleo) == first
        assert VoiceAnswer.objects.count() == 1

    def test_two_tabs_write_nothing_over_each_other(self, voice, cleo):
        said(voice, by=cleo)
        with pytest.raises(refusals.SavedMeanwhile) as refused:
            said(voice, level("1"), seen=0, by=cleo)

        assert refused.value.theirs.given == level("3")

    def test_a_version_that_never_was_is_refused_with_nothing_beside_it(self, voice, cleo):
        with pytest.raises(refusals.SavedMeanwhile) as refused:
            said(voice, seen=-1, by=cleo)

        assert refused.value.theirs.given.status is Status.NOT_ANSWERED

    @pytest.mark.parametrize("who", ["ana", "beno", "ravi", "sera", "tara", "otto", "adam", "petra"])
    def test_nobody_else_answers_for_it(self, who, voice, people):
        with pytest.raises(refusals.MayNotSpeak):
            said(voice, by=people[who])
        assert not VoiceAnswer.objects.exists()

    def test_not_even_another_member_of_civil_society(self, voice, otto, arden):
        Appointment.objects.create(person=otto, role=Role.CIVIL_SOCIETY, state=arden, since="2020-01-01")

        with pytest.raises(refusals.MayNotSpeak):
            said(voice, by=otto)

    def test_once_the_role_has_ended_nobody_answers(self, voice, cleo, of_cleo):
        Appointment.objects.filter(pk=of_cleo.pk).update(until=datetime.date(2021, 2, 1))

        with pytest.raises(refusals.MayNotSpeak):
            said(voice, by=cleo)

    def test_a_withdrawn_voice_is_silent(self, voice, cleo, sera):
        withdraw_voice(voice=voice, by=sera, at=AT)

        with pytest.raises(refusals.NoSuchVoice):
            said(voice, by=cleo)
        with pytest.raises(refusals.NoSuchVoice):
            withdraw_voice(voice=voice, by=sera, at=AT)

    def test_a_closed_round_takes_nothing(self, voice, cleo, spring):
        spring.closed_at = AT
        spring.save()

        with pytest.raises(refusals.RoundTakesNoAnswers):
            said(voice, by=cleo)

    def test_a_sent_reply_does_not_close_the_voices_mouth(self, voice, cleo, spring, arden):
        sent(spring, arden)

        assert said(voice, by=cleo).number == 1

    def test_restricted_and_unknown_questions_are_not_asked(self, voice, cleo, restricted):
        for question in (restricted, "C3/C3-99", "", "C3"):
            with pytest.raises(refusals.NoSuchQuestion):
                said(voice, question=question, by=cleo)

    def test_what_is_no_answer_is_refused(self, voice, cleo):
        with pytest.raises(refusals.DoesNotFit):
            said(voice, level("9"), by=cleo)
        with pytest.raises(refusals.TooLong):
            said(voice, level(explanation="x" * 1_000_000), by=cleo)
        with pytest.raises(LooksLikeCaseData):
            said(voice, level(explanation="Ask someone@example.org"), by=cleo)
        assert not VoiceAnswer.objects.exists()

    def test_nobody_drafts_for_an_organisation(self, voice, cleo):
        assert said(voice, Given(Status.PREFILLED, "2"), by=cleo).status == "answered"


class TestItsPages:
    def answer(self, browser, voice, **sent):
        return browser.post(
            reverse("replies:voice-answer", args=[voice.pk]),
            {"question": LEVEL, "seen": "0", "value": "2", **sent},
        )

    def test_an_organisation_answers_on_its_page_and_comes_back_to_the_question(self, voice, cleo):
        browser = signed_in(cleo)
        assert b"Childline of Arden" in browser.get(reverse("replies:voices")).content
        page = browser.get(reverse("replies:voice-section", args=[voice.pk, "C3"]))
        assert page.status_code == 200
        answer = self.answer(browser, voice)

        assert answer.status_code == 302
        assert answer.url.endswith("section/C3/#q-C3-C3-07")
        assert VoiceAnswer.objects.get().value == "2"
        assert b"1 of " in browser.get(reverse("replies:voice", args=[voice.pk])).content

    def test_what_was_typed_is_kept_when_it_is_not_taken(self, voice, cleo):
        answer = self.answer(signed_in(cleo), voice, value="7", explanation="A long story.")

        assert answer.status_code == 422
        assert "A long story." in answer.content.decode()

    def test_a_conflict_shows_both(self, voice, cleo):
        browser = signed_in(cleo)
        self.answer(browser, voice)
        answer = self.answer(browser, voice, value="4", explanation="Meanwhile it grew.")

        assert answer.status_code == 409
        page = answer.content.decode()
        assert "What stands there now:" in page
        assert "Meanwhile it grew." in page
        told = browser.post(
            reverse("replies:voice-answer", args=[voice.pk]),
            {"question": LEVEL, "seen": "0", "value": "4"},
            headers={"X-Requested-With": "autosave"},
        )
        assert (told.status_code, told.json()["seen"]) == (409, 1)

    def test_nothing_of_the_state_stands_on_it(self, voice, cleo, spring, arden, ana):
        given = level(explanation="zqdraftzq", respondent="zqpostzq")
        save(round=spring, state=arden, question=LEVEL, given=given, seen=0, by=ana, at=AT)
        sent(spring, arden)
        browser = signed_in(cleo)
        for page in (
            reverse("replies:voices"),
            reverse("replies:voice", args=[voice.pk]),
            reverse("replies:voice-section", args=[voice.pk, "C3"]),
        ):
            assert not marked(browser.get(page).content)
        assert not marked(self.answer(browser, voice, value="9").content)

    def test_restricted_questions_are_not_on_it(self, voice, cleo, restricted):
        section, _, name = restricted.partition("/")
        answer = signed_in(cleo).get(reverse("replies:voice-section", args=[voice.pk, section]))

        assert name not in (answer.content.decode() if answer.status_code == 200 else "")
        assert self.answer(signed_in(cleo), voice, question=restricted).status_code == 404

    def test_its_pages_are_there_for_nobody_else(self, voice, people):
        for name, person in people.items():
            if name == "cleo":
                continue
            browser = signed_in(person)
            for page in (
                reverse("replies:voice", args=[voice.pk]),
                reverse("replies:voice-section", args=[voice.pk, "C3"]),
            ):
                assert browser.get(page).status_code == 404, name
            assert self.answer(browser, voice).status_code == 404, name

    def test_a_closed_round_can_be_read(self, voice, cleo, spring):
        said(voice, by=cleo)
        spring.closed_at = AT
        spring.save()
        page = signed_in(cleo).get(reverse("replies:voice-section", args=[voice.pk, "C3"]))

        assert b"Nothing can be changed here" in page.content
        assert b'name="value"' not in page.content

    def test_a_section_that_is_not_there(self, voice, cleo):
        assert (
            signed_in(cleo).get(reverse("replies:voice-section", args=[voice.pk, "C99"])).status_code == 404
        )


class TestSideBySide:
    @pytest.fixture
    def three(self, invite, cleo):
        voices = [
            invite(),
            invite("Safe House", "known"),
            invite("", "unattributed"),
            invite("", "unattributed"),
        ]
        for number, each in enumerate(voices):
            said(each, level(str(number)), by=cleo)
        return voices

    def page(self, person):
        answer = signed_in(person).get(beside())
        return answer.content.decode() if answer.status_code == 200 else answer.status_code

    def test_each_is_named_as_it_wants_to_be(self, three, sera, ana, ravi):
        for person in (ana, ravi):
            page = self.page(person)
            assert "Childline of Arden" in page
            assert "Safe House" not in page
            assert "An organisation known to the secretariat" in page
            assert "An organisation (1)" in page
            assert "An organisation (2)" in page
        assert "Safe House" in self.page(sera)

    def test_the_state_sees_its_answer_beside_and_the_difference_in_words(self, three, spring, arden, ana):
        save(round=spring, state=arden, question=LEVEL, given=level("2"), seen=0, by=ana, at=AT)
        page = self.page(ana)

        for words in (
            "2 levels lower than the state",
            "one level lower than the state",
            "the same level as the state",
            "one level higher than the state",
        ):
            assert words in page

    def test_the_review_reads_the_draft_of_a_state_no_sooner_than_it_is_sent(
        self, three, spring, arden, ana, ravi, sera
    ):
        given = level("2", explanation="zqdraftzq")
        save(round=spring, state=arden, question=LEVEL, given=given, seen=0, by=ana, at=AT)
        for person in (ravi, sera):
            page = self.page(person)
            assert "zqdraftzq" not in page
            assert "than the state" not in page
            assert "as the state" not in page
        sent(spring, arden)
        for person in (ravi, sera):
            page = self.page(person)
            assert "zqdraftzq" in page
            assert "2 levels lower than the state" in page

    def test_it_is_there_for_nobody_else(self, three, people):
        for name, person in people.items():
            expected = 200 if name in ("ana", "sera", "ravi") else 404
            assert signed_in(person).get(beside()).status_code == expected, name

    def test_a_withdrawn_voice_is_shown_no_more(self, three, sera):
        withdraw_voice(voice=three[0], by=sera, at=AT)

        assert "Childline" not in self.page(sera)

    def test_without_voices_it_says_so(self, spring, ana):
        assert "No organisation answers beside this state." in self.page(ana)

    @pytest.mark.parametrize(
        "address", [("spring-2021", "georgia"), ("autumn", "arden"), ("spring-2021", "nowhere")]
    )
    def test_other_rounds_and_states_are_not_there(self, address, spring, sera):
        assert signed_in(sera).get(beside(*address)).status_code == 404

    def test_levels_are_compared_only_where_both_name_one(self, spring):
        question = spring.version.form.by_path()[LEVEL]
        nothing = "not to be compared: one of the two names no level"

        assert difference(question, Given(Status.NOT_KNOWN), level("3")) == nothing
        assert difference(question, level("3"), Given(Status.NOT_APPLICABLE, reason="No.")) == nothing
        assert difference(question, Given(Status.PREFILLED, "2"), level("3")) == nothing
        assert difference(spring.version.form.by_path()[OTHER], level("1"), level("2")) == ""


class TestTheStateReacts:
    @pytest.fixture
    def heard(self, voice, cleo):
        said(voice, by=cleo)
        return voice

    def post(self, person, to, **sent):
        return signed_in(person).post(
            reverse("replies:react-to-voice", args=["spring-2021", "arden"]),
            {"question": LEVEL, "voice": to.pk, "text": "We see it otherwise.", **sent},
        )

    def test_the_coordinator_does_and_the_review_reads_it(self, heard, ana, ravi):
        answer = self.post(ana, heard)

        assert answer.status_code == 302
        assert answer.url.endswith("#q-C3-C3-07")
        made = Comment.objects.get()
        assert (made.voice, made.role, made.within) == (heard, "coordinator", "secretariat")
        assert "We see it otherwise." in signed_in(ravi).get(beside()).content.decode()

    @pytest.mark.parametrize("who", ["beno", "tara", "cleo", "otto", "petra", "adam"])
    def test_for_others_there_is_no_such_page(self, who, heard, people):
        assert self.post(people[who], heard).status_code == 404

    @pytest.mark.parametrize("who", ["sera", "ravi"])
    def test_the_review_reads_and_does_not_react(self, who, heard, people):
        assert self.post(people[who], heard).status_code == 422
        assert not Comment.objects.exists()

    def test_what_was_typed_is_kept_when_it_is_not_taken(self, heard, ana):
        answer = self.post(ana, heard, text="Ask someone@example.org about it")

        assert answer.status_code == 422
        assert "Ask someone@example.org about it</textarea>" in answer.content.decode()
        assert self.post(ana, heard, text="   ").status_code == 422
        assert not Comment.objects.exists()

    def test_it_can_be_said_that_it_is_no_case_data(self, heard, ana):
        answer = self.post(
            ana, heard, text="Ask someone@example.org", not_case_data="It is the public address of an office."
        )

        assert answer.status_code == 302
        entry = Entry.objects.with_parts().get(deed="state reacted")
        assert "public address" in entry.particulars.text

    def test_only_to_what_was_said(self, heard, voice, ana):
        assert self.post(ana, heard, question=OTHER).status_code == 404
        assert self.post(ana, heard, voice="x").status_code == 404
        with pytest.raises(refusals.NoSuchQuestion):
            react(voice=voice, question=OTHER, text="Well.", by=ana, at=AT)


class TestThePageOfTheSecretariat:
    def address(self):
        return reverse("replies:voices-of-round", args=["spring-2021"])

    def test_an_organisation_is_added_and_withdrawn(self, spring, arden, of_cleo, sera):
        browser = signed_in(sera)
        sent = {"state": arden.pk, "shown": "known", "organisation": "Safe House", "member": of_cleo.pk}
        assert browser.post(self.address(), sent).status_code == 302
        page = browser.get(self.address()).content.decode()
        assert "Safe House" in page
        assert "answered by Cleo" in page
        made = Voice.objects.get()
        withdraw = reverse("replies:withdraw-voice", args=["spring-2021", made.pk])
        assert browser.post(withdraw).status_code == 302
        assert "Safe House" not in browser.get(self.address()).content.decode()
        assert browser.post(withdraw, follow=True).context["messages"]

    def test_what_is_wrong_is_said_and_kept(self, spring, arden, of_cleo, sera):
        browser = signed_in(sera)
        sent = {
            "state": arden.pk,
            "shown": "unattributed",
            "organisation": "Safe House",
            "member": of_cleo.pk,
        }
        answer = browser.post(self.address(), sent)

        assert answer.status_code == 400
        assert 'value="Safe House"' in answer.content.decode()
        assert browser.post(self.address(), {"state": "x", "shown": "y"}).status_code == 400

    def test_without_anybody_of_civil_society_it_says_whom_to_invite_and_takes_one_for_a_link(
        self, spring, sera
    ):
        page = signed_in(sera).get(self.address()).content.decode()

        assert "Invite somebody of the organisation" in page
        assert "nobody with an account" in page

    def test_it_is_there_for_nobody_else(self, spring, people):
        for name, person in people.items():
            if name != "sera":
                assert signed_in(person).get(self.address()).status_code == 404, name
