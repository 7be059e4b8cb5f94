"""Making a questionnaire on pages: from a benchmark, from a workbook, changed in the browser, compared, previewed."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from endocsea.journal.queries import history_of
from endocsea.questionnaires import actions, refusals
from endocsea.questionnaires.form import Form, Group, Kind, Question
from endocsea.questionnaires.logic import LogicRefused
from endocsea.questionnaires.models import Questionnaire, Version
from endocsea.questionnaires.written import as_data, from_data
from endocsea.questionnaires.xlsform import read
from endocsea.standards.models import Edition
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.guard.uploads import MEGABYTES
from tests.asked import ASKED_AT as AT
from tests.people.helpers import signed_in

from .workbooks import workbook

OTHERS = ("ana", "beno", "ravi", "otto", "adam", "tara", "petra", "dora", "cleo", "tim", "sofia", "dario")
FORM = """
| survey |
| | type | name | label::English (en) | label::French (fr) | relevant | constraint |
| | begin_group | first | First | Premier | | |
| | text | why | Why? | Pourquoi ? | | |
| | integer | many | How many? | Combien ? | ${why} != '' | . > 3 |
| | end_group | | | | | |
| | text | loose | And else? | Et encore ? | | |
| settings |
| | form_title | default_language |
| | Reasons | English (en) |
"""
LOOP = FORM.replace(
    "| text | why | Why? | Pourquoi ? | | |", "| text | why | Why? | Pourquoi ? | ${many} > 1 | |"
)


@pytest.fixture
def desk(sera):
    """Sera's browser."""
    return signed_in(sera)


@pytest.fixture
def edition(db):
    return Edition.objects.get(code="2020")


@pytest.fixture
def core(db):
    """The core set, which no round uses yet."""
    return Version.objects.get(content_key="2020 core")


@pytest.fixture
def full(db):
    """The full set, which the training round has frozen."""
    return Version.objects.get(content_key="2020 full")


def at(name, version=None, *more):
    args = [version.questionnaire.code, version.number] if version else []
    return reverse(f"questionnaires:{name}", args=[*args, *more])


def in_page(answer):
    return answer.content.decode()


def brought(desk, content, name="form.xlsx", **more):
    edition = Edition.objects.get(code="2020")
    file = SimpleUploadedFile(name, content) if content is not None else ""
    given = {"file": file, "into": "", "code": "custody", "edition": edition.pk, **more}
    return desk.post(at("import"), given)


def taken(desk, page, **more):
    return desk.post(at("take-workbook"), {"kept": page.context["kept"], **more})


def imported(desk, text=FORM, **more):
    taken(desk, brought(desk, workbook(text), **more))
    return Version.objects.filter(questionnaire__code=more.get("into") or "custody").latest("number")


class TestBuilding:
    def build(self, desk, benchmark, **more):
        given = {"edition": benchmark.pk, "scope": "core", "code": "mapping", "title_en": "Mapping", **more}
        return desk.post(at("build"), given)

    @pytest.mark.parametrize(("scope", "number"), [("core", 40), ("full", 129)])
    def test_the_full_set_or_the_short_form(self, desk, edition, scope, number):
        answer = self.build(desk, edition, scope=scope)

        made = Version.objects.get(questionnaire__code="mapping")
        assert answer.url == at("version", made)
        assert len(made.form.by_path()) == number
        assert made.questionnaire.edition == edition
        assert made.frozen_on is None
        assert history_of("questionnaire", "mapping/1").get().facts["questions"] == number

    def test_a_short_name_that_is_taken_is_refused_and_what_was_typed_is_kept(self, desk, edition):
        answer = self.build(desk, edition, code="core-2020")

        assert answer.status_code == 400
        assert "There is a questionnaire with the short name" in in_page(answer)
        assert 'value="Mapping"' in in_page(answer)

    @pytest.mark.parametrize(
        "wrong", [{"code": ""}, {"code": "no way"}, {"title_en": ""}, {"edition": "99999"}, {"scope": "x"}]
    )
    def test_what_is_missing_or_wrong_is_named(self, desk, edition, wrong):
        assert self.build(desk, edition, **wrong).status_code == 400
        assert not Questionnaire.objects.filter(code="mapping").exists()

    def test_case_data_in_a_title_is_refused(self, desk, edition):
        assert self.build(desk, edition, title_en="Ask anna@example.org").status_code == 400

    def test_the_list_names_every_version(self, desk, core, full):
        page = in_page(desk.get(at("questionnaires")))

        assert at("version", core) in page
        assert at("version", full) in page


