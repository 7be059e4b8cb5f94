import datetime

import pytest
from django.utils import translation

from endocsea.profiles.queries import current_public_run
from endocsea.public.addresses import site
from endocsea.reports.desk_note import desk_note
from endocsea.reports.frame import subject
from endocsea.reports.gap_analysis import gap_analysis
from endocsea.states.models import State
from endocsea.support.actors import PREVIEW

TODAY = datetime.date(2026, 1, 15)


@pytest.fixture
def gap_analysis_of(db):
    def make(iso3, language="en", on=datetime.date(2020, 5, 31)):
        with translation.override(language):
            state = subject(State.objects.get(iso3=iso3))
            run = current_public_run(training=True)
            return gap_analysis(
                state, run, on=on, site=site("https://example.org", language), language=language
            )

    return make


@pytest.fixture
def desk_note_of(db):
    def make(iso3, language="en", on=datetime.date(2021, 6, 30), actor=PREVIEW):
        with translation.override(language):
            state = subject(State.objects.get(iso3=iso3))
            where = site("https://example.org", language)
            return desk_note(state, on=on, today=TODAY, actor=actor, site=where, language=language)

    return make
