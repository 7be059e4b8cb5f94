"""Whatever happens to a file of the pack, checking it gives defects or passes; it never raises."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endocsea.findings.content import check as check_findings
from endocsea.replies.content import check as check_replies
from endocsea.standards.content import check as check_standards
from endocsea.states.content import check as check_states
from endocsea.support.pack import Pack, check_pack

ROOT = Path(__file__).parents[2]
TABLES = sorted(p.relative_to(ROOT / "content").as_posix() for p in (ROOT / "content").rglob("*.csv"))
FILES = sorted(
    p.relative_to(ROOT / "content").as_posix() for p in (ROOT / "content").rglob("*.*") if p.is_file()
)
ODD_BYTES = st.sampled_from(
    [b"\x00", b"\xff", b"\xed\xa0\x80", b'"', b'""', b"\n", b"\r", b"\r\n", b",", b";", b"|", b"\xef\xbb\xbf"]
) | st.sampled_from(
    [b"\x1f", b"9" * 5000, b"\xc2\xa0", b": [", b"&a *a", b"\t", b"{", b"!!bool x", b"-", b"\xe2\x80\xa8"]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(ROOT / "content", tmp_path_factory.mktemp("mangled") / "content"))


def check_with(folder: Path, path: str, data: bytes) -> Pack:
    """The pack with other bytes in one file; afterwards the file is as it was."""
    before = (folder / path).read_bytes()
    (folder / path).write_bytes(data)
    try:
        checks = (check_states, check_standards, check_replies, check_findings)
        pack = check_pack(folder, ROOT / "schemas", checks)
    finally:
        (folder / path).write_bytes(before)
    for defect in pack.defects + pack.notices:
        assert str(defect).encode("utf-8"), "a sentence can be printed"
        assert "\n" not in str(defect)
    return pack


def written(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def table(path: str) -> list[list[str]]:
    with (ROOT / "content" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@settings(max_examples=20, deadline=None)
@given(path=st.sampled_from(TABLES), draw=st.data())
def test_a_column_taken_out_is_named(folder: Path, path: str, draw: st.DataObject) -> None:
    rows = table(path)
    gone = draw.draw(st.integers(0, len(rows[0]) - 1))
    pack = check_with(folder, path, written([cells[:gone] + cells[gone + 1 :] for cells in rows]))
    assert any(
        (d.file, d.row, d.column, d.what) == (path, 1, rows[0][gone], "the column is missing.")
        for d in pack.defects
    )


@settings(max_examples=30, deadline=None)
@given(path=st.sampled_from(TABLES), draw=st.data())
def test_swapped_cells_never_raise(folder: Path, path: str, draw: st.DataObject) -> None:
    rows = table(path)
    places = st.tuples(st.integers(0, len(rows) - 1), st.integers(0, len(rows[0]) - 1))
    for _ in range(draw.draw(st.integers(1, 4))):
        (i, j), (k, m) = draw.draw(places), draw.draw(places)
        rows[i][j], rows[k][m] = rows[k][m], rows[i][j]
    check_with(folder, path, written(rows))


@settings(max_examples=30, deadline=None)
@given(path=st.sampled_from(FILES), draw=st.data())
def test_inserted_bytes_never_raise(folder: Path, path: str, draw: st.DataObject) -> None:
    data = (ROOT / "content" / path).read_bytes()
    for _ in range(draw.draw(st.integers(1, 3))):
        at = draw.draw(st.integers(0, len(data)))
        data = data[:at] + draw.draw(ODD_BYTES) + data[at:]
    check_with(folder, path, data)


@settings(max_examples=30, deadline=None)
@given(path=st.sampled_from(FILES), data=st.binary(max_size=200))
def test_a_file_of_any_bytes_never_raises(folder: Path, path: str, data: bytes) -> None:
    check_with(folder, path, data)


@settings(max_examples=20, deadline=None)
@given(path=st.sampled_from(FILES), draw=st.data())
def test_a_file_cut_short_never_raises(folder: Path, path: str, draw: st.DataObject) -> None:
    data = (ROOT / "content" / path).read_bytes()
    check_with(folder, path, data[: draw.draw(st.integers(0, len(data)))])
