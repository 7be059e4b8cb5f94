"""What proves an answer: cited, seen by whom it is for, withdrawn, superseded, checked, looked at by a click."""

import datetime
import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from endocsea.journal.models import Entry
from endocsea.replies import actions, refusals
from endocsea.replies.actions import Piece
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.evidence.known import known_to, offered
from endocsea.replies.models import Answer, AnswerVersion, Evidence, File, Reply, SectionSigned
from endocsea.sources import fetching
from endocsea.sources import refusals as of_sources
from endocsea.sources.models import Copy, Domain, Source
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.guard.uploads import MEGABYTES, inspect
from tests.people.helpers import signed_in

from .conftest import AT

LEVEL, OTHER = "C3/C3-07", "C1/C1-02"
LAW = Piece(title="Law on cooperation", address="https://ministry.example/law", locator="Article 5", kind="law",
            dated=datetime.date(2019, 5, 2), language="ka", excerpt="The police preserve data.")  # fmt: skip


@pytest.fixture
def cite(spring, arden, ana):
    def cite(piece=LAW, question=LEVEL, by=ana, **more):
        return actions.cite(round=spring, state=arden, question=question, piece=piece, by=by, at=AT, **more)

    return cite


@pytest.fixture
def send(spring, arden):
    """The reply was signed and sent."""

    def send():
        reply, _new = Reply.objects.get_or_create(round=spring, state=arden)
        Reply.objects.filter(pk=reply.pk).update(
            step="submitted", submitted_at=AT, signed_as="Deputy Minister"
        )

    return send


@pytest.fixture
def level_3(spring, arden, ana):
    return actions.save(
        round=spring, state=arden, question=LEVEL, given=Given(Status.ANSWERED, "3"), seen=0, by=ana, at=AT
    )


def text_file(name="law.txt", content=b"Article 5. The police preserve data.\n"):
    return inspect(io.BytesIO(content), name)


def at(name, *more, state="arden", round="spring-2021"):
    return reverse(f"replies:{name}", args=[round, state, *more])


def in_page(answer):
    return answer.content.decode()


