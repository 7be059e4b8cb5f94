"""A document as markup for a page: the same parts as in the PDF and in Word, in the same order.

A chart is shown as its table, as in Word; its words stand above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from endocsea.charts.markup import Markup, element, join

from .parts import (
    Block,
    Break,
    Bullets,
    Cite,
    Document,
    Grid,
    Heading,
    Inline,
    Line,
    NewPage,
    Panel,
    Paragraph,
    Picture,
    Text,
)
from .telling import tell


def markup(document: Document) -> Markup:
    """All of it but its title, which is the page's own; headings begin at the second level.

    Raises :class:`ValueError` as :func:`~.telling.tell` does.
    """
    tell(document)
    return _Page(document).whole()


class _Page:
    """One document on its way: the order in which its notes are cited."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers: dict[str, int] = {}
        self.above = ""  # the heading that was read last
        self.turns = False  # the next part begins a page, where it is printed

    def whole(self) -> Markup:
        document = self.document
        facts = join(element("dt", name) + element("dd", said) for name, said in document.facts)
        parts = [element("dl", facts, class_="facts")] if document.facts else []
        parts += [self.block(block) for block in (*document.cover, NewPage(), *document.blocks)]
        return join([*parts, *self.notes()])

    def block(self, block: Block) -> Markup:  # noqa: PLR0911  a line per part
        match block:
            case Heading(level, text, key, lang):
                self.above = text
                return element(f"h{level + 1}", text, id=key, lang=lang, class_=self.turn())
            case Paragraph(line, lead):
                return element("p", self.line(line), class_="lead" if lead else self.turn())
            case Bullets(items, numbered):
                listed = join(element("li", self.line(item)) for item in items)
                return element("ol" if numbered else "ul", listed, class_=self.turn())
            case Grid():
                return self.grid(block)
            case Picture(chart, alt, key):
                return element("p", alt, id=key, class_=self.turn()) + chart.table.html()
            case NewPage():
                self.turns = True
                return Markup("")
        return self.panel(block)

    def panel(self, panel: Panel) -> Markup:
        inner = join([element("p", element("strong", panel.title)), *map(self.block, panel.blocks)])
        return element("div", inner, class_="note note-warm" if panel.warm else "note")

    def grid(self, grid: Grid) -> Markup:
        head = join(
            element("th", column.name, scope="col", class_="num" if column.number else None)
            for column in grid.columns
        )
        rows = join(element("tr", self.cells(grid, row)) for row in grid.rows)
        caption = element("caption", grid.caption) if grid.caption else Markup("")
        body = caption + element("thead", element("tr", head)) + element("tbody", rows)
        kind = "table" if grid.empty_column_height is None else "table to-fill-in"
        columns = ", ".join(column.name for column in grid.columns)
        said = grid.caption or (f"{self.above}: {columns}" if self.above else columns)
        framed = element("table", body)
        return element("div", framed, id=grid.key, class_=kind, role="region", aria_label=said, tabindex="0")

    def cells(self, grid: Grid, row: Sequence[Line]) -> Markup:
        return join(
            element("td", self.line(cell), class_="num" if column.number else None)
            for column, cell in zip(grid.columns, row, strict=True)
        )

    def line(self, line: Line) -> Markup:
        return join(self.inline(piece) for piece in line)

    def inline(self, piece: Inline) -> Markup | str:
        match piece:
            case Break():
                return element("br")
            case Cite(key):
                number = self.numbers.setdefault(key, len(self.numbers) + 1)
                return element("sup", element("a", str(number), href=f"#note-{number}"))
            case Text():
                return _text(piece)
        return piece

    def notes(self) -> Iterator[Markup]:
        if not self.numbers:
            return
        yield element("h2", self.document.words.notes)
        listed, done = [], 0
        while done < len(self.numbers):  # a note may cite another
            key = list(self.numbers)[done]
            done += 1
            listed.append(element("li", self.line(self.document.notes[key]), id=f"note-{done}"))
        yield element("ol", join(listed))

    def turn(self) -> str | None:
        turns, self.turns = self.turns, False
        return "new-page" if turns else None


def _text(text: Text) -> Markup:
    shown: Markup | str = text.text
    if text.strong:
        shown = element("strong", shown)
    if text.emphasis:
        shown = element("em", shown)
    address = text.href if text.href is not None else f"#{text.to}" if text.to is not None else None
    if address is not None:
        return element("a", shown, href=address, lang=text.lang)
    return element("span", shown, lang=text.lang, class_="small muted" if text.quiet else None)
