from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One deed.

    The actor is an opaque id and the role at the time, without a foreign key: an entry outlives
    the account. ``about`` names the record by kind and key; ``facts`` holds what a reader of the
    history needs, and no personal data.
    """

    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=80)
    role = models.CharField(_("in which role"), max_length=40, blank=True)
    deed = models.CharField(_("what was done"), max_length=80)
    about_kind = models.CharField(max_length=40, blank=True)
    about_key = models.CharField(max_length=240, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ("pk",)
        indexes = (models.Index(fields=("about_kind", "about_key"), name="journal_about"),)
