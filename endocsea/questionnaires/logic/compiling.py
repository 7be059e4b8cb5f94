"""From a form to its logic: every expression read, written for lxml, and put in order; or all that is wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter

from lxml import etree

from endocsea.questionnaires.form import Form, Group, Item, Question
from endocsea.questionnaires.logic.answers import Answers, Blank, blank
from endocsea.questionnaires.logic.expressions import Key, Rule, facts_of, list_trees
from endocsea.questionnaires.logic.faults import Fault, LogicRefused
from endocsea.questionnaires.logic.functions import FUNCTIONS, SPECIAL
from endocsea.questionnaires.logic.grammar import Call, Expression, Ref, Unreadable, inner, parse
from endocsea.questionnaires.logic.library import functions
from endocsea.questionnaires.logic.places import TOP, is_fit, places
from endocsea.questionnaires.logic.running import Logic
from endocsea.questionnaires.logic.writing import Writer, refers_to_nothing
from endocsea.questionnaires.logic.written import Written

_SAID = {"yes": "true()", "true": "true()", "no": "false()", "false": "false()"}
_SAYS_YES = ("relevant", "required", "constraint")


def compile_form(form: Form) -> Logic:
    """The logic of a form, or `LogicRefused` with every fault."""
    compiler = _Compiler(form)
    compiler.read()
    if compiler.faults:
        raise LogicRefused(sorted(compiler.faults, key=lambda fault: compiler.place(fault.path)))
    return Logic(compiler.places, compiler.order(), compiler.defaults)


class _Compiler:
    def __init__(self, form: Form) -> None:
        self.places = places(form)
        self.faults: list[Fault] = []
        self.rules: list[Rule] = []
        self.defaults: list[Rule] = []
        self.kinds: dict[str, str] = {}
        self.functions = functions(labels(form))
        self.sample = _sample(blank(self.places))
        self.facts = facts_of(datetime.date(2020, 1, 1), datetime.datetime(2020, 1, 1), "")  # noqa: DTZ001
        self.lists = {name: tree for name, tree in list_trees(form, "").items() if is_fit(name)}

    def read(self) -> None:
        for path in self.places.twice:
            self.add(path, "name", "name-twice", found=path.rpartition("/")[2])
        for path, item in self.places.items.items():
            if not is_fit(item.name):
                self.add(path, "name", "unfit-name", found=item.name)
            if isinstance(item, Question) and item.choices and item.choices not in self.places.form.choices:
                self.add(path, "choices", "unknown-list", found=item.choices)
            for part, text in expressions(item):
                self.expression(path, part, text)
            if isinstance(item, Group) and item.repeats and not item.count:
                follows = self.follows(path, "count", set())
                self.rules.append(Rule("count", path, None, "", (), False, frozenset(), follows))
        for loop in self.loops():
            self.add(loop[0][1], _PARTS[loop[0][0]], "loop", names=" → ".join(_named(loop)))

    def add(self, path: str, part: str, code: str, **facts: object) -> None:
        self.faults.append(Fault(path, part, code, facts))

    def expression(self, path: str, part: str, text: str) -> None:
        known = len(self.faults)
        try:
            tree = parse(text)
        except Unreadable as wrong:
            if part != "default":
                self.add(path, part, wrong.code, at=wrong.at + 1, found=wrong.found)
            return
        if part == "default" and not _is_calculated(tree):
            return
        item = self.places.items[path]
        choices = item.choices if part == "choice_filter" and isinstance(item, Question) else ""

        def fault(code: str, *, at: int = 0, **facts: object) -> None:
            self.add(path, part, code, at=at + 1, **facts)

        writer = Writer(self.places, path, choices=choices, kind_of=self.kind_of, fault=fault)
        written = writer.write(tree)
        if part == "constraint" and refers_to_nothing(tree):
            self.add(path, part, "no-item")
        if len(self.faults) > known:
            return
        source = _for_part(written, part)
        try:
            run = etree.XPath(source, extensions=self.functions, smart_strings=False)
            self.try_out(run, path, writer.needs, choices)
        except etree.XPathError as wrong_text:
            self.add(path, part, "not-read", found=str(wrong_text))
            return
        rule = Rule(
            part=part,
            path=path,
            run=run,
            source=source,
            needs=tuple(sorted(writer.needs)),
            own=writer.own,
            refers=frozenset(writer.refers),
            follows=self.follows(path, part, writer.refers),
        )
        (self.defaults if part == "default" else self.rules).append(rule)

    def try_out(self, run: etree.XPath, path: str, needs: set[str], choices: str) -> None:
        """Run an expression once without answers: lxml tells only then what it cannot do."""
        element = self.sample.at[self.sample.where[path][0]]
        facts = {**self.facts, "here": [element], "data": [self.sample.root]}
        facts |= {f"list-{name}": [tree] for name, tree in self.lists.items()}
        run(self.lists.get(choices, element), **{need: facts[need] for need in needs})

    def kind_of(self, path: str) -> str:
        """The kind of value that a calculation gives."""
        if path not in self.kinds:
            self.kinds[path] = "text"  # what it is taken for inside of itself: a loop is told of elsewhere
            item = self.places.items[path]
            try:
                tree = parse(item.calculation if isinstance(item, Question) else "")
            except Unreadable:
                return "text"
            writer = Writer(self.places, path, choices="", kind_of=self.kind_of, fault=lambda *_, **__: None)
            self.kinds[path] = writer.write(tree).kind
        return self.kinds[path]

    # order

    def follows(self, path: str, part: str, refers: set[str]) -> frozenset[Key]:
        """What has to be known before: of each item the value, its conditions, and how often it is there."""
        found: set[Key] = set()
        for each in refers - {TOP}:
            found.add(("calculation", each))
            found |= {("relevant", above) for above in self.places.switches(each)}
            found |= {
                ("count", above) for above in (each, *self.places.above(each)) if self.places.repeats(above)
            }
        around = list(self.places.above(path))
        found |= {("count", above) for above in around if self.places.repeats(above)}
        if part == "relevant":
            found |= {("relevant", above) for above in around if self.places.items[above].relevant}
        elif part in ("required", "constraint"):
            found |= {("relevant", each) for each in self.places.switches(path)}
            found.add(("calculation", path))
        return frozenset(found)

    def graph(self) -> dict[Key, set[Key]]:
        return {rule.key: set(rule.follows) for rule in self.rules if rule.part in _PARTS}

    def order(self) -> list[Rule]:
        """What others hang on first, in its order; then what only tells."""
        ranks = {key: rank for rank, key in enumerate(TopologicalSorter(self.graph()).static_order())}
        return sorted(self.rules, key=lambda rule: ranks.get(rule.key, len(ranks)))

    def loops(self) -> Iterator[list[Key]]:
        """Each loop once, in the order in which one leads to the next."""
        graph = self.graph()
        while True:
            try:
                TopologicalSorter(graph).prepare()
            except CycleError as found:
                loop: list[Key] = found.args[1][:0:-1]
                first = loop.index(min(loop, key=lambda key: self.place(key[1])))
                loop = [*loop[first:], *loop[:first]]
                yield loop
                graph[loop[0]].discard(loop[1 % len(loop)])
            else:
                return

    def place(self, path: str) -> int:
        """Where an item stands in the form."""
        return list(self.places.items).index(path)


_PARTS = {"count": "count", "relevant": "relevant", "calculation": "calculation"}


def _sample(form: Blank) -> Answers:
    """No answers, and one instance of each group that repeats."""
    found = Answers(form, {})
    for group in form.shapes:
        for place in found.where[group] if group else ():
            found.repeat(group, place, 1)
    return found


def expressions(item: Item) -> Iterator[tuple[str, str]]:
    """The expressions of an item, with what they are for."""
    parts = ("relevant", "count") if isinstance(item, Group) else (
        "relevant", "calculation", "required", "constraint", "choice_filter", "default"
    )  # fmt: skip
    for part in parts:
        text = str(getattr(item, part)).strip()
        if text:
            yield part, _SAID.get(text.lower(), text) if part in _SAYS_YES else text


def labels(form: Form) -> Callable[[str, str, str], str]:
    """How a choice is called: by list, name and language; nothing, if there is no such choice."""
    known = {
        (name, choice.name): choice.label for name, choices in form.choices.items() for choice in choices
    }
    first = form.languages[0] if form.languages else ""

    def label(choices: str, name: str, language: str) -> str:
        texts = known.get((choices, name), {})
        return texts.get(language) or texts.get(first) or next(iter(texts.values()), "")

    return label


def _for_part(written: Written, part: str) -> str:
    """What lxml is asked: yes or no, a number, the choices that hold, or a value as it comes."""
    if part in _SAYS_YES:
        return written.as_yes()
    if part == "count":
        return written.as_number()
    if part == "choice_filter":
        return f"item[{written.as_yes()}]"
    return f"string({written.text})" if written.nodes else written.text


def _is_calculated(tree: Expression) -> bool:
    """Whether a default is an expression; else it is the value itself, such as a name or a date."""
    if isinstance(tree, Ref):
        return True
    if isinstance(tree, Call) and (tree.name in FUNCTIONS or tree.name in SPECIAL):
        return True
    return any(map(_is_calculated, inner(tree)))


def _named(loop: list[Key]) -> list[str]:
    """The items of a loop, each once where it follows itself, and the first again at the end."""
    names = [path for _, path in loop]
    names = [name for at, name in enumerate(names) if at == 0 or name != names[at - 1]]
    return names if len(names) > 1 and names[0] == names[-1] else [*names, names[0]]