class TestCiting:
    def test_it_is_a_record_beside_the_answer_with_all_that_was_said(self, cite):
        made = cite()

        assert (made.citation.source.title, made.citation.locator) == (LAW.title, LAW.locator)
        assert (made.kind, made.dated, made.language) == (LAW.kind, LAW.dated, LAW.language)
        assert (made.excerpt, made.life) == (LAW.excerpt, Evidence.Life.ATTACHED)

    def test_the_journal_says_so(self, cite, ana):
        made = cite()

        entry = Entry.objects.with_parts().order_by("-number").first()
        assert (entry.deed, entry.about_key) == ("evidence attached", f"spring-2021/XAA/{LEVEL}")
        assert entry.doer.actor == ana.journal_id
        assert str(made.pk) in entry.particulars.text

    def test_before_there_is_an_answer_one_is_made_that_says_nothing_and_meets_nobody_who_types(
        self, cite, spring, arden, ana
    ):
        made = cite()
        assert made.answer.given == Given()
        saved = actions.save(
            round=spring,
            state=arden,
            question=LEVEL,
            given=Given(Status.ANSWERED, "3"),
            seen=0,
            by=ana,
            at=AT,
        )

        assert (saved.pk, saved.number) == (made.answer_id, 1)
        assert [each.number for each in AnswerVersion.objects.filter(answer=saved)] == [1]

    def test_one_source_used_many_times_is_one_record(self, cite):
        cite()
        cite(replace(LAW, locator="Article 6"))
        cite(replace(LAW, title="", locator=""), question=OTHER)
        cite(replace(LAW, title="The law, otherwise called", address="HTTPS://Ministry.example/law"), OTHER)

        assert Source.objects.filter(address=LAW.address).count() == 1

    def test_what_is_in_the_register_is_chosen(self, cite):
        source = cite().citation.source
        again = cite(Piece(source=source, locator="page 3"), question=OTHER)

        assert again.citation.source == source

    def test_what_another_state_alone_has_cited_is_not_offered_nor_taken_for_the_same(
        self, cite, spring, arden, belmora, beno
    ):
        cite(replace(LAW, title="A draft of Arden"))
        made = actions.cite(
            round=spring, state=belmora, question=LEVEL, piece=replace(LAW, title=""), by=beno, at=AT
        )

        assert made.citation.source.title == ""
        assert not known_to(belmora, on=AT.date()).filter(title="A draft of Arden").exists()
        assert offered(belmora, "draft Arden", on=AT.date()) == []
        assert [each.title for each in offered(arden, "draft Arden", on=AT.date())] == ["A draft of Arden"]

    def test_what_the_programme_s_own_pages_are_drawn_from_is_offered(self, arden, db):
        assert any("coe.int" in each.address for each in offered(arden, "coe.int", on=AT.date()))

    def test_a_file_is_kept_once_for_a_state_and_names_itself(self, cite):
        first = cite(Piece(), file=text_file())
        second = cite(Piece(), question=OTHER, file=text_file("the same.txt"))

        assert first.citation.source.title == "law.txt"
        assert first.file == second.file
        assert File.objects.count() == 1

    @pytest.mark.parametrize(
        ("piece", "refusal"),
        [
            (Piece(), refusals.NothingCited),
            (Piece(title="  ", address=" "), refusals.NothingCited),
            (Piece(address="ftp://ministry.example"), of_sources.NotAnAddress),
            (Piece(address="javascript:alert(1)"), of_sources.NotAnAddress),
            (Piece(address="https://a:b@ministry.example"), of_sources.NotAnAddress),
            (replace(LAW, dated=datetime.date(2031, 1, 1)), refusals.DatedLater),
            (replace(LAW, excerpt="Ask anna.k@example.com"), LooksLikeCaseData),
            (replace(LAW, locator="Ask anna.k@example.com"), LooksLikeCaseData),
            (replace(LAW, title="Ask anna.k@example.com"), LooksLikeCaseData),
        ],
    )
    def test_what_cannot_be_cited_is_refused_and_nothing_is_kept(self, cite, piece, refusal):
        with pytest.raises(refusal):
            cite(piece)

        assert not Answer.objects.filter(round__code="spring-2021").exists()

    def test_the_same_place_is_cited_once_at_an_answer(self, cite):
        cite()
        with pytest.raises(refusals.CitedAlready):
            cite()

    def test_what_is_no_case_data_is_taken_with_its_reason(self, cite):
        made = cite(
            replace(LAW, excerpt="Ask anna.k@example.com"), harmless="The published address of the office"
        )

        assert made.excerpt
        entry = Entry.objects.with_parts().order_by("-number").first()
        assert "The published address of the office" in entry.particulars.text

    @pytest.mark.parametrize("name", ["tara", "beno", "ravi", "sera", "otto", "adam", "cleo"])
    def test_who_does_not_answer_cites_nothing(self, cite, people, name):
        with pytest.raises(refusals.MayNotAnswer):
            cite(by=people[name])

    def test_a_member_of_the_team_cites_at_what_was_shared(self, cite, shared, tara):
        assert cite(by=tara)

    def test_a_sent_reply_takes_none(self, cite, send):
        send()
        with pytest.raises(refusals.AlreadySigned):
            cite()

    def test_a_section_that_was_signed_off_takes_none(self, cite, spring, arden, ana):
        made = cite()
        reply = Reply.objects.get(round=spring, state=arden)
        SectionSigned.objects.create(reply=reply, section="C3", signed_as="Head of unit", signed_at=AT)
        with pytest.raises(refusals.SectionIsSigned):
            cite(replace(LAW, locator="Article 6"))
        with pytest.raises(refusals.SectionIsSigned):
            actions.withdraw_evidence(evidence=made, by=ana, at=AT)
        assert cite(question=OTHER)

    @pytest.mark.parametrize("question", ["C3/C3-99", "", "C3", "x" * 300])
    def test_a_question_that_is_not_asked_takes_none(self, cite, question):
        with pytest.raises(refusals.NoSuchQuestion):
            cite(question=question)


