"""In which language an answer is written, and a translation beside it: marked as such, by whom, of which version."""

import csv
import datetime
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation as pages

from endocsea.journal.models import Entry
from endocsea.people.models import Appointment, Person
from endocsea.questionnaires.form import Kind, Question
from endocsea.replies import refusals
from endocsea.replies.actions import invite_voice, question_file, save, speak, translate
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.answers.texts import texts_of
from endocsea.replies.clearance.document import document_of
from endocsea.replies.clearance.reading import clearance_of
from endocsea.replies.models import Answer, AnswerTranslation, Reply
from endocsea.support.actors import Role
from endocsea.support.guard.texts import LooksLikeCaseData
from tests.marks import marked
from tests.people.helpers import signed_in

from .conftest import AT

LEVEL = "C3/C3-07"
OTHER = "C1/C1-02"
DEFAULTS = {"section": ("C3",)}
GERMAN = "Seit dem Gesetz von 2019."
FRENCH = "Depuis la loi de 2019."


@pytest.fixture
def restricted(spring):
    return next(path for path, question in spring.version.form.questions() if question.restricted)


@pytest.fixture
def write(spring, arden, ana):
    """Ana saves an answer with an explanation."""

    def save_it(text=GERMAN, language="de", seen=0, question=LEVEL, **more):
        given = Given(Status.ANSWERED, "3", explanation=text, language=language, **more)
        return save(round=spring, state=arden, question=question, given=given, seen=seen, by=ana, at=AT)

    return save_it


@pytest.fixture
def put(spring, arden, ana):
    """Somebody translates the explanation of an answer."""

    def put_it(text=FRENCH, language="fr", number=1, by=ana, question=LEVEL, **more):
        texts = {"explanation": text} if isinstance(text, str) else text
        return translate(
            round=spring, state=arden, question=question, number=number, language=language, texts=texts,
            by=by, at=AT, **more,
        )  # fmt: skip

    return put_it


def send(spring, arden, step="submitted"):
    return Reply.objects.update_or_create(
        round=spring, state=arden, defaults={"step": step, "submitted_at": AT, "signed_as": "Minister"}
    )[0]


def share(spring, arden, tara, questions):
    return spring.shares.create(
        state=arden,
        institution="Ministry of the Interior",
        member=Appointment.objects.get(person=tara, role=Role.TEAM),
        questions=questions,
    )


def at(name, *more, state="arden"):
    return reverse(f"replies:{name}", args=["spring-2021", state, *more])


def read(person, name, *more, language="en", state="arden", **query):
    answer = reading(person, language).get(at(name, *more, state=state), query)
    return answer.status_code, answer.content.decode()


def reading(person, language):
    """The browser of somebody who reads pages in a language."""
    person.language = language
    person.save()
    return signed_in(person)


def page(person, name="section", *more, **how):
    status, found = read(person, name, *(more or DEFAULTS.get(name, ())), **how)
    assert status == 200
    return found


def options(found, path=LEVEL):
    """The languages that may be chosen at a question: by code, whether each is chosen."""
    form = re.search(rf'<form[^>]*data-question="{path}".*?</form>', found, re.S)[0]
    select = re.search(r'<select[^>]*name="language".*?</select>', form, re.S)[0]
    return {code: bool(chosen) for code, chosen in re.findall(r'<option value="(\w*)"( selected)?', select)}


