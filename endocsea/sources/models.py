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


class Domain(models.Model):
    """A host that may be asked for a page when a person clicks: `gov.example` allows `www.gov.example`, too."""

    name = models.CharField(_("domain"), max_length=253, unique=True)
    why = models.CharField(_("whose it is"), max_length=300)
    listed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("domain that may be asked")
        verbose_name_plural = _("domains that may be asked")


class Copy(models.Model):
    """What stood at an address when a person had it fetched: its text only, no pictures. Never changed."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="copies")
    fetched_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField()  # of HTTP; 0: nobody answered
    media = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the bytes that came
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("copy of a source")
        verbose_name_plural = _("copies of sources")
