"""Does a text look like case data? Asked on the server before anything is written.

The programme never holds names of victims, witnesses or suspects, their numbers, their addresses or
hashes of material. ``suspicions`` finds what looks like them; ``check`` refuses such a text unless its
writer says why it is none. The patterns are in ``table``, which the browser reads too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.utils.translation import gettext_lazy as _

from endocsea.support.guard import words
from endocsea.support.guard.plain import plain
from endocsea.support.guard.rows import Check, Kind, Row, Where
from endocsea.support.guard.table import HARMLESS, HARMLESS_FIGURES, NAME_WORD, NEAR, ROWS
from endocsea.support.guard.words import listed
from endocsea.support.refusals import Refusal

REASON_WORDS = 3

SENTENCES = {
    Kind.EMAIL: _("This looks like an e-mail address. Name the office or the function instead."),
    Kind.PHONE: _("This looks like a phone number. Name the office or the function instead."),
    Kind.IDENTITY: _(
        "This looks like a personal number. Leave it out; write large figures in groups of three, as in 12 345 678."
    ),
    Kind.PERSON: _(
        "This looks like a person with a name, an age or a date of birth. Say what happened in general, without "
        "the person."
    ),
    Kind.CASE: _(
        "This looks like the number of a case. Leave it out; a published judgment is cited with its address."
    ),
    Kind.HASH: _("This looks like the hash of a file. Leave it out: hashes of material are never kept here."),
    Kind.HIDDEN: _(
        "This looks like the address of a hidden service or a shared file. Leave it out: it is never kept here."
    ),
    Kind.NETWORK: _("This looks like the network address of a device. Leave it out."),
}


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A part of a text that looks like case data. It says where, never what."""

    kind: Kind
    start: int
    end: int

    @property
    def sentence(self) -> str:
        """What it looks like, and what to do."""
        return str(SENTENCES[self.kind])


@dataclass(frozen=True, slots=True)
class Shown:
    """A suspicion as its writer sees it. The excerpt is for that page alone, and not in the ``repr``."""

    suspicion: Suspicion
    excerpt: str = field(repr=False)

    @property
    def sentence(self) -> str:
        return self.suspicion.sentence


class LooksLikeCaseData(Refusal):
    """The excerpts are in ``shown``, for the writer's page; what a log may catch has only the kinds."""

    code = "guard.looks-like-case-data"
    sentence = _("Something in the text looks like case data, and nothing was kept.")
    remedy = _(
        "Take out what is shown. If it is not case data, say why in the field “This is not case data, because …”."
    )

    def __init__(self, shown: Sequence[Shown]) -> None:
        self.shown = tuple(shown)
        super().__init__(count=len(shown), kinds=sorted({one.suspicion.kind.value for one in shown}))


class ReasonTooShort(LooksLikeCaseData):
    code = "guard.reason-too-short"
    sentence = _("Something in the text looks like case data, and the reason given is too short.")
    remedy = _("Say in three words or more why it is not case data, or take out what is shown.")


class ReasonLooksLikeCaseData(LooksLikeCaseData):
    code = "guard.reason-looks-like-case-data"
    sentence = _("The reason itself looks like case data, and nothing was kept.")
    remedy = _("Say why it is not case data without repeating it.")


def check(text: str | Sequence[str], declared_harmless: str | None = None) -> tuple[Suspicion, ...]:
    """Refuse what looks like case data, unless its writer has said why it is none.

    Returns the suspicions that were declared harmless, which say where and never what: their kinds
    and the reason are what the journal may keep.
    """
    texts = (text,) if isinstance(text, str) else tuple(text)
    shown = [one for each in texts for one in _shown(each)]
    if not shown:
        return ()
    if not (reason := (declared_harmless or "").strip()):
        raise LooksLikeCaseData(shown)
    if not enough_words(reason):
        raise ReasonTooShort(shown)
    if wrong := _shown(reason):
        raise ReasonLooksLikeCaseData(wrong)
    return tuple(one.suspicion for one in shown)


def enough_words(reason: str) -> bool:
    """Whether a reason has enough words, of letters, to be one."""
    return len([word for word in reason.split() if sum(map(str.isalpha, word)) > 1]) >= REASON_WORDS


def suspicions(text: str) -> tuple[Suspicion, ...]:
    """What in the text looks like case data, in the order in which it stands there."""
    read = plain(text)
    small = read.text.lower()
    sources = {
        "cased": Source.of(read.text),
        "small": Source.of(small),
        "figures": Source.of(_without_harmless(Source.of(small))),
    }
    longest = max(map(len, small.split()), default=0)
    taken = bytearray(len(small))
    found = []
    for row in ROWS:
        if row.run > longest or (row.needs and not any(need in small for need in row.needs)):
            continue
        for start, end in _found(row, sources):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, row.kind))
    return tuple(Suspicion(kind, *place) for place, kind in read.places(sorted(found)))