class TestTheLanguageOfAnAnswer:
    def test_a_text_that_is_first_written_is_in_the_language_of_the_page(self, spring, ana):
        found = options(page(ana))

        assert [code for code, chosen in found.items() if chosen] == ["en"]
        assert [code for code, chosen in options(page(ana, language="fr")).items() if chosen] == ["fr"]

    def test_languages_of_the_round_and_of_the_state_stand_first_then_all_others(self, spring, arden, ana):
        arden.languages = ["sq", "cnr"]
        arden.save()
        found = list(options(page(ana)))

        assert found[:4] == ["en", "fr", "sq", "cnr"]
        assert {"de", "mt", "uk"} <= set(found[4:])
        assert len(found) == len(set(found))

    def test_what_is_chosen_is_kept_and_chosen_again(self, spring, arden, ana):
        browser = signed_in(ana)
        sent = {"question": LEVEL, "seen": "0", "value": "3", "explanation": GERMAN, "language": "de"}
        assert browser.post(at("answer"), sent).status_code == 302

        assert Answer.objects.get(round=spring, question=LEVEL).language == "de"
        assert options(page(ana))["de"]

    def test_an_answer_without_a_text_has_no_language(self, spring, arden, ana):
        sent = {"question": LEVEL, "seen": "0", "value": "3", "language": "en"}
        signed_in(ana).post(at("answer"), sent)

        assert Answer.objects.get(round=spring, question=LEVEL).language == ""

    def test_a_text_of_which_nobody_has_said_it_stays_so(self, write, ana):
        write(language="")
        found = options(page(ana))

        assert found[""]

    def test_a_language_that_is_none_is_refused_and_what_was_typed_is_kept(self, spring, ana):
        sent = {"question": LEVEL, "seen": "0", "value": "3", "explanation": GERMAN, "language": "zz"}
        answer = signed_in(ana).post(at("answer"), sent)

        assert answer.status_code == 422
        assert "“zz” is no language of the list" in answer.content.decode()
        assert GERMAN in answer.content.decode()
        assert not Answer.objects.filter(round=spring).exists()

    def test_another_language_alone_is_a_new_version(self, write):
        write(language="en")
        changed = write(language="de", seen=1)

        assert (changed.number, changed.language) == (2, "de")

    def test_where_it_is_read_it_is_marked_and_named(self, write, spring, arden, sera):
        write()
        send(spring, arden)
        found = page(sera)

        assert f'<p lang="de">{GERMAN}</p>' in found
        assert "Language: German" in found

    def test_what_is_in_the_language_of_the_page_is_not_marked(self, write, spring, arden, sera):
        write("Since 2019.", "en")
        send(spring, arden)

        assert "<p>Since 2019.</p>" in page(sera)
        assert '<p lang="en">Since 2019.</p>' in page(sera, language="fr")

    def test_versions_and_what_a_colleague_saved_say_it_too(self, write, ana):
        write()
        browser = signed_in(ana)

        assert f'<p lang="de">{GERMAN}</p>' in page(ana, "versions", LEVEL)
        sent = {"question": LEVEL, "seen": "0", "value": "2", "language": "en"}
        answer = browser.post(at("answer"), sent)
        assert answer.status_code == 409
        assert f'<p lang="de">{GERMAN}</p>' in answer.content.decode()

    def test_by_question_it_is_named_on_the_page_and_in_the_files(self, write, spring, arden, sera):
        write()
        send(spring, arden)
        address = reverse("replies:by-question", args=["spring-2021", LEVEL])
        found = signed_in(sera).get(address).content.decode()
        written = question_file(round=spring, question=LEVEL, format="csv", by=sera, at=AT).decode(
            "utf-8-sig"
        )
        (row, _gap) = csv.DictReader(io.StringIO(written))

        assert "Language: German" in found
        assert row["Language"] == "de"


class TestTheLanguageOfAnOrganisationsAnswer:
    @pytest.fixture
    def voice(self, spring, arden, sera):
        cleo = Person.objects.create_user("cleo-of-childline@example.org", name="Cleo")
        held = Appointment.objects.create(
            person=cleo, role=Role.CIVIL_SOCIETY, state=arden, since=datetime.date(2020, 1, 1)
        )
        return invite_voice(
            round=spring, state=arden, organisation="Childline", shown="named", member=held, by=sera, at=AT
        )  # fmt: skip

    def test_it_is_chosen_kept_and_shown_beside_the_state(self, voice, ana):
        browser = signed_in(voice.member.person)
        form = browser.get(reverse("replies:voice-section", args=[voice.pk, "C3"])).content.decode()
        assert options(form)["en"]
        sent = {"question": LEVEL, "seen": "0", "value": "3", "explanation": GERMAN, "language": "de"}
        assert browser.post(reverse("replies:voice-answer", args=[voice.pk]), sent).status_code == 302

        found = page(ana, "voices-beside")
        assert f'<p lang="de">{GERMAN}</p>' in found
        assert "Language: German" in found

    def test_one_that_is_none_is_refused(self, voice):
        given = Given(Status.ANSWERED, "3", explanation=GERMAN, language="zz")
        with pytest.raises(refusals.NoSuchLanguage):
            speak(voice=voice, question=LEVEL, given=given, seen=0, by=voice.member.person, at=AT)


