"""Content texts and dates in templates."""

from django import template

from endocsea.support import days, texts

register = template.Library()

register.filter("say", texts.say)
register.filter("plain", texts.plain)
register.filter("english", texts.english)
register.filter("long_day", days.long_day, expects_localtime=True)
register.filter("fuzzy_day", days.fuzzy)
