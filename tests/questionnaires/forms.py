"""Forms of every shape for hypothesis: what a questionnaire of this site may hold."""

from dataclasses import replace

from hypothesis import strategies as st

from endocsea.questionnaires.form import CHOOSES, Choice, Form, Group, Kind, Question

LANGUAGES = ("en", "fr", "sr-latn", "hy", "x-romani")
WORDS = st.text(
    st.sampled_from("aZé’“”«» \u00a0&<>\"'=${}[]|#:;_x0041-\nსՀж漢🙂"), min_size=1, max_size=20
).map(lambda text: text.strip() or "a")
# "${" would name an item
PROSE = WORDS.map(lambda text: text.replace("${", "$ {"))
NAMES = st.from_regex(r"[a-z_][a-z0-9_.-]{0,8}", fullmatch=True)


def texts(languages, *, least=0):
    chosen = st.sets(st.sampled_from(languages), min_size=least)
    return chosen.flatmap(
        lambda some: st.fixed_dictionaries({code: PROSE for code in languages if code in some})
    )


def expressions(names):
    refers = st.sampled_from([f"${{{name}}}" for name in names] or ["."])
    return st.one_of(
        st.just(""),
        st.builds("{} {} {}".format, refers, st.sampled_from(["=", "!=", ">=", "and", "+"]), refers),
        st.builds("selected({},  'a  b') or . < {}".format, refers, st.integers(0, 9)),
    )


@st.composite
def choices(draw, languages):
    columns = draw(st.sets(st.sampled_from(["region", "state_of", "x"])))
    names = draw(st.lists(NAMES, min_size=1, max_size=4))
    return tuple(
        Choice(
            name,
            draw(texts(languages, least=1)),
            {column: draw(PROSE.filter(str.isalnum)) for column in sorted(columns)},
        )
        for name in names
    )


@st.composite
def question(draw, name, languages, lists, names):
    kind = draw(st.sampled_from([kind for kind in Kind if lists or kind not in CHOOSES]))
    said = draw(texts(languages, least=1))
    expression = expressions(names)
    other = kind in (Kind.ONE, Kind.SEVERAL) and draw(st.booleans())
    asked = Question(
        name,
        kind,
        label=said,
        hint=draw(texts(languages)),
        guidance=draw(texts(languages)),
        required=draw(st.one_of(st.just("true()"), expression)),
        required_message=draw(texts(languages)),
        relevant=draw(expression),
        constraint=draw(expression),
        constraint_message=draw(texts(languages)),
        calculation=draw(expression),
        default=draw(st.sampled_from(["", "a", "2020-02-29", "today()", "1"])),
        read_only=draw(st.booleans()),
        unit=draw(texts(languages)),
        appearance=draw(st.sampled_from(["", "minimal", "w4 multiline"])),
        indicator=draw(st.sampled_from(["", "C1-01"])),
        core=draw(st.booleans()),
        restricted=draw(st.booleans()),
    )
    if kind is Kind.RANGE:
        asked = replace(asked, start="0", end="10", step=draw(st.sampled_from(["1", "0.5"])))
    if kind in CHOOSES:
        of = draw(st.sampled_from(lists))
        asked = replace(asked, choices=of, other=other, choice_filter="" if other else draw(expression))
    return asked


@st.composite
def forms(draw):
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)))
    lists = {name: draw(choices(languages)) for name in draw(st.lists(NAMES, max_size=2, unique=True))}
    # "meta" and the names of the form itself are pyxform's
    names = draw(
        st.lists(
            NAMES.filter(lambda name: name not in {"data", "meta", "audit"}),
            min_size=1,
            max_size=6,
            unique_by=str.lower,
        )
    )
    # pyxform makes items of these names itself
    names = [name for name in names if not name.endswith(("_count", "_other"))] or ["q"]
    asked, groups = names[: len(names) // 2 + 1], names[len(names) // 2 + 1 :]
    items = [draw(question(name, languages, sorted(lists), asked)) for name in asked]
    for name in groups:
        inside = draw(st.integers(0, len(items) - 1))
        repeats = draw(st.booleans())
        group = Group(
            name,
            label=draw(texts(languages)),
            items=tuple(items[inside:]),
            relevant=draw(expressions(asked)),
            repeats=repeats,
            count=draw(st.sampled_from(["", "3", f"${{{asked[0]}}}"])) if repeats else "",
            appearance=draw(st.sampled_from(["", "field-list"])),
        )
        items = [*items[:inside], group]
    title = {languages[0]: draw(PROSE), **draw(texts(languages[1:]) if languages[1:] else st.just({}))}
    return Form(title=title, languages=languages, items=tuple(items), choices=lists)