class TestImporting:
    def test_what_a_workbook_holds_is_shown_and_nothing_is_stored_yet(self, desk):
        page = brought(
            desk,
            workbook(
                FORM.replace("| text | why", "| geopoint | where | Where? | Où ? | | |\n| | text | why")
            ),
        )

        assert page.context["shown"]["questions"] == 3
        assert "Sheet “survey”, row 3, column “type”" in in_page(page)
        assert "Where people are is not asked here" in in_page(page)
        assert not Questionnaire.objects.filter(code="custody").exists()

    def test_it_is_stored_with_its_title_its_benchmark_and_a_section_for_what_stood_in_none(
        self, desk, edition
    ):
        made = imported(desk)

        assert made.questionnaire.title == {"en": "Reasons"}
        assert made.questionnaire.edition == edition
        assert list(made.form.by_path()) == ["first/why", "first/many", "section_1/loose"]
        assert made.form.by_path()["first/why"].label == {"en": "Why?", "fr": "Pourquoi ?"}
        assert history_of("questionnaire", "custody/1").get().facts["from"] == "workbook"

    def test_a_title_that_was_typed_counts(self, desk):
        made = imported(desk, title_en="Custody", title_fr="Garde à vue")

        assert made.questionnaire.title == {"en": "Custody", "fr": "Garde à vue"}

    def test_a_workbook_becomes_the_next_version_of_a_questionnaire_that_a_round_uses(self, desk, full):
        made = imported(desk, into="full-2020", code="", note="Shorter")

        assert (made.number, made.note, made.questionnaire) == (2, "Shorter", full.questionnaire)

    def test_a_workbook_in_another_language_is_shown_in_its_own(self, desk):
        text = """
| survey |
| | type | name | label::Srpski (sr-latn) |
| | text | zasto | Zašto? |
| settings |
| | form_title | default_language |
| | Pitanja | Srpski (sr-latn) |
"""
        made = imported(desk, text)

        assert made.questionnaire.title == {"en": "Pitanja", "sr-latn": "Pitanja"}
        assert '<span lang="sr-latn">Zašto?</span>' in in_page(desk.get(at("version", made)))

    def test_it_takes_the_place_of_a_version_in_the_making_only_if_that_is_said(self, desk):
        first = imported(desk)
        page = brought(desk, workbook(FORM.replace("Why?", "What for?")), into="custody", code="")
        answer = taken(desk, page)
        assert answer.status_code == 422
        assert "Version 1 of this questionnaire is in the making" in in_page(answer)
        first.refresh_from_db()
        assert first.form.by_path()["first/why"].label["en"] == "Why?"

        again = imported(desk, FORM.replace("Why?", "What for?"), into="custody", code="", instead="on")
        assert (again.pk, again.number) == (first.pk, 1)
        assert again.form.by_path()["first/why"].label["en"] == "What for?"

    def test_what_was_exported_comes_back_the_same(self, desk, core):
        content = desk.get(at("workbook", core)).content

        assert read(content, "core.xlsx").form == replace(core.form, made_from={})

    def test_case_data_in_a_question_is_asked_about(self, desk):
        page = brought(desk, workbook(FORM.replace("Why?", "Why not ask anna.k@example.org?")))
        answer = taken(desk, page)
        assert answer.status_code == 422
        assert answer.context["case_data"] is not None
        assert not Questionnaire.objects.filter(code="custody").exists()

        taken(desk, answer, not_case_data="The published address of the office")
        facts = history_of("questionnaire", "custody/1").get().facts
        assert facts["declared harmless"] == ["email"]


