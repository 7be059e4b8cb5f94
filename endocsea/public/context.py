"""What the frame of every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info


def every_page(request: HttpRequest) -> dict[str, Any]:
    here = get_language()
    return {
        "language": here,
        "other_languages": [
            {
                "code": code,
                "name": get_language_info(code)["name_local"],
                "href": translate_url(request.path, code),
            }
            for code, _ in settings.LANGUAGES
            if code != here
        ],
        "preview": settings.PREVIEW,
        "with_training": settings.WITH_TRAINING,
    }
