"""The home page's map, and the same states as squares: who takes part, and how. Never a level."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endocsea.charts.grid import SQUARES, GridWords, Tile, draw_grid, grid_key
from endocsea.charts.map import PAINTS, Land, MapState, MapWords, draw_map, map_key
from endocsea.charts.markup import Markup, element, join
from endocsea.public.page import Picture
from endocsea.states.models import Outline, Part, Programme, State
from endocsea.states.words import PARTS
from endocsea.support.days import long_day
from endocsea.support.texts import collation, labelled, plain


def map_of_states(now: Picture) -> Markup:
    """The map with its key, and beside it the table that says the same."""
    states, land = _states(), _land()
    words = _words(now)
    chart = draw_map(key="map", states=states, land=land, words=words)
    left = join((chart.svg, map_key(states=states, words=words)))
    return element(
        "figure",
        join(
            (
                element("h2", words.title, class_="unseen"),
                element(
                    "div",
                    join((element("div", left), element("div", chart.table.html(), class_="tall"))),
                    class_="beside",
                ),
                element("figcaption", words.caption),
            )
        ),
        class_="figure",
        id="map",
    )


def _states() -> list[MapState]:
    """The real states by name, each with what it does in the programme."""
    parts = {
        state: (kind, since, until)
        for state, kind, since, until in Part.objects.filter(retired_on=None).values_list(
            "state_id", "kind", "since", "until"
        )
    }
    drawn = []
    outlined = State.objects.real().filter(outline__retired_on=None)
    for pk, iso3, slug, names, path, x, y, small in outlined.values_list(
        "pk", "iso3", "slug", "name", "outline__path", "outline__x", "outline__y", "outline__small"
    ):
        name = plain(names)
        kind, since, until = parts.get(pk, ("member", None, None))
        word = str(PARTS[Part.Kind(kind)]) if pk in parts else _("other member")
        if since:
            word += ", " + _("%(since)s to %(until)s") % {"since": long_day(since), "until": long_day(until)}
        drawn.append(
            MapState(
                code=iso3,
                name=name,
                d=path,
                x=x or 0.0,
                y=y or 0.0,
                marker=small,
                kind=kind,
                href=reverse("public:state", args=(slug,)),
                sentence=labelled(name, word),
                facts=(word,),
            )
        )
    return sorted(drawn, key=lambda state: collation(state.name))


def _land() -> Land:
    around = dict(Outline.objects.filter(state=None, retired_on=None).values_list("code", "path"))
    width, height = Programme.objects.values_list("map_width", "map_height").get(retired_on=None)
    return Land(width, height, around.get("background", ""), around.get("kosovo", ""))


def _words(now: Picture) -> MapWords:
    total = State.objects.real().count()
    kinds = dict(Part.objects.filter(retired_on=None).values_list("kind").annotate(n=Count("pk")).order_by())
    focus, pilot = kinds.get(Part.Kind.FOCUS, 0), kinds.get(Part.Kind.PILOT, 0)
    return MapWords(
        title=_("Who took part, and how"),
        description=_("A map of Europe with %(n)d states as links. The table beside it says the same.") % {"n": total},
        caption=_(
            "Members of the Council of Europe on %(day)s and their part in the programme. "
            "Source: project summary, 8 July 2020. Outlines from Natural Earth (public domain)."
        )
        % {"day": long_day(now.as_of)},
        kinds={
            "focus": ngettext("%(n)d focus country", "%(n)d focus countries", focus) % {"n": focus},
            "pilot": ngettext("%(n)d pilot country", "%(n)d pilot countries", pilot) % {"n": pilot},
            "member": _("%(n)d other members") % {"n": total - focus - pilot},
        },
        small=_("Too small to see on the map"),
        kosovo=_("Kosovo"),
        kosovo_note=_(
            "All reference to Kosovo, whether to the territory, institutions or population, shall be understood "
            "in full compliance with United Nations Security Council Resolution 1244 and without prejudice to the "
            "status of Kosovo."
        ),
        boundaries=_("The boundaries shown imply no opinion on the legal status of any territory."),
        columns=(_("State"), _("Part in the programme")),
    )  # fmt: skip


def grid_of_states(now: Picture) -> Markup:
    """The same states as equal squares: the other view, in which the smallest is as large as the rest."""
    words = _words(now)
    chart = draw_grid(
        key="squares",
        tiles=[
            Tile(state.code, state.code, state.name, state.kind, state.href, state.sentence, state.facts)
            for state in _states()
        ],
        paints=PAINTS,
        words=GridWords(
            title=_("Every state as a square of the same size"),
            description=_("%(n)d squares as links, each roughly where its state lies. The table below says the same.")
            % {"n": len(SQUARES)},
            caption=_(
                "Members of the Council of Europe on %(day)s and their part in the programme. "
                "Source: project summary, 8 July 2020."
            )
            % {"day": long_day(now.as_of)},
            columns=words.columns,
        ),
    )  # fmt: skip
    return element(
        "figure",
        join(
            (
                element("h2", chart.title, class_="unseen"),
                grid_key(paints=PAINTS, labels=words.kinds),
                chart.svg,
                element("figcaption", chart.caption),
            )
        ),
        class_="figure",
        id="squares",
    )