class TestBadWorkbooks:
    @pytest.mark.parametrize(
        ("content", "name", "words"),
        [
            (b"PK\x03\x04 and nothing else", "form.xlsx", "damaged"),
            (b"%PDF-1.7", "form.pdf", "damaged"),
            (b"MZ\x90", "form.xlsx", "no XLSForm"),
            (
                workbook("| survey |\n| | type | name |\n| | hologram | a |"),
                "form.xlsx",
                "Unknown question type",
            ),
            (workbook(FORM.replace("${why} != ''", "${nobody} = 1")), "form.xlsx", "nobody"),
            (workbook(FORM.replace(". > 3", ". > (3")), "form.xlsx", "row 4, column “name”"),
        ],
    )
    def test_what_cannot_be_taken_is_told_with_its_place_and_nothing_is_stored(
        self, desk, content, name, words
    ):
        answer = brought(desk, content, name)

        assert answer.status_code == 400
        assert words in in_page(answer)
        assert "Nothing was stored." in in_page(answer)
        assert "kept" not in answer.context
        assert not Questionnaire.objects.filter(code="custody").exists()

    def test_an_empty_file_is_told(self, desk):
        assert "empty" in in_page(brought(desk, b""))

    def test_without_a_file_or_a_name_the_page_asks_for_them_and_keeps_what_was_typed(self, desk):
        assert "This field is required" in in_page(brought(desk, None))
        answer = brought(desk, workbook(FORM), code="", title_en="Custody")
        assert answer.status_code == 400
        assert "A new questionnaire has a short name." in in_page(answer)
        assert 'value="Custody"' in in_page(answer)

    def test_a_file_that_is_too_large_is_refused(self, desk):
        answer = brought(desk, b"0" * (MEGABYTES * 1024 * 1024 + 1))

        assert answer.status_code == 400
        assert f"larger than {MEGABYTES}" in in_page(answer)

    @pytest.mark.parametrize("kept", ["", "forged", "a:b:c"])
    def test_a_form_that_this_site_did_not_sign_is_not_taken(self, desk, kept):
        assert desk.post(at("take-workbook"), {"kept": kept}).status_code == 404

    def test_a_loop_is_shown_to_its_author_and_no_round_can_use_it(self, desk, sera, arden):
        made = imported(desk, LOOP)

        page = in_page(desk.get(at("version", made)))
        assert "This cannot be meant" in page
        assert "depends on itself" in page
        day = AT.date()
        with pytest.raises(LogicRefused):
            actions.make_round(version=made, code="loop", name={"en": "Loop"}, states=[arden], languages=["en"],
                               opens_on=day, answers_until=day, closes_on=day, by=sera, at=AT)  # fmt: skip
        made.refresh_from_db()
        assert made.frozen_on is None

    def test_a_question_that_is_never_reached_is_told_on_the_page(self, desk):
        made = imported(desk, FORM.replace("${why} != ''", "1 = 2"))

        assert "No answers lead here" in in_page(desk.get(at("version", made)))


