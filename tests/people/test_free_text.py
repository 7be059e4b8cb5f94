"""No form that a person fills in takes free text so far: what is typed is a name, an address, a code or a password.

The guard looks at free text. A form that gets a field of it is found here, and has to be guarded.
"""

import inspect

from django import forms

from endocsea.people import forms as own
from endocsea.people import sign_in_forms

NAMES = {("Invite", "name"), ("Accept", "name"), ("OwnData", "name")}
OF_DEVICES = {("AddPasskey", "name"), ("RenamePasskey", "name")}
NO_TEXT = (forms.EmailField, forms.ChoiceField, forms.ModelChoiceField, forms.BooleanField)


def typed_fields():
    for module in (own, sign_in_forms):
        for name, form in inspect.getmembers(module, inspect.isclass):
            if issubclass(form, forms.BaseForm) and form.__module__ == module.__name__:
                for field_name, field in form.base_fields.items():
                    yield name, field_name, field


def test_what_can_be_typed_is_a_name_a_code_or_a_secret():
    found = {
        (form, name)
        for form, name, field in typed_fields()
        if isinstance(field, forms.CharField)
        and not isinstance(field, NO_TEXT)
        and not isinstance(field.widget, forms.PasswordInput | forms.HiddenInput)
        and name not in ("code", "login")
    }

    assert found == NAMES | OF_DEVICES


def test_a_name_is_one_short_line():
    for form, name, field in typed_fields():
        if (form, name) in NAMES:
            assert field.max_length == 120
            assert isinstance(field.widget, forms.TextInput)
