"""The rounds that a content pack brings: one, of the made-up states."""

from __future__ import annotations

from endocsea.standards.models import Edition
from endocsea.states.models import Programme, State
from endocsea.support.loading import Load

from .models import Round


def load(load: Load) -> None:
    """Open the training round, which freezes the edition that it uses."""
    if not load.training:
        return
    about = load.pack.about
    given = about["training_round"]
    edition = load.id(Edition, about["edition"])
    load.sync(
        Round.objects.filter(training=True),
        {
            f"training {given['code']}": {
                "programme_id": load.id(Programme, about["code"]),
                "edition_id": edition,
                "code": given["code"],
                "name": given["name"],
                "training": True,
                "opens_on": given["opens"],
                "closes_on": given["closes"],
                "states": load.ids_of(
                    State, tuple(row["code"] for row in load.pack.rows("training-material/states.csv"))
                ),
            }
        },
    )
    Edition.objects.filter(pk=edition, frozen_on=None).update(frozen_on=given["opens"])