class TestTranslating:
    def test_it_stands_beside_the_original_on_pages_in_its_language(self, write, put, spring, arden, sera):
        write()
        put()
        send(spring, arden)

        found = page(sera, language="fr")
        assert found.index(GERMAN) < found.index(FRENCH)
        assert FRENCH not in page(sera)

    def test_it_says_by_whom_and_of_which_version(self, write, put, spring, arden, sera):
        write("Since 2019.", "fr")
        write(seen=1)
        send(spring, arden)
        put("Since the law of 2019.", "en", number=2, by=sera)

        assert "Translation by the secretariat, of version 2</p>" in page(sera)

    def test_it_says_that_the_answer_has_moved_on(self, write, put, ana):
        write()
        put("Since the law of 2019.", "en")
        write("Seit 2020.", seen=1)

        assert "Translation by the coordinator, of version 1, an earlier version" in page(ana)

    def test_the_newest_version_counts(self, write, put, ana):
        write()
        put("Since the law of 2019.", "en")
        write("Seit 2020.", seen=1)
        put("Since 2020.", "en", number=2)
        found = page(ana)

        assert "Since 2020." in found
        assert "Since the law" not in found

    def test_once_the_answer_is_in_that_language_itself_it_is_not_shown(self, write, put, ana):
        write()
        put("Since the law of 2019.", "en")
        write("Since 2020.", "en", seen=1)

        assert "Since the law" not in page(ana)

    def test_only_parts_that_the_original_has_are_kept(self, write, put):
        write()
        made = put({"explanation": FRENCH, "reason": "zq", "value": "3", "other": "zq"})

        assert (made.explanation, made.reason, made.value, made.other) == (FRENCH, "", "", "")

    @pytest.mark.parametrize(("kind", "parts"), [(Kind.TEXT, {"value", "reason"}), (Kind.LEVEL, {"reason"})])
    def test_a_free_text_is_translated_and_a_choice_is_not(self, kind, parts):
        given = Given(Status.ANSWERED, "3", reason="Ein Gesetz.", respondent="Justizministerium")

        assert set(texts_of(Question("A", kind, {"en": "What?"}), given)) == parts

    def test_the_same_again_changes_nothing(self, write, put, sera):
        write()
        first = put()
        entries = Entry.objects.count()

        assert put().pk == first.pk
        assert Entry.objects.count() == entries

    def test_the_journal_has_it_without_its_words(self, write, put):
        write()
        put()
        entry = Entry.objects.with_parts().order_by("-number").first()

        assert (entry.deed, entry.about_kind, entry.about_key) == (
            "answer translated",
            "answer",
            "spring-2021/XAA/C3/C3-07",
        )
        assert entry.facts["language"] == "fr"
        assert FRENCH not in str(entry.facts)

    def test_it_is_corrected_on_top_of_what_was_seen_and_never_blindly(self, write, put):
        write()
        first = put()
        with pytest.raises(refusals.TranslatedMeanwhile) as refused:
            put("Depuis 2019.")

        assert refused.value.theirs == first
        again = put("Depuis 2019.", seen=first.made_at.isoformat())
        assert (again.pk, again.explanation) == (first.pk, "Depuis 2019.")


class TestTheFileForClearance:
    def texts(self, spring, arden):
        file = clearance_of(spring, arden, on=AT.date())
        said = next(each for each in file.entries if each.path == LEVEL)
        return said.translated, file.checksum(), str(document_of(file))

    def test_it_says_in_english_what_was_written_in_another_language(self, write, put, spring, arden):
        write()
        before = self.texts(spring, arden)[1]
        put()
        put("Since the law of 2019.", "en")
        translated, checksum, document = self.texts(spring, arden)

        assert translated == ("Translation by the coordinator, of version 1", "Since the law of 2019.")
        assert "Since the law of 2019." in document
        assert FRENCH not in document
        assert checksum == before, "what is cleared is the original"

    def test_what_is_restricted_stays_out_of_it(self, write, put, spring, arden, restricted):
        write(question=restricted)
        put("zqsecretzq", "en", question=restricted)

        assert "zqsecretzq" not in self.texts(spring, arden)[2]


