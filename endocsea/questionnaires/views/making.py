"""One version: its sections and questions, what cannot be meant, and each change of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form as Fields
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from endocsea.support.guard.kinds import Kind as FileKind
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.guard.uploads import serving
from endocsea.support.refusals import Refusal
from endocsea.support.texts import plain

from .. import actions, editing
from ..form import Form, Group, Item
from ..forms import Place, Section, Wording
from ..models import Version
from ..refusals import ChangedMeanwhile, NoSuchItem
from ..saying import PARTS, kind_of
from ..soundness import doubts, logic_of
from ..xlsform import write
from .finding import maker, status_of, version_of, versions_of


class Row(NamedTuple):
    """One item as the page of its version shows it. ``depth`` counts the groups around it, from 0 for a section."""

    path: str
    item: Item
    depth: int
    kind: Any
    logic: list[tuple[Any, str]]
    first: bool
    last: bool

    @property
    def anchor(self) -> str:
        return anchor_of(self.path)

    @property
    def is_group(self) -> bool:
        return isinstance(self.item, Group)


def anchor_of(path: str) -> str:
    return f"i-{path.replace('/', '-')}"


@login_required
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    maker(request)
    return _page(request, version_of(code, number))


@require_POST
@login_required
def edit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One place up or down, or a new section."""
    person, found = maker(request), version_of(code, number)
    more: dict[str, Any] = {
        "version": found,
        "seen": request.POST.get("seen", ""),
        "by": person,
        "at": now(),
    }
    section = Section(request.POST)
    try:
        if path := request.POST.get("up") or request.POST.get("down"):
            step = -1 if request.POST.get("up") else 1
            place = editing.place_of(found.form, path) + step
            actions.move(path=path, place=place, **more)
        elif section.is_valid():
            label = {found.form.languages[0]: section.cleaned_data["label"]}
            harmless = request.POST.get("not_case_data") or None
            made = actions.add_section(label=label, harmless=harmless, **more)
            path = made.form.items[-1].name
        else:
            return _page(request, found, section=section, status=HTTPStatus.BAD_REQUEST)
    except Refusal as refusal:
        shown = section if request.POST.get("label") else None
        return _page(
            request, version_of(code, number), section=shown, refusal=refusal, status=status_of(refusal)
        )
    return redirect(f"{reverse('questionnaires:version', args=[code, number])}#{anchor_of(path)}")


@login_required
def item(request: HttpRequest, code: str, number: int, path: str) -> HttpResponse:
    """One question or section: its wordings, its place, and taking it out."""
    person, found = maker(request), version_of(code, number)
    try:
        there = editing.item_at(found.form, path)
    except NoSuchItem as error:
        raise Http404 from error
    wording, place = _forms(found.form, path, there)
    if request.method != "POST":
        return _item_page(request, found, path, there, wording, place)
    deed = request.POST.get("deed", "")
    if deed == "reword":
        wording = Wording(request.POST, form=found.form, item=there)
    elif deed == "move":
        place = Place(request.POST, sections=_sections(found.form, path, there))
    elif deed != "remove":
        raise Http404
    bound = wording if deed == "reword" else place if deed == "move" else None
    if bound is not None and not bound.is_valid():
        return _item_page(request, found, path, there, wording, place, status=HTTPStatus.BAD_REQUEST)
    try:
        after = _done(request, deed, found, path, wording, place, person)
    except Refusal as refusal:
        now_there = version_of(code, number)
        return _item_page(
            request, now_there, path, there, wording, place, refusal=refusal, status=status_of(refusal)
        )
    messages.success(request, _("It is changed."))
    return redirect(f"{reverse('questionnaires:version', args=[code, number])}#{anchor_of(after)}")


@require_POST
@login_required
def next_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    person, found = maker(request), version_of(code, number)
    try:
        made = actions.next_version(version=found, by=person, at=now())
    except Refusal as refusal:
        return _page(request, found, refusal=refusal, status=status_of(refusal))
    messages.success(request, _("This is the new version. It may be changed until a round uses it."))
    return redirect("questionnaires:version", code, made.number)


