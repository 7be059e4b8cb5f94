"""Where the chapter keeps texts that a person entered. Its questions are none of them: they are written to be read."""

from __future__ import annotations

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from endocsea.quarantine.places import Place

PK = Cast("pk", CharField())

PLACES = (
    Place(
        "questionnaire version", _("What changed in a questionnaire"), "questionnaires.Version", ("note",), PK
    ),
    Place("extension", _("Why a state has more time"), "questionnaires.Extension", ("reason",), PK),
    Place("share", _("Institution that answers"), "questionnaires.Share", ("institution",), PK),
)
