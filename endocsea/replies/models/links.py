"""A way in without an account: to the questions of one sheet, or of one voice."""

import datetime
import uuid

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from endocsea.questionnaires.models import Share

from .voices import Voice


class Link(models.Model):
    """Opens for the first browser that follows it, until that one hands in, it is ended, or its time is over.

    Only digests are kept of what is in the address and in the browser: neither can be read here.
    """

    key = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False
    )  # how the journal names its bearer
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="links", null=True, blank=True)
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="links", null=True, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    browser_digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(_("open until"))
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    done_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("one-time link")
        verbose_name_plural = _("one-time links")
        constraints = (
            models.CheckConstraint(
                name="a_link_leads_to_one_place",
                condition=Q(share__isnull=True, voice__isnull=False)
                | Q(share__isnull=False, voice__isnull=True),
            ),
        )

    def is_open(self, *, at: datetime.datetime) -> bool:
        return self.done_at is None and self.ended_at is None and at < self.ends_at

    @property
    def last_day(self) -> datetime.date:
        """The last day on which it works."""
        return localdate(self.ends_at - datetime.timedelta(microseconds=1))
