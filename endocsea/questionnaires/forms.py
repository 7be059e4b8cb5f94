"""Forms that make and change questionnaires. They read what was typed; rules are asked of actions and policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from endocsea.standards.models import Edition
from endocsea.support.texts import plain

from .editing import WORDINGS
from .form import Form, Group, Item, Question, Texts
from .models import Questionnaire
from .saying import TEXTS
from .translating import name_of

FULL: Final = "full"
CORE: Final = "core"
REQUIRED: Final = "true()"
LONGEST: Final = 20_000


def _code(**more: Any) -> forms.SlugField:
    return forms.SlugField(
        label=_("Short name"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens, as in “custody-2021”: it stands in addresses."),
        **more,
    )


def _editions() -> list[tuple[Any, Any]]:
    return [
        (each.pk, _("Benchmark %(code)s") % {"code": each.code})
        for each in Edition.objects.filter(retired_on=None).order_by("-code")
    ]


class Named(forms.Form):
    """What a questionnaire is called."""

    def title(self) -> dict[str, str]:
        given = {"en": self.cleaned_data["title_en"], "fr": self.cleaned_data["title_fr"]}
        return {language: text for language, text in given.items() if text}


class Build(Named):
    """A questionnaire from a benchmark."""

    edition = forms.ChoiceField(label=_("Edition of the benchmark"))
    scope = forms.ChoiceField(
        label=_("What it asks"),
        choices=((FULL, _("all questions")), (CORE, _("the core set: the short form"))),
        widget=forms.RadioSelect,
        initial=FULL,
    )
    code = _code()
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    title_fr = forms.CharField(label=_("Title in French"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = _editions()  # type: ignore[attr-defined]


class Import(Named):
    """A workbook, and what it becomes."""

    file = forms.FileField(
        label=_("Workbook"), help_text=_("An XLSForm as XLSX or XLS, or its table in Markdown or CSV.")
    )
    into = forms.ChoiceField(label=_("What it becomes"), required=False)
    code = _code(required=False)
    title_en = forms.CharField(
        label=_("Title in English"),
        max_length=200,
        required=False,
        help_text=_("Empty: the title that stands in the workbook."),
    )
    title_fr = forms.CharField(label=_("Title in French"), max_length=200, required=False)
    edition = forms.ChoiceField(
        label=_("Benchmark that it belongs to"),
        help_text=_("Of a new questionnaire; its rounds are reviewed by it."),
    )
    note = forms.CharField(
        label=_("What changed"),
        max_length=300,
        required=False,
        help_text=_("Of a new version, for whoever compares it later."),
    )
    instead = forms.BooleanField(
        label=_("It takes the place of the version in the making, if there is one"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Questionnaire.objects.filter(retired_on=None).order_by("code")
        self.fields["edition"].choices = _editions()  # type: ignore[attr-defined]
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            ("", _("a new questionnaire")),
            *(
                (each.code, _("a new version of “%(title)s”") % {"title": plain(each.title)})
                for each in there
            ),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("into") and not given.get("code") and "code" not in self.errors:
            self.add_error("code", _("A new questionnaire has a short name."))
        return given


class Section(forms.Form):
    """A new section, in the language that the questionnaire is written in."""

    label = forms.CharField(label=_("Heading of the section"), max_length=300)


class Wording(forms.Form):
    """The texts of an item in each language of the form; of a question also whether it must be answered."""

    def __init__(self, *args: Any, form: Form, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form, self.item = form, item
        for name, language in self._texts():
            own = language == form.languages[0]
            self.fields[f"{name}-{language}"] = forms.CharField(
                label=_("%(text)s (%(language)s)") % {"text": TEXTS[name], "language": name_of(language)},
                initial=getattr(item, name).get(language, ""),
                max_length=LONGEST,
                required=own and name == "label",
                widget=forms.Textarea(attrs={"rows": 3, "lang": language}),
            )
        if isinstance(item, Question):
            self.fields["required"] = forms.ChoiceField(
                label=_("Must it be answered?"),
                choices=self._required(item),
                initial=item.required,
                required=False,
            )

    def wordings(self) -> dict[str, Texts]:
        """What was typed, by name of the text and language."""
        found: dict[str, dict[str, str]] = {}
        for name, language in self._texts():
            typed = self.cleaned_data[f"{name}-{language}"]
            found.setdefault(name, {})[language] = typed.replace("\r\n", "\n")
        return dict(found)

    def _texts(self) -> Iterator[tuple[str, str]]:
        for name in ("label",) if isinstance(self.item, Group) else WORDINGS:
            for language in self.form.languages:
                yield name, language

    @staticmethod
    def _required(item: Question) -> list[tuple[str, Any]]:
        choices: list[tuple[str, Any]] = [("", _("no")), (REQUIRED, _("yes"))]
        if item.required not in ("", REQUIRED):
            choices.append((item.required, _("as written: %(expression)s") % {"expression": item.required}))
        return choices


class Place(forms.Form):
    """Where an item is to stand."""

    into = forms.ChoiceField(label=_("Section"), required=False)
    place = forms.IntegerField(
        label=_("Place in it"), min_value=1, max_value=9_999, help_text=_("1 is the first.")
    )

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = sections  # type: ignore[attr-defined]
        if not sections:
            del self.fields["into"]


class File(forms.Form):
    """A workbook of translations."""

    file = forms.FileField(
        label=_("Workbook"), help_text=_("The one that was sent out for translation, as XLSX.")
    )
