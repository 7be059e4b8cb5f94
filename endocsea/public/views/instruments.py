"""The standards: all instruments, one of them, one of its articles, and the treaties as a matrix."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from endocsea.charts.markup import Markup
from endocsea.public import articles
from endocsea.public.citing import listed, places_of
from endocsea.public.downloads import csv_response
from endocsea.public.indicators import questions_on
from endocsea.public.instruments import (
    Article,
    Listed,
    articles_of,
    groups_of,
    instruments,
    instruments_download,
    provisions_download,
    provisions_table,
)
from endocsea.public.matrix import legend, matrix_of
from endocsea.public.page import picture, show
from endocsea.public.standings import read_on, standings_download, standings_table
from endocsea.standards.meanings import FORCES_MEAN, KINDS, KINDS_MEAN, LAW, articles_named
from endocsea.standards.models import Capability, Provision, TreatyStatus
from endocsea.standards.standing import Standing, everywhere
from endocsea.support.texts import plain


def index(request: HttpRequest) -> HttpResponse:
    """All instruments, in groups."""
    found = instruments()
    return show(
        request, "standards", section="standards", picture=picture(), groups=groups_of(found),
        instruments=sum(each.kind != "framework" for each in found),
        treaties=sum(each.kind == "treaty" for each in found), provisions=sum(each.provisions for each in found),
        download=reverse("public:instruments_csv"),
    )  # fmt: skip


def index_csv(request: HttpRequest) -> HttpResponse:
    table, sources = instruments_download()
    return csv_response(table, _("Standards"), day=picture().as_of, sources=sources)


def instrument(request: HttpRequest, slug: str) -> HttpResponse:
    """What an instrument is, how it stands with every state on the day of the picture, and its provisions."""
    found, all_of_them = _instrument(slug)
    now, name, provisions = picture(), plain(found.short_title), articles_of(found.pk)
    context = {
        "instrument": found, "name": name, "picture": now, "kind": KINDS[found.kind],
        "kind_means": KINDS_MEAN[found.kind], "law": found.kind in LAW,
        "provisions": provisions_table(slug, name, provisions) if provisions else None,
        "provision_sources": _sources(Provision, found.pk),
        "others": [each for each in all_of_them if each.pk != found.pk],
        "download": reverse("public:instrument_provisions_csv", args=(slug,)),
    }  # fmt: skip
    if found.kind in LAW:
        over = everywhere(on=now.as_of, training=False, instrument=found.pk)
        counted = over.standings(found.pk)
        context |= {
            "states": standings_table(found, over), "real": len(over.states), "in_force": counted[Standing.IN_FORCE],
            "not_in_force": counted[Standing.NOT_IN_FORCE], "cannot_tell": counted[Standing.CANNOT_TELL],
            "read_on": read_on(over, found.pk), "not_open": found.opened > now.as_of.isoformat(),
            "status_sources": _sources(TreatyStatus, found.pk),
            "states_download": reverse("public:instrument_states_csv", args=(slug,)),
        }  # fmt: skip
    elif found.kind == "framework":
        context["capabilities"] = Capability.objects.filter(retired_on=None, in_scope=True).values_list(
            "number", "name"
        )
    return show(request, "instrument", section="standards", trail=_trail(), **context)


def states_csv(request: HttpRequest, slug: str) -> HttpResponse:
    found, _all = _instrument(slug)
    if found.kind not in LAW:
        raise Http404(slug)
    now = picture()
    over = everywhere(on=now.as_of, training=False, instrument=found.pk)
    table, sources, known = standings_download([found], over)
    return csv_response(table, " ".join((slug, _("states"))), day=now.as_of, sources=sources, known=known)


def provisions_csv(request: HttpRequest, slug: str) -> HttpResponse:
    found, _all = _instrument(slug)
    table, sources, known = provisions_download(found.pk, plain(found.short_title))
    day = picture().as_of
    return csv_response(table, " ".join((slug, _("provisions"))), day=day, sources=sources, known=known)


def article(request: HttpRequest, slug: str, article: str) -> HttpResponse:
    """What a provision asks, how firmly, what measures it, and whom it binds since when."""
    of, found, place, others = _article(slug, article)
    now = picture()
    name = f"{plain(of.short_title)}, {articles_named(of.kind, [found.article])}"
    over = everywhere(on=now.as_of, training=False, instrument=of.pk)
    groups = articles.groups_of(of, found, over)
    training = None
    if of.kind in LAW:
        made_up = everywhere(on=now.training_as_of, training=True, instrument=of.pk)
        training = articles.training_table(of, found, made_up)
    places = places_of(Provision.citations.through.objects.filter(provision_id=found.pk), "provision_id")
    trail = (*_trail(), (plain(of.short_title), of.address))
    return show(
        request, "article", section="standards", trail=trail, instrument=of, article=found, name=name,
        here=articles_named(of.kind, [found.article]).capitalize(), picture=now, law=of.kind in LAW,
        force=dict(Provision.Force.choices)[found.force], force_means=FORCES_MEAN[Provision.Force(found.force)],
        verified=found.verified != "memory", groups=groups, real=len(over.states), training=training,
        **{group.key.replace("-", "_"): group.count for group in groups},
        parts=[each for each in others if each.article.startswith(f"{found.article}(")],
        whole=[each for each in others if found.article.startswith(f"{each.article}(")],
        before=others[place - 1] if place else None,
        after=others[place + 1] if place + 1 < len(others) else None,
        capabilities=Capability.objects.filter(provisions=found.pk, retired_on=None).values_list("number", "name"),
        questions=questions_on(found.pk),
        sources=listed(places[found.pk]),
        download=reverse("public:article_csv", args=(slug, article)),
    )  # fmt: skip


def article_csv(request: HttpRequest, slug: str, article: str) -> HttpResponse:
    of, found, _place, _others = _article(slug, article)
    if of.kind not in LAW:
        raise Http404(article)
    now = picture()
    over = everywhere(on=now.as_of, training=False, instrument=of.pk)
    table, sources, known = articles.who_is_bound_download(of, found, over)
    return csv_response(
        table, " ".join((slug, article, _("states"))), day=now.as_of, sources=sources, known=known
    )


def treaties(request: HttpRequest) -> HttpResponse:
    """The status of every treaty for every state, in one matrix."""
    now = picture()
    found = _treaties()
    matrix = matrix_of(found, everywhere(on=now.as_of, training=False))
    return show(
        request, "treaties", section="standards", trail=_trail(), picture=now, matrix=matrix, legend=legend(),
        treaties=found, download=reverse("public:all_treaties_csv"),
    )  # fmt: skip


def treaties_csv(request: HttpRequest) -> HttpResponse:
    now = picture()
    table, sources, known = standings_download(_treaties(), everywhere(on=now.as_of, training=False))
    return csv_response(table, _("treaties"), day=now.as_of, sources=sources, known=known)


def _treaties() -> list[Listed]:
    return [each for each in instruments() if each.kind == "treaty"]


def _sources(model: type[Provision | TreatyStatus], instrument: int) -> list[Markup]:
    """What the provisions of an instrument, or its statuses, cite."""
    owner = model._meta.model_name
    links = model.citations.through.objects.filter(
        **{f"{owner}__instrument_id": instrument, f"{owner}__retired_on": None}
    )
    return listed(places_of(links, f"{owner}__instrument_id")[instrument])


def _trail() -> tuple[tuple[str, str], ...]:
    return ((_("Standards"), reverse("public:standards")),)


def _instrument(slug: str) -> tuple[Listed, list[Listed]]:
    every = instruments()
    for each in every:
        if each.slug == slug:
            return each, every
    raise Http404(slug)


def _article(slug: str, article: str) -> tuple[Listed, Article, int, list[Article]]:
    """The instrument, the provision, its place among the provisions, and these."""
    of, _all = _instrument(slug)
    every = articles_of(of.pk)
    for place, each in enumerate(every):
        if each.slug == article:
            return of, each, place, every
    raise Http404(article)
