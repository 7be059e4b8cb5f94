"""What holds for every table: against an oracle that tries all tables, and against the rules themselves."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from endocsea.assessment import DisclosureRisk, audit, protect
from endocsea.assessment.disclosure import must_hide
from tests.assessment.counts_of import draft_of, rows_of
from tests.assessment.possible_tables import divided_into, possible
from tests.assessment.worlds import quick

SHAPES = [(1,), (3,), (4,), (2, 2), (1, 3), (2, 3), (3, 3), (2, 2, 2), (2, 1, 2)]
few = settings(quick, max_examples=25)  # each publishes a table or two
COUNT = st.one_of(st.integers(0, 6), st.integers(0, 15), st.just(0))


@st.composite
def arrays(draw, shapes=SHAPES):
    shape = draw(st.sampled_from(shapes))
    size = int(np.prod(shape))
    return np.array(draw(st.lists(COUNT, min_size=size, max_size=size))).reshape(shape)


@st.composite
def with_totals_left_out(draw):
    counts = draw(arrays())
    totals = [cell for cell, _ in rows_of(counts) if "total" in cell]
    return counts, draw(st.lists(st.sampled_from(totals), unique=True))


def small(count, smallest=1, threshold=5):
    return smallest <= count < threshold


def fits(release, **how):
    tables = possible(release, **how)
    assume(tables is not None)
    return tables


@few
@given(with_totals_left_out(), st.booleans())
def test_the_interval_of_every_hidden_cell_is_that_of_all_tables_that_fit(table, zero_shown):
    counts, without = table
    release = protect(draft_of(counts, without=without, zero_shown=zero_shown))
    tables = fits(release, zero_shown=zero_shown)
    inferred = {found.cell: found for found in release.inferred}
    true = dict(rows_of(counts))

    assert len(tables)
    for at, cell in enumerate(release.cells):
        if release.shown[at] is not None:
            assert set(tables[:, at]) == {release.shown[at]} == {true[cell]}
            continue
        found = inferred[cell]
        assert tables[:, at].min() == found.lower
        assert found.upper is None or tables[:, at].max() == found.upper
        if "total" not in cell and small(true[cell], 1 if zero_shown else 0):
            # every number that a small count can be is still possible, with none left out in between
            assert set(tables[:, at]) == set(range(1 if zero_shown else 0, 5))
        elif release.why[at] != "protects another" or small(true[cell]):
            assert len(set(tables[:, at])) >= 4


@few
@given(arrays())
def test_no_hidden_cell_of_participants_is_narrower_than_the_audit_says(counts):
    release = protect(draft_of(counts, participants=True))
    tables = fits(release, group=10)
    true = dict(rows_of(counts))

    for found in release.inferred:
        column = tables[:, release.cells.index(found.cell)]
        assert column.min() <= found.lower
        assert found.upper is None or column.max() >= found.upper
        assert not small(true[found.cell]) or len(set(column)) >= 4
    for cell, count in true.items():
        if 0 < count < 10:
            hidden = [release.why[release.cells.index(c)] for c in divided_into(cell, release.cells)]
            assert set(hidden) <= {"no breakdown"}


@few
@given(arrays([(3,), (2, 2), (2, 3)]), st.data())
def test_no_change_since_the_last_version_is_narrower_than_the_audit_says(counts, data):
    moves = st.one_of(st.just(0), st.integers(-6, 9))
    size = counts.size
    before = counts - np.array(data.draw(st.lists(moves, min_size=size, max_size=size))).reshape(counts.shape)
    last = protect(draft_of(np.maximum(before, 0)))
    shown = {cell: count for cell, count in zip(last.cells, last.shown, strict=True) if count is not None}
    try:
        release = protect(draft_of(counts, earlier=last))
    except DisclosureRisk:
        assume(False)
    true = dict(rows_of(counts))
    tables = fits(release, earlier=shown, true=true)

    for found in release.inferred:
        column = tables[:, release.cells.index(found.cell)]
        assert column.min() <= found.lower
        assert found.upper is None or column.max() >= found.upper
    for at, (cell, count) in enumerate(true.items()):
        if small(count) or (cell in shown and small(abs(count - shown[cell]))):
            assert release.shown[at] is None
            assert len(set(tables[:, at])) >= 4


@few
@given(arrays(), st.booleans())
def test_the_same_table_can_be_published_again_and_hides_no_more(counts, participants):
    last = protect(draft_of(counts, participants=participants))

    release = protect(draft_of(counts, participants=participants, earlier=last))

    assert participants or not any(
        now is None and then is not None for now, then in zip(release.shown, last.shown, strict=True)
    )


@few
@given(with_totals_left_out(), st.booleans(), st.integers(5, 12))
def test_without_a_last_version_every_table_can_be_published(table, participants, persons):
    counts, without = table
    how = {"without": without, "participants": participants, "persons": persons, "group": 12}
    release = protect(draft_of(counts, **how))

    true = dict(rows_of(counts, without))
    assert release.cells == tuple(true)
    assert all(found.wide_enough for found in release.inferred)
    for cell, shown, why in zip(release.cells, release.shown, release.why, strict=True):
        assert (shown is None) == bool(why)
        assert shown in {None, true[cell]}
        assert shown is None or not small(shown, 1, persons)
        if not participants and true[cell] == 0:
            assert shown == 0
        if why == "small":
            assert "total" not in cell
            assert small(true[cell], 1, persons)


@few
@given(arrays(), st.randoms(use_true_random=False))
def test_hiding_more_never_narrows_what_can_be_inferred(counts, random):
    draft = draft_of(counts)
    hiding = must_hide(draft, draft.small_groups)
    some = np.array([random.random() < 0.4 for _ in hiding.why]) & (draft.counts.count > 0)
    more = some | (np.array([random.random() < 0.4 for _ in hiding.why]) & (draft.counts.count > 0))

    narrow = {found.cell: found for found in audit(draft, hiding.and_also(some))}
    wide = {found.cell: found for found in audit(draft, hiding.and_also(more))}

    for cell, found in narrow.items():
        assert wide[cell].lower <= found.lower
        assert wide[cell].upper is None or wide[cell].upper >= found.upper


@few
@given(arrays(), st.randoms(use_true_random=False))
def test_what_the_rules_hide_is_the_same_for_every_table_that_an_outsider_thinks_possible(counts, random):
    release = protect(draft_of(counts))
    tables = fits(release)
    fine = [at for at, cell in enumerate(release.cells) if "total" not in cell]
    other = draft_of(tables[random.randrange(len(tables))][fine].reshape(counts.shape))

    by_rule = must_hide(other, other.small_groups)
    assert [by_rule.why[place] == 1 for place in np.flatnonzero(other.counts.finest)] == [
        release.why[at] == "small" for at in fine
    ]
