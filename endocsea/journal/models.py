"""An entry of the journal, and the two parts of it that can be erased.

What stands in the chain for good names a deed, a record and a moment. Everything that could point at a
person stands beside it and is known to the chain by a salted digest alone:

- who did it: the actor's opaque id, and the role, for a state has one coordinator on a day;
- whom it concerns and the facts: the entry that gives somebody a role is about that person, and says which role.

They are two parts because they are often about two people: erasing one leaves what the other did.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .rules import PERSON


class EntryQuerySet(models.QuerySet["Entry"]):
    def with_parts(self) -> EntryQuerySet:
        """Each entry with its doer and particulars, as far as they have not been erased."""
        return self.select_related("doer", "particulars")


class Entry(models.Model):
    """One deed, linked to the one before it. ``about`` names the record by kind and key; of a person the kind alone."""

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"))
    deed = models.CharField(_("what was done"), max_length=80)
    about_kind = models.CharField(max_length=40, blank=True)
    about_key = models.CharField(max_length=240, blank=True)
    doer_digest = models.CharField(max_length=64)
    particulars_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    link = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ("number",)
        indexes = (models.Index(fields=("about_kind", "about_key"), name="journal_entry_about"),)
        constraints = (
            models.CheckConstraint(
                name="journal_chain_names_no_person",
                condition=(~Q(about_kind=PERSON) | Q(about_key="")) & ~Q(about_key__contains="@"),
                violation_error_message=_("The chain of the journal holds nothing that names a person."),
            ),
        )

    @property
    def actor(self) -> str:
        """Who did it, by an opaque id; empty once that was erased."""
        return self.doer.actor if hasattr(self, "doer") else ""

    @property
    def role(self) -> str:
        return self.doer.role if hasattr(self, "doer") else ""

    @property
    def person(self) -> str:
        """Whom it concerns, by an opaque id; empty where nobody, and once that was erased."""
        return self.particulars.person if hasattr(self, "particulars") else ""

    @property
    def facts(self) -> dict[str, Any]:
        """What a reader of the history needs; empty once it was erased."""
        return dict(json.loads(self.particulars.text)) if hasattr(self, "particulars") else {}

    @property
    def erased(self) -> bool:
        """Whether a part of it was erased."""
        return not (hasattr(self, "doer") and hasattr(self, "particulars"))


class Doer(models.Model):
    """Who did it, and in which role: every role held that day, in alphabetical order."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="doer")
    salt = models.CharField(max_length=64)
    actor = models.CharField(_("who"), max_length=80, db_index=True)
    role = models.CharField(_("in which role"), max_length=240, blank=True)

    class Meta:
        verbose_name = _("doer of a journal entry")
        verbose_name_plural = _("doers of journal entries")


class Particulars(models.Model):
    """Whom it concerns, if anybody, and the facts as the JSON text that was hashed."""

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="particulars"
    )
    salt = models.CharField(max_length=64)
    person = models.CharField(_("whom it concerns"), max_length=80, blank=True, db_index=True)
    text = models.TextField(_("facts"))

    class Meta:
        verbose_name = _("particulars of a journal entry")
        verbose_name_plural = _("particulars of journal entries")
