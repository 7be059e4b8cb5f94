"""Draw the pictures of docs/explanation from the examples: `.venv/bin/python tools/draw_method.py`.

Every number comes from the library and the made-up states of examples/; a test draws them again and compares.
"""

from __future__ import annotations

import contextlib
import csv
import io
import runpy
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from endocsea.assessment import questions as asked_next  # noqa: E402
from endocsea.assessment import sensitivity, simulate  # noqa: E402
from endocsea.charts.markup import Markup, element, join  # noqa: E402
from endocsea.charts.palette import APRICOT, BRAND, FONT, INK, LEVELS, MUTED, PAPER, SLATE, STONE, TEAL  # noqa: E402
from endocsea.config.assess.levels import read  # noqa: E402
from endocsea.config.cli import main  # noqa: E402

EXAMPLES, FOLDER = ROOT / "examples", ROOT / "docs" / "images" / "method"
WIDTH, LEFT, RIGHT, ROW, TOP, FOOT = 720, 190, 110, 34, 62, 44
STATES = {"XAA": "Arden", "XAB": "Belmora", "XAC": "Corvia", "XAD": "Dunmere"}
SOURCES = {"unknown": APRICOT, "reviewers": BRAND, "method": TEAL}
NAMES = {
    "unknown": "what is not known",
    "reviewers": "where reviewers differ",
    "method": "how one calculates",
}
CAPABILITIES = {
    "1": "1 Leadership", "2": "2 Research", "3": "3 Legislation", "4": "4 Law enforcement", "5": "5 Judiciary",
    "8": "8 End-to-end support", "13": "13 Education", "14": "14 Child participation",
}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """A bar, a line or a dot between two values of the axis (a dot sits at ``low``)."""

    kind: str
    low: float
    high: float
    colour: str = BRAND


@dataclass(frozen=True)
class Row:
    """A label, what is drawn beside it, and what is said at its end."""

    label: str
    marks: tuple[Mark, ...]
    said: str = ""


def picture(
    title: str, rows: Sequence[Row], axis: tuple[float, float], under: str, key: Mapping[str, str]
) -> str:
    """Rows over one axis, as an SVG that says in words what it shows."""
    low, high = axis
    height = TOP + ROW * len(rows) + FOOT

    def x(value: float) -> float:
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def parts() -> Iterator[Markup]:
        yield element("rect", width=WIDTH, height=height, fill=PAPER)
        yield _text(16, 24, title, size=16, font_weight="600")
        at = 16.0
        for name, colour in key.items():
            yield element("rect", x=at, y=36.0, width=12, height=12, fill=colour)
            yield _text(at + 18, 46, name, size=12, fill=MUTED)
            at += 34 + 6.6 * len(name)
        for tick in np.linspace(low, high, 5):
            yield element("line", x1=x(tick), x2=x(tick), y1=TOP, y2=height - FOOT, stroke=STONE)
            yield _text(x(tick), height - 22, f"{tick:g}", size=12, fill=MUTED, text_anchor="middle")
        yield _text((x(low) + x(high)) / 2, height - 6, under, size=12, fill=MUTED, text_anchor="middle")
        for number, row in enumerate(rows):
            middle = TOP + ROW * (number + 0.5)
            yield _text(LEFT - 10, middle + 4, row.label, size=13, text_anchor="end")
            for mark in row.marks:
                yield _drawn(mark, x(mark.low), x(mark.high), middle)
            yield _text(WIDTH - RIGHT + 8, middle + 4, row.said, size=12, fill=MUTED)

    words = "; ".join(f"{row.label}: {_said(row)}" for row in rows)
    head = [element("title", title), element("desc", f"{under}. {words}.")]
    return str(
        element(
            "svg",
            join([*head, *parts()]),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH} {height}",
            role="img",
            font_family=FONT,
        )
    )


def _drawn(mark: Mark, low: float, high: float, y: float) -> Markup:
    if mark.kind == "dot":
        return element("circle", cx=low, cy=y, r=5.5, fill=mark.colour, stroke=PAPER)
    if mark.kind == "line":
        return element("line", x1=low, x2=high, y1=y, y2=y, stroke=mark.colour, stroke_width=3)
    return element("rect", x=low, y=y - 9, width=max(high - low, 0.0), height=18, fill=mark.colour)


