"""Forms of the chapter. They read what was typed; rules are asked of actions and policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from endocsea.standards.models import Capability
from endocsea.states.models import State
from endocsea.support.actors import Role
from endocsea.support.texts import collation, plain

from .rules import NAMES


def _place(choice: Any) -> tuple[object, ...]:
    value, name = choice
    return value.instance.training, collation(name)


class ByName(ModelChoiceIterator):  # type: ignore[type-arg]
    """The choices by name as the page's language writes it; what is made up for training comes last."""

    def __iter__(self) -> Iterator[Any]:
        first, *states = super().__iter__()
        yield first
        yield from sorted(states, key=_place)


class OneState(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A state, by its name."""

    iterator = ByName

    def label_from_instance(self, obj: Any) -> str:
        return plain(obj.name)


class SomeCapabilities(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Capabilities, by their names."""

    def label_from_instance(self, obj: Any) -> str:
        return plain(obj.name)


class Invite(forms.Form):
    """Whom to invite, to which role, for which state."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"))
    state = OneState(
        State.objects.none(), label=_("State"), required=False, empty_label=_("the whole programme")
    )
    capabilities = SomeCapabilities(
        Capability.objects.none(),
        label=_("Only these capabilities"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a member of a team, or a rapporteur. None chosen: all of them."),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, roles: list[Role], states: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # nothing is chosen beforehand: in a hurry, the first role would be given
        choices = [("", _("choose one")), *((role.value, NAMES[role]) for role in roles)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        self.fields["state"].queryset = states  # type: ignore[attr-defined]
        self.fields["capabilities"].queryset = Capability.objects.filter(retired_on=None)  # type: ignore[attr-defined]


class Accept(forms.Form):
    """Name and password of somebody who accepts an invitation."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("A password of your own"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=_("Twelve characters or more, for example a few words that only you put together."),
    )


class OwnData(forms.Form):
    """What a person may correct."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
