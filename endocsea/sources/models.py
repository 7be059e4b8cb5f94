from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A document, page or data set that anyone could look at; named by its address or its title."""

    address = models.URLField(_("address"), max_length=600, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = (
            models.CheckConstraint(
                name="source_has_address_or_title",
                condition=~Q(address="") | ~Q(title=""),
                violation_error_message=_("A source needs an address or a title."),
            ),
            models.UniqueConstraint(name="source_named_once", fields=("address", "title")),
        )


class Citation(models.Model):
    """A place in a source: where in it, and when it was seen (as far as that was written down)."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    locator = models.CharField(_("place in the source"), max_length=300, blank=True)
    seen_on = models.DateField(_("seen on"), null=True, blank=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        # two, because neither SQLite nor PostgreSQL 14 can count two empty days as the same
        constraints = (
            models.UniqueConstraint(name="citation_named_once", fields=("source", "locator", "seen_on")),
            models.UniqueConstraint(
                name="citation_without_day_named_once",
                fields=("source", "locator"),
                condition=Q(seen_on=None),
            ),
        )
