"""The signed letter comes in, the reply locks, and whatever is said later is compared with what was cleared."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from endocsea.journal.queries import history_of
from endocsea.questionnaires.models import Round, Version
from endocsea.replies import refusals
from endocsea.replies.actions import SignedLetter, clear, open_again, save
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.clearance.differing import Differs, checksum_of, differences, printed, typed
from endocsea.replies.clearance.reading import clearance_of
from endocsea.replies.clearance.rewinding import said_when
from endocsea.replies.models import Answer, Cleared, File, Reply
from endocsea.states.models import State
from endocsea.support.guard import uploads
from endocsea.support.guard.texts import LooksLikeCaseData
from tests.people.helpers import signed_in
from tests.support.guard.files import odf, pdf

from .conftest import AT

DAY = AT.date()
LATER = AT + datetime.timedelta(hours=1)


class TestDifferences:
    def test_each_place_with_both_wordings_in_the_order_of_now_then_what_is_gone(self):
        cleared = {"a": "yes", "b": "level 1", "gone": "A sentence."}
        now = {"new": "Another.", "b": "level 2", "a": "yes"}

        assert differences(cleared, now) == (
            Differs("new", "", "Another."),
            Differs("b", "level 1", "level 2"),
            Differs("gone", "A sentence.", ""),
        )

    def test_what_is_the_same_differs_nowhere_whatever_the_order(self):
        one, same = {"a": "1", "b": "2"}, {"b": "2", "a": "1"}

        assert differences(one, same) == ()
        assert checksum_of(one) == checksum_of(same) != checksum_of({"a": "2", "b": "1"})

    @pytest.mark.parametrize("how", ["{}", " {} ", "{}\n"])
    def test_a_checksum_is_typed_as_it_is_printed(self, how):
        checksum = checksum_of({"a": "1"})
        on_paper = printed(checksum)

        assert len(on_paper.split()) == 4
        assert checksum.startswith(typed(how.format(on_paper.upper())))
        assert typed(on_paper.replace(" ", "-")) == typed(on_paper)


@pytest.fixture
def core(spring, arden, ana):
    """The core set, all of whose questions Arden has answered with "not known"."""
    spring.version = Version.objects.get(content_key="2020 core")
    spring.save()
    core = Round.objects.get(pk=spring.pk)
    for path in core.version.form.by_path():
        save(round=core, state=arden, question=path, given=Given(Status.NOT_KNOWN), seen=0, by=ana, at=AT)
    return core


@pytest.fixture
def reply(core, arden):
    return Reply.objects.get(round=core, state=arden)


def change(reply, question, given, *, by, at=LATER):
    seen = Answer.objects.get(round=reply.round, state=reply.state, question=question).number
    return save(round=reply.round, state=reply.state, question=question, given=given, seen=seen, by=by, at=at)


def on_paper(reply):
    return printed(clearance_of(reply.round, reply.state, on=DAY).checksum())


def letter(checksum, content=None, **more):
    content = pdf() if content is None else content
    given = {
        "number": "2021/45",
        "dated": DAY,
        "signed_as": "Deputy Minister of Justice",
        "checksum": checksum,
        "file": uploads.inspect(SimpleUploadedFile("letter", content), "letter.pdf"),
    }
    return SignedLetter(**{**given, **more})


class TestClearing:
    def test_what_was_cleared_is_kept_word_by_word_and_the_reply_is_sent(self, reply, ana):
        cleared = clear(reply=reply, letter=letter(on_paper(reply)), by=ana, at=AT)

        reply.refresh_from_db()
        assert (reply.is_sent, reply.signed_as) == (True, "Deputy Minister of Justice")
        assert cleared.checksum == checksum_of(cleared.said)
        assert set(reply.round.version.form.by_path()) < set(cleared.said)
        assert set(cleared.said.values()) > {"not known"}
        assert cleared.said["state summary"].startswith("Mandated body")
        entry = history_of("reply", "spring-2021/XAA").last()
        assert (entry.deed, entry.facts["letter"]) == ("reply cleared", "2021/45")

    def test_a_file_that_was_printed_days_ago_and_still_says_the_same_is_cleared(self, reply, ana):
        before = on_paper(reply)

        clear(reply=reply, letter=letter(before), by=ana, at=AT + datetime.timedelta(days=9))
        assert Reply.objects.get(pk=reply.pk).is_sent

    def test_what_changed_since_the_file_was_printed_is_told_with_both_wordings(self, reply, ana):
        before, path = on_paper(reply), next(iter(reply.round.version.form.by_path()))
        change(reply, path, Given(Status.WITHHELD, reason="A law.", language="en"), by=ana)

        with pytest.raises(refusals.ClearedSomethingElse) as refused:
            clear(reply=reply, letter=letter(before), by=ana, at=LATER)

        assert refused.value.places == (Differs(path, "not known", "withheld\nWhy not: A law."),)
        assert not Reply.objects.get(pk=reply.pk).is_sent
        assert not File.objects.exists()

    def test_it_is_cleared_knowingly_and_the_paper_s_checksum_is_in_the_journal(self, reply, ana):
        before, path = on_paper(reply), next(iter(reply.round.version.form.by_path()))
        change(reply, path, Given(Status.WITHHELD, reason="A law.", language="en"), by=ana)

        cleared = clear(reply=reply, letter=letter(before), knowing=True, by=ana, at=LATER)

        assert cleared.said[path] == "withheld\nWhy not: A law."
        assert history_of("reply", "spring-2021/XAA").last().facts["checksum on paper"] == typed(before)

    def test_a_checksum_that_the_reply_never_had_is_told_apart(self, reply, ana):
        with pytest.raises(refusals.ClearedSomethingElse) as refused:
            clear(reply=reply, letter=letter("0000 1111 2222 3333"), by=ana, at=AT)

        assert refused.value.places is None

    def test_every_earlier_moment_is_found_by_its_checksum(self, reply, ana):
        path = next(iter(reply.round.version.form.by_path()))
        seen = [on_paper(reply)]
        for number in range(1, 4):
            given = Given(Status.ANSWERED, str(number))
            change(reply, path, given, by=ana, at=AT + datetime.timedelta(hours=number))
            seen.append(on_paper(reply))
        now = clearance_of(reply.round, reply.state, on=DAY).cleared()

        found = [said_when(typed(each), round=reply.round, state=reply.state, now=now) for each in seen]
        assert found[0][path] == "not known"
        assert [said[path].split(":")[0] for said in found[1:]] == ["level 1", "level 2", "level 3"]

    @pytest.mark.parametrize(
        ("more", "refusal"),
        [
            ({"number": " "}, refusals.ClearedWithoutALetter),
            ({"signed_as": " "}, refusals.SignedByNobody),
            ({"dated": DAY + datetime.timedelta(days=1)}, refusals.LetterOfTomorrow),
            ({"content": odf()}, refusals.LetterIsNoPdf),
            ({"checksum": "12"}, refusals.NoChecksum),
            ({"checksum": ""}, refusals.NoChecksum),
            ({"checksum": "not a checksum at all"}, refusals.NoChecksum),
            ({"number": "ask anna.k@example.com"}, LooksLikeCaseData),
        ],
    )
    def test_what_is_no_signed_letter_sends_nothing(self, reply, ana, more, refusal):
        with pytest.raises(refusal):
            clear(reply=reply, letter=letter(**{"checksum": on_paper(reply), **more}), by=ana, at=AT)

        assert not Reply.objects.get(pk=reply.pk).is_sent
        assert not Cleared.objects.exists()

    def test_a_reply_with_open_questions_is_not_cleared(self, reply, ana):
        change(reply, next(iter(reply.round.version.form.by_path())), Given(), by=ana)

        with pytest.raises(refusals.NotComplete):
            clear(reply=reply, letter=letter(on_paper(reply)), by=ana, at=LATER)
        assert not Cleared.objects.exists()

    def test_it_is_sent_once(self, reply, ana):
        clear(reply=reply, letter=letter(on_paper(reply)), by=ana, at=AT)

        with pytest.raises(refusals.AlreadySigned):
            clear(reply=reply, letter=letter(on_paper(reply)), by=ana, at=LATER)

    @pytest.mark.parametrize("chair", ["beno", "tara", "sera", "ravi", "cleo", "otto"])
    def test_nobody_but_the_coordinator_clears(self, reply, request, chair):
        with pytest.raises(refusals.MayNotAnswer):
            clear(reply=reply, letter=letter(on_paper(reply)), by=request.getfixturevalue(chair), at=AT)


def at(name, *more, state="arden"):
    return reverse(f"replies:{name}", args=["spring-2021", state, *more])


def sent(checksum, content=None, **more):
    return {
        "letter": "2021/45",
        "dated": "2021-03-01",
        "signed_as": "Deputy Minister of Justice",
        "checksum": checksum,
        "file": SimpleUploadedFile("letter.pdf", pdf() if content is None else content),
        **more,
    }


def in_page(answer):
    return answer.content.decode()


def ways(answer):
    """The links to other places, above the page."""
    return in_page(answer).partition('aria-label="Main"')[2].partition("</nav>")[0]


class TestPages:
    def test_the_letter_is_brought_in_and_can_be_read_by_the_review_afterwards(self, reply, ana, ravi, beno):
        answer = signed_in(ana).post(at("clear"), sent(on_paper(reply)))

        assert answer.status_code == 302
        pk = Cleared.objects.get().pk
        for person in (ana, ravi):
            got = signed_in(person).get(at("letter", pk))
            assert got["Content-Type"] == "application/pdf"
            assert got.content == bytes(File.objects.get().content)
        assert history_of("reply", "spring-2021/XAA").last().facts["what"] == "signed letter"
        assert signed_in(beno).get(at("letter", pk)).status_code == 404
        assert signed_in(beno).get(at("letter", pk, state="belmora")).status_code == 404

    def test_changed_answers_are_shown_and_what_was_typed_is_kept(self, reply, ana):
        before, path = on_paper(reply), next(iter(reply.round.version.form.by_path()))
        change(reply, path, Given(Status.WITHHELD, reason="A <law>.", language="en"), by=ana)
        desk = signed_in(ana)
        answer = desk.post(at("clear"), sent(before))

        assert answer.status_code == 422
        for words in ("2021/45", "not known", "Why not: A &lt;law&gt;.", 'name="knowing"'):
            assert words in in_page(answer)
        assert ways(answer) == ways(desk.get(at("reply"))) != ""
        assert desk.post(at("clear"), sent(before, knowing="yes")).status_code == 302

    def test_open_questions_are_told_before_anything_is_filled_in(self, reply, ana):
        path = next(iter(reply.round.version.form.by_path()))
        change(reply, path, Given(), by=ana)
        section, name = path.split("/")
        there = f'href="{at("section", section)}#q-{section}-{name}"'

        for where in ("clear", "sign"):
            page = in_page(signed_in(ana).get(at(where)))
            assert "One question is not ready" in page
            assert there in page, "which one it is, and the way there"

    def test_a_checksum_that_never_was_is_said_to_be_one(self, reply, ana):
        answer = signed_in(ana).post(at("clear"), sent("0000 1111 2222 3333"))

        assert answer.status_code == 422
        assert "At no moment" in in_page(answer)

    @pytest.mark.parametrize(
        ("content", "status"), [(b"", 400), (b"MZ", 422), (b"%PDF-1.7 broken", 422), (odf(), 422)]
    )
    def test_a_file_that_is_no_pdf_is_refused_in_the_page(self, reply, ana, content, status):
        answer = signed_in(ana).post(at("clear"), sent(on_paper(reply), content))

        assert answer.status_code == status
        assert 'role="alert"' in in_page(answer)
        assert not Reply.objects.get(pk=reply.pk).is_sent

    def test_without_a_file_and_with_no_date_the_page_says_so(self, reply, ana):
        answer = signed_in(ana).post(at("clear"), sent(on_paper(reply), dated="yesterday", file=""))

        assert answer.status_code == 400
        assert "2021/45" in in_page(answer)

    def test_what_looks_like_case_data_is_declared_in_the_page(self, reply, ana):
        desk = signed_in(ana)
        given = {"letter": "by anna.k@example.com"}

        assert desk.post(at("clear"), sent(on_paper(reply), **given)).context["case_data"] is not None
        given["not_case_data"] = "The published address of the office"
        assert desk.post(at("clear"), sent(on_paper(reply), **given)).status_code == 302

    @pytest.mark.parametrize("chair", ["beno", "tara", "sera", "ravi", "cleo", "otto"])
    def test_nobody_else_finds_the_page(self, reply, request, chair):
        browser = signed_in(request.getfixturevalue(chair))

        assert browser.get(at("clear")).status_code == 404
        assert browser.post(at("clear"), sent(on_paper(reply))).status_code == 404


class TestLaterTexts:
    @pytest.fixture
    def cleared(self, reply, ana):
        return clear(reply=reply, letter=letter(on_paper(reply)), by=ana, at=AT)

    def test_at_first_nothing_differs(self, cleared, ana):
        assert "word by word" in in_page(signed_in(ana).get(at("cleared")))

    def test_an_answer_and_a_sentence_that_changed_are_shown_with_both_wordings(self, cleared, ana, sera):
        reply = cleared.reply
        path = next(iter(reply.round.version.form.by_path()))
        open_again(reply=reply, reason="A law was amended.", by=ana, at=LATER)
        change(reply, path, Given(Status.WITHHELD, reason="A law.", language="en"), by=ana)
        State.objects.filter(pk=reply.state.pk).update(summary="Another sentence")
        answer = signed_in(ana).get(at("cleared"))
        page = in_page(answer)

        assert "It differs from what was cleared in 2 places." in page
        assert ways(answer) == ways(signed_in(ana).get(at("reply"))) != ""
        for words in ("not known", "Why not: A law.", "Another sentence.", "Mandated body"):
            assert words in page
        drafts = in_page(signed_in(sera).get(at("cleared")))
        assert "Another sentence." in drafts
        assert "Why not: A law." not in drafts

        again = Reply.objects.get(pk=reply.pk)
        clear(reply=again, letter=letter(on_paper(again), number="2021/46"), by=ana, at=LATER)
        assert "2021/46" in in_page(signed_in(sera).get(at("cleared")))
        assert "word by word" in in_page(signed_in(sera).get(at("cleared")))

    def test_the_secretariat_reads_no_draft_there_and_gets_no_letter(self, cleared, ana, sera, tara):
        open_again(reply=cleared.reply, reason="A law was amended.", by=ana, at=LATER)

        assert signed_in(sera).get(at("letter", cleared.pk)).status_code == 404
        assert signed_in(tara).get(at("letter", cleared.pk)).status_code == 200

    def test_before_anything_was_cleared_there_is_no_such_page(self, reply, ana):
        assert signed_in(ana).get(at("cleared")).status_code == 404

    @pytest.mark.parametrize("chair", ["beno", "tara", "ravi", "cleo", "otto"])
    def test_it_is_for_the_coordinator_and_the_secretariat(self, cleared, request, chair):
        assert signed_in(request.getfixturevalue(chair)).get(at("cleared")).status_code == 404
