"""The form that cites what a draft is taken from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions.drafting import Cited


class Source(forms.Form):
    """Whether there is enough of it, the deed says; here is only how each field is written."""

    title = forms.CharField(
        label=_("Title of the source"),
        max_length=300,
        required=False,
        help_text=_("Without it, its address."),
    )
    address = forms.URLField(label=_("Its address"), max_length=600, required=False, assume_scheme="https")
    locator = forms.CharField(label=_("Article or page"), max_length=300, required=False)
    seen_on = forms.DateField(label=_("Seen on"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, anchor: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"{anchor}-%s"  # many of them stand on one page

    def cited(self) -> Cited:
        return Cited(**self.cleaned_data)