def _said(row: Row) -> str:
    numbers = ", ".join(
        f"{mark.low:.2f}" if mark.kind == "dot" else f"{mark.low:.2f} to {mark.high:.2f}"
        for mark in row.marks
    )
    return " ".join(part for part in (numbers, row.said) if part)


def _text(x: float, y: float, words: str, *, size: int, fill: str = INK, **style: str) -> Markup:
    return element("text", words, x=x, y=y, font_size=size, fill=fill, **style)


# --- the pictures


def draw() -> dict[str, str]:
    """All pictures by name."""
    values, tree, method = read(
        *(EXAMPLES / "assess" / name for name in ("values.csv", "tree.csv", "method.yaml"))
    )
    drawn = simulate(values, tree, method, workers=1)
    s = drawn.units.index("XAB")
    intervals = [
        Row(
            CAPABILITIES[node],
            (Mark("line", drawn.q05[s, n], drawn.q95[s, n]), Mark("dot", drawn.mean[s, n], drawn.mean[s, n])),
            f"{100 * drawn.gap_probability[s, n]:.0f} %",
        )
        for node, n in _by_number(drawn.nodes)
        if not np.isnan(drawn.mean[s, n])
    ]
    driven = sensitivity(values, tree, method, draws=16384, workers=1)
    s = driven.units.index("XAB")
    shares = [
        Row(CAPABILITIES[node], tuple(_stacked(driven.indices.first[:, s, n])))
        for node, n in _by_number(driven.nodes)
        if not np.isnan(driven.indices.first[0, s, n])
    ]
    asked = [each for each in asked_next(values, tree, method, workers=1) if each.unit == "XAB"]
    asked = sorted(asked, key=lambda each: -each.variance_less / each.variance)[:10]
    settled = [100 * each.variance_less / each.variance for each in asked]
    worth = [
        Row(each.indicator, (Mark("bar", 0.0, share),), f"{share:.0f} %")
        for each, share in zip(asked, settled, strict=True)
    ]
    return {
        "uncertainty": picture(
            "Belmora: mean and 90 % interval of each level",
            intervals,
            (0, 4),
            "level; at the end: how often it was a gap",
            {},
        ),
        "sensitivity": picture(
            "Belmora: what the doubt about each level comes from",
            shares,
            (0, 1),
            "first-order index: share of the variance; the rest are interactions",
            {NAMES[source]: colour for source, colour in SOURCES.items()},
        ),
        "questions": picture(
            "Belmora: what to ask next",
            worth,
            (0, 40),
            "part of the doubt about its capability that an answer settles, per cent",
            {},
        ),
        "agreement": _agreement(),
        "peers": _peers(),
        "portfolio": _portfolio(),
        "change": _change(),
        "disclosure": _disclosure(),
    }


def _by_number(nodes: Sequence[str]) -> list[tuple[str, int]]:
    return sorted(((node, n) for n, node in enumerate(nodes)), key=lambda each: int(each[0]))


def _stacked(first: np.ndarray) -> Iterator[Mark]:
    at = 0.0
    for source, share in zip(SOURCES, first, strict=True):
        width = max(float(share), 0.0)
        yield Mark("bar", at, at + width, SOURCES[source])
        at += width