@dataclass(frozen=True, slots=True)
class Source:
    """A text as rows read it, and where numbers begin in it."""

    text: str
    figures: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Source:
        return cls(text, tuple(match.start() for match in _FIGURE.finditer(text)))

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Where the pattern fits at the beginning of a number, one after another."""
        after = 0
        for start in self.figures:
            if start >= after and (match := pattern.match(self.text, start)):
                yield match
                after = match.end()


_FIGURE = re.compile("[0-9]+")


def _shown(text: str) -> list[Shown]:
    return [Shown(one, text[one.start : one.end]) for one in suspicions(text)]


def _without_harmless(small: Source) -> str:
    """The text with what is harmless crossed out, place by place."""
    text = small.text
    for pattern in _compiled_all(HARMLESS):
        text = pattern.sub(lambda match: "~" * len(match[0]), text)
    for pattern in _compiled_all(HARMLESS_FIGURES):
        kept, after = [], 0
        for match in Source(text, small.figures).matches(pattern):
            kept += [text[after : match.start()], "~" * len(match[0])]
            after = match.end()
        text = "".join([*kept, text[after:]])
    return text


def _found(row: Row, sources: Mapping[str, Source]) -> Iterator[tuple[int, int]]:
    """Where the row finds something: with the name and the words that stand beside it."""
    source, patterns = sources[row.reads], _compiled(row)
    text = source.text
    for match in source.matches(patterns.figure) if patterns.figure else patterns.find.finditer(text):
        start, end = match.span()
        if patterns.after or patterns.not_after:
            right = text[end : end + row.reach]
            if patterns.not_after and patterns.not_after.match(right):
                continue
            if patterns.after:
                if not (after := patterns.after.match(right)):
                    continue
                end += len(after[0])
        if patterns.before or patterns.not_before:
            left = text[max(0, start - row.reach) : start]
            if patterns.before:
                if not (before := patterns.before.search(left)):
                    continue
                start -= len(before[0])
            if patterns.not_before and patterns.not_before.search(left):
                continue
        if row.checks and not _a_check_holds(row.checks, match[0]):
            continue
        if row.names:
            names = (_name(where, count, sources["cased"].text, start, end) for where, count in row.names)
            if (name := next(filter(None, names), None)) is None:
                continue
            start, end = min(start, name[0]), max(end, name[1])
        yield start, end


def _name(where: Where, count: int, cased: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a name of ``count`` words or more stands, seen from ``start`` to ``end``."""
    if where == Where.FOLLOWING:
        first, last = end, end + NEAR
    else:
        first, last = max(0, start - NEAR), start
    for begins, ends in _runs(cased[first:last], count):
        begin, stop = begins + first, ends + first
        gap = cased[end:begin] if where == Where.FOLLOWING else cased[stop:start]
        if where == Where.NEAR or not gap.strip(" ,;:(-"):
            return begin, stop
    return None


def _runs(text: str, count: int) -> Iterator[tuple[int, int]]:
    """Runs of ``count`` words that may be a person's name; an initial alone is none."""
    run: list[tuple[int, int]] = []
    for match in _compiled_all((NAME_WORD,))[0].finditer(text):
        if match[0].lower() in _not_names():
            run = []
            continue
        if run and text[run[-1][1] : match.start()] not in ("", " "):
            run = []
        run.append(match.span())
        if len(run) >= count and (len(run) > 1 or not match[0].endswith(".")):
            yield run[0][0], run[-1][1]


def _a_check_holds(groups: tuple[tuple[Check, ...], ...], found: str) -> bool:
    digits = [int(char) for char in found if char.isdigit()]
    return any(
        len(digits) == group[-1].place + 1 and all(_holds(check, digits) for check in group)
        for group in groups
    )


def _holds(check: Check, digits: list[int]) -> bool:
    expected = _rest(check.weights, check, digits)
    if expected == 10 and check.second:
        expected = _rest(check.second, check, digits)
    if expected == 10:
        expected = check.ten
    return digits[check.place] == expected


def _rest(weights: tuple[int, ...], check: Check, digits: list[int]) -> int:
    total = sum(weight * digit for weight, digit in zip(weights, digits, strict=False))
    return (-total if check.turned else total) % check.modulus


@dataclass(frozen=True, slots=True)
class _Patterns:
    figure: re.Pattern[str] | None
    find: re.Pattern[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None


@cache
def _compiled(row: Row) -> _Patterns:
    def ending(pattern: str) -> re.Pattern[str] | None:
        return re.compile(f"(?:{pattern})(?![\\s\\S])") if pattern else None

    def beginning(pattern: str) -> re.Pattern[str] | None:
        return re.compile(pattern) if pattern else None

    return _Patterns(
        beginning(row.figure),
        re.compile(row.find),
        ending(row.before),
        beginning(row.after),
        ending(row.not_before),
        beginning(row.not_after),
    )


@cache
def _compiled_all(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, patterns))


@cache
def _not_names() -> frozenset[str]:
    return frozenset(listed(words.NOT_NAMES))
