"""What a state drafts is its own: every page and file of the workspace is opened from every chair and searched."""

import datetime
import io
import re
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.urls.exceptions import NoReverseMatch

import endocsea.replies.urls
import endocsea.workspace.urls
from endocsea.journal.models import Entry
from endocsea.profiles.actions import read_input
from endocsea.quarantine.places import places_of
from endocsea.quarantine.policies import may_report
from endocsea.questionnaires.models import Round
from endocsea.replies.actions import (
    Piece,
    cite,
    comment,
    invite_voice,
    open_again,
    save,
    sign_section,
    speak,
    submit,
    wish,
)
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.keys import key_of
from endocsea.replies.models import Answer, Comment, Evidence, File, Reply, Voice, Wish
from endocsea.support.actors import VISITOR
from endocsea.support.guard.uploads import inspect
from tests.people.helpers import signed_in

from .conftest import AT

LEVEL, OTHER = "C3/C3-07", "C1/C1-02"
HOUR = datetime.timedelta(hours=1)
# Those with the most to see; that others find no page at all is tried with the permissions.
CLOSEST = ("beno", "ravi", "sera", "cleo")
MARK = "Zirkonia"


@pytest.fixture
def complete(monkeypatch):
    for module in ("signing", "sections"):
        monkeypatch.setattr(f"endocsea.replies.actions.{module}.not_ready", lambda *_, **__: [])


@pytest.fixture
def restricted(spring):
    return next(path for path, each in spring.version.form.questions() if each.restricted)


def draft(spring, arden, ana, at, mark=MARK):
    """All that somebody may write into a reply, and a mark in each text."""
    where = {"round": spring, "state": arden, "by": ana, "at": at}
    answer = Answer.objects.filter(round=spring, state=arden, question=LEVEL).first()
    given = Given(Status.ANSWERED, "3", explanation=f"{mark} by decree.", respondent=f"{mark} office")
    save(question=LEVEL, given=given, seen=answer.number if answer else 0, **where)
    file = SimpleUploadedFile("list.txt", f"{mark} in a file".encode())
    cite(
        question=LEVEL,
        piece=Piece(title=f"Law of {mark}", locator="art. 3", excerpt=f"{mark} is covered."),
        file=inspect(file, f"{mark}.txt", file.size),
        **where,
    )
    comment(question=LEVEL, text=f"{mark} is not sure.", within=Comment.Within.STATE, **where)
    wish(text=f"Training for {mark}", **where)
    sign_section(section="C3", signed_as="Head of unit", **where)


def addresses(spring):
    """Every address of the workspace that can be built for the reply of Arden."""
    ours = (
        Evidence.objects.filter(answer__round=spring),
        Comment.objects.all(),
        Wish.objects.all(),
        Voice.objects.all(),
    )
    numbers = {each.pk for found in ours for each in found} | {1}
    keys = [each.key for each in File.objects.all()]
    common = {
        "round": "spring-2021",
        "code": "spring-2021",
        "state": "arden",
        "section": "C3",
        "number": 1,
        "one": 1,
        "two": 1,
        "language": "fr",
        "token": "x",
    }
    found = set()
    for space, module in (
        ("replies", endocsea.replies.urls),
        ("workspace", endocsea.workspace.urls),
    ):
        for pattern in module.urlpatterns:
            names = pattern.pattern.converters
            for pk in numbers if "pk" in names else [0]:
                for key in keys if "key" in names else [""]:
                    for question in (LEVEL, *_restricted(spring)) if "question" in names else [""]:
                        for format in ("csv", "docx", "pdf") if "format" in names else [""]:
                            more = {"pk": pk, "key": key, "question": question, "format": format}
                            given = {name: (common | more).get(name, "C3") for name in names}
                            try:
                                found.add(reverse(f"{space}:{pattern.name}", kwargs=given))
                            except NoReverseMatch:
                                continue
    found |= {
        "/workspace/",
        "/en/rounds/spring-2021/",
        "/en/states/arden/",
    }
    return sorted(found)


def _restricted(spring):
    return [path for path, each in spring.version.form.questions() if each.restricted][:1]


