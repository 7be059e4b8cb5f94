"""What is different between two versions."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from endocsea.questionnaires import editing
from endocsea.questionnaires.differing import Difference, How, differences
from endocsea.questionnaires.form import Choice, Form, Group, Kind, Question


def asked(name, **more):
    return Question(name, Kind.TEXT, {"en": f"{name}?"}, **more)


FORM = Form(
    {"en": "Questions"},
    ("en", "fr"),
    (
        Group("C1", {"en": "One"}, tuple(asked(name) for name in "abcde")),
        Group("C2", {"en": "Two"}, (Question("f", Kind.ONE, {"en": "f?"}, choices="yn"),)),
    ),
    {"yn": (Choice("yes", {"en": "Yes"}), Choice("no", {"en": "No"}))},
)


def told(after, before=FORM):
    return [(each.how.value, each.path) for each in differences(before, after)]


def test_a_form_is_no_different_from_itself():
    assert differences(FORM, FORM) == ()


def test_what_is_new_and_what_is_gone():
    more = editing.section_added(editing.removed(FORM, "C1/b"), {"en": "More"})

    assert told(more) == [("added", "section_1"), ("removed", "C1/b")]
    assert told(FORM, more) == [("added", "C1/b"), ("removed", "section_1")]


def test_one_question_that_moved_is_one_difference():
    (moved,) = differences(FORM, editing.moved(FORM, "C1/a", place=4))

    assert moved == Difference(How.MOVED, "C1/a", {"en": "a?"}, before="C1", after="C1 > d")


def test_a_question_that_changed_its_section_is_found_by_its_name():
    (moved,) = differences(FORM, editing.moved(FORM, "C1/b", place=1, into="C2"))

    assert (moved.how, moved.path, moved.before, moved.after) == (How.MOVED, "C2/b", "C1 > a", "C2")


def test_a_section_that_moved_is_told_once_and_what_is_in_it_not():
    assert told(editing.moved(FORM, "C2", place=1)) in ([("moved", "C2")], [("moved", "C1")])


def test_both_wordings_are_told_by_language():
    changed = editing.reworded(FORM, "C1/a", {"label": {"en": "A?", "fr": "A ?"}, "hint": {"en": "Law"}})

    assert [(d.part, d.language, d.before, d.after) for d in differences(FORM, changed)] == [
        ("label", "en", "a?", "A?"),
        ("label", "fr", "", "A ?"),
        ("hint", "en", "", "Law"),
    ]


def test_logic_and_the_title_are_told_with_before_and_after():
    changed = replace(editing.required(FORM, "C1/a", "true()"), title={"en": "More questions"})

    assert [(d.how.value, d.path, d.part, d.before, d.after) for d in differences(FORM, changed)] == [
        ("reworded", "", "title", "Questions", "More questions"),
        ("logic", "C1/a", "required", "", "true()"),
    ]


def test_choices_are_told_beside_their_list():
    yes, no = FORM.choices["yn"]
    changed = replace(
        FORM, choices={"yn": (no, replace(yes, label={"en": "Yes!"}), Choice("x", {"en": "X"}))}
    )

    assert told(changed) == [("reworded", "list:yn/yes"), ("added", "list:yn/x"), ("moved", "list:yn")]
    assert told(FORM, changed)[1] == ("removed", "list:yn/x")


@given(st.permutations("abcde"))
def test_whatever_the_order_no_more_is_called_moved_than_must_be(order):
    group = FORM.items[0]
    by_name = {item.name: item for item in group.items}
    other = replace(FORM, items=(replace(group, items=tuple(by_name[name] for name in order)), FORM.items[1]))
    moved = {each.name for each in differences(FORM, other)}

    assert [name for name in order if name not in moved] == [name for name in "abcde" if name not in moved]
    assert len(moved) < 5