def _table(name: str, *command: object) -> list[dict[str, str]]:
    """A result of the command line, as its user gets it."""
    with tempfile.TemporaryDirectory() as out:
        line = ["assess", *map(str, command), "--out", out]
        with contextlib.redirect_stdout(io.StringIO()):
            if main(line) != 0:
                raise SystemExit(f"the example of {name} fails")
        with open(f"{out}/{name}.csv", encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


def _agreement() -> str:
    rows = []
    for row in _table("agreement", "agreement", EXAMPLES / "agreement" / "ratings.csv"):
        marks = [Mark("bar", 0.0, float(row["unanimous"]) / max(float(row["items"]), 1), LEVELS[1])]
        if row["lower"]:
            marks.append(Mark("line", float(row["lower"]), float(row["upper"])))
        if row["alpha"]:
            marks.append(Mark("dot", float(row["alpha"]), float(row["alpha"])))
        rows.append(Row(f"{row['kind']} {row['group']}".strip(), tuple(marks), row["alpha"][:4] or "none"))
    return picture(
        "How far reviewers agree",
        rows,
        (-1, 1),
        "Krippendorff's alpha with its 95 % interval",
        {"share of items on which all agree": LEVELS[1]},
    )


def _peers() -> str:
    with contextlib.redirect_stdout(io.StringIO()):
        found = runpy.run_path(str(EXAMPLES / "peers" / "tour.py"))["found"]
    parts = {"languages": BRAND, "obligations": TEAL, "size": APRICOT, "levels": SLATE}
    rows = []
    for peer in found.peers:
        told = [(getattr(peer, name), colour) for name, colour in parts.items()]
        dots = [Mark("dot", at, at, colour) for at, colour in told if at is not None]
        mean = [] if peer.distance is None else [Mark("bar", 0.0, peer.distance, LEVELS[0])]
        rows.append(
            Row(STATES[peer.code], (*mean, *dots), "" if peer.distance is None else f"{peer.distance:.2f}")
        )
    return picture(
        f"Who could help {STATES[found.state]} with {found.on}",
        rows,
        (0, 1),
        "distance in context: 0 alike, 1 far; the bar is the mean",
        parts,
    )


def _portfolio() -> str:
    folder = EXAMPLES / "portfolio"
    files = [
        part
        for name in ("effects", "gaps", "floors", "capacity")
        for part in (f"--{name}", folder / f"{name}.csv")
    ]
    rows = [
        Row(
            f"{float(row['budget']):,.0f}",
            (
                Mark("bar", 0.0, 100 * float(row["share"])),
                Mark("dot", 100 * float(row["bound"]) / _whole(row), 0, APRICOT),
            )
            if row["closed"]
            else (),
            f"{100 * float(row['share']):.0f} %" if row["closed"] else "floors",
        )
        for row in _table("frontier", "portfolio", folder / "candidates.csv", "--budget", 250000, *files)
    ]
    return picture(
        "What a budget closes",
        rows,
        (0, 100),
        "weighted gap closed, per cent; where it says floors, these cannot be met",
        {"the best choice": BRAND, "no choice closes more": APRICOT},
    )


def _whole(row: Mapping[str, str]) -> float:
    return float(row["closed"]) / float(row["share"])


def _change() -> str:
    folder = EXAMPLES / "change"
    mapping = ["--mapping", folder / "mapping.csv"] if (folder / "mapping.csv").exists() else []
    table = _table(
        "change",
        "change",
        folder / "before.csv",
        folder / "after.csv",
        "--tree",
        folder / "tree.csv",
        *mapping,
    )
    rows = [
        Row(
            f"{STATES.get(row['unit'], row['unit'])}, {row['node']}",
            (Mark("line", float(row["q05"]), float(row["q95"])), Mark("dot", float(row["change"]), 0))
            if row["change"]
            else (),
            row["verdict"],
        )
        for row in table
    ]
    return picture(
        "What changed between two rounds", rows, (-4, 4), "change of level, with its 90 % interval", {}
    )


def _disclosure() -> str:
    folder = EXAMPLES / "disclosure"
    options = ["--participants", "--previous", folder / "previous.csv"]
    rows = [
        Row(
            f"{row['state']}, {row['sector']}",
            (Mark("bar", float(row["lower"]), float(row["upper"])),),
            f"{row['lower']} to {row['upper']}",
        )
        for row in _table("audit", "disclosure", folder / "table.csv", *options)
    ]
    return picture(
        "What an outsider can infer of each hidden count",
        rows,
        (0, 50),
        "persons, from the least to the most",
        {},
    )


def write() -> None:
    """Put the pictures where the pages expect them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, svg in draw().items():
        (FOLDER / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
