"""The questions of a capability: what each asks, its levels in words, the provisions behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endocsea.charts.markup import Markup, element, escape, join
from endocsea.public.indicators import ladder
from endocsea.standards.meanings import LAW
from endocsea.standards.models import Indicator
from endocsea.support.classes import Confidentiality
from endocsea.support.texts import say


@dataclass(frozen=True, slots=True)
class Questions:
    codes: tuple[str, ...]
    with_levels: int
    markup: Markup


class _Named(NamedTuple):
    """An instrument with those of its articles that a question rests on: (article, its address)."""

    name: dict[str, str]
    kind: str
    articles: list[tuple[str, str]]


def questions_of(capability: int) -> Questions:
    """All questions of a capability in their order, restricted ones too: their wording is public."""
    provisions: dict[str, dict[int, _Named]] = defaultdict(dict)
    for code, pk, kind, instrument, slug, article, article_slug in (
        Indicator.provisions.through.objects.filter(indicator__capability_id=capability)
        .order_by("provision__instrument__position", "provision__position")
        .values_list(
            "indicator__code",
            "provision__instrument",
            "provision__instrument__kind",
            "provision__instrument__short_title",
            "provision__instrument__slug",
            "provision__article",
            "provision__slug",
        )
    ):
        address = reverse("public:article", args=(slug, article_slug))
        provisions[code].setdefault(pk, _Named(instrument, kind, [])).articles.append((article, address))
    codes, parts, with_levels = [], [], 0
    answers = dict(Indicator.Answer.choices)
    dimensions = dict(Indicator.Dimension.choices)
    for code, question, levels, options, answer, dimension, sensitivity in (
        Indicator.objects.filter(capability_id=capability, retired_on=None)
        .order_by("position")
        .values_list("code", "question", "levels", "options", "answer_type", "dimension", "sensitivity")
    ):
        codes.append(code)
        with_levels += answer == Indicator.Answer.LEVEL
        facts = [str(answers[answer]), str(dimensions[dimension])]
        if sensitivity == Confidentiality.RESTRICTED:
            facts.append(_("answers restricted"))
        parts.append(
            join(
                (
                    element(
                        "h3",
                        join((say(question), " ", element("span", _link(code), class_="small muted"))),
                        id=code,
                    ),
                    element("p", " · ".join(facts), class_="small muted"),
                    ladder(levels) if levels else _choices(options) if options else "",
                    _behind(provisions[code].values()) if provisions[code] else "",
                )
            )
        )
    return Questions(tuple(codes), with_levels, join(parts))


def _choices(options: dict[str, list[str]]) -> Markup:
    names = (
        element("li", say({lang: texts[place] for lang, texts in options.items()}))
        for place in range(len(options["en"]))
    )
    return element("details", join((element("summary", _("The choices")), element("ul", join(names)))))


def _link(code: str) -> Markup:
    return element("a", code, href=reverse("public:indicator", args=(code,)))


def _behind(provisions: Iterable[_Named]) -> Markup:
    names = []
    for instrument in provisions:
        articles = join((element("a", name, href=address) for name, address in instrument.articles), ", ")
        if instrument.kind in LAW:
            word = ngettext("article %(list)s", "articles %(list)s", len(instrument.articles))
            articles = Markup(escape(word) % {"list": articles})
        names.append(join((say(instrument.name), ", ", articles)))
    return element("p", join((_("Rests on:"), " ", join(names, "; "))), class_="small")
