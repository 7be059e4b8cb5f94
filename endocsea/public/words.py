"""The interface's words for what records say in codes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CHANNELS = {
    "helpline": _("helpline"),
    "hotline for illegal content": _("hotline for illegal content"),
    "police": _("police"),
    "other": _("other"),
}

# The facts about the programme that the about page shows, by their key in the content.
FACTS = {
    "reference": _("Reference"),
    "donor": _("Donor"),
    "budget_total_eur": _("Budget in euro"),
    "start": _("Start"),
    "end": _("End"),
    "beneficiaries": _("Beneficiaries"),
    "implementing_unit": _("Carried out by"),
    "co_operating_unit": _("Together with"),
    "internal_partner": _("Partner inside the Council of Europe"),
    "steering_composition": _("Steered by"),
    "cross_cutting": _("In everything"),
    "website": _("Website"),
}
