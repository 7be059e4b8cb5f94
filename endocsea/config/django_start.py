"""Starting Django for one data folder, from the command line."""

from __future__ import annotations

import os
from pathlib import Path


def answer_on(port: int) -> None:
    """Links in letters lead to this machine, unless the environment names another place.

    By its name, as passkeys are bound to a name and not to a number.
    """
    os.environ.setdefault("ENDOCSEA_SITE", f"http://localhost:{port}")


def lead_to(address: str) -> None:
    """Links lead to this address, whatever the environment says."""
    os.environ["ENDOCSEA_SITE"] = address


def start(place: Path, *, training: bool = True, preview: bool = True) -> None:
    """Point the settings at the data folder and load the chapters. Once per process."""
    os.environ["ENDOCSEA_DATA"] = str(place)
    os.environ["ENDOCSEA_TRAINING"] = "yes" if training else "no"
    os.environ["ENDOCSEA_EDITION"] = "preview" if preview else "public"
    os.environ["DJANGO_SETTINGS_MODULE"] = "endocsea.config.settings"
    import django

    django.setup()
