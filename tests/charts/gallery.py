"""Every chart in ordinary and extreme cases on one page, to be looked at.

``python -m tests.charts.gallery OUT.html`` writes the page; with ``--grey`` as a black-and-white
printer would show it, with ``--plain`` without the programme's typeface. The tests of the family
run over the same cases.
"""

from __future__ import annotations

import argparse
import base64
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from endocsea.charts.chart import Chart
from endocsea.charts.markup import Markup, element, join
from endocsea.charts.profile import Band, ProfileRow, ProfileWords, Weakest, profile
from endocsea.charts.scales import Separators
from endocsea.charts.spread import NOT_APPLICABLE, UNKNOWN, Level, SpreadWords, State, spread
from endocsea.charts.time import Figure, Series, TimeWords, time

WIDTHS = (720, 320)  # a phone of 360 leaves 320 beside its margins
HOSTILE = "<script>alert('&\"')</script>"
LONG = "An authority for the coordination of prevention and response"  # 60 characters

PROFILE_EN = ProfileWords(
    capability="Capability",
    level="Level",
    band="In words",
    interval="90 % interval",
    bounds="Exact bounds: if all that is unknown were 0, or 4",
    known_heading="Known",
    verdict="Verdict",
    weakest="Weakest indicators",
    weakest_lead="Weakest:",
    more="More in the table: {count}",
    span="{low} to {high}",
    known="{known} of {asked} known",
    no_level="No level: {known} of {asked} known",
    unknown="Unknown",
    not_applicable="Not applicable",
    gap="Gap below 2",
)
PROFILE_FR = ProfileWords(
    capability="Capacité",
    level="Niveau",
    band="En mots",
    interval="Intervalle à 90 %",
    bounds="Bornes exactes : si tout ce qui est inconnu valait 0, ou 4",
    known_heading="Connus",
    verdict="Constat",
    weakest="Indicateurs les plus faibles",
    weakest_lead="Points les plus faibles :",
    more="Autres, dans le tableau : {count}",
    span="{low} à {high}",
    known="{known} indicateurs connus sur {asked}",
    no_level="Pas de niveau : {known} indicateurs connus sur {asked}",
    unknown="Inconnu",
    not_applicable="Sans objet",
    gap="Lacune en dessous de 2",
)
BANDS_EN = (
    Band(0, "hardly anything in place"),
    Band(1, "beginnings"),
    Band(2, "partly in place"),
    Band(3, "in place"),
    Band(4, "in place, used and reviewed"),
)
BANDS_FR = (
    Band(0, "presque rien en place"),
    Band(1, "des débuts"),
    Band(2, "en partie en place"),
    Band(3, "en place"),
    Band(4, "en place, utilisé et évalué"),
)
BODY = Weakest(
    "C1-01",
    "Is there a national body of several sectors whose formal mandate covers online child sexual "
    "exploitation and abuse (OCSEA)?",
)
VIEWS = Weakest("C14-07", "Are children told what became of their views?")
LEAFLETS = Weakest(
    "C14-10", "Are rights, laws and services on online sexual abuse explained in child-friendly versions?"
)
TOLD = Weakest(
    "C5-11",
    "Are child victims told, in a way that they understand, of rights, progress, outcome and release of the "
    "offender?",
)
BELMORA = (
    ProfileRow(
        "1",
        "Leadership",
        12,
        14,
        2.25,
        (1.9, 2.6),
        (1.93, 2.5),
        "Cannot tell: it depends on 2 unanswered questions",
        (BODY,),
        "#c1",
    ),
    ProfileRow(
        "2",
        "Research, analysis and monitoring",
        5,
        14,
        None,
        None,
        (0.5, 3.07),
        "Cannot tell: it depends on 9 unanswered questions",
        (),
        "#c2",
    ),
    ProfileRow("3", "Legislation", 18, 18, 2.72, (2.5, 2.95), (2.72, 2.72), "No gap", (), "#c3"),
    ProfileRow("4", "Dedicated law enforcement", 10, 13, 1.96, (1.6, 2.3), (1.5, 2.43), "Gap", (), "#c4"),
    ProfileRow("5", "Judiciary and prosecutors", 9, 11, 0.89, (0.6, 1.2), (0.7, 1.45), "Gap", (TOLD,), "#c5"),
    ProfileRow("8", "End-to-end support", 16, 17, 3.4, (3.1, 3.7), (3.2, 3.44), "No gap", (), "#c8"),
    ProfileRow("13", "Education programme", 0, 0, href="#c13"),
    ProfileRow(
        "14", "Child participation", 8, 9, 1.125, (0.8, 1.5), (1.0, 13 / 9), "Gap", (VIEWS, LEAFLETS), "#c14"
    ),
)
BELMORE = (
    ProfileRow(
        "1",
        "Pilotage",
        12,
        14,
        2.25,
        (1.9, 2.6),
        (1.93, 2.5),
        "Impossible à dire : cela dépend de 2 questions restées sans réponse",
        (
            Weakest(
                "C1-01",
                "Existe-t-il un organe national réunissant plusieurs secteurs, dont le mandat officiel porte "
                "sur l'exploitation et les abus sexuels d'enfants en ligne\u00a0?",
            ),
        ),
        "#c1",
    ),
    ProfileRow(
        "10",
        "Indemnisation, voies de recours et dispositifs de réclamation",
        5,
        14,
        None,
        None,
        (0.5, 3.07),
        "Impossible à dire : cela dépend de 9 questions restées sans réponse",
        (),
        "#c10",
    ),
    ProfileRow(
        "12",
        "Service de signalement en ligne de l'exploitation et des abus sexuels d'enfants",
        9,
        9,
        4.0,
        (3.8, 4.0),
        (4.0, 4.0),
        "Pas de lacune",
        (),
        "#c12",
    ),
    ProfileRow(
        "14",
        "Participation des enfants",
        8,
        9,
        1.125,
        (0.8, 1.5),
        (1.0, 13 / 9),
        "Lacune",
        (
            Weakest("C14-07", "Les enfants sont-ils informés des suites données à leurs vues\u00a0?"),
            Weakest("C14-10", "Les droits, les lois et les services sont-ils expliqués aux enfants\u00a0?"),
            Weakest("C14-11", "Une troisième question"),
        ),
        "#c14",
    ),
)
EXTREME = (
    ProfileRow("1", "At the very bottom", 7, 7, 0.0, (0, 0), (0, 0), "Gap"),
    ProfileRow("2", "At the very top", 7, 7, 4.0, (4, 4), (4, 4), "No gap"),
    ProfileRow("3", LONG, 1, 20, None, None, (0, 4), "Cannot tell: it depends on 19 unanswered questions"),
    ProfileRow("21", HOSTILE, 3, 4, 1.999, (0, 4), (0, 4), HOSTILE, (Weakest("C1&1", HOSTILE),), "#a&b"),
    ProfileRow("99", "Unanswerable" * 5, 0, 0, verdict="–"),
)


