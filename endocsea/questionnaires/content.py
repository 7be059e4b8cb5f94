"""What a content pack brings: the questionnaire of its benchmark, and a round of the made-up states."""

from __future__ import annotations

import datetime

from endocsea.standards.models import Edition
from endocsea.states.models import Programme, State
from endocsea.support.loading import Load

from . import building
from .models import Questionnaire, Round, Version
from .words import CORE_SET, FULL_SET
from .written import as_data, names_of


def load(load: Load) -> None:
    """Build the questionnaires of the edition; open the training round, which freezes the edition that it uses.

    A frozen version stays as it was asked, whatever the content says since.
    """
    about = load.pack.about
    edition = Edition.objects.get(pk=load.id(Edition, about["edition"]))
    languages = tuple(about["languages"])
    for code, title, core_only in (("full", FULL_SET, False), ("core", CORE_SET, True)):
        key = f"{about['edition']} {code}"
        load.sync(
            Questionnaire.objects.filter(content_key=key),
            {
                key: {
                    "programme_id": load.id(Programme, about["code"]),
                    "edition_id": edition.pk,
                    "code": f"{code}-{about['edition']}",
                    "title": title,
                }
            },
        )
        if not Version.objects.filter(content_key=key).exclude(frozen_on=None).exists():
            written = as_data(
                building.form_of(edition, title=title, languages=languages, core_only=core_only)
            )
            load.sync(
                Version.objects.filter(content_key=key),
                {
                    key: {
                        "questionnaire_id": load.id(Questionnaire, key),
                        "number": 1,
                        **names_of(written),
                        "made_on": about["as_of"],
                    }
                },
            )
    if load.training:
        _open_the_training_round(load, edition)


def _open_the_training_round(load: Load, edition: Edition) -> None:
    given, about = load.pack.about["training_round"], load.pack.about
    version = Version.objects.get(content_key=f"{about['edition']} full")
    load.sync(
        Round.objects.filter(training=True),
        {
            f"training {given['code']}": {
                "programme_id": load.id(Programme, about["code"]),
                "edition_id": edition.pk,
                "version_id": version.pk,
                "code": given["code"],
                "name": given["name"],
                "training": True,
                "languages": list(about["languages"]),
                "opens_on": given["opens"],
                "answers_until": given["answers_until"],
                "closes_on": given["closes"],
                "opened_at": _midnight(given["opens"]),
                "closed_at": _midnight(given["closes"] + datetime.timedelta(days=1)),
                "states": load.ids_of(
                    State, tuple(row["code"] for row in load.pack.rows("training-material/states.csv"))
                ),
            }
        },
    )
    Edition.objects.filter(pk=edition.pk, frozen_on=None).update(frozen_on=given["opens"])
    Version.objects.filter(pk=version.pk, frozen_on=None).update(frozen_on=given["opens"])


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=datetime.UTC)
