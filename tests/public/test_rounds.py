"""Who has replied in a round: the same for everybody, and nothing of what anybody says."""

import csv
import datetime
import io

import pytest

from endocsea.people.models import Person
from endocsea.questionnaires.models import Extension, Round
from endocsea.replies.actions import save
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.models import Reply
from endocsea.states.models import State
from tests.asked import ASKED_AT
from tests.marks import marked
from tests.people.helpers import signed_in

HERE = "/en/rounds/spring-2021/"


def at(day, hour=12):
    return datetime.datetime(2021, *day, hour, tzinfo=datetime.UTC)


def replied(round, state, day, step="submitted"):
    return Reply.objects.create(
        round=round, state=state, step=step, submitted_at=at(day), signed_as="zqministerzq"
    )


def page(client, address=HERE):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(client, address=f"{HERE}replies.csv"):
    """State → (asked until, reply), as the file has them."""
    lines = list(csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))[1:]
    return {line[0]: (line[1], line[2]) for line in lines}


def test_each_state_has_its_row_by_name(client, spring, arden, belmora):
    replied(spring, belmora, (4, 12))

    assert rows(client) == {
        "Arden": ("30 April 2021", "not replied yet (late)"),
        "Belmora": ("30 April 2021", "replied on 12 April 2021"),
    }
    html = page(client)
    assert html.index(">Arden<") < html.index(">Belmora<")
    assert "1 of 2 states have replied" in html


def test_late_is_a_mark_beside_the_reply(client, spring, arden, belmora):
    replied(spring, arden, (5, 3))
    replied(spring, belmora, (4, 30))

    assert rows(client)["Arden"] == ("30 April 2021", "replied on 3 May 2021 (late)")
    assert rows(client)["Belmora"] == ("30 April 2021", "replied on 30 April 2021")
    assert '<span class="tag tag-warm">late</span>' in page(client)


def test_more_time_counts(client, spring, arden):
    Extension.objects.create(
        round=spring, state=arden, until=datetime.date(2021, 5, 15), reason="zqreasonzq", given_at=at((4, 1))
    )
    replied(spring, arden, (5, 3))

    assert rows(client)["Arden"] == ("15 May 2021", "replied on 3 May 2021")
    assert not marked(page(client))


def test_without_a_day_nobody_is_late(client, spring):
    Round.objects.filter(pk=spring.pk).update(answers_until=None)

    assert rows(client)["Arden"] == ("no day was set", "not replied yet")


def test_a_closed_round_still_says_who_replied(client, spring, belmora):
    replied(spring, belmora, (4, 12))
    Round.objects.filter(pk=spring.pk).update(closed_at=at((5, 31)))

    assert rows(client)["Arden"][1] == "no reply (late)"
    assert rows(client)["Belmora"][1] == "replied on 12 April 2021"


def test_a_reply_that_was_opened_again_says_so_and_is_not_counted(client, spring, belmora):
    replied(spring, belmora, (4, 12), step="returned")

    assert rows(client)["Belmora"][1] == "replied on 12 April 2021, opened again since"
    assert "0 of 2 states have replied" in page(client)


def test_nothing_of_what_a_state_says_is_on_it(client, spring, arden, ana):
    before = page(client)
    given = Given(Status.ANSWERED, "3", explanation="zqsaidzq", respondent="zqpostzq")
    save(round=spring, state=arden, question="C3/C3-07", given=given, seen=0, by=ana, at=ASKED_AT)

    assert page(client) == before
    Reply.objects.filter(state=arden).update(
        step="submitted", submitted_at=at((4, 12)), signed_as="zqministerzq"
    )
    assert not marked(page(client) + str(rows(client)))


def test_it_is_the_same_whoever_asks_and_sets_no_cookie(client, spring, people):
    before = client.get(HERE)
    for person in people.values():
        assert signed_in(person).get(HERE).content == before.content
    assert not before.cookies
    assert Person.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"opened_at": None}, {"retired_on": "2021-03-01"}, {"opened_at": at((1, 1)).replace(year=2999)}],
)
def test_a_round_that_is_not_open_to_anybody_has_no_page(change, client, spring):
    Round.objects.filter(pk=spring.pk).update(**change)

    assert client.get(HERE).status_code == 404
    assert client.get(f"{HERE}replies.csv").status_code == 404
    assert HERE not in page(client, "/en/about/")


def test_an_unknown_round_has_no_page(client, db):
    assert client.get("/en/rounds/autumn-1999/").status_code == 404


def test_the_page_about_the_programme_leads_there(client, spring):
    assert HERE in page(client, "/en/about/")


def test_a_round_of_made_up_states_says_that_it_is_made_up(client, db):
    html = page(client, "/en/rounds/2020/")

    assert "this round and its states are made up" in html
    assert "4 of 4 states have replied" in html
    assert "made up for training" in page(client, "/en/about/")
    assert "made up for training" in client.get("/en/rounds/2020/replies.csv").content.decode()


def test_without_training_material_no_made_up_round_is_left(client, spring, settings):
    settings.WITH_TRAINING = False

    assert client.get("/en/rounds/2020/").status_code == 404
    assert client.get(HERE).status_code == 404
    assert "/rounds/" not in page(client, "/en/about/")


def test_a_round_of_real_states_is_not_marked_as_made_up(client, spring):
    Round.objects.filter(pk=spring.pk).update(training=False)
    spring.states.set([State.objects.get(slug="georgia"), State.objects.get(slug="albania")])
    html = page(client)

    assert "made up" not in html
    assert html.index(">Albania<") < html.index(">Georgia<")


def test_it_speaks_french(client, spring):
    assert client.get("/fr/rounds/spring-2021/").status_code == 200
