"""Reading a document as a reader does: its words in order, its tables by caption, its headings."""

from endocsea.documents.parts import (
    Break,
    Bullets,
    Cite,
    Grid,
    Heading,
    Panel,
    Paragraph,
    Picture,
    Text,
)


def words_of(line):
    said = []
    for part in line:
        if isinstance(part, str):
            said.append(part)
        elif isinstance(part, Text):
            said.append(part.text)
        elif isinstance(part, Break):
            said.append(" ")
        else:
            assert isinstance(part, Cite)
    return "".join(said)


def words(blocks):
    """All text of some blocks, tables and captions included."""
    said = []
    for block in blocks:
        if isinstance(block, Heading):
            said.append(block.text)
        elif isinstance(block, Paragraph):
            said.append(words_of(block.line))
        elif isinstance(block, Bullets):
            said += [words_of(item) for item in block.items]
        elif isinstance(block, Panel):
            said += [block.title, words(block.blocks)]
        elif isinstance(block, Grid):
            said += [block.caption, *(column.name for column in block.columns)]
            said += [words_of(cell) for row in block.rows for cell in row]
        elif isinstance(block, Picture):
            said += [block.chart.title, block.chart.caption, block.alt]
    return "\n".join(said)


def everything(document):
    """All words of a document, cover, frame and notes included."""
    frame = [document.title, document.subtitle, document.running, document.ribbon]
    frame += [f"{name}: {value}" for name, value in document.facts]
    notes = [words_of(line) for line in document.notes.values()]
    return "\n".join([*frame, words(document.cover), words(document.blocks), *notes])


def chapter(document, key):
    """The blocks under the heading of level 1 with this key."""
    blocks, inside = [], False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.key == key
        elif inside:
            blocks.append(block)
    return blocks


def grids(blocks):
    return [block for block in blocks if isinstance(block, Grid)]


def rows(grid):
    return [[words_of(cell) for cell in row] for row in grid.rows]