def _profile(
    key: str, width: int, rows: tuple[ProfileRow, ...], *, french: bool = False, ribbon: str | None = None
) -> Chart:
    return profile(
        key=f"{key}-{width}",
        title="Belmore : huit capacités" if french else "Belmora: eight capabilities",
        caption="Round of 31 May 2020, reviewed answers. Sources: made-up training data.",
        description="The level of each capability from 0 to 4, with its interval and exact bounds.",
        rows=rows,
        bands=BANDS_FR if french else BANDS_EN,
        words=PROFILE_FR if french else PROFILE_EN,
        width=width,
        decimal="," if french else ".",
        ribbon=ribbon,
    )


SPREAD_EN = SpreadWords(
    state="State",
    place="Level",
    kind="What it is",
    reviewed="State with a reviewed round",
    training="Training states (made up)",
    unknown="no level: too little known",
    not_applicable="not applicable",
    own="Your state",
    count="States: {count}",
    not_reviewed="{count} states: not reviewed",
    not_reviewed_cell="not reviewed",
)
SPREAD_FR = SpreadWords(
    state="État",
    place="Niveau",
    kind="Nature",
    reviewed="État dont une série de réponses a été examinée",
    training="États d'exercice (fictifs)",
    unknown="pas de niveau : trop peu d'éléments connus",
    not_applicable="sans objet",
    own="Votre État",
    count="États : {count}",
    not_reviewed="{count} États : pas encore examinés",
    not_reviewed_cell="pas encore examiné",
)
MEMBERS = [
    "Albania",
    "Andorra",
    "Armenia",
    "Austria",
    "Azerbaijan",
    "Belgium",
    "Bosnia and Herzegovina",
    "Bulgaria",
    "Croatia",
    "Cyprus",
    "Czechia",
    "Denmark",
    "Estonia",
    "Finland",
    "France",
    "Georgia",
    "Germany",
    "Greece",
    "Hungary",
    "Iceland",
    "Ireland",
    "Italy",
    "Latvia",
    "Liechtenstein",
    "Lithuania",
    "Luxembourg",
    "Malta",
    "Moldova",
    "Monaco",
    "Montenegro",
    "Netherlands",
    "North Macedonia",
    "Norway",
    "Poland",
    "Portugal",
    "Romania",
    "Russia",
    "San Marino",
    "Serbia",
    "Slovakia",
    "Slovenia",
    "Spain",
    "Sweden",
    "Switzerland",
    "Türkiye",
    "Ukraine",
    "United Kingdom",
]
LEVELS_EN = tuple(Level(f"{band.start:g}", band.words) for band in BANDS_EN)
LEVELS_FR = tuple(Level(f"{band.start:g}", band.words) for band in BANDS_FR)
QUESTION_EN = tuple(
    Level(str(digit), words)
    for digit, words in enumerate(
        (
            "No body",
            "Informal or ad hoc group only",
            "Body exists but OCSEA is not in its written mandate",
            "Body with a written mandate on OCSEA that meets as planned",
            "Mandated body whose decisions bind or steer all sectors and whose work is reviewed",
        )
    )
)
TRAINING = (
    State("Arden", 3, "#xaa"),
    State("Belmora", 1, "#xab"),
    State("Corvia", 0, "#xac"),
    State("Dunmere", 1, "#xad"),
)
TEN = (
    State("Albania", 1, "#alb"),
    State("Armenia", 2, "#arm"),
    State("Azerbaijan", UNKNOWN, "#aze"),
    State("Bosnia and Herzegovina", 1, "#bih", own=True),
    State("Georgia", 2, "#geo"),
    State("Liechtenstein", NOT_APPLICABLE, "#lie"),
    State("Moldova", 2, "#mda"),
    State("Montenegro", 3, "#mne"),
    State("Serbia", 2, "#srb"),
    State("Türkiye", 4, "#tur"),
)


