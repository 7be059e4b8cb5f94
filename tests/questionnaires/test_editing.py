"""Changing a form: places, wordings, what must be answered, what goes; translations stay with what they translate."""

from dataclasses import replace

import pytest

from endocsea.questionnaires import editing, refusals
from endocsea.questionnaires.form import Form, Group, Kind, Question
from endocsea.questionnaires.soundness import doubts, faults, new_faults
from endocsea.questionnaires.translating import missing, stale


def asked(name, **more):
    return Question(name, Kind.TEXT, {"en": f"{name}?", "fr": f"{name} ?"}, **more)


FORM = Form(
    {"en": "Questions"},
    ("en", "fr"),
    (
        Group("C1", {"en": "One"}, (asked("a", indicator="C1-01"), asked("b"), asked("c"))),
        Group("C2", {"en": "Two"}, (asked("d", relevant="${a} = 'yes'"),)),
    ),
)


def paths(form):
    return [path for path, _ in form.questions()]


class TestPlaces:
    @pytest.mark.parametrize(
        ("path", "place", "order"),
        [("C1/c", 1, "cab"), ("C1/a", 2, "bac"), ("C1/b", 99, "acb"), ("C1/b", 0, "bac"), ("C1/a", 1, "abc")],
    )
    def test_a_question_moves_within_its_section(self, path, place, order):
        moved = editing.moved(FORM, path, place=place)

        assert "".join(item.name for item in moved.items[0].items) == order
        assert editing.place_of(moved, path) == order.index(path[-1]) + 1

    def test_a_section_moves_with_all_in_it(self):
        assert paths(editing.moved(FORM, "C2", place=1)) == ["C2/d", "C1/a", "C1/b", "C1/c"]

    def test_a_question_moves_into_another_section_and_keeps_its_indicator_and_its_staleness(self):
        old = editing.reworded(FORM, "C1/a", {"label": {"en": "A new wording?"}})
        moved = editing.moved(old, "C1/a", place=2, into="C2")

        assert paths(moved) == ["C1/b", "C1/c", "C2/d", "C2/a"]
        assert moved.by_path()["C2/a"].indicator == "C1-01"
        assert stale(moved, "fr") == ("C2/a#label",)

    def test_there_is_no_place_outside_of_sections_nor_beside_a_name_of_the_same_kind(self):
        twice = replace(FORM, items=(*FORM.items, Group("C3", {"en": "Three"}, (asked("a"),))))
        for form, path, into in ((FORM, "C1/a", ""), (twice, "C1/a", "C3"), (FORM, "C1", "C1")):
            with pytest.raises(refusals.NoPlace):
                editing.moved(form, path, place=1, into=into)

    @pytest.mark.parametrize(("path", "into"), [("C9/a", None), ("C1/a", "C9"), ("C1/a", "C2/d")])
    def test_what_is_not_there_is_named(self, path, into):
        with pytest.raises(refusals.NoSuchItem):
            editing.moved(FORM, path, place=1, into=into)

    def test_nothing_changes_in_the_form_that_was_given(self):
        before = paths(FORM)
        editing.moved(FORM, "C1/a", place=3)
        editing.removed(FORM, "C1/a")

        assert paths(FORM) == before