class TestItsLife:
    def test_what_is_withdrawn_is_gone_and_may_be_cited_again(self, cite, ana):
        made = cite()
        actions.withdraw_evidence(evidence=made, by=ana, at=AT)
        again = cite(replace(LAW, kind="report"))

        assert (again.pk, again.kind, again.retired_on) == (made.pk, "report", None)

    def test_a_later_piece_stands_in_the_place_of_an_earlier_one(self, cite, ana):
        earlier = cite()
        later = cite(replace(LAW, locator="Article 5 as amended"), instead_of=earlier)
        earlier.refresh_from_db()
        assert (earlier.life, earlier.later) == (Evidence.Life.SUPERSEDED, later)

        actions.withdraw_evidence(evidence=later, by=ana, at=AT)
        earlier.refresh_from_db()
        assert (earlier.life, earlier.later) == (Evidence.Life.ATTACHED, None)

    def test_what_is_superseded_or_withdrawn_is_not_superseded_again(self, cite, ana):
        earlier = cite()
        later = cite(replace(LAW, locator="6"), instead_of=earlier)
        with pytest.raises(refusals.EvidenceGone):
            cite(replace(LAW, locator="7"), instead_of=earlier)
        with pytest.raises(refusals.EvidenceGone):
            actions.supersede(evidence=later, later=earlier, by=ana, at=AT)
        actions.withdraw_evidence(evidence=later, by=ana, at=AT)
        with pytest.raises(refusals.EvidenceGone):
            actions.withdraw_evidence(evidence=later, by=ana, at=AT)

    def test_a_piece_of_another_answer_supersedes_nothing(self, cite, ana):
        here, there = cite(), cite(question=OTHER)
        with pytest.raises(refusals.EvidenceGone):
            actions.supersede(evidence=here, later=there, by=ana, at=AT)

    def test_the_review_checks_once_the_reply_was_sent(self, cite, send, ravi):
        made = cite()
        with pytest.raises(refusals.MayNotCheck):
            actions.check_evidence(evidence=made, life=Evidence.Life.CHECKED, by=ravi, at=AT)
        send()
        assert (
            actions.check_evidence(evidence=made, life=Evidence.Life.CHECKED, by=ravi, at=AT).life
            == "checked"
        )

    @pytest.mark.parametrize("life", [Evidence.Life.REJECTED, Evidence.Life.UNREACHABLE])
    def test_it_is_rejected_or_called_unreachable_with_a_reason(self, cite, send, ravi, life):
        made = cite()
        send()
        with pytest.raises(refusals.WithoutWhy):
            actions.check_evidence(evidence=made, life=life, why="  ", by=ravi, at=AT)
        told = actions.check_evidence(evidence=made, life=life, why="Another law.", by=ravi, at=AT)

        assert (told.life, told.why) == (life, "Another law.")

    def test_case_data_in_the_reason_is_refused(self, cite, send, ravi):
        made = cite()
        send()
        with pytest.raises(LooksLikeCaseData):
            actions.check_evidence(
                evidence=made, life=Evidence.Life.REJECTED, why="Ask anna.k@example.com", by=ravi, at=AT
            )

    @pytest.mark.parametrize("name", ["ana", "tara", "beno", "otto", "cleo", "adam"])
    def test_nobody_else_checks(self, cite, send, people, name):
        made = cite()
        send()
        with pytest.raises(refusals.MayNotCheck):
            actions.check_evidence(evidence=made, life=Evidence.Life.CHECKED, by=people[name], at=AT)

    def test_whoever_answers_may_note_that_a_source_cannot_be_reached(self, cite, ana):
        made = cite()
        told = actions.check_evidence(
            evidence=made, life=Evidence.Life.UNREACHABLE, why="It answers no more.", by=ana, at=AT
        )
        assert told.life == Evidence.Life.UNREACHABLE

        with pytest.raises(refusals.MayNotCheck):
            actions.check_evidence(evidence=made, life=Evidence.Life.CHECKED, by=ana, at=AT)