def _spread(
    key: str,
    width: int,
    states: tuple[State, ...],
    training: tuple[State, ...],
    *,
    levels: tuple[Level, ...] = LEVELS_EN,
    words: SpreadWords = SPREAD_EN,
    ribbon: str | None = None,
    waiting: bool = True,
) -> Chart:
    reviewed = {state.name for state in states}
    return spread(
        key=f"{key}-{width}",
        title="Child participation: where the states stand",
        caption="Rounds reviewed by 30 June 2021.",
        description="The states in alphabetical order under the band of their level.",
        levels=levels,
        states=states,
        training=training,
        not_reviewed=[name for name in MEMBERS if name not in reviewed] if waiting else [],
        words=words,
        width=width,
        ribbon=ribbon,
    )


TIME_EN = TimeWords(
    series="Series",
    year="Year",
    value="Value",
    unit="Unit",
    source="Source",
    line="Published figure",
    broken="Break in the series",
    note="{year}: {reason}",
    new_unit="unit from here: {unit}",
    unknown="Unknown",
    not_applicable="Not applicable",
)
TIME_FR = TimeWords(
    series="Série",
    year="Année",
    value="Valeur",
    unit="Unité",
    source="Source",
    line="Chiffre publié",
    broken="Rupture de série",
    note="{year} : {reason}",
    new_unit="unité à partir d'ici : {unit}",
    unknown="Inconnu",
    not_applicable="Sans objet",
)


