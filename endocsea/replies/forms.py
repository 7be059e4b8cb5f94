"""Forms of rounds and shares. They read what was typed; rules are asked of actions and policies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from endocsea.people.models import Appointment
from endocsea.questionnaires.actions.rounds import REMIND
from endocsea.questionnaires.form import Form, Group
from endocsea.questionnaires.models import Version
from endocsea.questionnaires.refusals import UnclearReminders
from endocsea.questionnaires.reminders import days_in
from endocsea.states.models import State
from endocsea.support.actors import Role
from endocsea.support.texts import collation, plain

from .reading import asking


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}))


class NewRound(forms.Form):
    """What is asked, of whom, until when."""

    version = forms.ChoiceField(label=_("Questionnaire"))
    code = forms.SlugField(
        label=_("Short name"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens, as in “spring-2021”: it stands in addresses."),
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    name_fr = forms.CharField(label=_("Name in French"), max_length=120, required=False)
    states = forms.MultipleChoiceField(label=_("States"), widget=forms.CheckboxSelectMultiple)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple, initial=["en"]
    )
    opens_on = _day(_("Opens on"))
    answers_until = _day(_("Answers are due on"))
    reminders = forms.CharField(
        label=_("Reminders, in days before the due day"),
        max_length=80,
        required=False,
        initial=", ".join(map(str, REMIND)),
        help_text=_(
            "As in “14, 3, 0”: coordinators get a letter 14 days before, 3 days before, and on the day itself. Empty: "
            "only the first letter, when the round opens."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-unguarded": ""}),
    )
    closes_on = _day(_("Closes on"), _("The day of which its reports speak."))

    def __init__(self, *args: Any, states: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = Version.objects.filter(retired_on=None, questionnaire__edition__isnull=False)
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            (
                each.pk,
                _("%(title)s, version %(number)s")
                % {"title": plain(each.questionnaire.title), "number": each.number},
            )
            for each in versions.select_related("questionnaire").order_by("questionnaire__code", "-number")
        ]
        by_name = sorted(states, key=lambda state: (state.training, collation(plain(state.name))))
        self.fields["states"].choices = [(state.pk, plain(state.name)) for state in by_name]  # type: ignore[attr-defined]

    def clean_reminders(self) -> tuple[int, ...]:
        try:
            return days_in(self.cleaned_data["reminders"])
        except UnclearReminders as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class Reason(forms.Form):
    """Why a round is closed."""

    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class MoreTime(forms.Form):
    """One state, a later day, and why."""

    state = forms.ChoiceField(label=_("State"))
    until = _day(_("Answers are due on"))
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, states: list[State], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", _("choose one")),
            *((state.pk, plain(state.name)) for state in states),
        ]


class NewShare(forms.Form):
    """Which institution answers which questions, and who of the team."""

    institution = forms.CharField(
        label=_("Institution"), max_length=200, help_text=_("What it is called; never who works there.")
    )
    member = forms.ChoiceField(
        label=_("Member of the team who answers for it"),
        required=False,
        help_text=_("Nobody: the institution gets a sheet, and needs no account."),
    )
    due_on = forms.DateField(
        label=_("Back by"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    questions = forms.MultipleChoiceField(label=_("Questions"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, form: Form, team: list[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [  # type: ignore[attr-defined]
            ("", _("nobody")),
            *((held.pk, held.person.name or held.person.email) for held in team),
        ]
        self.fields["questions"].choices = [  # type: ignore[attr-defined]
            (
                plain(section.label),
                [(path, f"{question.name} {plain(question.label)}") for path, question in asking(section)],
            )
            for section in form.items
            if isinstance(section, Group)
        ]


def team_of(state: State, *, on: Any) -> list[Appointment]:
    """Who is on a state's team that day, by name."""
    held = Appointment.objects.on(on).filter(state=state, role=Role.TEAM).select_related("person")
    return sorted(held, key=lambda each: collation(each.person.name or each.person.email))
