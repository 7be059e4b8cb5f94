"""What the charts share: room for words, places for numbers, and the marks that every chart explains.

Sizes are in units of the ``viewBox``. Widths of words are estimated from the advance widths
of the programme's typeface, a little on the wide side, because reading the font at run time is slow.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .markup import Markup, element, join
from .palette import APRICOT, FONT, INK, LINE, LINK, PAPER

SMALL = 13.0  # the smallest text of a chart
NAME = 15.0  # what a row is called
LEADING = 1.3  # from one line to the next, in sizes of the text
LEAST_WIDTH = 280
NARROW = 560  # below this width a chart stands on end, for a phone

# Advance widths of Source Sans Pro Regular in thousandths of the size; a class has the width of its widest.
_WIDTHS = {
    200: " \u00a0\u202f\u2009",
    263: "iıj',.:;·’‘`lłI!()[]{}|",
    311: "-f",
    350: "tr/\\°º",
    429: 's"z?*“”«»',
    467: "xcvy",
    505: "YJLŁFk#$+0123456789<=>^~–e_ag",
    544: "XVESTZoøAh",
    555: "bdpqnuß",
    588: "PRCKÞB",
    665: "D&GĐUNHOQØ",
    840: "wmMWæ—%@œ",
    1000: "ÆŒ…◆",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_UNLISTED = 1000.0  # scripts that the typeface does not hold: a whole square a letter
_BOLD = 1.055  # Semibold is so much wider, at most, over a word

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is, in the unit of ``size``. An accent takes no room of its own."""
    total = sum(
        _WIDTH.get(letter, _UNLISTED)
        for letter in unicodedata.normalize("NFD", text)
        if not unicodedata.combining(letter)
    )
    return total / 1000 * size * (_BOLD if bold else 1.0)


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text that may be ``room`` wide: nothing is left out, nothing is wider.

    A line breaks at a space or after a hyphen or a slash (not at a no-break space); a word
    that is too long by itself is broken where the room ends.
    """
    lines: list[str] = []
    line = ""
    for piece in re.findall(r"[^ \n]+?[-/](?=[^ \n])|[^ \n]+|[ \n]+", text):
        if piece.isspace():
            line += " " if line else ""
            continue
        if line and text_width(line + piece, size, bold=bold) > room:
            lines.append(line.rstrip(" "))
            line = ""
        *full, rest = _broken(piece, room, size, bold)
        lines += full
        line += rest
    lines.append(line.rstrip(" "))
    return tuple(line for line in lines if line)


def _broken(word: str, room: float, size: float, bold: bool) -> list[str]:
    """The lines of a word, each as full as it can be: one walk through its letters, however long it is."""
    lines, start, width = [], 0, 0.0
    for place, letter in enumerate(word):
        more = text_width(letter, size, bold=bold)
        if width + more > room and place > start:
            lines.append(word[start:place])
            start, width = place, 0.0
        width += more
    return [*lines, word[start:]]


def height_of(lines: Sequence[str], size: float) -> float:
    """How high a block of lines is."""
    return len(lines) * size * LEADING


def block(
    lines: Sequence[str],
    x: float,
    top: float,
    size: float = SMALL,
    *,
    anchor: str = "start",
    bold: bool = False,
    fill: str = INK,
    class_: str = "ink",
    underline: bool = False,
) -> Markup:
    """Lines of text under each other; ``top`` is the upper edge of the first."""
    if not lines:
        return Markup("")
    first = top + size
    # The space between two lines keeps their words apart for who hears or copies the text.
    spans = join(
        (
            element(
                "tspan",
                line,
                x=x,
                y=first + index * size * LEADING,
                text_decoration="underline" if underline else None,
            )
            for index, line in enumerate(lines)
        ),
        " " if anchor == "start" else "",
    )
    return element(
        "text",
        spans,
        class_=class_,
        font_size=size,
        font_weight="600" if bold else None,
        text_anchor=None if anchor == "start" else anchor,
        fill=fill,
    )


def linked(content: Markup, href: str | None, *, class_: str | None = None) -> Markup:
    """The content as a link, or as a group where there is nowhere to go."""
    return (
        element("g", content, class_=class_)
        if href is None
        else element("a", content, href=href, class_=class_)
    )


def title_block(
    lines: Sequence[str], x: float, top: float, size: float = NAME, *, href: str | None = None
) -> Markup:
    """What a row or a panel is called: heavier, and underlined where it is a link."""
    if href is None:
        return block(lines, x, top, size, bold=True)
    return linked(block(lines, x, top, size, bold=True, fill=LINK, class_="link", underline=True), href)


@dataclass(frozen=True, slots=True)
class Separators:
    """How a language writes a number: English ``.`` and ``,``; French ``,`` and a narrow no-break space."""

    decimal: str = "."
    thousands: str = ","


def plain_number(value: float, separators: Separators) -> str:
    """A number as it was published, every digit of it, with the language's separators.

    Raises :class:`ValueError` for a value that is not a finite number.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number that could be shown")
    text = f"{Decimal(str(value)):,f}"
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    return whole.replace(",", separators.thousands) + (separators.decimal + part if part else "")


def level_text(value: float, decimal: str = ".") -> str:
    """A level with one decimal, never rounded up to a whole number that it has not reached.

    1.96 is shown as 1.9: "2.0" beside the word "gap" (below 2) would contradict itself.
    """
    exact = Decimal(str(round(value, 9)))  # a sum of floats may miss a whole number by a hair
    shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if shown > exact and shown == shown.to_integral_value():
        shown -= Decimal("0.1")
    return str(shown).replace(".", decimal)


