"""The interface's words for what records say in codes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CHANNELS = {
    "helpline": _("helpline"),
    "hotline for illegal content": _("hotline for illegal content"),
    "police": _("police"),
    "other": _("other"),
}

# Languages that Django has no name for.
LANGUAGES = {"cnr": _("Montenegrin")}

# Places of published figures that are no states.
REGIONS = {
    "GLOBAL": _("the world"),
    "EUROPE": _("Europe"),
    "EU": _("the European Union"),
}

# What the glossary advises, in the order of its page: heading, and what it means.
ADVICE = {
    "use": (_("Words to use"), _("Say and write these.")),
    "caution": (
        _("Words to use with care"),
        _("They can mislead or hurt. Say what is meant, or the other words given."),
    ),
    "legal title only": (
        _("Words for the title of a law only"),
        _(
            "They stand in the names of treaties and laws. Quote them there and use other words everywhere else."
        ),
    ),
    "avoid": (
        _("Words to avoid"),
        _("They blame or label people, make a crime look small, or promise more than is known."),
    ),
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
