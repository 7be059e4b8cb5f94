"""Loading a content pack: checked whole, then every chapter in its order, in one transaction."""

from __future__ import annotations

import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from endocsea.findings import content as findings
from endocsea.journal.actions import record
from endocsea.quarantine.actions import destroy_again
from endocsea.questionnaires import content as questionnaires
from endocsea.replies import content as replies
from endocsea.sources.content import Register
from endocsea.standards import content as standards
from endocsea.states import content as states
from endocsea.support.actors import Actor
from endocsea.support.loading import Changes, Load
from endocsea.support.pack import ContentRefused, Pack, check_pack

CHECKS = (states.check, standards.check, replies.check, findings.check)


def checked(folder: Path) -> Pack:
    """The pack with every defect that the schemas and the chapters' own checks find."""
    return check_pack(folder, settings.SCHEMAS, CHECKS)


@transaction.atomic
def load(folder: Path, *, training: bool, by: Actor, at: datetime.datetime) -> Changes:
    """Bring all records into agreement with the pack; nothing changes if anything is wrong.

    What was destroyed here before is destroyed again, before anybody could see it.

    Raises:
        ContentRefused: naming every defect.
        ListUnreadable: nobody can tell what was destroyed before.
    """
    pack = checked(folder)
    if pack.defects:
        raise ContentRefused(pack.defects)
    load = Load(pack, on=at.date(), training=training)
    register = Register()
    states.load(load, register)
    standards.load(load, register)
    questionnaires.load(load)
    replies.load(load, register)
    findings.load(load, register)
    destroy_again(by=by, at=at)
    if not load.changes.nothing:
        record("content loaded", by=by, at=at, about=("pack", pack.about["code"]), facts=load.changes.facts())
    return load.changes