@login_required
def workbook(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The version as an XLSForm, for the field's tools; it can be imported again."""
    maker(request)
    found = version_of(code, number)
    try:
        content = write(found.form, form_id=code, version=str(number))
    except Refusal as refusal:
        return _page(request, found, refusal=refusal, status=status_of(refusal))
    return HttpResponse(content, headers=serving(FileKind.XLSX, f"{code}-{number}.xlsx"))


def _done(
    request: HttpRequest,
    deed: str,
    version: Version,
    path: str,
    wording: Wording,
    place: Place,
    person: Any,
) -> str:
    """The path of what is shown next."""
    more: dict[str, Any] = {
        "version": version,
        "path": path,
        "seen": request.POST.get("seen", ""),
        "by": person,
        "at": now(),
    }
    if deed == "remove":
        actions.remove(**more)
        return path.rpartition("/")[0]
    if deed == "move":
        given = place.cleaned_data
        into = given.get("into") if "into" in place.fields else None
        actions.move(place=given["place"], into=into, **more)
        return path if into is None else f"{into}/{path.rpartition('/')[2]}".lstrip("/")
    actions.reword(
        wordings=wording.wordings(),
        required=wording.cleaned_data.get("required"),
        harmless=request.POST.get("not_case_data") or None,
        **more,
    )
    return path


def _forms(form: Form, path: str, item: Item) -> tuple[Wording, Place]:
    at = {"place": editing.place_of(form, path), "into": path.rpartition("/")[0]}
    return Wording(form=form, item=item), Place(initial=at, sections=_sections(form, path, item))


def _sections(form: Form, path: str, item: Item) -> list[tuple[str, str]]:
    """Where a question may go: its own group, and the sections. A group stays where it is."""
    if isinstance(item, Group):
        return []
    home = path.rpartition("/")[0]
    groups = [(at, each) for at, each in form.walk() if isinstance(each, Group)]
    return [(at, plain(each.label) or at) for at, each in groups if at == home or "/" not in at]


def _page(
    request: HttpRequest,
    version: Version,
    *,
    section: Section | None = None,
    refusal: Refusal | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    form = version.form
    case_data = refusal if isinstance(refusal, LooksLikeCaseData) else None
    context = {
        "version": version,
        "versions": versions_of(version.questionnaire),
        "rows": list(_rows(form.items, "", 0)),
        "questions": sum(1 for _each in form.questions()),
        "doubts": doubts(form, version.revision),
        "may_change": version.frozen_on is None,
        "section": section or Section(),
        "form": section,
        "refusal": None if case_data else refusal,
        "case_data": case_data,
        "reason": request.POST.get("not_case_data", ""),
    }
    return render(request, "questionnaires/version.html", context, status=status)


def _item_page(
    request: HttpRequest,
    version: Version,
    path: str,
    item: Item,
    wording: Wording,
    place: Place,
    *,
    refusal: Refusal | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    case_data = refusal if isinstance(refusal, LooksLikeCaseData) else None
    bound: Fields | None = next((each for each in (wording, place) if each.is_bound), None)
    context = {
        "version": version,
        "path": path,
        "item": item,
        "kind": kind_of(item),
        "logic": _logic(item),
        "now": _standing(version.form, path) if isinstance(refusal, ChangedMeanwhile) else None,
        "wording": wording,
        "place": place,
        "form": bound,
        "may_change": version.frozen_on is None,
        "refusal": None if case_data else refusal,
        "case_data": case_data,
        "reason": request.POST.get("not_case_data", ""),
    }
    return render(request, "questionnaires/item.html", context, status=status)


def _standing(form: Form, path: str) -> Item | None:
    """What a colleague left there; nothing where it was taken out."""
    return dict(form.walk()).get(path)


def _rows(items: tuple[Item, ...], above: str, depth: int) -> Any:
    for number, each in enumerate(items):
        path = f"{above}{each.name}"
        ends = number == 0, number == len(items) - 1
        yield Row(path, each, depth, kind_of(each), _logic(each), *ends)
        if isinstance(each, Group):
            yield from _rows(each.items, f"{path}/", depth + 1)


def _logic(item: Item) -> list[tuple[Any, str]]:
    return [(PARTS[part], text) for part, text in logic_of(item) if (part, text) != ("required", "true()")]
