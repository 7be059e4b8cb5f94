"""How indicators are grouped, and every way in which a tree cannot be one."""

import copy
import pickle

import pytest

from endocsea.assessment import BadInput, Tree

ROWS = [("3", "", 1.0), ("law", "3", 2.0), ("C3-01", "law", 1.0), ("C3-02", "law", 1.0), ("C3-03", "3", 1.0)]


def refused(*rows, **options):
    with pytest.raises(BadInput) as caught:
        Tree.from_rows(rows, **options)
    return [str(defect) for defect in caught.value.defects]


def test_a_code_with_children_is_a_node_and_every_other_an_indicator():
    tree = Tree.from_rows(ROWS)

    assert tree.roots == ("3",)
    assert tree.nodes == ("3", "law")
    assert tree.leaves == ("C3-03", "C3-01", "C3-02")
    assert tree.children == {"3": ("C3-03", "law"), "law": ("C3-01", "C3-02")}


def test_the_order_of_the_rows_does_not_matter():
    one, other = Tree.from_rows(ROWS), Tree.from_rows(ROWS[::-1])

    assert (one.nodes, one.leaves, one.children) == (other.nodes, other.leaves, other.children)


@pytest.mark.parametrize("again", [lambda tree: pickle.loads(pickle.dumps(tree)), copy.deepcopy])
def test_a_tree_can_be_sent_elsewhere(again):
    one = Tree.from_rows(ROWS)
    other = again(one)

    for name in Tree.__slots__:
        assert getattr(one, name) == getattr(other, name)


def test_there_may_be_several_roots():
    tree = Tree.from_rows([("3", "", 1), ("C3-01", "3", 1), ("14", "", 1), ("C14-01", "14", 1)])

    assert tree.roots == ("14", "3")
    assert tree.root_of("C14-01") == "14"
    assert tree.root_of("3") == "3"


def test_what_is_under_a_code():
    tree = Tree.from_rows(ROWS)

    assert tree.leaves_under("law") == ("C3-01", "C3-02")
    assert tree.leaves_under("C3-03") == ("C3-03",)
    assert tree.nodes_under("3") == ("3", "law")


def test_weights_can_be_replaced_by_code():
    tree = Tree.from_rows(ROWS).reweighted({"law": 0.5})

    assert tree.weight == {"3": 1, "law": 0.5, "C3-01": 1, "C3-02": 1, "C3-03": 1}


def test_a_weight_for_a_stranger_is_refused():
    with pytest.raises(BadInput, match="C9 has a weight in the method, but is not in the tree"):
        Tree.from_rows(ROWS).reweighted({"C9": 1})


def test_new_weights_may_not_all_be_zero():
    with pytest.raises(BadInput, match="All that is under law has the weight zero, so law has no level"):
        Tree.from_rows(ROWS).reweighted({"C3-01": 0, "C3-02": 0})


def test_a_tree_without_rows_is_refused():
    assert refused() == ["The tree has no rows. Give a row for each code: code, parent, weight."]


def test_a_circle_is_named_once_with_all_its_codes():
    rows = [("a", "b", 1), ("b", "c", 1), ("c", "a", 1), ("q", "a", 1)]

    assert refused(*rows) == [
        "row 1, column parent: a is under b is under c is under a: that is a circle. "
        "Leave the parent of the topmost code empty."
    ]


def test_a_code_under_itself_is_a_circle():
    assert refused(("a", "a", 1)) == [
        "row 1, column parent: a is under a: that is a circle. Leave the parent of the topmost code empty."
    ]


def test_two_circles_are_both_named():
    found = refused(("a", "b", 1), ("b", "a", 1), ("c", "d", 1), ("d", "c", 1))

    assert [sentence.split(":")[0] for sentence in found] == ["row 1, column parent", "row 3, column parent"]


def test_an_orphan_is_named():
    assert refused(("3", "", 1), ("C3-01", "3", 1), ("C3-02", "law", 1)) == [
        "row 3, column parent: C3-02 is under law, which has no row. Add a row for law."
    ]


def test_a_code_that_comes_twice_is_named():
    assert refused(("3", "", 1), ("C3-01", "3", 1), ("C3-01", "3", 2)) == [
        "row 3, column code: C3-01 was given before. Keep one row for each code."
    ]


def test_an_empty_code_is_named():
    assert refused(("3", "", 1), ("C3-01", "3", 1), ("", "3", 2)) == [
        "row 3, column code: The code is empty. Give each row a code."
    ]


@pytest.mark.parametrize(
    ("weight", "said"),
    [
        (-1, "C3-01 has the weight -1, below zero. Give zero or more."),
        (float("nan"), "C3-01 has a weight that is not a finite number. Give a number."),
        (float("inf"), "C3-01 has a weight that is not a finite number. Give a number."),
    ],
)
def test_a_weight_is_a_number_from_zero(weight, said):
    assert refused(("3", "", 1), ("C3-01", "3", weight)) == [f"row 2, column weight: {said}"]


def test_weights_that_are_all_zero_are_refused_at_their_node():
    assert refused(("3", "", 1), ("C3-01", "3", 0), ("C3-02", "3", 0)) == [
        "row 1, column weight: All that is under 3 has the weight zero, so 3 has no level. "
        "Give at least one of them a weight above zero."
    ]


def test_an_indicator_that_stands_alone_is_refused():
    assert refused(("3", "", 1), ("C3-01", "3", 1), ("C9-01", "", 1)) == [
        "row 3, column parent: C9-01 has neither a parent nor children: no level can be calculated from it. "
        "Name the code above it."
    ]


def test_all_defects_are_named_with_the_file_and_the_rows_as_given():
    found = refused(("3", "", 1), ("C3-01", "3", -1), ("C3-02", "law", 1), file="tree.csv", numbers=[2, 3, 5])

    assert [sentence.split(":")[0] for sentence in found] == [
        "tree.csv, row 3, column weight",
        "tree.csv, row 5, column parent",
    ]


def test_a_tree_may_be_deeper_than_python_likes_to_recurse():
    deep = [("n0", "", 1.0), *((f"n{at}", f"n{at - 1}", 1.0) for at in range(1, 3000))]

    tree = Tree.from_rows(deep)

    assert tree.leaves_under("n0") == ("n2999",)
