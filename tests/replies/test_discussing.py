"""What is said at a question: who says it, who reads it, when it is settled."""

import pytest

from endocsea.journal.models import Entry
from endocsea.replies.actions import comment, settle
from endocsea.replies.models import Comment, Reply
from endocsea.replies.refusals import MayNotComment, NoSuchQuestion, NotAskedHere, NothingSaid, TooLong
from endocsea.support.actors import VISITOR
from endocsea.support.guard.texts import LooksLikeCaseData

from .conftest import AT

SHARED = "C3/C3-07"
OTHER = "C3/C3-08"
STATE, BOTH = Comment.Within.STATE, Comment.Within.SECRETARIAT


@pytest.fixture
def say(spring, arden):
    def say(by, text="Does this mean the whole country?", question=SHARED, state=arden, **more):
        return comment(round=spring, state=state, question=question, text=text, by=by, at=AT, **more)

    return say


@pytest.fixture
def restricted(spring):
    """A question whose answer is for named roles only."""
    return next(path for path, question in spring.version.form.questions() if question.restricted)


class TestSaying:
    def test_a_coordinator_asks_the_secretariat_and_it_answers(self, say, ana, sera):
        asked = say(ana, within=BOTH)
        answer = say(sera, "Yes, all of it.", to=asked)

        assert (asked.role, answer.role) == ("coordinator", "secretariat")
        assert (answer.to, answer.within) == (asked, BOTH)

    def test_a_member_of_the_team_speaks_as_one(self, say, tara):
        assert say(tara).role == "team"

    def test_what_the_secretariat_says_is_read_by_the_state_too(self, say, sera):
        assert say(sera, within=STATE).within == BOTH

    def test_an_answer_is_read_by_whoever_reads_what_it_answers(self, say, ana, tara):
        assert say(tara, to=say(ana, within=BOTH), within=STATE).within == BOTH

    def test_an_answer_to_an_answer_belongs_to_the_first_of_them(self, say, ana, tara):
        first = say(ana)
        assert say(ana, to=say(tara, to=first)).to == first

    def test_the_first_comment_makes_the_reply(self, say, spring, arden, sera):
        say(sera)

        assert Reply.objects.get(round=spring, state=arden).comments.count() == 1

    def test_the_journal_has_the_place_and_not_the_words(self, say, ana):
        made = say(ana)
        entry = Entry.objects.with_parts().get(deed="comment made")

        assert (entry.about_kind, entry.about_key) == ("comment", str(made.pk))
        assert entry.doer.actor == ana.journal_id
        assert "country" not in entry.particulars.text


class TestWhoMayNotSay:
    def test_others_of_the_programme_do_not_comment(self, say, ravi, otto, adam, petra, dora, cleo, tim):
        for person in (ravi, otto, adam, petra, dora, cleo, tim, VISITOR):
            with pytest.raises(MayNotComment):
                say(person)

    def test_the_coordinator_of_another_state_does_not(self, say, beno):
        with pytest.raises(MayNotComment):
            say(beno)

    def test_what_is_restricted_is_discussed_by_whom_it_was_shared_with(self, say, ana, tara, restricted):
        assert say(ana, question=restricted)
        with pytest.raises(MayNotComment):
            say(tara, question=restricted)

    def test_the_secretariat_does_not_answer_what_only_the_state_reads(self, say, ana, sera):
        with pytest.raises(MayNotComment):
            say(sera, to=say(ana, within=STATE))

    def test_an_answer_stays_at_its_question_and_in_its_state(self, say, ana, beno, belmora):
        asked = say(ana)
        with pytest.raises(MayNotComment):
            say(ana, question=OTHER, to=asked)
        with pytest.raises(MayNotComment):
            say(beno, state=belmora, to=asked)

    def test_a_state_that_is_not_asked_has_no_discussion(self, say, georgia, sera):
        with pytest.raises(NotAskedHere):
            say(sera, state=georgia)


class TestBadComments:
    @pytest.mark.parametrize("text", ["", "  \n "])
    def test_nothing_is_no_comment(self, say, ana, text):
        with pytest.raises(NothingSaid):
            say(ana, text)

    def test_a_comment_of_a_megabyte_is_refused(self, say, ana):
        with pytest.raises(TooLong):
            say(ana, "a " * 500_000)

    @pytest.mark.parametrize("question", ["", "C3", "C3/C9-99", "C3/C3-07/x"])
    def test_a_question_that_is_not_asked_has_no_discussion(self, say, ana, question):
        with pytest.raises(NoSuchQuestion):
            say(ana, question=question)

    def test_case_data_is_kept_out_unless_somebody_says_why_it_is_none(self, say, ana):
        text = "Ask anna.k@example.com at the office"
        with pytest.raises(LooksLikeCaseData):
            say(ana, text)
        assert not Comment.objects.exists()

        say(ana, text, harmless="The published address of the office")
        particulars = Entry.objects.with_parts().get(deed="comment made").particulars.text
        assert "The published address of the office" in particulars
        assert "anna.k" not in particulars


class TestSettling:
    def test_either_side_settles_and_a_new_word_opens_it_again(self, say, ana, sera):
        asked = say(ana, within=BOTH)
        assert settle(comment=asked, by=sera, at=AT).settled_at == AT

        say(ana, "One thing more.", to=asked)
        asked.refresh_from_db()
        assert asked.settled_at is None

    def test_settling_twice_is_one_deed(self, say, ana):
        asked = say(ana)
        settle(comment=asked, by=ana, at=AT)
        settle(comment=asked, by=ana, at=AT)

        assert Entry.objects.filter(deed="comment settled").count() == 1

    def test_whoever_does_not_read_it_does_not_settle_it(self, say, ana, beno, sera, ravi):
        asked = say(ana, within=STATE)
        for person in (beno, sera, ravi):
            with pytest.raises(MayNotComment):
                settle(comment=asked, by=person, at=AT)

    def test_an_answer_alone_is_not_settled(self, say, ana):
        with pytest.raises(MayNotComment):
            settle(comment=say(ana, to=say(ana)), by=ana, at=AT)