@dataclass(frozen=True, slots=True)
class Axis:
    """A straight scale from values to places."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def round_step(most: float) -> float:
    """The step of a zero-based axis up to ``most``: 1, 2 or 5 times a power of ten, two to four of them."""
    if most <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most))
    return next(power * part for part in (0.5, 1.0, 2.0, 5.0) if most / (power * part) <= 4)


def check_frame(key: str, width: int) -> None:
    """Raises :class:`ValueError` for a key that cannot begin an id, or a width that leaves words no room."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} cannot begin an id: use letters, digits, hyphens, a letter first")
    if width < LEAST_WIDTH:
        raise ValueError(f"a chart is at least {LEAST_WIDTH} wide, not {width}")


def picture(
    key: str,
    title: str,
    description: str,
    body: Iterable[object],
    *,
    width: float,
    height: float,
    links: bool,
) -> Markup:
    """The SVG of a chart, with its name and description.

    A picture that holds links is a ``group``: the role ``img`` would hide them from assistive technology.
    """
    names = [
        element("title", title, id=f"{key}-title"),
        element("desc", description, id=f"{key}-desc"),
    ]
    stripes = [
        element("rect", width=7, height=7, class_="paper", fill=PAPER),
        element("line", x1=3.5, y1=0, x2=3.5, y2=7, class_="hatch", stroke=LINE, stroke_width=2),
    ]
    pattern = element(
        "pattern",
        join(stripes),
        id=f"{key}-hatch",
        width=7,
        height=7,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return element(
        "svg",
        join([*names, element("defs", pattern), *body]),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {math.ceil(height)}",
        role="group" if links else "img",
        aria_labelledby=f"{key}-title {key}-desc",
        font_family=FONT,
        class_="chart",
    )


def unknown_box(key: str, x: float, top: float, width: float, height: float) -> Markup:
    """Hatched grey: what is not known."""
    return element(
        "rect",
        x=x,
        y=top,
        width=width,
        height=height,
        class_="unknown",
        fill=f"url(#{key}-hatch)",
        stroke=LINE,
        stroke_width=1,
    )


def not_applicable_box(x: float, top: float, width: float, height: float) -> Markup:
    """White with a dash: what does not apply."""
    middle = top + height / 2
    reach = min(7.0, width / 4)
    box = element(
        "rect",
        x=x,
        y=top,
        width=width,
        height=height,
        class_="not-applicable",
        fill=PAPER,
        stroke=LINE,
        stroke_width=1,
    )
    dash = element(
        "line",
        x1=x + width / 2 - reach,
        y1=middle,
        x2=x + width / 2 + reach,
        y2=middle,
        class_="ink-line",
        stroke=INK,
        stroke_width=2,
    )
    return join([box, dash])


RIBBON_HEIGHT = 30.0


def ribbon_band(words: str | None, width: float) -> tuple[Markup, float]:
    """The striped band that marks training material, and the room it takes above the chart."""
    if words is None:
        return Markup(""), 0.0
    size = NAME
    lines = wrap(words, width - 80, size, bold=True)
    height = max(RIBBON_HEIGHT, height_of(lines, size) + 10)
    plate = min(width - 40, max(text_width(line, size, bold=True) for line in lines) + 32)
    left = (width - plate) / 2
    stripes = [
        element("path", d=_stripe(x, height), class_="apricot", fill=APRICOT)
        for x in _stripe_places(left, width, plate, height)
    ]
    label = element("rect", x=left, y=0, width=plate, height=height, class_="apricot", fill=APRICOT)
    text = block(
        lines,
        width / 2,
        (height - height_of(lines, size)) / 2,
        size,
        anchor="middle",
        bold=True,
        class_="on-apricot",
    )
    return element("g", join([*stripes, label, text]), class_="ribbon"), height + 14


def _stripe(x: float, height: float) -> str:
    return f"M{x:.2f} {height:.2f}l{height / 2:.2f} {-height:.2f}h9l{-height / 2:.2f} {height:.2f}z"


def _stripe_places(left: float, width: float, plate: float, height: float) -> Iterable[float]:
    reach = height / 2 + 9
    count = max(0, int((left - reach) // 18) + 1)
    for index in range(count):
        yield index * 18.0
        yield left + plate + (width - left - plate - reach) - index * 18.0


@dataclass(frozen=True, slots=True)
class Sign:
    """One entry of a legend: a mark drawn from the origin, ``room`` wide and 18 high, and its words."""

    mark: Markup
    words: str
    room: float = 30.0


def legend(signs: Sequence[Sign], width: float, top: float) -> tuple[Markup, float]:
    """Signs in lines from left to right, and the height that they take."""
    x, y, tallest = 0.0, top, 0.0
    parts: list[Markup] = []
    for sign in signs:
        before = sign.room + 7
        lines = wrap(sign.words, width - before, SMALL)
        room = before + max(text_width(line, SMALL) for line in lines)
        if x > 0 and x + room > width:
            x, y, tallest = 0.0, y + tallest + 6, 0.0
        parts.append(element("g", sign.mark, transform=f"translate({x:.2f} {y:.2f})"))
        parts.append(block(lines, x + before, y))
        tallest = max(tallest, 18.0, height_of(lines, SMALL))
        x += room + 24
    return element("g", join(parts), class_="legend"), y + tallest - top


def unknown_sign(key: str, words: str) -> Sign:
    return Sign(unknown_box(key, 1, 2, 28, 14), words)


def not_applicable_sign(words: str) -> Sign:
    return Sign(not_applicable_box(1, 2, 28, 14), words)