def _figures(unit: str, first: int, values: tuple[float | None, ...]) -> tuple[Figure, ...]:
    return tuple(
        Figure(first + index, value, unit, "Yearly report", "https://example.org/report")
        for index, value in enumerate(values)
    )


WORLD = Series(
    "Reports to the American clearing house, whole world",
    _figures(
        "reports",
        2010,
        (
            223374,
            326310,
            415650,
            505280,
            1106071,
            4403657,
            8297923,
            10214753,
            18462422,
            16987361,
            21751085,
            29397681,
            32059029,
            36210368,
        ),
    ),
    "Volumes of reports are not performance: they grow with detection and with the number of users.",
)
ALBANIA = (
    Series(
        "Reports to the American clearing house",
        _figures("reports", 2019, (17545, 23426, 15985, 11376, 8821)),
        "Volumes of reports are not performance.",
        href="#reports",
    ),
    Series(
        "Internet users",
        _figures("percent of population", 2015, (56.9, 59.6, 62.4, 65.4, 68.6, 72.2, 79.3, 82.6, 83.1)),
    ),
    Series("Pages reported to the hotline", _figures("pages", 2020, (6273,)), "Only one year was published."),
    Series(
        "Children under fifteen",
        _figures("persons", 2015, (539622, None, None, None, None, 496013)),
        "Estimates for 2015 and 2020 only.",
    ),
)
BROKEN = (
    Series(
        "Confirmed by the British hotline",
        (
            Figure(2015, 68092, "reports confirmed", "Press release", "https://example.org/1"),
            Figure(2016, 57335, "URLs", "Yearly report", "https://example.org/2"),
            Figure(2017, 78589, "URLs", "Yearly report"),
            Figure(2018, 105047, "URLs", "Yearly report"),
            Figure(2021, 252000, "webpages (rounded)", "Press release"),
        ),
        "Figures before 2016 were counted by report, not by address.",
        breaks={2018: "proactive search counted from here"},
    ),
    Series(
        "Share of cases that reached a court",
        (
            *_figures("per 100 cases", 2015, (0.01, 0.02, None, 0.015)),
            Figure(2019, None, "per 100 cases", "Yearly report", applies=False),
            Figure(2020, 0.04, "per 100 cases", "Yearly report"),
        ),
    ),
)
ODD = (
    Series(
        "Nothing at all, every year", _figures("cases", 2018, (0, 0, 0, 0)), HOSTILE, {2020: HOSTILE}, "#a&b"
    ),
    Series(HOSTILE, _figures(HOSTILE, 2021, (30_000_000,))),
    Series(LONG + ", and its unit is long as well", _figures(LONG, 2018, (1.5, None, 99999.25, 0.01))),
    Series("No figure is known", _figures("cases", 2018, (None, None, None))),
)


def _time(
    key: str, width: int, panels: tuple[Series, ...], *, french: bool = False, ribbon: str | None = None
) -> Chart:
    return time(
        key=f"{key}-{width}",
        title="Published figures",
        caption="As published by 30 June 2021; every source is in the table.",
        description="One panel for each series, from zero, with the years from left to right.",
        panels=panels,
        words=TIME_FR if french else TIME_EN,
        separators=Separators(",", "\u202f") if french else Separators(),
        width=width,
        ribbon=ribbon,
    )