class TestChanging:
    def post(self, desk, version, where="edit", *more, **sent):
        return desk.post(at(where, version, *more), {"seen": version.revision, **sent})

    def first(self, version, section=0):
        return f"{version.form.items[section].name}/{version.form.items[section].items[0].name}"

    def test_a_question_goes_down_and_up_again(self, desk, core):
        before, path = core.form, self.first(core)
        answer = self.post(desk, core, down=path)
        core.refresh_from_db()
        assert core.form.items[0].items[1].name == path.rpartition("/")[2]
        assert answer.url.endswith(f"#i-{path.replace('/', '-')}")

        self.post(desk, core, up=path)
        core.refresh_from_db()
        assert core.form == before

    def test_a_question_is_worded_anew_marked_and_keeps_its_indicator(self, desk, core):
        path = self.first(core)
        old = core.form.by_path()[path]
        answer = self.post(desk, core, "item", path, **self.wording(old, en="Is it so?"), required="true()")

        assert answer.status_code == 302
        core.refresh_from_db()
        new = core.form.by_path()[path]
        assert (new.label["en"], new.label["fr"]) == ("Is it so?", old.label["fr"])
        assert (new.required, new.indicator, new.name) == ("true()", old.indicator, old.name)
        assert history_of("questionnaire", "core-2020/1").latest("number").facts == {"item": path}

    @staticmethod
    def wording(question, *, en=None):
        texts = {f"{name}-{language}": getattr(question, name).get(language, "")
                 for name in ("label", "hint", "guidance") for language in ("en", "fr")}  # fmt: skip
        return {**texts, "deed": "reword", **({"label-en": en} if en is not None else {})}

    def test_a_question_moves_to_a_place_in_another_section(self, desk, core):
        path = self.first(core)
        self.post(desk, core, "item", path, deed="move", into="C2", place="1")

        core.refresh_from_db()
        assert core.form.items[1].items[0].name == path.rpartition("/")[2]

    def test_a_question_is_taken_out(self, desk, core):
        path = self.first(core)
        self.post(desk, core, "item", path, deed="remove")

        core.refresh_from_db()
        assert path not in core.form.by_path()

    def test_a_section_is_added(self, desk, core):
        self.post(desk, core, label="More of it")

        core.refresh_from_db()
        assert core.form.items[-1] == Group("section_1", {"en": "More of it"})
        assert desk.get(at("item", core, "section_1")).status_code == 200

    @pytest.mark.parametrize("label", ["", "   ", "x" * 301])
    def test_a_section_without_a_heading_is_refused(self, desk, core, label):
        assert self.post(desk, core, label=label).status_code == 400

    def test_case_data_in_a_wording_is_refused_and_the_text_is_kept(self, desk, core):
        path = self.first(core)
        typed = self.wording(core.form.by_path()[path], en="Ask anna.k@example.org about it?")
        answer = self.post(desk, core, "item", path, **typed)

        assert answer.status_code == 422
        assert "Ask anna.k@example.org about it?" in in_page(answer)
        assert (
            self.post(desk, core, "item", path, **typed, not_case_data="An invented address only").status_code
            == 302
        )

    def test_who_changes_what_a_colleague_changed_meanwhile_is_told_and_loses_nothing(self, desk, core, sera):
        path = self.first(core)
        old = core.form.by_path()[path]
        seen = core.revision
        actions.reword(
            version=core, path=path, wordings={"label": {"en": "Theirs?"}}, seen=seen, by=sera, at=AT
        )
        answer = desk.post(at("item", core, path), {"seen": seen, **self.wording(old, en="Mine?")})

        assert answer.status_code == 409
        page = in_page(answer)
        assert "Mine?" in page
        assert "Theirs?" in page
        core.refresh_from_db()
        assert core.form.by_path()[path].label["en"] == "Theirs?"
        assert core.revision in page

        assert desk.post(at("edit", core), {"seen": seen, "down": path}).status_code == 409

    def test_what_other_questions_hang_on_stays(self, desk):
        made = imported(desk)
        answer = self.post(desk, made, "item", "first/why", deed="remove")

        assert answer.status_code == 422
        assert "first/many" in in_page(answer)
        made.refresh_from_db()
        assert "first/why" in made.form.by_path()

    @pytest.mark.parametrize("sent", [{"deed": "burn"}, {}])
    def test_a_deed_that_is_none_is_not_there(self, desk, core, sent):
        assert self.post(desk, core, "item", self.first(core), **sent).status_code == 404

    @pytest.mark.parametrize("sent", [{"up": "C9/nothing"}, {"down": "x" * 500}])
    def test_an_item_that_is_not_there_is_refused(self, desk, core, sent):
        assert self.post(desk, core, **sent).status_code == 422

    @pytest.mark.parametrize("place", ["", "0", "-1", "two", "99999999"])
    def test_a_place_that_is_none_is_refused(self, desk, core, place):
        assert (
            self.post(desk, core, "item", self.first(core), deed="move", into="C2", place=place).status_code
            == 400
        )

    def test_what_is_not_there_is_not_found(self, desk, core):
        for path in (
            at("item", core, "C9/nothing"),
            reverse("questionnaires:version", args=["core-2020", 9]),
            reverse("questionnaires:version", args=["nothing", 1]),
            reverse("questionnaires:version", args=["core-2020", 99999999999999999999]),
        ):
            assert desk.get(path).status_code == 404


