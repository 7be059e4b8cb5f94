"""Making, opening, closing a round; more time; and who answers what."""

import datetime

import pytest

from endocsea.journal.queries import history_of
from endocsea.people.models import Appointment
from endocsea.questionnaires import refusals
from endocsea.questionnaires.actions import close_round, extend, make_round, open_round, share, withdraw
from endocsea.questionnaires.models import Round, Version
from endocsea.support.actors import Role
from endocsea.support.guard.texts import LooksLikeCaseData

AT = datetime.datetime(2021, 3, 1, 10, 0, tzinfo=datetime.UTC)
OTHERS = ("ana", "beno", "ravi", "otto", "adam", "tara", "petra", "dora", "cleo", "tim", "sofia", "dario")


def day(month, number):
    return datetime.date(2021, month, number)


@pytest.fixture
def plan(arden, belmora):
    return {
        "version": Version.objects.get(content_key="2020 core"),
        "code": "core-2021",
        "name": {"en": "Core round 2021"},
        "states": [arden, belmora],
        "languages": ["en", "fr"],
        "opens_on": day(4, 1),
        "answers_until": day(5, 31),
        "closes_on": day(6, 30),
        "at": AT,
    }


def test_a_round_freezes_the_version_that_it_uses_and_the_journal_says_whom_it_asks(plan, sera):
    made = make_round(**plan, by=sera)

    assert made.version.frozen_on == day(3, 1)
    assert (made.training, made.takes_answers(at=AT)) == (True, False)
    assert history_of("round", "core-2021").get().facts == {
        "questionnaire": "core-2020",
        "version": 1,
        "states": ["XAA", "XAB"],
        "due": "2021-05-31",
    }


@pytest.mark.parametrize("chair", OTHERS)
def test_nobody_but_the_secretariat_makes_opens_or_closes_a_round(plan, spring, arden, request, chair):
    somebody = request.getfixturevalue(chair)
    for deed in (
        lambda: make_round(**plan, by=somebody),
        lambda: open_round(round=spring, by=somebody, at=AT),
        lambda: close_round(round=spring, reason="Done.", by=somebody, at=AT),
        lambda: extend(round=spring, state=arden, until=day(5, 10), reason="Elections.", by=somebody, at=AT),
    ):
        with pytest.raises(refusals.MayNotRun):
            deed()


def test_a_round_without_states_of_both_worlds_or_of_no_member_is_refused(plan, sera, arden, georgia):
    with pytest.raises(refusals.NoStates):
        make_round(**plan | {"states": []}, by=sera)
    with pytest.raises(refusals.MadeUpAndReal):
        make_round(**plan | {"states": [arden, georgia]}, by=sera)
    georgia.memberships.update(until=day(3, 31))
    with pytest.raises(refusals.NotAMember):
        make_round(**plan | {"states": [georgia]}, by=sera)


@pytest.mark.parametrize(
    "wrong",
    [{"answers_until": day(3, 31)}, {"answers_until": day(7, 1)}, {"closes_on": day(3, 1)}],
)
def test_days_out_of_order_are_named(plan, sera, wrong):
    with pytest.raises(refusals.DaysOutOfOrder):
        make_round(**plan | wrong, by=sera)


def test_a_short_name_stands_for_one_round_only(plan, sera):
    make_round(**plan, by=sera)
    with pytest.raises(refusals.CodeTaken):
        make_round(**plan, by=sera)


def test_a_round_takes_answers_from_its_opening_until_it_is_closed_and_can_be_opened_again(plan, sera):
    made = make_round(**plan, by=sera)
    with pytest.raises(refusals.NotOpen):
        close_round(round=made, reason="Done.", by=sera, at=AT)
    made = open_round(round=made, by=sera, at=AT)
    with pytest.raises(refusals.AlreadyOpen):
        open_round(round=made, by=sera, at=AT)
    assert list(Round.objects.open(at=AT).filter(pk=made.pk)) == [made]

    later = AT + datetime.timedelta(days=1)
    with pytest.raises(refusals.WithoutAReason):
        close_round(round=made, reason=" ", by=sera, at=later)
    made = close_round(round=made, reason="All have answered.", by=sera, at=later)
    assert not made.takes_answers(at=later)
    made = open_round(round=made, by=sera, at=later)
    assert made.takes_answers(at=later)


def test_more_time_is_given_to_one_state_with_a_reason_and_the_longest_counts(spring, arden, belmora, sera):
    extend(round=spring, state=arden, until=day(5, 10), reason="Elections in April.", by=sera, at=AT)
    extend(round=spring, state=arden, until=day(5, 20), reason="A new government.", by=sera, at=AT)

    assert (spring.due_for(arden), spring.due_for(belmora)) == (day(5, 20), day(4, 30))
    for until in (day(5, 20), day(4, 1), day(6, 1)):
        with pytest.raises(refusals.NoMoreTime):
            extend(round=spring, state=arden, until=until, reason="Again.", by=sera, at=AT)
    with pytest.raises(refusals.WithoutAReason):
        extend(round=spring, state=arden, until=day(5, 30), reason="", by=sera, at=AT)


def test_no_more_time_for_a_state_that_is_not_asked(spring, georgia, sera):
    with pytest.raises(refusals.NotAsked):
        extend(round=spring, state=georgia, until=day(5, 10), reason="Elections.", by=sera, at=AT)


class TestSharing:
    def give(self, spring, arden, by, **more):
        given = {"institution": "Ministry of the Interior", "questions": ["C3/C3-07", "C1/C1-02"]} | more
        return share(round=spring, state=arden, by=by, at=AT, **given)

    def test_questions_are_kept_in_the_order_of_the_questionnaire(self, spring, arden, ana):
        assert self.give(spring, arden, ana).questions == ["C1/C1-02", "C3/C3-07"]

    @pytest.mark.parametrize("chair", ["beno", "tara", "sera", "ravi", "adam", "otto"])
    def test_nobody_but_the_states_coordinator_shares(self, spring, arden, request, chair):
        with pytest.raises(refusals.MayNotShare):
            self.give(spring, arden, request.getfixturevalue(chair))

    def test_one_sheet_an_institution_which_a_new_one_takes_the_place_of(self, spring, arden, ana):
        first = self.give(spring, arden, ana)
        with pytest.raises(refusals.SharedAlready):
            self.give(spring, arden, ana, institution="ministry of the interior ")
        second = self.give(spring, arden, ana, questions=["C3/C3-08"], instead_of=first)

        assert [each.pk for each in spring.shares.filter(withdrawn_at=None)] == [second.pk]
        withdraw(share=second, by=ana, at=AT)
        assert not spring.shares.filter(withdrawn_at=None).exists()

    def test_what_cannot_be_shared_is_named(self, spring, arden, ana):
        for wrong, refusal in (
            ({"questions": []}, refusals.NothingToShare),
            ({"questions": ["C3/C3-07", "C9/C9-01"]}, refusals.NoSuchQuestions),
            ({"institution": " "}, refusals.NoInstitution),
            ({"institution": "interior@example.org"}, LooksLikeCaseData),
        ):
            with pytest.raises(refusal):
                self.give(spring, arden, ana, **wrong)
        assert not spring.shares.exists()

    def test_a_member_is_of_the_team_of_that_state_today(self, spring, arden, ana, tara, cleo):
        of_civil_society = Appointment.objects.get(person=cleo)
        with pytest.raises(refusals.NotOfTheTeam):
            self.give(spring, arden, ana, member=of_civil_society)
        hers = Appointment.objects.get(person=tara, role=Role.TEAM)
        assert self.give(spring, arden, ana, member=hers).member == hers
