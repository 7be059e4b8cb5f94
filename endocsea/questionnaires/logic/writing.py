"""An author's expression as lxml runs it: names as paths, days as numbers where they are compared, functions of ours.

What is written down besides: to which items it refers, which facts from outside it needs, and what kind of value it
gives. A path from the form's top takes the first of each single item, so that lxml stops looking when it has it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from endocsea.questionnaires.form import Question
from endocsea.questionnaires.logic import moments
from endocsea.questionnaires.logic.functions import FUNCTIONS, LAST_SAVED, NO_SERVICE, SPECIAL, Function
from endocsea.questionnaires.logic.grammar import (
    Call,
    Chain,
    Expression,
    Literal,
    Minus,
    Number,
    Path,
    Ref,
    Step,
    Union,
    Unreadable,
    inner,
    parse,
)
from endocsea.questionnaires.logic.patterns import BadPattern, matcher
from endocsea.questionnaires.logic.places import TOP, Places, is_fit, parent
from endocsea.questionnaires.logic.written import (
    COMPARE,
    GIVES,
    NOTHING,
    OFF,
    Written,
    in_brackets,
    joined,
    kept,
    selected,
)


class Writer:
    """Writes one expression of one item. What is wrong with it is told to ``fault``: a code and facts."""

    def __init__(
        self,
        places: Places,
        home: str,
        *,
        choices: str,
        kind_of: Callable[[str], str],
        fault: Callable[..., None],
    ) -> None:
        self.places, self.home, self.kind_of, self.fault = places, home, kind_of, fault
        self.refers: set[str] = set()
        self.needs: set[str] = set()
        self.own = False  # looks at what was kept before
        # where relative paths begin: the item, then what predicates look at; "list:", "item:" and "column:" of a list
        self.at = [f"item:{choices}"] if choices else [home]

    @property
    def elsewhere(self) -> bool:
        """Whether the document at hand is a list of choices and not the answers."""
        return ":" in self.at[-1]

    def top(self) -> str:
        if self.elsewhere:
            self.needs.add("data")
            return "$data"
        return "/data"

    def write(self, node: Expression) -> Written:  # noqa: PLR0911  a case for each kind
        match node:
            case Number():
                return Written(node.text, "number")
            case Literal():
                return self.literal(node.text)
            case Ref():
                return self.ref(node)
            case Call():
                return self.call(node)
            case Minus():
                return Written(f"(- {self.write(node.operand).as_operand()})", "number")
            case Chain():
                return self.chain(node)
            case Union():
                parts = [self.write(part) for part in node.parts]
                if not all(part.nodes for part in parts):
                    self.fault("argument-kind", found="|", names="")
                return replace(
                    parts[0], text=f"({' | '.join(part.text for part in parts)})", many=True, plain=False
                )
        return self.path(node)

    def literal(self, text: str) -> Written:
        quoted = f'"{text}"' if "'" in text else f"'{text}'"
        return Written(quoted, "day" if moments.looks_like_day(text) else "text")

    # items

    def ref(self, node: Ref) -> Written:
        if node.name.startswith("last-saved#"):
            self.fault("no-service", found="${" + node.name + "}", names=LAST_SAVED)
            return NOTHING
        found = self.places.named.get(node.name, [])
        if len(found) != 1:
            code = "ambiguous-name" if found else "unknown-name"
            self.fault(code, found=node.name, names=", ".join(found), at=node.at)
            return NOTHING
        return self.reach(found[0])

    def reach(self, path: str) -> Written:
        """An item by name: within a group that repeats, that of the same instance."""
        looked_at = self.at[-1]
        if len(self.at) > 1 and not self.elsewhere and path.startswith(f"{looked_at}/"):
            return self.down(".", looked_at, path)
        shared = next((each for each in self.places.above(path) if self.within(each)), TOP)
        if shared == TOP:
            return self.down(self.top(), TOP, path)
        ups = "/".join([".."] * (self.home.count("/") - shared.count("/")))
        if len(self.at) > 1 or self.elsewhere:
            self.needs.add("here")
            return self.down(f"$here/{ups}", shared, path)
        return self.down(ups, shared, path)

    def within(self, group: str) -> bool:
        return self.places.repeats(group) and self.home.startswith(f"{group}/")

    def down(self, begin: str, group: str, path: str) -> Written:
        """From a group to an item in it."""
        text, many, at = begin, False, group
        for name in path[len(group) :].strip("/").split("/"):
            at = f"{at}/{name}" if at else name
            repeats = self.places.repeats(at)
            many |= repeats
            text += f"/{name}" if repeats else f"/{name}[1]"
            if repeats:
                self.refers.add(at)
        return self.item(text, path, many=many, plain=True)

    def item(self, text: str, path: str, *, many: bool, plain: bool) -> Written:
        self.refers.add(path)
        return Written(text, self.kind(path), nodes=True, many=many, place=path, plain=plain)

    def kind(self, path: str) -> str:
        item = self.places.items.get(path)
        if not isinstance(item, Question):
            return "text"
        return GIVES.get(item.kind) or (self.kind_of(path) if item.calculation else "text")

    # paths

    def path(self, node: Path) -> Written:
        steps = list(node.steps)
        if node.absolute:
            # the first step is the form itself, whatever its author called it
            first = steps.pop(0)
            start = Written(self.top(), "text", nodes=True, place=TOP)
            start = self.filtered(start, first.predicates)
        elif node.start is None:
            start = Written("", "text", nodes=True, place=self.at[-1])
        else:
            current = isinstance(node.start, Call) and node.start.name == "current"
            start = self.current() if current else self.write(node.start)
            if not start.nodes or start.place is None:
                if start is not NOTHING:
                    self.fault("argument-kind", found="[…]" if node.predicates else "/", names="")
                return NOTHING
            start = self.filtered(start, node.predicates)
        for step in steps:
            found = self.step(start, step)
            if found is None:
                return NOTHING
            start = self.filtered(found, step.predicates)
        if start.place is not None and ":" not in start.place and start.place != TOP:
            self.refers.add(start.place)
            return replace(start, kind=self.kind(start.place))
        return start

    def filtered(self, found: Written, predicates: tuple[Expression, ...]) -> Written:
        for predicate in predicates:
            self.at.append(found.place or TOP)
            held = self.write(predicate)
            text = held.text if held.kind == "number" and not held.nodes else held.as_yes()
            self.at.pop()
            found = replace(found, text=f"{found.text}[{text}]", plain=False)
        return found

    def step(self, found: Written, step: Step) -> Written | None:
        at, begin = found.place or TOP, f"{found.text}/" if found.text else ""
        if step.name == ".":
            return replace(found, text=f"{begin}.")
        if ":" in at:
            return self.step_in_list(found, step, begin)
        if step.name == "..":
            if at == TOP:
                self.fault("unknown-name", found="..")
                return None
            return replace(found, text=f"{begin}..", place=parent(at))
        path = f"{at}/{step.name}" if at else step.name
        if path not in self.places.items:
            self.fault("unknown-name", found=step.name, at=step.at)
            return None
        repeats = self.places.repeats(path)
        if repeats:
            self.refers.add(path)
        return replace(found, text=f"{begin}{step.name}", place=path, many=found.many or repeats, plain=False)

    def step_in_list(self, found: Written, step: Step, begin: str) -> Written | None:
        kind, _, name = (found.place or "").partition(":")
        if kind == "list" and step.name == "root":
            return replace(found, place=f"root:{name}")
        if kind == "root" and step.name == "item":
            return replace(found, text=f"{begin}item", place=f"item:{name}", many=True)
        columns = {
            "name",
            "label",
            *(column for each in self.places.choices(name) for column in each.columns),
        }
        if kind == "item" and step.name in columns:
            return replace(found, text=f"{begin}{step.name}", place=f"column:{name}")
        self.fault("unknown-name", found=step.name, at=step.at)
        return None

    # operators

    def chain(self, node: Chain) -> Written:
        first = self.write(node.first)
        signs = [sign for sign, _ in node.rest]
        if signs[0] in ("and", "or"):
            parts = [first.as_yes(), *(self.write(operand).as_yes() for _, operand in node.rest)]
            return Written(in_brackets(f" {signs[0]} ", parts), "yes")
        if signs[0] in COMPARE:
            for sign, operand in node.rest:
                first = self.comparison(first, sign, self.write(operand))
            return first
        text = first.as_operand()
        for sign, operand in node.rest:
            text += f" {sign} {self.write(operand).as_operand()}"
        return Written(f"({text})", "number")

    def comparison(self, left: Written, sign: str, right: Written) -> Written:
        both = (left, right)
        if sign in ("=", "!="):
            if any(each.kind == "yes" and not each.nodes for each in both):
                return Written(f"({left.as_yes()} {sign} {right.as_yes()})", "yes")
            if all(each.kind == "number" and each.nodes and each.plain and not each.many for each in both):
                # 3 and 3.0 are equal, and so are two empty answers
                same = f"(number({left.text}) = number({right.text}) or string({left.text}) = string({right.text}))"
                return Written(same if sign == "=" else f"not{same}", "yes")
            numbers = {each.kind for each in both} == {"day", "number"}
        else:
            numbers = any(each.kind == "day" for each in both)
        if not numbers:
            return Written(f"({left.text} {sign} {right.text})", "yes")
        if left.many or right.many:
            return Written(f"x-compare({left.text}, '{sign}', {right.text})", "yes")
        days = [
            f"x-days({each.as_text()})" if each.kind in ("day", "text") else each.as_number() for each in both
        ]
        return Written(f"({days[0]} {sign} {days[1]})", "yes")

    # functions

    def call(self, node: Call) -> Written:
        function = FUNCTIONS.get(node.name) or SPECIAL.get(node.name)
        if function is None:
            for argument in node.arguments:
                self.write(argument)
            if node.name in NO_SERVICE:
                self.fault("no-service", found=f"{node.name}()", names=NO_SERVICE[node.name])
            else:
                self.fault("unknown-function", found=node.name, at=node.at)
            return NOTHING
        if not function.allows(len(node.arguments)):
            self.fault(
                "arguments", found=node.name, given=len(node.arguments), takes=str(function), at=node.at
            )
            return NOTHING
        if node.name in SPECIAL:
            return self.special(node)
        if node.name == "regex":
            self.check_pattern(node.arguments[1])
        return self.plain_call(node, function)

    def plain_call(self, node: Call, function: Function) -> Written:
        if function.writes.startswith("$"):
            self.needs.add(function.writes[1:])
            return Written(function.writes, function.gives)
        given = [self.write(argument) for argument in node.arguments]
        gives = joined(given[-2:]) if function.gives in ("same", "kept") else function.gives
        gives = kept(gives) if function.gives == "kept" else gives
        texts = [self.argument(each, function.kind(place), gives, node) for place, each in enumerate(given)]
        if not texts and node.name in ("string", "string-length", "normalize-space", "number"):
            texts = [self.step_to_own()]
        self.needs |= {each[1:] for each in function.more}
        name = function.writes or node.name
        if node.name == "concat":
            alone = len(given) > 1 and not any(each.many for each in given)
            name, texts = ("concat", [each.as_text() for each in given]) if alone else (name, ["''", *texts])
        if name == "x-selected" and isinstance(node.arguments[1], Literal):
            name, texts = selected(texts, node.arguments[1].text)
        text = f"{name}({', '.join((*texts, *function.more))})"
        if function.gives == "nodes":
            return replace(given[0], text=text, plain=False)
        return Written(text, gives)

    def step_to_own(self) -> str:
        if not self.elsewhere and len(self.at) == 1:
            self.refers.add(self.home)
        return "string(.)"

    def argument(self, given: Written, kind: str, gives: str, node: Call) -> str:
        if kind == "yes":
            return given.as_yes()
        if kind == "number":
            return given.as_number()
        if kind == "nodes":
            return self.nodes(given, node)
        if kind == "any" and gives in ("number", "yes"):
            return given.as_number() if gives == "number" else given.as_yes()
        return given.as_text()

    def nodes(self, given: Written, node: Call) -> str:
        """Elements, those that count; where a function also takes single values, these."""
        if not given.nodes:
            if node.name in ("count", "count-non-empty", "sum", "randomize") and given is not NOTHING:
                self.fault("argument-kind", found=node.name, names=given.text, at=node.at)
            return given.text
        if given.place and ":" not in given.place and any(self.places.switches(given.place)):
            return f"{given.text}[not(@{OFF})]"
        return given.text

    def special(self, node: Call) -> Written:
        match node.name:
            case "once":
                self.own = True
                given = self.write(node.arguments[0])
                return Written(f"x-coalesce(string(.), {given.as_text()})", kept(given.kind))
            case "position":
                return self.position(node)
            case "current":
                self.refers.add(self.home)
                return replace(self.current(), kind=self.kind(self.home))
            case "instance":
                return self.instance(node)
            case "indexed-repeat":
                return self.indexed_repeat(node)
        return self.choice_name(node)

    def current(self) -> Written:
        self.needs.add("here")
        return Written("$here", "text", nodes=True, place=self.home)

    def position(self, node: Call) -> Written:
        if not node.arguments:
            return Written("position()", "number")
        known = set(self.refers)
        given = self.write(node.arguments[0])
        self.refers = known  # where an instance stands does not hang on what was answered in it
        if given.place is None or ":" in given.place:
            if given is not NOTHING:
                self.fault("argument-kind", found=node.name, names=given.text, at=node.at)
            return Written("1", "number")
        if given.place == TOP:
            return Written("1", "number")
        return Written(
            f"(count({given.text}/preceding-sibling::{given.place.rpartition('/')[2]}) + 1)", "number"
        )

    def instance(self, node: Call) -> Written:
        name = node.arguments[0].text if isinstance(node.arguments[0], Literal) else ""
        if name not in self.places.form.choices:
            self.fault("unknown-list", found=name, at=node.at)
            return NOTHING
        self.needs.add(variable := f"list-{name}")
        if not is_fit(name):
            self.fault("unfit-name", found=name)
        return Written(f"${variable}", "text", nodes=True, place=f"list:{name}")

    def indexed_repeat(self, node: Call) -> Written:
        known = set(self.refers)
        wanted, *pairs = (self.write(each) for each in node.arguments)
        text, at = "", TOP
        groups = list(zip(pairs[::2], pairs[1::2], strict=True))
        for group, place in groups:
            if group.place is None or wanted.place is None:
                return NOTHING
            if not self.places.repeats(group.place) or not wanted.place.startswith(f"{group.place}/"):
                self.fault("argument-kind", found=node.name, names=group.place, at=node.at)
                return NOTHING
            begin = text + group.place[len(at) :] if text else group.text
            text, at = f"x-at({begin}, {place.as_number()})", group.place
        assert wanted.place is not None
        self.refers |= known
        return replace(wanted, text=text + wanted.place[len(at) :], many=False, plain=False)

    def choice_name(self, node: Call) -> Written:
        value, question = node.arguments
        found = NOTHING
        if isinstance(question, Literal):
            try:
                found = self.write(parse(question.text))
            except Unreadable as wrong:
                self.fault(wrong.code, at=wrong.at, found=wrong.found)
                return NOTHING
        item = self.places.items.get(found.place or "")
        if not isinstance(item, Question) or not item.choices:
            self.fault("argument-kind", found=node.name, names=getattr(question, "text", ""), at=node.at)
            return NOTHING
        self.needs.add("language")
        return Written(f"x-label({self.write(value).as_text()}, '{item.choices}', $language)", "text")

    def check_pattern(self, pattern: Expression) -> None:
        if isinstance(pattern, Literal):
            try:
                matcher(pattern.text)
            except BadPattern as wrong:
                self.fault("pattern", found=pattern.text, names=str(wrong))


def refers_to_nothing(node: Expression) -> bool:
    return not isinstance(node, Ref | Path) and all(map(refers_to_nothing, inner(node)))