class TestFrozen:
    def test_a_frozen_version_refuses_every_change_and_offers_a_new_version(self, desk, full, sera):
        page = in_page(desk.get(at("version", full)))
        assert at("next-version", full) in page
        assert at("edit", full) not in page
        path = next(iter(full.form.by_path()))
        for where, more, sent in (
            ("edit", (), {"down": path}),
            ("edit", (), {"label": "More"}),
            ("item", (path,), {"deed": "remove"}),
            ("item", (path,), {"deed": "move", "into": "C2", "place": "1"}),
        ):
            answer = desk.post(at(where, full, *more), {"seen": full.revision, **sent})
            assert answer.status_code == 422, sent
            assert "never changes again" in in_page(answer)
        with pytest.raises(refusals.Frozen):
            actions.reword(version=full, path=path, wordings={}, seen=full.revision, by=sera, at=AT)

    def test_a_new_version_asks_the_same_until_it_is_changed_and_there_is_one_at_a_time(self, desk, full):
        desk.post(at("next-version", full))

        made = Version.objects.get(questionnaire=full.questionnaire, number=2)
        assert (made.form, made.frozen_on, made.digest) == (full.form, None, full.digest)
        assert desk.post(at("next-version", full)).status_code == 422
        assert Version.objects.filter(questionnaire=full.questionnaire).count() == 2

    def test_two_versions_are_compared_with_both_wordings(self, desk, full, sera):
        made = actions.next_version(version=full, by=sera, at=AT)
        path = next(iter(made.form.by_path()))
        old = made.form.by_path()[path].label["en"]
        made = actions.reword(version=made, path=path, wordings={"label": {"en": "Is it so?"}},
                              required="true()", seen=made.revision, by=sera, at=AT)  # fmt: skip
        gone = list(made.form.by_path())[-1]
        actions.remove(version=made, path=gone, seen=made.revision, by=sera, at=AT)
        address = reverse("questionnaires:compare", args=["full-2020", 1, 2])
        page = desk.get(address)

        hows = [row["difference"].how.value for row in page.context["rows"]]
        assert hows == ["reworded", "logic", "removed"]
        assert "Is it so?" in in_page(page)
        assert old in page.context["rows"][0]["before"]
        assert desk.get(reverse("questionnaires:compare", args=["full-2020", 1, 3])).status_code == 404
        assert "ask the same" in in_page(
            desk.get(reverse("questionnaires:compare", args=["full-2020", 1, 1]))
        )


