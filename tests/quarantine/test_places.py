"""Every text column is a place of entered words, or has a reason why it is none."""

import pytest
from django.apps import apps
from django.db import models

from endocsea.config.entered import NOT_ENTERED, OF_EVERY_RECORD, PLACES, not_entered
from endocsea.quarantine.places import all_places, columns_of
from endocsea.support.texts import removal_mark


def text_columns():
    """Every column of the chapters that could hold words: no choice among given ones."""
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("endocsea."):
            for field in model._meta.concrete_fields:
                text = isinstance(field, (models.CharField, models.TextField, models.JSONField))
                if text and not field.choices and field.name not in OF_EVERY_RECORD:
                    yield f"{model._meta.app_label}.{model.__name__}.{field.name}"


def test_every_text_column_is_a_place_or_has_a_reason():
    there = set(text_columns())
    declared, excused = columns_of(PLACES), set(not_entered())

    assert there - declared - excused == set(), (
        "declare it in its chapter's `entered`, or in config/entered.py"
    )
    assert (declared | excused) - there == set()
    assert declared & excused == set()
    assert all(reason for reason in NOT_ENTERED)


def test_the_quarantine_reads_what_the_chapters_declare():
    assert all_places() == PLACES
    assert {place.kind for place in PLACES} >= {"report", "person", "invitation", "answer", "finding"}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.model)
def test_a_mark_fits_where_one_is_left(place):
    import datetime

    mark = removal_mark(datetime.date(2026, 11, 25))
    model = apps.get_model(place.model)
    for column in place.columns:
        field = model._meta.get_field(column)
        if place.marked:
            assert (field.max_length or len(mark)) >= len(mark)
        else:
            assert field.blank


def test_a_key_is_the_same_in_every_copy(db):
    (answers,) = [place for place in PLACES if place.model == "replies.Answer"]
    keys = [row.key for row in answers.rows()]

    assert len(set(keys)) == len(keys)
    assert all(len(key.split(" ")) == 3 for key in keys)