class TestBadInput:
    def test_nothing_is_nothing(self, write, put):
        write()
        for texts in ({}, {"explanation": "  "}, {"reason": "only what the original has not"}):
            with pytest.raises(refusals.NothingSaid):
                put(texts)

    @pytest.mark.parametrize("language", ["", "zz", "français", "x" * 500, "en\x00"])
    def test_a_language_that_is_none(self, write, put, language):
        write()
        with pytest.raises(refusals.NoSuchLanguage):
            put(language=language)

    def test_its_own_language(self, write, put):
        write()
        with pytest.raises(refusals.SameLanguage):
            put(language="de")

    @pytest.mark.parametrize("number", [-1, 2, 10**9])
    def test_a_version_that_is_not_there(self, write, put, number):
        write()
        with pytest.raises(refusals.NothingToTranslate):
            put(number=number)

    def test_an_answer_without_a_text(self, spring, arden, ana, put):
        save(
            round=spring,
            state=arden,
            question=LEVEL,
            given=Given(Status.ANSWERED, "3"),
            seen=0,
            by=ana,
            at=AT,
        )
        with pytest.raises(refusals.NothingToTranslate):
            put()
        assert "There is no text to translate" in page(ana, "translation", LEVEL)

    def test_no_answer_and_no_question(self, spring, put):
        with pytest.raises(refusals.NothingToTranslate):
            put()
        with pytest.raises(refusals.NoSuchQuestion):
            put(question="C9/none")

    def test_a_text_without_end(self, write, put):
        write()
        with pytest.raises(refusals.TooLong):
            put("a" * 20_001)

    def test_case_data_is_asked_about(self, write, put):
        write()
        with pytest.raises(LooksLikeCaseData):
            put("Ask the desk officer: anna.k@example.com")
        assert put("Ask the desk officer: anna.k@example.com", harmless="The published address of the office")


class TestWho:
    def test_a_draft_is_translated_by_whoever_may_answer_it(self, write, put, spring, arden, tara):
        write()
        share(spring, arden, tara, [LEVEL])

        assert put(by=tara).role == Role.TEAM

    def test_nobody_else_translates_a_draft(self, write, put, tara, beno, sera, ravi, otto, adam):
        write()
        for person in (tara, beno, sera, ravi, otto, adam):
            with pytest.raises(refusals.MayNotTranslate):
                put(by=person)

    def test_what_was_sent_is_translated_by_the_review_and_not_by_the_state(
        self, write, put, spring, arden, ana, sera, ravi, beno
    ):
        write()
        send(spring, arden)
        for person in (ana, beno):
            with pytest.raises(refusals.MayNotTranslate):
                put(by=person)
        assert put(by=sera).role == Role.SECRETARIAT
        assert put("Seit 2019.", "uk", by=ravi).role == Role.RAPPORTEUR

    def test_the_review_leaves_what_the_state_translated_itself(self, write, put, spring, arden, sera):
        write()
        put()
        send(spring, arden)
        with pytest.raises(refusals.TranslatedByTheState):
            put("Autrement.", by=sera)

        assert AnswerTranslation.objects.get().explanation == FRENCH

    def test_the_state_puts_its_own_in_the_place_of_the_review_s(self, write, put, spring, arden, sera, ana):
        write()
        send(spring, arden)
        theirs = put(by=sera)
        send(spring, arden, step="returned")

        assert put("Autrement.", by=ana, seen=theirs.made_at.isoformat()).role == Role.COORDINATOR

    def test_a_translation_of_a_draft_is_the_state_s_own(self, write, put, spring, arden, sera, ravi, ana):
        write("zqdraftzq", "de")
        put("zqsecretzq", "fr")
        for person in (sera, ravi):
            for name, more in (("section", "C3"), ("translation", LEVEL)):
                assert read(person, name, more, language="fr")[0] == 404
        write("Seit 2020.", "de", seen=1)
        send(spring, arden)

        for person in (sera, ravi):
            for name, more in (("section", "C3"), ("translation", LEVEL), ("versions", LEVEL)):
                assert not marked(page(person, name, more, language="fr"))
        address = reverse("replies:by-question", args=["spring-2021", LEVEL])
        assert not marked(reading(sera, "fr").get(address).content.decode())
        with pages.override("fr"):
            for format in ("csv", "docx"):
                assert b"zqsecret" not in question_file(
                    round=spring, question=LEVEL, format=format, by=sera, at=AT
                )
        assert "zqsecretzq" in page(ana, "translation", LEVEL)

    def test_a_restricted_answer_s_translation_is_for_those_who_may_read_it(
        self, write, put, spring, arden, restricted, tara, ana
    ):
        write(question=restricted)
        put(question=restricted)

        assert read(tara, "translation", restricted)[0] == 404
        assert FRENCH in page(ana, "translation", restricted)

    def test_another_state_and_visitors_find_no_such_page(self, write, put, beno, otto):
        write()
        put()
        for person in (beno, otto):
            assert read(person, "translation", LEVEL)[0] == 404
            answer = signed_in(person).post(at("translation", LEVEL), {"number": "1"})
            assert answer.status_code == 404
        assert Client().get(at("translation", LEVEL)).status_code == 302


