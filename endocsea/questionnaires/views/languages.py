"""The languages of a version: what is missing or stale, the workbook for a translator, and what came back in it."""

from __future__ import annotations

import re
from typing import Any, Final

from django.conf.locale import LANG_INFO
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from endocsea.support.guard import refused as guarded
from endocsea.support.guard.kinds import Kind as FileKind
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.guard.uploads import MEGABYTES, serving
from endocsea.support.refusals import Refusal
from endocsea.support.texts import collation
from endocsea.support.uploading import was_too_large

from .. import actions
from ..form import Form
from ..forms import File
from ..models import Version
from ..refusals import ChangedMeanwhile
from ..translating import (
    Translated,
    digest_of,
    missing,
    name_of,
    stale,
    texts_of,
    translation_in,
    translation_out,
)
from .finding import maker, status_of, version_of

PRIVATE: Final = re.compile(r"x(?:-[a-z0-9]{1,8})+")  # a language that has no code of its own
SHOWN: Final = 20  # texts to translate that a page names before it leaves the rest to the workbook


def salt(code: str, number: int) -> str:
    """What came back for one version is taken into no other."""
    return f"questionnaires.translation {code}/{number}"


@login_required
def languages(request: HttpRequest, code: str, number: int) -> HttpResponse:
    maker(request)
    version = version_of(code, number)
    form = File(request.POST, request.FILES) if request.method == "POST" else File()
    context: dict[str, Any] = {}
    try:
        if was_too_large(request):
            raise guarded.TooLarge(limit=MEGABYTES)
        if form.is_bound and form.is_valid():
            file = form.cleaned_data["file"]
            context = _came(version, translation_in(file.read(), version.form, file.name))
    except Refusal as refusal:
        context = {"refusal": refusal}
    status = 400 if "refusal" in context or form.errors else 200
    return _page(request, version, form, context, status)


@login_required
def download(request: HttpRequest, code: str, number: int, language: str = "") -> HttpResponse:
    """The workbook for one language, that of the address or one that was chosen."""
    maker(request)
    version = version_of(code, number)
    language = language or request.GET.get("language", "")
    if not language:
        return _page(request, version, File(), {}, 200)
    known = language in LANG_INFO or language in version.form.languages
    if not known and not PRIVATE.fullmatch(language):
        raise Http404
    try:
        content = translation_out(version.form, language)
    except Refusal as refusal:
        return _page(request, version, File(), {"refusal": refusal}, 400)
    return HttpResponse(content, headers=serving(FileKind.XLSX, f"{code}-{number}-{language}.xlsx"))


@require_POST
@login_required
def take(request: HttpRequest, code: str, number: int) -> HttpResponse:
    person, version = maker(request), version_of(code, number)
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=salt(code, number))
    except signing.BadSignature as error:
        raise Http404 from error
    chosen = set(request.POST.getlist("take"))
    texts = {key: text for key, text in kept["texts"].items() if key in chosen}
    try:
        actions.translate(
            version=version,
            language=kept["language"],
            texts=texts,
            made_from={key: digest for key, digest in kept["made_from"].items() if key in chosen},
            seen=kept["seen"],
            harmless=request.POST.get("not_case_data") or None,
            by=person,
            at=now(),
        )
    except Refusal as refusal:
        context: dict[str, Any] = {"refusal": refusal}
        if not isinstance(refusal, ChangedMeanwhile):
            context |= {
                "case_data": refusal if isinstance(refusal, LooksLikeCaseData) else None,
                "reason": request.POST.get("not_case_data", ""),
                "kept": request.POST["kept"],
                "language": name_of(kept["language"]),
                "code": kept["language"],
                "rows": _rows(version.form, kept, chosen),
            }
        return _page(request, version, File(), context, status_of(refusal))
    done = ngettext("One text was taken.", "%(count)s texts were taken.", len(texts))
    messages.success(request, done % {"count": len(texts)})
    return redirect("questionnaires:languages", code, number)


def _came(version: Version, came: Translated) -> dict[str, Any]:
    """What is different in the workbook; nothing is taken yet."""
    language, before, after = came.language, texts_of(version.form), texts_of(came.form)
    was, is_now = (form.made_from.get(language, {}) for form in (version.form, came.form))
    own = version.form.languages[0]
    texts = {
        key: text[language]
        for key, text in after.items()
        if text.get(language)
        and (
            text[language] != before[key].get(language)
            # the same words, now said to fit the present wording
            or was.get(key, digest_of(before[key][own])) != is_now.get(key, digest_of(before[key][own]))
        )
    }
    kept = {
        "language": language,
        "texts": texts,
        "made_from": {key: is_now[key] for key in texts if key in is_now},
        "seen": version.revision,
    }
    return {
        "language": name_of(language),
        "code": language,
        "unread": came.unread,
        "rows": _rows(version.form, kept, set(texts)),
        "kept": signing.dumps(kept, salt=salt(version.questionnaire.code, version.number), compress=True),
        "still_missing": len(came.missing),
        "still_stale": len(came.stale),
    }


def _rows(form: Form, kept: dict[str, Any], chosen: set[str]) -> list[dict[str, Any]]:
    known, own = texts_of(form), form.languages[0]
    return [
        {
            "key": key,
            "own": known.get(key, {}).get(own, ""),
            "here": known.get(key, {}).get(kept["language"], ""),
            "back": text,
            "chosen": key in chosen,
            "older": digest_of(known.get(key, {}).get(own, "")) != kept["made_from"].get(key),
        }
        for key, text in kept["texts"].items()
    ]


def _page(
    request: HttpRequest, version: Version, form: File, more: dict[str, Any], status: int
) -> HttpResponse:
    asked = version.form
    own, known = asked.languages[0], texts_of(asked)
    listed = []
    for language in asked.languages[1:]:
        without, outdated = missing(asked, language), stale(asked, language)
        to_do = [(key, known[key][own], key in outdated) for key in known if key in {*without, *outdated}]
        listed.append(
            {
                "language": language,
                "name": name_of(language),
                "missing": len(without),
                "stale": len(outdated),
                "to_do": to_do[:SHOWN],
                "more": max(len(to_do) - SHOWN, 0),
            }
        )
    others = [code for code in LANG_INFO if code not in asked.languages and "name_local" in LANG_INFO[code]]
    context = {
        "version": version,
        "own": name_of(own),
        "own_code": own,
        "listed": listed,
        "texts": len(known),
        "others": sorted(((each, name_of(each)) for each in others), key=lambda each: collation(each[1])),
        "form": form,
        **more,
    }
    return render(request, "questionnaires/languages.html", context, status=status)
