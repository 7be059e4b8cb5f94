"""A table of counts with its totals: what is read from it, and every defect by name."""

import math

import numpy as np
import pytest

from endocsea.assessment import BadInput, Counts, Earlier
from tests.assessment.counts_of import counts_of, rows_of

ROWS = [(("Arden", "women"), 3), (("Arden", "men"), 20), (("Arden", "total"), 23)]
BY = ("state", "sex")


def defects(dimensions, rows, table=Counts):
    with pytest.raises(BadInput) as refused:
        table.from_rows(dimensions, rows, file="table.csv")
    return [str(defect) for defect in refused.value.defects]


def test_totals_are_worked_out_and_those_without_a_row_are_not_published():
    table = Counts.from_rows(BY, ROWS)

    assert table.categories == (("Arden",), ("women", "men"))
    assert table.shape == (2, 3)
    assert [table.labels(place) for place in table.given] == [cell for cell, _ in ROWS]
    # by hand: women, men, total in Arden, and the same in all states
    assert table.count.tolist() == [3, 20, 23, 3, 20, 23]
    assert table.published.tolist() == [True, True, True, False, False, False]
    assert table.finest.tolist() == [True, True, False, False, False, False]
    assert table.size.tolist() == [1, 1, 2, 1, 1, 2]


def test_each_total_knows_its_parts_in_every_dimension():
    table = counts_of([[1, 2], [3, 4]])
    names = {table.name(total): [] for total, _ in table.sums()}
    for total, parts in table.sums():
        names[table.name(total)].append([table.name(part) for part in parts])

    assert names["Arden × total"] == [["Arden × women", "Arden × men"]]
    assert names["total × total"] == [
        ["Arden × total", "Belmora × total"],
        ["total × women", "total × men"],
    ]


def test_what_a_cell_is_divided_into_and_what_it_is_part_of():
    table = counts_of(np.ones((2, 2, 2), dtype=int))
    place = next(p for p in range(27) if table.labels(p) == ("Arden", "total", "police"))

    assert sorted(map(table.name, table.part_of(place))) == [
        "Arden × men × police",
        "Arden × total × police",
        "Arden × women × police",
    ]
    assert sorted(map(table.name, table.totals_of(place))) == [
        "Arden × total × police",
        "Arden × total × total",
        "total × total × police",
        "total × total × total",
    ]


def test_three_dimensions_add_up_like_numpy():
    fine = np.arange(24).reshape(4, 3, 2)

    assert counts_of(fine).count.reshape(5, 4, 3)[-1, -1].tolist() == [*fine.sum((0, 1)), fine.sum()]


@pytest.mark.parametrize("count", [-1, 2.5, math.inf, math.nan, 10**9 + 1])
def test_a_count_that_cannot_be_is_named_by_its_row_and_not_repeated(count):
    (defect,) = defects(BY, [*ROWS[:1], (("Arden", "men"), count)])

    assert defect == (
        "table.csv, row 2, column count: The count is not a whole number from 0 to 1,000,000,000. "
        "Write digits only, and 0 where there was nobody."
    )


def test_a_total_that_does_not_add_up_is_named_by_its_row_and_not_repeated():
    (defect,) = defects(BY, [*ROWS[:2], (("Arden", "total"), 7919)])

    assert defect == (
        "table.csv, row 3, column count: Arden × total is not the sum of its parts. "
        "Correct the total, or leave its row out."
    )


def test_a_cell_given_twice_is_named():
    (defect,) = defects(BY, [*ROWS, ROWS[0]])

    assert defect == "table.csv, row 4: Arden × women was given before. Keep one row for each cell."


def test_a_finest_cell_without_a_row_is_named_since_nobody_is_not_unknown():
    (defect,) = defects(BY, [*ROWS[:2], (("Belmora", "women"), 5)])

    assert defect == "table.csv: Belmora × men has no row. Add it, with 0 if there was nobody."


@pytest.mark.parametrize("label", ["Total", "TOTAL", " total"])
def test_a_label_that_only_looks_like_a_total_is_refused(label):
    (defect,) = defects(BY, [*ROWS[:2], (("Arden", label), 23)])

    assert "row 3, column sex: This could be a total or a category. Write total for a total." in defect


def test_an_empty_label_and_a_missing_one_are_refused():
    assert defects(BY, [(("Arden", " "), 1), (("Arden",), 2)]) == [
        "table.csv, row 1, column sex: The label is empty. Name the category, or write total.",
        "table.csv, row 2: The row does not have a label for each dimension. Give one for each.",
    ]


def test_a_table_without_rows_or_with_totals_only_is_refused():
    assert "The table has no rows." in defects(BY, [])[0]
    assert "There is no category but total." in defects(("state",), [(("total",), 5)])[0]


def test_no_dimension_or_the_same_twice_is_refused():
    assert "The table has no dimension." in defects((), [((), 5)])[0]
    assert "A dimension is there twice." in defects(("sex", "sex"), [(("women", "men"), 5)])[0]


def test_more_than_two_characteristics_of_persons_are_not_crossed():
    (defect,) = defects(("age", "sex", "sector"), [(("11", "women", "police"), 5)])

    assert "The table crosses 3 characteristics of persons." in defect
    assert "Cross at most 2, besides `state`: more would single persons out." in defect


def test_every_defect_is_named_at_once_in_the_order_of_rows():
    found = defects(BY, [(("Arden", "women"), -1), (("", "men"), 3), (("Arden", "women"), 2)])

    assert [defect.split(":")[0] for defect in found] == [
        "table.csv, row 1, column count",
        "table.csv, row 2, column state",
        "table.csv, row 3",
    ]


def test_one_cell_is_a_table():
    table = Counts.from_rows(("state",), [(("Arden",), 7)])

    assert table.published.tolist() == [True, False]


def test_no_text_made_of_a_table_holds_a_count():
    assert "7919" not in repr(counts_of([7919, 6007]))


def test_the_last_version_keeps_what_was_shown_and_which_categories_there_were():
    earlier = Earlier.from_rows(("state",), [(("Arden",), None), (("Belmora",), 8), (("total",), 11)])

    assert earlier.shown == {("Belmora",): 8, ("total",): 11}
    assert earlier.categories == (("Arden", "Belmora"),)


def test_the_last_version_may_lack_cells_and_is_checked_otherwise():
    rows = [(("Arden", "women"), None), (("Belmora", "men"), -3), (("Belmora", "men"), 4)]

    assert [defect.split(": ")[0] for defect in defects(BY, rows, Earlier)] == [
        "table.csv, row 2, column count",
        "table.csv, row 3",
    ]


def test_the_order_of_rows_does_not_change_the_counts():
    rows = list(rows_of([[1, 2], [3, 4]]))
    turned = Counts.from_rows(BY, rows[::-1])

    for place in turned.given:
        assert dict(rows)[turned.labels(place)] == turned.count[place]
