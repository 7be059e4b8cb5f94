"""What can stand in the way of asking an address for its page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from endocsea.support.refusals import Refusal


class NotAnAddress(Refusal):
    code = "sources.not-an-address"
    sentence = _("“%(address)s” is no address that can be opened from here.")
    remedy = _("Give one that begins with https:// or http://, with the name of its site and no password.")


class NotListed(Refusal):
    code = "sources.not-listed"
    sentence = _("%(host)s is not among the sites that may be asked for a page.")
    remedy = _("Open it in your own browser, or ask the secretariat to list the site.")


class NotPublic(Refusal):
    code = "sources.not-public"
    sentence = _("%(host)s does not lead to a public address of the internet, so it was not asked.")
    remedy = _("Open it in your own browser, or tell the secretariat: the site may be listed wrongly.")


class NotADomain(Refusal):
    code = "sources.not-a-domain"
    sentence = _("“%(name)s” is not the name of a site.")
    remedy = _("Write its name alone, as in “ministry.example”, without https:// and without a path.")


class ListedAlready(Refusal):
    code = "sources.listed-already"
    sentence = _("%(name)s is listed already.")
    remedy = _("Nothing needs to be done.")


class WhoseIsIt(Refusal):
    code = "sources.whose-is-it"
    sentence = _("It is not said whose site %(name)s is.")
    remedy = _("Write whose it is, and why it may be asked.")