class TestThePage:
    def sent(self, **more):
        return {"number": "1", "seen": "", "language": "fr", "explanation": FRENCH} | more

    def test_it_is_written_beside_the_original_and_comes_back_in_its_field(self, write, ana):
        write()
        browser = signed_in(ana)
        found = browser.get(at("translation", LEVEL)).content.decode()
        assert f'lang="de"><p>{GERMAN}' in found

        assert browser.post(at("translation", LEVEL), self.sent()).status_code == 302
        again = browser.get(at("translation", LEVEL), {"language": "fr"}).content.decode()
        assert f">{FRENCH}</textarea>" in again
        assert AnswerTranslation.objects.get().explanation == FRENCH

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"language": "zz"}, "no language of the list"),
            ({"language": "de"}, "is written in German already"),
            ({"number": "17"}, "no text that could be translated"),
            ({"number": "²"}, "no text that could be translated"),
            ({"explanation": " "}, "nothing in the field"),
            ({"explanation": "anna.k@example.com " + FRENCH}, "looks like case data"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(self, write, ana, change, said):
        write()
        answer = signed_in(ana).post(at("translation", LEVEL), self.sent(**change))

        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert self.sent(**change)["explanation"].strip() in answer.content.decode()
        assert not AnswerTranslation.objects.exists()

    def test_a_colleague_s_translation_is_shown_beside_what_was_typed(self, write, put, ana):
        write()
        put("Autrement.")
        browser = signed_in(ana)
        answer = browser.post(at("translation", LEVEL), self.sent())
        found = answer.content.decode()

        assert answer.status_code == 422
        assert "Autrement." in found
        assert f">{FRENCH}</textarea>" in found
        seen = re.search(r'name="seen" value="([^"]+)"', found)[1].replace("&#x27;", "'")
        assert browser.post(at("translation", LEVEL), self.sent(seen=seen)).status_code == 302
        assert AnswerTranslation.objects.get().explanation == FRENCH

    def test_an_answer_that_moved_on_while_it_was_translated_loses_nothing(self, write, ana):
        write()
        write("Seit 2020.", seen=1)

        assert signed_in(ana).post(at("translation", LEVEL), self.sent()).status_code == 302
        assert "of version 1, an earlier version" in page(ana, "translation", LEVEL)

    def test_whoever_may_only_read_sees_translations_and_no_fields(self, write, put, spring, arden, ana):
        write()
        put()
        send(spring, arden)
        found = page(ana, "translation", LEVEL)

        assert FRENCH in found
        assert "<textarea" not in found
        answer = signed_in(ana).post(at("translation", LEVEL), self.sent())
        assert answer.status_code == 422

    def test_it_is_found_from_the_question_and_from_the_versions(self, write, ana):
        write()

        for found in (page(ana), page(ana, "versions", LEVEL)):
            assert at("translation", LEVEL) in found

    def test_no_such_question_is_no_such_page(self, spring, ana):
        assert read(ana, "translation", "C9/none")[0] == 404
        assert read(ana, "translation", "C3")[0] == 404

    def test_a_section_reads_all_translations_at_once(
        self, write, put, spring, arden, ana, django_assert_max_num_queries
    ):
        paths = [p for p, q in spring.version.form.questions() if p.startswith("C3/") and q.kind == "level"]
        write(question=paths[0])
        put("Since 2019.", "en", question=paths[0])
        browser = signed_in(ana)
        browser.get(at("section", "C3"))
        with django_assert_max_num_queries(60) as one:
            browser.get(at("section", "C3"))
        for path in paths[1:6]:
            write(question=path)
            put("Since 2019.", "en", question=path)
        with django_assert_max_num_queries(len(one)):
            found = browser.get(at("section", "C3")).content.decode()

        assert found.count("Since 2019.") == 6
