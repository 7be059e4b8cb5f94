"""Part of an expression as lxml runs it, with what kind of value it gives, and how it is read as another kind."""

from __future__ import annotations

from dataclasses import dataclass

from endocsea.questionnaires.form import Kind

GIVES = {
    Kind.LEVEL: "number",
    Kind.WHOLE: "number",
    Kind.NUMBER: "number",
    Kind.RANGE: "number",
    Kind.DAY: "day",
    Kind.TIME: "day",
    Kind.MOMENT: "day",
}
OFF = "off"  # the attribute of what is not relevant
COMPARE = frozenset({"=", "!=", "<", "<=", ">", ">="})
_GROUPED = 50  # alternatives in a bracket: lxml counts a longer row as too deep


@dataclass(frozen=True, slots=True)
class Written:
    """Part of an expression for lxml. ``nodes``: it gives elements, of the item ``place``, perhaps ``many``."""

    text: str
    kind: str
    nodes: bool = False
    many: bool = False
    place: str | None = None
    plain: bool = False  # elements without conditions: short enough to write twice

    def as_text(self) -> str:
        return self.text if self.kind in ("text", "day") and not self.nodes else f"string({self.text})"

    def as_number(self) -> str:
        if self.kind == "day":
            return f"x-days({self.as_text()})"
        return self.text if self.kind == "number" and not self.nodes else f"number({self.text})"

    def as_yes(self) -> str:
        """An answer counts as given or not, a number as other than 0, a calculated yes or no as what it says."""
        if self.nodes:
            if self.kind == "yes":
                return f"({self.text} = 'true')"
            return f"boolean({self.as_number() if self.kind == 'number' else self.as_text()})"
        return self.text if self.kind == "yes" else f"boolean({self.text})"

    def as_operand(self) -> str:
        """For arithmetic, where XPath itself takes numbers out of texts."""
        return self.as_number() if self.kind == "day" else self.text


NOTHING = Written("''", "text")


def joined(parts: list[Written]) -> str:
    """The kind of a value that is one of these."""
    kinds = {part.kind for part in parts}
    if len(kinds) == 1:
        return kinds.pop()
    return "day" if "day" in kinds else "text"


def kept(kind: str) -> str:
    """The kind of what is handed on as it was kept: text, from which XPath takes numbers itself."""
    return "day" if kind == "day" else "text"


def selected(texts: list[str], choice: str) -> tuple[str, list[str]]:
    """What XPath itself can say, where the choice is written out."""
    if not choice or choice != choice.strip() or len(choice.split()) != 1 or "'" in choice:
        return "x-selected", texts
    return "contains", [f"concat(' ', {texts[0]}, ' ')", f"' {choice} '"]


def in_brackets(between: str, parts: list[str]) -> str:
    while len(parts) > _GROUPED:
        parts = [in_brackets(between, parts[at : at + _GROUPED]) for at in range(0, len(parts), _GROUPED)]
    return f"({between.join(parts)})"