class TestWordings:
    def test_a_new_wording_makes_the_translation_stale(self):
        changed = editing.reworded(FORM, "C1/a", {"label": {"en": "Is there a law?"}})

        assert changed.by_path()["C1/a"].label == {"en": "Is there a law?", "fr": "a ?"}
        assert stale(changed, "fr") == ("C1/a#label",)

    def test_a_translation_given_with_the_wording_is_not_stale(self):
        new = {"label": {"en": "Is there a law?", "fr": "Y a-t-il une loi ?"}}

        assert stale(editing.reworded(FORM, "C1/a", new), "fr") == ()

    def test_a_translation_that_was_stale_is_not_once_it_is_worded_anew(self):
        old = editing.reworded(FORM, "C1/a", {"label": {"en": "Is there a law?"}})

        assert stale(editing.reworded(old, "C1/a", {"label": {"fr": "Une loi ?"}}), "fr") == ()

    def test_a_hint_may_be_added_translated_and_emptied(self):
        hint = editing.reworded(FORM, "C1/a", {"hint": {"en": " A law ", "fr": ""}})
        assert hint.by_path()["C1/a"].hint == {"en": "A law"}
        assert "C1/a#hint" in missing(hint, "fr")

        gone = editing.reworded(hint, "C1/a", {"hint": {"en": ""}})
        assert gone.by_path()["C1/a"].hint == {}

    def test_a_section_has_a_label(self):
        assert editing.reworded(FORM, "C1", {"label": {"en": "First"}}).items[0].label == {"en": "First"}

    @pytest.mark.parametrize("text", ["", "   "])
    def test_a_question_without_a_wording_is_refused(self, text):
        with pytest.raises(refusals.NoLabel):
            editing.reworded(FORM, "C1/a", {"label": {"en": text}})
        with pytest.raises(refusals.NoLabel):
            editing.section_added(FORM, {"en": text, "fr": "Une"})


class TestWhatIsAsked:
    def test_a_question_is_marked_as_required_and_not(self):
        marked = editing.required(FORM, "C1/a", "true()")

        assert marked.by_path()["C1/a"].required == "true()"
        assert editing.required(marked, "C1/a", "") == FORM
        with pytest.raises(refusals.NoSuchItem):
            editing.required(FORM, "C1", "true()")

    def test_an_item_goes_with_what_is_kept_of_its_translations(self):
        old = editing.reworded(FORM, "C1/a", {"label": {"en": "Is there a law?"}})
        gone = editing.removed(old, "C1/a")

        assert paths(gone) == ["C1/b", "C1/c", "C2/d"]
        assert gone.made_from == {}

    def test_the_last_question_stays(self):
        with pytest.raises(refusals.NothingLeft):
            editing.removed(editing.removed(FORM, "C1"), "C2/d")

    def test_a_new_section_stands_last_and_takes_questions(self):
        form = editing.section_added(editing.section_added(FORM, {"en": "More"}), {"en": "And more"})
        assert [item.name for item in form.items] == ["C1", "C2", "section_1", "section_2"]
        assert paths(editing.moved(form, "C1/b", place=1, into="section_1"))[-1] == "section_1/b"

    def test_what_stands_in_no_section_gets_one(self):
        loose = replace(FORM, items=(asked("x"), asked("y"), *FORM.items, asked("z")))

        form = editing.in_sections(loose)
        assert [item.name for item in form.items] == ["section_1", "C1", "C2", "section_2"]
        assert paths(form)[:2] == ["section_1/x", "section_1/y"]
        assert editing.in_sections(FORM) == FORM


class TestSoundness:
    def test_what_a_change_breaks_is_told_and_what_was_broken_before_is_not(self):
        assert faults(FORM) == ()
        (fault,) = new_faults(FORM, editing.removed(FORM, "C1/a"))
        assert (fault.path, fault.code) == ("C2/d", "unknown-name")

        broken = editing.removed(FORM, "C1/a")
        assert new_faults(broken, editing.moved(broken, "C2/d", place=1, into="C1")) == ()

    def test_a_question_that_is_never_reached_and_a_loop_are_doubts(self):
        never = Group("C3", {"en": "C"}, (asked("e", relevant="1 = 2"), asked("f")))
        assert [each.code for each in doubts(replace(FORM, items=(*FORM.items, never)), "r1")] == [
            "never-reached"
        ]

        loop = Group(
            "C3", {"en": "C"}, (asked("e", relevant="${f} = 'x'"), asked("f", relevant="${e} = 'x'"))
        )
        found = doubts(replace(FORM, items=(*FORM.items, loop)), "r2")
        assert {each.code for each in found} == {"loop"}
        assert doubts(FORM, "r3") == ()