def said(answer):
    """All that an answer says, also where it is packed."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = b"\n".join(package.read(name) for name in package.namelist())
    if content[:5] == b"%PDF-":
        content = b"\n".join(
            _unpacked(each) for each in re.findall(rb"stream\r?\n(.*?)endstream", content, re.S)
        )
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return content.decode(errors="replace") + headers


def _unpacked(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def seen_by(browser, marks, spring):
    """The addresses at which a browser finds the mark, or one of several."""
    marks, found = (marks,) if isinstance(marks, str) else marks, []
    for address in addresses(spring):
        answer = browser.get(address)
        assert answer.status_code < 500, address
        text = said(answer)
        if any(mark in text for mark in marks):
            found.append(address)
    return found


def test_the_search_finds_what_is_there(spring, arden, ana, complete):
    draft(spring, arden, ana, AT)

    found = seen_by(signed_in(ana), MARK, spring)
    for part in (
        "section/C3",
        "evidence/",
        "versions/",
        "comments",
        "sources",
        "clearance.docx",
        "workbook.xlsx",
    ):
        assert any(part in address for address in found), part


def test_a_draft_is_nowhere_for_anybody_else(spring, arden, ana, people, complete):
    draft(spring, arden, ana, AT)

    for name in (*CLOSEST, "otto"):
        assert (name, seen_by(signed_in(people[name]), MARK, spring)) == (name, [])
    assert seen_by(Client(), MARK, spring) == []


def test_a_reply_that_is_open_again_is_closed_to_the_review(spring, arden, ana, people, complete):
    draft(spring, arden, ana, AT, mark="Sent")
    submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT + HOUR)
    open_again(reply=Reply.objects.get(round=spring), reason="A figure was wrong.", by=ana, at=AT + 2 * HOUR)
    Reply.objects.get(round=spring).sections_signed.update(reopened_at=AT, reason="To mend it.")
    draft(spring, arden, ana, AT + 3 * HOUR)

    for name in CLOSEST:
        assert (name, seen_by(signed_in(people[name]), (MARK, "Sent by decree"), spring)) == (name, [])


def test_once_it_is_sent_again_no_page_tells_what_was_drafted_between(spring, arden, ana, people, complete):
    def given(text, status=Status.ANSWERED):
        return Given(status, "3" if status is Status.ANSWERED else "", explanation=text)

    where = {"round": spring, "state": arden, "question": LEVEL, "by": ana}
    save(given=given(f"{MARK} one"), seen=0, at=AT, **where)
    save(given=given("First."), seen=1, at=AT + HOUR, **where)
    submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT + 2 * HOUR)
    open_again(reply=Reply.objects.get(round=spring), reason="A figure was wrong.", by=ana, at=AT + 3 * HOUR)
    save(given=given(f"{MARK} two"), seen=2, at=AT + 4 * HOUR, **where)
    save(given=given("Second."), seen=3, at=AT + 5 * HOUR, **where)
    submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT + 6 * HOUR)

    for name in CLOSEST:
        assert (name, seen_by(signed_in(people[name]), MARK, spring)) == (name, [])
    read = [
        signed_in(people["ravi"]).get(each).content.decode()
        for each in addresses(spring)
        if "versions/C3" in each
    ]
    assert ["First." in each and "Second." in each for each in read] == [True]


def test_a_comment_within_the_state_and_a_withdrawn_wish_stay_there_after_sending(
    spring, arden, ana, people, complete
):
    draft(spring, arden, ana, AT, mark="Sent")
    comment(round=spring, state=arden, question=LEVEL, text=f"{MARK} is not sure.", by=ana, at=AT)
    wished = wish(round=spring, state=arden, text=f"Help for {MARK}", by=ana, at=AT)
    Wish.objects.filter(pk=wished.pk).update(withdrawn_at=AT)
    submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT + HOUR)

    for name in CLOSEST:
        assert (name, seen_by(signed_in(people[name]), MARK, spring)) == (name, [])


class TestRestricted:
    @pytest.fixture
    def answered(self, spring, arden, ana, restricted):
        given = Given(Status.NOT_KNOWN, explanation=f"{MARK} is not counted.")
        save(round=spring, state=arden, question=restricted, given=given, seen=0, by=ana, at=AT)
        where = {"round": spring, "state": arden, "question": restricted, "by": ana, "at": AT}
        cite(piece=Piece(title=f"Law of {MARK}"), **where)
        comment(text=f"{MARK}?", within=Comment.Within.SECRETARIAT, **where)

    def test_a_member_of_the_team_without_a_share_does_not_meet_it(self, answered, shared, spring, tara):
        assert seen_by(signed_in(tara), MARK, spring) == []

    def test_once_sent_the_review_reads_it_and_nobody_else(
        self, answered, shared, spring, ana, people, complete
    ):
        submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT + HOUR)

        for name in ("beno", "cleo", "tara"):
            assert (name, seen_by(signed_in(people[name]), MARK, spring)) == (name, [])
        for name in ("ravi", "sera"):
            assert seen_by(signed_in(people[name]), MARK, spring)


class TestOrganisations:
    @pytest.fixture
    def known(self, spring, arden, sera, cleo):
        voice = invite_voice(
            round=spring,
            state=arden,
            organisation=f"{MARK} Foundation",
            shown=Voice.Shown.KNOWN,
            member=cleo.appointments.get(),
            by=sera,
            at=AT,
        )
        given = Given(Status.ANSWERED, "1", explanation="We see none of it.")
        speak(voice=voice, question=LEVEL, given=given, seen=0, by=cleo, at=AT)
        return voice

    def test_a_name_for_the_secretariat_alone_is_told_to_nobody_else(
        self, known, spring, people, ana, complete
    ):
        save(
            round=spring,
            state=known.state,
            question=LEVEL,
            given=Given(Status.NOT_KNOWN),
            seen=0,
            by=ana,
            at=AT,
        )
        submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT)

        for name in ("ana", "tara", "beno", "ravi", "petra"):
            assert (name, seen_by(signed_in(people[name]), MARK, spring)) == (name, [])
        assert MARK not in "".join(str(each.facts) for each in Entry.objects.with_parts())

    def test_it_does_not_meet_what_the_state_says(self, known, spring, arden, ana, cleo, complete):
        draft(spring, arden, ana, AT, mark="Quartz")
        submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT + HOUR)

        assert seen_by(signed_in(cleo), "Quartz", spring) == []


def test_no_page_of_a_reply_tells_the_review_or_the_state_who_a_person_is(
    spring, arden, ana, tara, ravi, sera, shared, complete
):
    save(round=spring, state=arden, question=LEVEL, given=Given(Status.NOT_KNOWN), seen=0, by=tara, at=AT)
    comment(
        round=spring,
        state=arden,
        question=LEVEL,
        text="Why?",
        within=Comment.Within.SECRETARIAT,
        by=tara,
        at=AT,
    )
    submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT + HOUR)

    assert seen_by(signed_in(ravi), "tara@", spring) == seen_by(signed_in(ravi), "ana@", spring) == []
    about_replies = [each for each in seen_by(signed_in(sera), "tara@", spring) if "/replies/" in each]
    assert about_replies == []
    assert [each for each in seen_by(signed_in(ana), "sera@", spring) if "/replies/" in each] == []


class TestHistories:
    def history(self, person):
        return signed_in(person).get(reverse("workspace:history-of-reply", args=["spring-2021", "arden"]))

    @pytest.fixture
    def sent_twice(self, spring, arden, ana, complete):
        where = {"round": spring, "state": arden, "by": ana}
        save(question=LEVEL, given=Given(Status.WITHHELD, reason="Secret."), seen=0, at=AT, **where)
        submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT)
        open_again(reply=Reply.objects.get(round=spring), reason="A figure was wrong.", by=ana, at=AT)
        save(question=OTHER, given=Given(Status.NOT_KNOWN), seen=0, at=AT, **where)

    def test_while_it_is_open_again_the_review_has_no_history(self, sent_twice, sera, ravi):
        assert {self.history(sera).status_code, self.history(ravi).status_code} == {404}

    def test_once_sent_the_review_reads_when_it_was_sent_and_nothing_of_the_drafting(
        self, sent_twice, spring, ana, sera, ravi
    ):
        submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT)

        for person in (sera, ravi):
            page = self.history(person).content.decode()
            assert page.count("Reply signed and sent") == 2
            assert "A figure was wrong." in page
            assert "Answer saved" not in page
            assert "C3-07" not in page
            assert "withheld" not in page
        assert "C3-07" in self.history(ana).content.decode()


class TestTheRoundBefore:
    @pytest.fixture
    def autumn(self, spring, arden):
        made = Round.objects.create(
            programme=spring.programme,
            edition=spring.edition,
            version=spring.version,
            code="autumn-2019",
            name={"en": "Autumn 2019"},
            training=True,
            opens_on=datetime.date(2019, 9, 1),
            closes_on=datetime.date(2020, 12, 31),
            opened_at=datetime.datetime(2019, 9, 1, tzinfo=datetime.UTC),
        )
        made.states.set([arden])
        Answer.objects.create(
            round=made,
            state=arden,
            question=LEVEL,
            indicator=spring.edition.indicators.get(code="C3-07"),
            number=1,
            status="answered",
            value="3",
        )
        return made

    @pytest.mark.parametrize(("step", "told"), [("open", False), ("returned", False), ("accepted", True)])
    def test_what_was_never_sent_then_is_not_told_beside_what_is_sent_now(
        self, autumn, spring, arden, ana, ravi, complete, step, told
    ):
        Reply.objects.create(
            round=autumn,
            state=arden,
            step=step,
            submitted_at=AT,
            signed_as="" if step == "open" else "Minister",
        )
        save(round=spring, state=arden, question=LEVEL, given=Given(Status.NOT_KNOWN), seen=0, by=ana, at=AT)
        submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT)
        section = reverse("replies:section", args=["spring-2021", "arden", "C3"])

        fields = signed_in(ravi).get(section).context["fields"]
        assert any(each.before for each in fields) is told
        assert any(each.before for each in signed_in(ana).get(section).context["fields"])


def test_nobody_learns_by_reporting_a_text_that_a_draft_is_there(spring, arden, ana, sera, complete):
    save(round=spring, state=arden, question=LEVEL, given=Given(Status.NOT_KNOWN), seen=0, by=ana, at=AT)
    (place,) = (each for each in places_of("answer") if each.model == "replies.Answer")
    key = Answer.objects.annotate(named=key_of()).values_list("named", flat=True).get(round=spring)

    assert not may_report(VISITOR, place, key, on=AT.date())
    submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT)
    assert may_report(VISITOR, place, key, on=AT.date())


def test_what_does_not_apply_counts_in_profiles_once_it_is_sent(spring, arden, ana, complete):
    save(
        round=spring,
        state=arden,
        question=LEVEL,
        given=Given(Status.NOT_APPLICABLE, reason="We have no such body."),
        seen=0,
        by=ana,
        at=AT,
    )
    assert read_input(spring, public=False).not_applicable == frozenset()
    submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT)
    assert read_input(spring, public=False).not_applicable == {("XAA", "C3-07")}
