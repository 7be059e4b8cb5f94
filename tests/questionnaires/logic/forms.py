"""Small forms to try logic on, and the day on which it is tried."""

import datetime

from endocsea.questionnaires.form import Choice, Form, Group, Kind, Question
from endocsea.questionnaires.logic import compile_form

WHEN = {"today": datetime.date(2026, 1, 15), "now": datetime.datetime(2026, 1, 15, 9, 30), "language": "en"}


def ask(name, kind=Kind.TEXT, **more):
    return Question(name, kind, **more)


def calculated(name, calculation):
    return Question(name, Kind.CALCULATED, calculation=calculation)


def repeated(name, *items, **more):
    return Group(name, items=items, repeats=True, **more)


def form_of(*items, **lists):
    choices = {name: tuple(Choice(each) for each in names.split()) for name, names in lists.items()}
    return Form({"en": "Made up"}, ("en",), items, choices)


def logic_of(*items, **lists):
    return compile_form(form_of(*items, **lists))


ITEMS = (
    ask("t"), ask("e"), ask("n", Kind.NUMBER), ask("m", Kind.NUMBER), ask("d", Kind.DAY), ask("later", Kind.DAY),
    ask("moment", Kind.MOMENT), ask("time", Kind.TIME), ask("s", Kind.SEVERAL, choices="list"),
    repeated("r", ask("x", Kind.NUMBER), ask("on", Kind.DAY)),
)  # fmt: skip
ANSWERS = {
    "t": "It’s “ours”", "n": "5", "m": "5.0", "d": "2026-01-02", "later": "2026-02-01",
    "moment": "2026-01-02T10:05:06.250+02:00", "time": "18:00", "s": "a c",
    "r[1]/x": "1", "r[2]/x": "", "r[3]/x": "3", "r[1]/on": "2026-01-01", "r[3]/on": "2026-03-01",
}  # fmt: skip


def value(expression, **answers):
    """What an expression calculates on the answers above, or others."""
    logic = logic_of(*ITEMS, calculated("result", expression), list="a b c")
    return logic.evaluate({**ANSWERS, **answers}, **WHEN).values["result"]
