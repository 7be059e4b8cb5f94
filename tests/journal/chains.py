"""A short journal made of plain values, without any database."""

import datetime
from dataclasses import replace

from endocsea.journal.rules import (
    BEGINNING,
    ERASING,
    Head,
    Part,
    Written,
    doer_digest,
    link_of,
    moment,
    particulars_digest,
    text_of,
)

NOON = datetime.datetime(2020, 6, 1, 12, 0, tzinfo=datetime.UTC)


def link_to(previous, *, number, **given):
    """An entry after the link of another, with whatever it is to say."""
    doer = given.pop("doer", Part(f"salt-{number}", f"person:{number % 3}", "coordinator"))
    particulars = given.pop("particulars", Part(f"grain-{number}", "", text_of({"level": number})))
    said = {
        "at": moment(NOON + datetime.timedelta(hours=number)),
        "deed": "answer given",
        "about_kind": "answer",
        "about_key": f"XAA C1-{number:02}",
        "doer_digest": doer_digest(doer),
        "particulars_digest": particulars_digest(particulars),
        **given,
    }
    link = link_of(previous=previous, **said)
    return Written(number=number, previous=previous, link=link, doer=doer, particulars=particulars, **said)


def journal(length):
    """As many entries, each linked to the one before it."""
    entries = []
    for number in range(1, length + 1):
        entries.append(link_to(entries[-1].link if entries else BEGINNING, number=number))
    return entries


def head_of(entries, where="journal-head"):
    last = entries[-1]
    return Head(last.number, last.link, last.at, where)


def renumbered(entries):
    """The same entries, numbered 1, 2, 3 … as they stand."""
    return [replace(entry, number=number) for number, entry in enumerate(entries, start=1)]


def erasing(entries, parts):
    """The entries, and one more that says that so many parts were erased."""
    told = Part("grain", "", text_of({"parts": parts}))
    return [*entries, link_to(entries[-1].link, number=len(entries) + 1, deed=ERASING, particulars=told)]