CASES: dict[str, Callable[[int], Chart]] = {
    "Profile: a training state": lambda width: _profile(
        "belmora", width, BELMORA, ribbon="Training material"
    ),
    "Profile: in French": lambda width: _profile("belmore", width, BELMORE, french=True),
    "Profile: extremes": lambda width: _profile("extreme", width, EXTREME),
    "Spread: no real state is reviewed yet": lambda width: _spread("today", width, (), TRAINING),
    "Spread: ten states, and training states": lambda width: _spread("ten", width, TEN, TRAINING),
    "Spread: a question with long answers": lambda width: _spread(
        "question", width, TEN[:4], TRAINING, levels=QUESTION_EN
    ),
    "Spread: in French, a ribbon": lambda width: _spread(
        "etats", width, TEN, TRAINING, levels=LEVELS_FR, words=SPREAD_FR, ribbon="Matériel d'exercice"
    ),
    "Spread: everybody at one level": lambda width: _spread(
        "all", width, tuple(State(name, 2, f"#{index}") for index, name in enumerate(MEMBERS)), ()
    ),
    "Spread: nobody at all is reviewed": lambda width: _spread("nobody", width, (), ()),
    "Spread: hostile and long names": lambda width: _spread(
        "hostile",
        width,
        (State(HOSTILE, 0, "#a&b"), State(LONG, 4), State("Unanswerable" * 5, UNKNOWN)),
        (State(HOSTILE + "!", NOT_APPLICABLE),),
        waiting=False,
    ),
    "Time: fourteen years, one series": lambda width: _time("world", width, (WORLD,)),
    "Time: four series of one state": lambda width: _time("albania", width, ALBANIA),
    "Time: breaks, small values, in French": lambda width: _time("broken", width, BROKEN, french=True),
    "Time: odd series": lambda width: _time("odd", width, ODD, ribbon="Training material"),
    "Time: one figure": lambda width: _time("one", width, (ALBANIA[2],)),
}

STYLE = """
{font}
body {{ font: 18px/1.5 "Source Sans Pro", sans-serif; color: #1B2433;
       margin: 1rem auto; padding: 0 1rem; max-width: 860px; {filter} }}
svg {{ display: block; width: 100%; }}
.narrow {{ display: none; }}
figure {{ margin: 1rem 0 3rem; }}
figcaption, table {{ font-size: 16px; }}
th, td {{ text-align: left; border-bottom: 1px solid #C9D2DC; padding: 2px 8px; }}
.num {{ text-align: right; }}
.table {{ overflow-x: auto; }}
a:focus-visible {{ outline: 3px solid #E8A33D; }}
@media (max-width: 560px) {{ .wide {{ display: none; }} .narrow {{ display: block; }} }}
"""


def page(*, grey: bool = False, plain: bool = False) -> Markup:
    """The whole gallery as one HTML page."""
    style = STYLE.format(font="" if plain else _typeface(), filter="filter: grayscale(1);" if grey else "")
    figures = [_figure(name, draw) for name, draw in CASES.items()]
    head = join(
        [
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width"),
            element("title", "Charts"),
            element("style", Markup(style)),
        ]
    )
    body = element("head", head) + element("body", join(figures))
    return Markup("<!doctype html>" + element("html", Markup(body), lang="en"))


def _figure(name: str, draw: Callable[[int], Chart]) -> Markup:
    wide, narrow = (draw(width) for width in WIDTHS)
    table = element("details", element("summary", "Show as table") + wide.table.html(hide_caption=True))
    return element(
        "figure",
        join(
            [
                element("h2", name),
                element("div", wide.svg, class_="wide"),
                element("div", narrow.svg, class_="narrow"),
                element("figcaption", wide.caption),
                Markup(table),
            ]
        ),
    )


def _typeface() -> str:
    faces = []
    for weight, name in ((400, "Regular"), (600, "Semibold")):
        data = (files("font_source_sans_pro") / "files" / f"SourceSansPro-{name}.ttf").read_bytes()
        url = f"data:font/ttf;base64,{base64.b64encode(data).decode()}"
        faces.append(
            f'@font-face {{ font-family: "Source Sans Pro"; font-weight: {weight}; src: url({url}); }}'
        )
    return "\n".join(faces)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--grey", action="store_true")
    parser.add_argument("--plain", action="store_true")
    wanted = parser.parse_args()
    wanted.out.write_text(page(grey=wanted.grey, plain=wanted.plain), encoding="utf-8")


if __name__ == "__main__":
    main()