class TestPages:
    def test_a_question_shows_what_proves_it_and_its_life_in_words(self, cite, ana):
        cite()
        page = in_page(signed_in(ana).get(at("section", "C3")))

        assert "Law on cooperation</a>, Article 5" in page
        assert "2 May 2019" in page
        assert "Georgian" in page
        assert "attached, not yet looked at" in page

    def test_level_3_asks_for_a_dated_source_until_there_is_one(self, level_3, cite, ana):
        browser, asks = signed_in(ana), "Level 3 or 4 asks for a source"
        assert in_page(browser.get(at("section", "C3"))).count(asks) == 1
        assert "One answer claims level 3 or 4 without a dated source" in in_page(browser.get(at("reply")))

        cite(replace(LAW, dated=None))
        assert asks in in_page(browser.get(at("section", "C3")))
        cite(replace(LAW, locator="6"))
        assert asks not in in_page(browser.get(at("section", "C3")))
        assert "without a dated source" not in in_page(browser.get(at("reply")))

    def test_what_was_typed_is_shown_with_its_evidence_when_it_is_refused(self, level_3, cite, ana):
        cite()
        answer = signed_in(ana).post(at("answer"), {"question": LEVEL, "seen": "0", "value": "1"})

        assert answer.status_code == 409
        assert "Law on cooperation" in in_page(answer)

    def test_a_section_loads_all_its_evidence_at_once(self, cite, ana, spring, django_assert_max_num_queries):
        cite()
        browser = signed_in(ana)
        browser.get(at("section", "C3"))
        with django_assert_max_num_queries(100) as one:
            browser.get(at("section", "C3"))
        for path in spring.version.form.by_path():
            if path.startswith("C3/"):
                cite(replace(LAW, locator="Article 6"), question=path)
        with django_assert_max_num_queries(len(one)):
            browser.get(at("section", "C3"))

    def test_it_is_attached_on_a_page_of_its_own(self, ana, spring, arden):
        browser = signed_in(ana)
        assert browser.get(at("evidence", LEVEL)).status_code == 200
        answer = browser.post(
            at("evidence", LEVEL),
            {
                "title": "Law", "address": "ministry.example/law", "locator": "Article 5", "kind": "law",
                "dated": "2019-05-02", "language": "ka", "excerpt": "They preserve.",
                "file": SimpleUploadedFile("law.txt", b"Article 5"),
            },
        )  # fmt: skip

        assert answer.status_code == 302
        made = Evidence.objects.get(answer__round=spring, answer__state=arden)
        assert made.citation.source.address == "https://ministry.example/law"
        assert bytes(made.file.content).strip() == b"Article 5"

    def test_looking_in_the_register_keeps_what_was_typed(self, cite, ana):
        cite()
        answer = signed_in(ana).post(
            at("evidence", OTHER),
            {"look": "1", "sought": "cooperation", "excerpt": "Typed before", "title": "T"},
        )

        assert answer.status_code == 200
        assert "Typed before" in in_page(answer)
        offered = [label for _value, label in answer.context["form"].fields["source"].choices]
        assert "Law on cooperation (ministry.example)" in offered[:3]

    def test_a_source_of_the_register_is_chosen_by_its_number(self, cite, ana):
        source = cite().citation.source
        signed_in(ana).post(at("evidence", OTHER), {"source": source.pk, "locator": "page 3"})

        assert (
            Evidence.objects.get(answer__question=OTHER, answer__round__code="spring-2021").citation.source
            == source
        )

    def test_a_source_that_was_not_offered_is_not_taken_by_its_number(self, spring, belmora, beno, ana):
        theirs = actions.cite(round=spring, state=belmora, question=LEVEL, piece=LAW, by=beno, at=AT)
        answer = signed_in(ana).post(at("evidence", OTHER), {"source": theirs.citation.source_id})

        assert answer.status_code == 400
        assert "Law on cooperation" not in in_page(answer)

    @pytest.mark.parametrize(
        ("sent", "status"),
        [
            ({}, 422),
            ({"title": "L", "dated": "yesterday"}, 400),
            ({"title": "L", "kind": "gossip"}, 400),
            ({"title": "L", "language": "klingon"}, 400),
            ({"title": "L" * 301}, 400),
            ({"title": "L", "excerpt": "x" * 5001}, 400),
            ({"address": "https://" + "a" * 600}, 400),
            ({"address": "https://no host"}, 422),
            ({"address": "ftp://ministry.example"}, 422),
            ({"title": "L", "source": "999999999999999"}, 400),
            ({"title": "L", "dated": "2999-01-01"}, 422),
            ({"title": "L", "excerpt": "Ask anna.k@example.com"}, 422),
        ],
    )
    def test_wrong_input_is_told_and_kept(self, ana, spring, sent, status):
        answer = signed_in(ana).post(at("evidence", LEVEL), {"locator": "Article 5 as typed", **sent})

        assert answer.status_code == status
        assert 'role="alert"' in in_page(answer)
        assert "Article 5 as typed" in in_page(answer)
        assert not Evidence.objects.filter(answer__round=spring).exists()

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"", "law.txt"),
            (b"\x89PNG\r\n", "law.pdf"),
            (b"MZ\x90\x00", "law.docx"),
            (b"%PDF-1.7", "law.pdf"),
        ],
    )
    def test_a_file_that_the_guard_refuses_is_told_and_what_was_typed_is_kept(
        self, ana, spring, content, name
    ):
        sent = {"title": "Typed", "file": SimpleUploadedFile(name, content)}
        answer = signed_in(ana).post(at("evidence", LEVEL), sent)

        assert answer.status_code == 422
        assert "Typed" in in_page(answer)
        assert not File.objects.exists()

    def test_a_file_that_is_too_large_is_told_and_what_was_typed_is_kept(self, ana, spring):
        large = SimpleUploadedFile("law.txt", b"0" * (MEGABYTES * 1024 * 1024 + 1))
        answer = signed_in(ana).post(at("evidence", LEVEL), {"title": "Typed", "file": large})

        assert answer.status_code == 422
        assert f"larger than {MEGABYTES}" in in_page(answer)
        assert "Typed" in in_page(answer)

    def test_it_is_withdrawn_and_superseded_on_the_page(self, cite, ana):
        earlier, browser = cite(), signed_in(ana)
        page = browser.get(at("evidence", LEVEL), {"instead_of": earlier.pk})
        assert "It replaces: Law on cooperation, Article 5" in " ".join(in_page(page).split())
        browser.post(at("evidence", LEVEL), {"title": "Amendment", "instead_of": earlier.pk})
        page = in_page(browser.get(at("evidence", LEVEL)))
        assert "superseded by a later one" in page

        later = Evidence.objects.get(citation__source__title="Amendment")
        assert browser.post(at("withdraw-evidence", later.pk)).status_code == 302
        assert "superseded by a later one" not in in_page(browser.get(at("evidence", LEVEL)))

    def test_the_review_says_on_the_page_what_became_of_it_and_the_state_reads_it(
        self, cite, send, ravi, ana
    ):
        made = cite()
        send()
        prefix = f"of-{made.pk}"
        browser = signed_in(ravi)
        refused = browser.post(at("check-evidence", made.pk), {f"{prefix}-life": "rejected"})
        assert refused.status_code == 422
        assert browser.post(at("check-evidence", made.pk), {f"{prefix}-life": "lost"}).status_code == 400
        said = {f"{prefix}-life": "rejected", f"{prefix}-why": "Another article."}
        assert browser.post(at("check-evidence", made.pk), said).status_code == 302

        page = in_page(signed_in(ana).get(at("section", "C3")))
        assert "rejected" in page
        assert "Another article." in page

    def test_every_source_of_a_reply_stands_once_with_the_questions_where_it_is_used(
        self, cite, level_3, ana
    ):
        cite(replace(LAW, dated=None))
        cite(question=OTHER)
        answer = signed_in(ana).get(at("sources"))

        (source,) = answer.context["sources"]
        assert [question.name for _proof, question in source.uses] == ["C3-07", "C1-02"]
        assert [path for path, _question in answer.context["without"]] == [LEVEL]
        assert "criminalise the solicitation" in in_page(answer), "a code stands beside its question"

    def test_a_mark_in_place_of_a_destroyed_text_is_a_sentence_and_no_link(self, cite, ana):
        made = cite()
        Source.objects.filter(pk=made.citation.source_id).update(
            title=f"[removed on 2021-03-02, {made.citation.source_id}]",
            address=f"[removed on 2021-03-02, {made.citation.source_id}]",
        )
        page = in_page(signed_in(ana).get(at("evidence", LEVEL)))

        assert "Removed on 2 March 2021." in page
        assert "[removed on" not in page


