"""Looking whether an address opens: by a person's click, at a site that the secretariat has listed."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.sources.fetching import Web, fetch
from endocsea.sources.models import Copy, Domain
from endocsea.sources.refusals import ListedAlready, NotADomain, NotAnAddress, WhoseIsIt
from endocsea.sources.rules import domain_name, site_of
from endocsea.support.actors import Actor
from endocsea.support.guard import texts as guard

from .. import policies, refusals
from ..models import Evidence, Reply
from .answering import key_of, place_of

AGAIN_AFTER: Final = datetime.timedelta(minutes=1)  # until then what came a moment ago is shown


def look_whether_it_opens(
    *, evidence: Evidence, by: Actor, at: datetime.datetime, web: Web | None = None
) -> Copy:
    """Ask for the page of a piece of evidence, and keep its text.

    No transaction is open while the site is asked: it may take its time.

    Raises `refusals.MayNotAnswer`, and `NotAnAddress`, `NotListed`, `NotPublic` of the sources.
    """
    answer, source = evidence.answer, evidence.citation.source
    form = answer.round.version.form if answer.round.version else None
    asked = form.by_path().get(answer.question) if form else None
    replies = Reply.objects.select_related("round", "state")
    reply = replies.filter(round=answer.round, state=answer.state).first() or Reply(
        round=answer.round, state=answer.state
    )
    if asked is None or not policies.may_read(
        by, place_of(reply, asked, answer.question, by, on=localdate(at)), on=localdate(at)
    ):
        raise refusals.MayNotAnswer
    if not source.address:
        raise NotAnAddress(address=source.title[:200])
    if recent := source.copies.filter(fetched_at__gt=at - AGAIN_AFTER).order_by("-fetched_at").first():
        return recent
    listed = frozenset(Domain.objects.filter(removed_at=None).values_list("name", flat=True))
    came = fetch(source.address, listed, web=web)
    site = site_of(source.address)
    with transaction.atomic():
        copy = Copy.objects.create(
            source=source,
            fetched_at=at,
            status=came.status,
            media=came.media,
            digest=came.digest,
            title=came.title,
            text=came.text,
        )
        facts = {"evidence": evidence.pk, "status": came.status, "site": site[1] if site else ""}
        record("source opened", by=by, at=at, about=("answer", key_of(reply, answer.question)), facts=facts)
    return copy


@transaction.atomic
def list_domain(
    *, name: str, why: str, harmless: str | None = None, by: Actor, at: datetime.datetime
) -> Domain:
    """Let a site, and all that are parts of it, be asked for pages.

    Raises `refusals.MayNotListDomains`, `NotADomain`, `WhoseIsIt`, `ListedAlready` of the sources, and what
    `guard.check` raises.
    """
    if not policies.may_list_domains(by, on=localdate(at)):
        raise refusals.MayNotListDomains
    tidy, why = domain_name(name), why.strip()
    if tidy is None:
        raise NotADomain(name=name.strip()[:100])
    if not why:
        raise WhoseIsIt(name=tidy)
    guard.check(why, harmless)
    found = Domain.objects.select_for_update().filter(name=tidy).first() or Domain(name=tidy)
    if found.pk is not None and found.removed_at is None:
        raise ListedAlready(name=tidy)
    found.why, found.listed_at, found.removed_at = why, at, None
    found.full_clean()
    found.save()
    record("domain listed", by=by, at=at, about=("domain", tidy), facts={"why": why})
    return found


@transaction.atomic
def remove_domain(*, domain: Domain, by: Actor, at: datetime.datetime) -> Domain:
    """Let a site be asked no more; one that was removed stays so. Raises `refusals.MayNotListDomains`."""
    if not policies.may_list_domains(by, on=localdate(at)):
        raise refusals.MayNotListDomains
    domain = Domain.objects.select_for_update().get(pk=domain.pk)
    if domain.removed_at is None:
        domain.removed_at = at
        domain.save()
        record("domain removed", by=by, at=at, about=("domain", domain.name), facts={})
    return domain
