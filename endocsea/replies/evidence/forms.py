"""What is typed to show that an answer holds, and what the review says of it. Rules are asked of actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from endocsea.sources.models import Source
from endocsea.sources.rules import may_be_cited
from endocsea.support.texts import host_of

from ..languages import languages
from ..models import Evidence
from .proofs import name_of

ANOTHER = ""  # chosen: a source that is not in the list


class NewEvidence(forms.Form):
    """A source of the register or another one, the place in it, and what it is.

    The file stands last: of an upload that is too large, what was typed before it has arrived.
    """

    source = forms.ChoiceField(label=_("Source"), required=False, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        required=False,
        help_text=_("What the law, report or page is called, as it calls itself."),
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=600,
        required=False,
        help_text=_("Where anybody can open it, as in https://…; nobody opens it unless you ask for that."),
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    locator = forms.CharField(
        label=_("Article or page"), max_length=300, required=False, help_text=_("Where in it this is said.")
    )
    kind = forms.ChoiceField(label=_("What it is"), required=False)
    dated = forms.DateField(
        label=_("Its own date"),
        required=False,
        help_text=_("When it was adopted or published. Level 3 and 4 ask for a source with a date."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    language = forms.ChoiceField(label=_("Its language"), required=False)
    excerpt = forms.CharField(
        label=_("What it says there, translated"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,  # the guard says what is wrong with it
        help_text=_("Where it stands nowhere on the web: a text, a table, a PDF or an office document."),
    )

    def __init__(self, *args: Any, offered: list[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            *((str(each.pk), _named(each)) for each in offered),
            (ANOTHER, _("another one, which I name here")),
        ]
        self.fields["kind"].choices = [("", _("not said")), *Evidence.Kind.choices]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("not said")), *languages()]  # type: ignore[attr-defined]

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        return f"https://{address}" if address and "://" not in address else address


class Checked(forms.Form):
    """What became of a piece of evidence."""

    life = forms.ChoiceField(label=_("What became of it"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Why it was rejected, or cannot be reached"), max_length=300, required=False
    )

    def __init__(self, *args: Any, reviews: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lives = [Evidence.Life.UNREACHABLE]
        if reviews:
            lives = [Evidence.Life.CHECKED, Evidence.Life.REJECTED, Evidence.Life.UNREACHABLE]
        self.fields["life"].choices = [(each.value, each.label) for each in lives]  # type: ignore[attr-defined]
        if not reviews:
            self.fields["life"].initial = Evidence.Life.UNREACHABLE.value


class NewDomain(forms.Form):
    """A site that may be asked for pages."""

    name = forms.CharField(
        label=_("Site"),
        max_length=253,
        help_text=_("Its name alone, as in “ministry.example”; “www.ministry.example” is a part of it."),
    )
    why = forms.CharField(label=_("Whose it is"), max_length=300)


def _named(source: Source) -> str:
    name = name_of(source)
    return f"{name} ({host_of(source.address)})" if source.title and may_be_cited(source.address) else name