class TestWhoSeesIt:
    PAGES = ("evidence", "sources", "file")

    def got(self, person, made):
        browser = signed_in(person)
        blanks = {"evidence": [LEVEL], "sources": [], "file": [made.file.key]}
        return {name: browser.get(at(name, *blanks[name])).status_code for name in self.PAGES}

    def test_a_draft_is_the_state_s_own(self, cite, people):
        made = cite(file=text_file())
        seen = {name: set(self.got(person, made).values()) for name, person in people.items()}

        assert {name for name, codes in seen.items() if codes == {200}} == {"ana", "tara"}
        assert {name for name, codes in seen.items() if codes == {404}} == set(people) - {"ana", "tara"}

    def test_once_it_was_sent_the_review_sees_it_too(self, cite, send, people):
        made = cite(file=text_file())
        send()
        seen = {name: set(self.got(person, made).values()) for name, person in people.items()}

        assert {name for name, codes in seen.items() if codes == {200}} == {"ana", "tara", "ravi", "sera"}

    def test_a_file_is_a_download_that_the_journal_knows(self, cite, ana):
        made = cite(file=text_file())
        answer = signed_in(ana).get(at("file", made.file.key))

        assert answer["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer.content == bytes(made.file.content)
        assert Entry.objects.order_by("-number").first().deed == "exported"

    def test_a_file_is_not_found_under_another_reply_nor_once_it_was_withdrawn(self, cite, ana, beno):
        made = cite(file=text_file())
        assert signed_in(beno).get(at("file", made.file.key, state="belmora")).status_code == 404
        actions.withdraw_evidence(evidence=made, by=ana, at=AT)
        assert signed_in(ana).get(at("file", made.file.key)).status_code == 404

    def test_evidence_of_a_restricted_question_is_for_those_who_answer_it(self, spring, cite, tara, ana):
        path = next(path for path, asked in spring.version.form.questions() if asked.restricted)
        made = cite(question=path, file=text_file())

        assert signed_in(ana).get(at("evidence", path)).status_code == 200
        browser = signed_in(tara)
        assert browser.get(at("evidence", path)).status_code == 404
        assert browser.get(at("file", made.file.key)).status_code == 404
        assert LAW.title not in in_page(browser.get(at("sources")))

    def test_deeds_on_a_piece_are_not_found_under_another_reply(self, cite, beno):
        made, browser = cite(), signed_in(beno)
        for name in ("withdraw-evidence", "check-evidence", "look-at-evidence"):
            assert browser.post(at(name, made.pk, state="belmora")).status_code == 404
            assert browser.post(at(name, made.pk)).status_code == 404


class TestSeeingWhetherItOpens:
    @pytest.fixture
    def came(self, monkeypatch):
        """What the one way out of the machine brings, and what was asked."""
        asked = []

        def fetch(address, listed, *, web=None):
            asked.append((address, listed))
            if "ministry.example" not in listed:
                raise of_sources.NotListed(host="ministry.example")
            return fetching.Fetched(200, "text/html", "0" * 64, "The law", "Article 5 of the law")

        monkeypatch.setattr("endocsea.replies.actions.opening.fetch", fetch)
        return asked

    @pytest.fixture
    def listed(self, sera):
        return actions.list_domain(name="ministry.example", why="The ministry's own", by=sera, at=AT)

    def test_nothing_is_asked_until_somebody_clicks(self, came, listed, cite, ana):
        made, browser = cite(), signed_in(ana)
        for address in (at("evidence", LEVEL), at("section", "C3"), at("sources")):
            browser.get(address)
        assert came == []
        assert browser.get(at("look-at-evidence", made.pk)).status_code == 405
        assert browser.post(at("look-at-evidence", made.pk)).status_code == 302
        assert [address for address, _listed in came] == [LAW.address]

    def test_what_came_is_kept_as_text_and_shown(self, came, listed, cite, ana):
        made, browser = cite(), signed_in(ana)
        page = browser.post(at("look-at-evidence", made.pk), follow=True)

        assert "it opens" in in_page(page)
        assert "Article 5 of the law" in in_page(page)
        assert Copy.objects.get().source == made.citation.source
        assert Entry.objects.order_by("-number").first().deed == "source opened"

    def test_a_click_right_after_another_asks_nobody_again(self, came, listed, cite, ana):
        made = cite()
        for second in (0, 30):
            actions.look_whether_it_opens(evidence=made, by=ana, at=AT + datetime.timedelta(seconds=second))
        assert len(came) == 1

    def test_a_site_that_is_not_listed_is_refused_with_who_can_list_it(self, came, cite, ana):
        made = cite()
        answer = signed_in(ana).post(at("look-at-evidence", made.pk))

        assert answer.status_code == 422
        assert "ask the secretariat to list the site" in in_page(answer)
        assert not Copy.objects.exists()

    def test_a_removed_site_is_asked_no_more(self, came, listed, cite, ana, sera):
        actions.remove_domain(domain=listed, by=sera, at=AT)
        with pytest.raises(of_sources.NotListed):
            actions.look_whether_it_opens(evidence=cite(), by=ana, at=AT)

    def test_a_source_without_an_address_has_nothing_to_open(self, came, cite, ana):
        with pytest.raises(of_sources.NotAnAddress):
            actions.look_whether_it_opens(evidence=cite(replace(LAW, address="")), by=ana, at=AT)

    @pytest.mark.parametrize("name", ["beno", "ravi", "sera", "otto"])
    def test_nobody_asks_about_a_draft_that_they_may_not_read(self, came, listed, cite, people, name):
        with pytest.raises(refusals.MayNotAnswer):
            actions.look_whether_it_opens(evidence=cite(), by=people[name], at=AT)
        assert came == []

    @pytest.mark.parametrize(
        ("status", "text", "said"),
        [
            (0, "", "nobody answered"),
            (302, "", "leads on to a site that is not listed"),
            (404, "", "answers with an error (404)"),
            (200, "", "holds no text"),
        ],
    )
    def test_what_did_not_open_is_said_in_words(self, cite, ana, status, text, said):
        made = cite()
        Copy.objects.create(source=made.citation.source, fetched_at=AT, status=status, text=text)

        assert said in in_page(signed_in(ana).get(at("evidence", LEVEL)))


class TestListedSites:
    def test_the_secretariat_lists_and_removes_sites_on_a_page(self, sera):
        browser, here = signed_in(sera), reverse("replies:domains")
        assert "No site is listed" in in_page(browser.get(here))
        assert browser.post(here, {"name": "Gov.Example", "why": "The government's"}).status_code == 302
        made = Domain.objects.get()
        assert "gov.example" in in_page(browser.get(here))
        assert browser.post(reverse("replies:remove-domain", args=[made.pk])).status_code == 302
        assert "No site is listed" in in_page(browser.get(here))

        browser.post(here, {"name": "gov.example", "why": "Listed again"})
        made.refresh_from_db()
        assert (made.removed_at, made.why) == (None, "Listed again")

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"name": "gov.example"},
            {"name": "localhost", "why": "Ours"},
            {"name": "https://gov.example/", "why": "Ours"},
            {"name": "127.0.0.1", "why": "Ours"},
            {"name": "gov.example", "why": "Ask anna.k@example.com"},
            {"name": "a" * 254, "why": "Ours"},
        ],
    )
    def test_what_is_no_site_is_told_and_kept(self, sera, sent):
        answer = signed_in(sera).post(reverse("replies:domains"), sent)

        assert answer.status_code == 400
        assert 'role="alert"' in in_page(answer)
        assert sent.get("name", "") in in_page(answer)
        assert not Domain.objects.exists()

    def test_a_listed_site_is_not_listed_twice(self, sera):
        for status in (302, 400):
            answer = signed_in(sera).post(
                reverse("replies:domains"), {"name": "gov.example", "why": "The government's"}
            )
            assert answer.status_code == status

    @pytest.mark.parametrize("name", ["ana", "ravi", "otto", "adam", "cleo"])
    def test_nobody_else_lists_sites(self, people, name):
        with pytest.raises(refusals.MayNotListDomains):
            actions.list_domain(name="gov.example", why="Ours", by=people[name], at=AT)
        assert signed_in(people[name]).get(reverse("replies:domains")).status_code == 404