class TestPreview:
    def see(self, desk, version, **asked):
        return desk.get(reverse("replies:preview", args=[version.questionnaire.code, version.number]), asked)

    def test_each_chair_sees_what_it_will_see(self, desk, full):
        for chair in ("coordinator", "team", "voice", "link"):
            page = self.see(desk, full, **{"as": chair, "section": "C3"})
            assert page.status_code == 200
            shown = {field.question.name for field in page.context["fields"]}
            expected = {question.name for path, question in full.form.questions() if path.startswith("C3/")
                        and not (chair == "voice" and question.restricted)}  # fmt: skip
            assert shown == expected
            assert "nothing that you type is saved" in in_page(page)

    def test_an_answer_is_sent_nowhere(self, desk, full):
        page = in_page(self.see(desk, full))

        main = page[page.index("<main") : page.index("</main>")]
        assert main.count('method="post"') == 0
        assert main.count('method="dialog"') == len(full.form.items[0].items)

    @pytest.mark.parametrize("asked", [{"as": "king"}, {"section": "C99"}])
    def test_what_is_not_there_is_not_found(self, desk, full, asked):
        assert self.see(desk, full, **asked).status_code == 404

    def test_every_kind_of_question_is_shown(self, desk, core):
        kinds = tuple(Question(kind.value, kind, {"en": f"{kind}?"}, choices="l") for kind in Kind)
        form = Form({"en": "All"}, ("en",), (Group("s", {"en": "Section"}, kinds),), {"l": ()})
        Version.objects.filter(pk=core.pk).update(
            written=as_data(form), digest="a" * 64, digest_of_all="b" * 64
        )
        core.refresh_from_db()

        assert self.see(desk, core).status_code == 200
        assert desk.get(at("version", core)).status_code == 200


class TestAccess:
    @pytest.mark.parametrize("chair", OTHERS)
    def test_nobody_but_the_secretariat_finds_these_pages(self, request, core, chair):
        browser = signed_in(request.getfixturevalue(chair))
        path = next(iter(core.form.by_path()))
        preview = reverse("replies:preview", args=["core-2020", 1])
        compare = reverse("questionnaires:compare", args=["core-2020", 1, 1])
        named = ["questionnaires", "build", "import"]
        of_version = ["version", "languages", "workbook", "new-language"]
        pages = [
            *map(at, named),
            *(at(name, core) for name in of_version),
            at("item", core, path),
            preview,
            compare,
        ]
        for page in [*pages, at("language", core, "fr")]:
            assert browser.get(page).status_code == 404, page
        for deed in ("edit", "next-version", "take-language"):
            assert browser.post(at(deed, core), {"seen": core.revision}).status_code == 404, deed
        for page in (
            at("build"),
            at("import"),
            at("take-workbook"),
            at("item", core, path),
            at("languages", core),
        ):
            assert browser.post(page, {"deed": "remove", "seen": core.revision}).status_code == 404, page

    @pytest.mark.parametrize("chair", OTHERS)
    def test_nor_do_the_deeds_take_anybody_else(self, request, core, full, edition, chair):
        somebody = request.getfixturevalue(chair)
        path = next(iter(core.form.by_path()))
        of = {"by": somebody, "at": AT}
        new = {"code": "x", "title": {"en": "X"}, "edition": edition, **of}
        seen = {"version": core, "seen": core.revision, **of}
        for deed in (
            lambda: actions.build(**new, languages=["en"], core_only=True),
            lambda: actions.take_in(form=core.form, **new),
            lambda: actions.take_in_version(questionnaire=core.questionnaire, form=core.form, **of),
            lambda: actions.next_version(version=full, **of),
            lambda: actions.move(path=path, place=2, **seen),
            lambda: actions.reword(path=path, wordings={}, **seen),
            lambda: actions.remove(path=path, **seen),
            lambda: actions.add_section(label={"en": "X"}, **seen),
            lambda: actions.translate(language="fr", texts={}, made_from={}, **seen),
        ):
            with pytest.raises(refusals.MayNotMake):
                deed()


def test_a_deed_that_is_guarded_keeps_nothing(core, sera):
    with pytest.raises(LooksLikeCaseData):
        actions.add_section(
            version=core, label={"en": "Call 06 12 34 56 78"}, seen=core.revision, by=sera, at=AT
        )
    core.refresh_from_db()
    assert from_data(core.written) == core.form
