"""What an author wrote, as a tree: XPath 1.0 and ``${name}``, read by the rules of the recommendation, section 3.7.

lxml would read plain XPath itself, but says neither what an expression refers to nor where exactly it is wrong, and
knows no ``${name}``. Chains of the same rank are one flat node, so that a sum of a thousand terms is no deep tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 20_000  # characters of an expression
DEEPEST = 40  # brackets, calls and predicates inside each other

# what XML calls a name, without its colon
_FIRST = (
    r"A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
NAME = rf"[{_FIRST}][{_FIRST}\-.0-9\u00B7\u0300-\u036F\u203F-\u2040]*"
_TOKEN = re.compile(
    rf"""\s*(?:
        (?P<number>\d+(?:\.\d*)?|\.\d+)
      | (?P<literal>"[^"]*"|'[^']*')
      | \$\{{\s*(?P<ref>(?:last-saved\#)?{NAME})\s*\}}
      | (?P<name>{NAME}(?::(?!:){NAME})?)
      | (?P<sign>\.\.|::|//|!=|<=|>=|[()\[\].@,/|+\-=<>*])
    )""",
    re.VERBOSE,
)

# weakest first; each row is a rank of its own, read from the left
RANKS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_WORDS = frozenset({"or", "and", "div", "mod", "*"})
_OPERATORS = frozenset(text for rank in RANKS for text in rank)
_BEFORE_OPERAND = frozenset(
    {"(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">=", "@", "::"}
)
_PATH_KINDS = frozenset({"//", "@", "::", "*"})


class Unreadable(Exception):
    """An expression that breaks the grammar: ``code`` of a fault, the place in it, and what stands there."""

    def __init__(self, code: str, at: int, found: str) -> None:
        super().__init__(code, at, found)
        self.code, self.at, self.found = code, at, found


@dataclass(frozen=True, slots=True)
class Number:
    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    text: str


@dataclass(frozen=True, slots=True)
class Ref:
    """``${name}``"""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Expression, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Minus:
    operand: Expression


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands of one rank with what stands between them, from the left."""

    first: Expression
    rest: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """``.``, ``..`` or a name, with what has to hold of it."""

    name: str
    predicates: tuple[Expression, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the item itself, from the top (``/``), or from what an expression gives."""

    start: Expression | None
    absolute: bool
    predicates: tuple[Expression, ...]  # of the start
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Union:
    parts: tuple[Expression, ...]


Expression = Number | Literal | Ref | Call | Minus | Chain | Path | Union


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number, literal, ref, name, sign, operator, end
    text: str
    at: int


def parse(text: str) -> Expression:
    """The tree of an expression, or `Unreadable`."""
    if len(text) > LONGEST:
        raise Unreadable("too-long", LONGEST, "")
    return _Reader(_tokens(text)).whole()


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise Unreadable("unfinished-text" if text[at] in "'\"" else "unexpected", at, text[at : at + 12])
        kind = str(match.lastgroup)
        word, began = match[kind], match.start(kind) if kind != "ref" else text.index("$", at)
        # a name or * is an operator where an operand has just ended: `div div div` divides div by div
        if word in _WORDS and kind in ("name", "sign") and found and not _expects_operand(found[-1]):
            kind = "operator"
        found.append(_Token(kind, word[1:-1] if kind == "literal" else word, began))
        at = match.end()
    found.append(_Token("end", "", end))
    return found


def _expects_operand(before: _Token) -> bool:
    return before.kind == "operator" or (before.kind == "sign" and before.text in _BEFORE_OPERAND)


class _Reader:
    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.at]

    def whole(self) -> Expression:
        found = self.expression()
        if self.now.kind != "end":
            raise self.wrong()
        return found

    def wrong(self) -> Unreadable:
        code = "ends-early" if self.now.kind == "end" else "unexpected"
        return Unreadable("path-kind" if self.now.text in _PATH_KINDS else code, self.now.at, self.now.text)

    def sign(self, *texts: str) -> bool:
        """Whether one of these comes next; it is then passed."""
        if self.now.kind == "sign" and self.now.text in texts:
            self.at += 1
            return True
        return False

    def need(self, text: str) -> None:
        if not self.sign(text):
            raise self.wrong()

    def expression(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("too-deep", self.now.at, self.now.text)
        operands, between = [self.signed()], []
        while self.now.kind in ("operator", "sign") and self.now.text in _OPERATORS:
            between.append(self.now.text)
            self.at += 1
            operands.append(self.signed())
        self.depth -= 1
        return _ranked(operands, between, 0)

    def signed(self) -> Expression:
        minuses = 0
        while self.sign("-"):
            minuses += 1
        operand = self.union()
        if not minuses:
            return operand
        return Minus(operand) if minuses % 2 else Minus(Minus(operand))

    def union(self) -> Expression:
        parts = [self.path()]
        while self.sign("|"):
            parts.append(self.path())
        return parts[0] if len(parts) == 1 else Union(tuple(parts))

    def path(self) -> Expression:
        if self.sign("/"):
            return Path(None, True, (), self.steps())
        start = self.primary()
        if start is None:
            return Path(None, False, (), self.steps())
        predicates = self.predicates()
        steps = self.steps() if self.sign("/") else ()
        return Path(start, False, predicates, steps) if predicates or steps else start

    def primary(self) -> Expression | None:
        token, after = self.now, self.tokens[self.at + 1 : self.at + 2]
        if token.kind == "name" and after and after[0].text == "(" and after[0].kind == "sign":
            self.at += 2
            return Call(token.text, self.arguments(), token.at)
        if token.kind in ("number", "literal", "ref"):
            self.at += 1
            if token.kind == "ref":
                return Ref(token.text, token.at)
            return Number(token.text) if token.kind == "number" else Literal(token.text)
        if self.sign("("):
            inside = self.expression()
            self.need(")")
            return inside
        return None

    def arguments(self) -> tuple[Expression, ...]:
        if self.sign(")"):
            return ()
        found = [self.expression()]
        while self.sign(","):
            found.append(self.expression())
        self.need(")")
        return tuple(found)

    def predicates(self) -> tuple[Expression, ...]:
        found = []
        while self.sign("["):
            found.append(self.expression())
            self.need("]")
        return tuple(found)

    def steps(self) -> tuple[Step, ...]:
        found = [self.step()]
        while self.sign("/"):
            found.append(self.step())
        return tuple(found)

    def step(self) -> Step:
        token = self.now
        if token.kind != "name" and not (token.kind == "sign" and token.text in (".", "..")):
            raise self.wrong()
        self.at += 1
        if self.now.kind == "sign" and self.now.text in ("::", "("):
            raise Unreadable("path-kind", token.at, token.text + self.now.text)
        return Step(token.text, self.predicates(), token.at)


def _ranked(operands: list[Expression], between: list[str], rank: int) -> Expression:
    """Operands with what stands between them, as chains: the weakest rank outermost."""
    if not between:
        return operands[0]
    cuts = [place for place, text in enumerate(between) if text in RANKS[rank]]
    if not cuts:
        return _ranked(operands, between, rank + 1)
    ends = [*cuts, len(between)]
    parts, begin = [], 0
    for end in ends:
        parts.append(_ranked(operands[begin : end + 1], between[begin:end], rank + 1))
        begin = end + 1
    return Chain(parts[0], tuple(zip((between[cut] for cut in cuts), parts[1:], strict=True)))


def inner(node: Expression) -> tuple[Expression, ...]:
    """The expressions directly in one."""
    match node:
        case Call():
            return node.arguments
        case Minus():
            return (node.operand,)
        case Chain():
            return (node.first, *(operand for _, operand in node.rest))
        case Union():
            return node.parts
        case Path():
            start = () if node.start is None else (node.start,)
            return (*start, *node.predicates, *(each for step in node.steps for each in step.predicates))
    return ()
