"""Two databases hand out rows in different orders: what people read must not depend on one.

SQLite can be told to turn every order that no query asked for. PostgreSQL hands out rows as they lie,
so there they are laid down again from the last to the first.
"""

import datetime
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection

from endocsea.public.addresses import site
from endocsea.reports.making import document_of, state_named
from endocsea.support.actors import PREVIEW
from tests.public.crawl import crawl

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 1, 15)
LAID_DOWN_AGAIN = """
do $$ declare row record;
begin
  for row in select id from {table} order by id desc loop
    update {table} set id = id where id = row.id;
  end loop;
end $$
"""


@contextmanager
def the_other_way_round():
    """Rows come in another order, wherever no query asks for one."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("pragma reverse_unordered_selects = on")
            yield
            cursor.execute("pragma reverse_unordered_selects = off")
        else:
            for table in tables():
                cursor.execute(LAID_DOWN_AGAIN.format(table=table))
            yield


def tables():
    """The tables of records; the journal's are added to and never changed, and are read in their order."""
    return [
        connection.ops.quote_name(model._meta.db_table)
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("endocsea.") and model._meta.app_label != "journal"
    ]


def test_rows_do_come_in_another_order():
    def names():
        with connection.cursor() as cursor:
            cursor.execute("select iso3 from states_state")
            return [name for (name,) in cursor.fetchall()]

    before = names()
    with the_other_way_round():
        after = names()

    # PostgreSQL lays some of them into room that others have left
    assert after == before[::-1] if connection.vendor == "sqlite" else after != before
    assert sorted(after) == sorted(before)


def test_no_page_or_file_depends_on_an_order_that_no_query_asks_for(client):
    before = crawl(client, ("/en/",), without=("/fr/",))
    with the_other_way_round():
        after = crawl(client, ("/en/",), without=("/fr/",))

    assert sorted(address for address in before if before[address] != after.get(address)) == []


@pytest.mark.parametrize(("kind", "iso3"), [("gap-analysis", "XAB"), ("desk-note", "GEO")])
def test_no_document_depends_on_one_either(kind, iso3):
    def document():
        return document_of(
            kind,
            state_named(iso3),
            language="en",
            on=None,
            today=TODAY,
            by=PREVIEW,
            site=site("https://example.org", "en"),
        )

    before = repr(document())
    with the_other_way_round():
        after = repr(document())

    assert after == before
