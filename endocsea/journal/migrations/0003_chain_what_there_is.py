import secrets

from django.db import migrations, transaction

# The form of a link is the chain's own: what the check calculates is what has to be written here.
from endocsea.journal import heads, rules
from endocsea.journal.rules import Head, Part


def chain(apps, schema_editor):
    """Chain the entries that there are, in the order in which they were written."""
    alias = schema_editor.connection.alias
    Unchained, Entry, Doer, Particulars = (
        apps.get_model("journal", name) for name in ("Unchained", "Entry", "Doer", "Particulars")
    )
    number, head = 0, None
    previous = rules.BEGINNING
    for old in Unchained.objects.using(alias).order_by("pk").iterator(chunk_size=2000):
        number += 1
        person, key = "", old.about_key
        if old.about_kind == rules.PERSON:
            person, key = rules.person_id(key), ""
        doer = Part(secrets.token_hex(32), old.actor, old.role)
        particulars = Part(secrets.token_hex(32), person, rules.text_of(old.facts))
        chained = {
            "previous": previous,
            "deed": old.deed,
            "about_kind": old.about_kind,
            "about_key": key,
            "doer_digest": rules.doer_digest(doer),
            "particulars_digest": rules.particulars_digest(particulars),
        }
        previous = rules.link_of(at=rules.moment(old.at), **chained)
        entry = Entry.objects.using(alias).create(number=number, at=old.at, link=previous, **chained)
        Doer.objects.using(alias).create(entry=entry, salt=doer.salt, actor=doer.person, role=doer.text)
        Particulars.objects.using(alias).create(
            entry=entry, salt=particulars.salt, person=particulars.person, text=particulars.text
        )
        head = Head(number, previous, rules.moment(old.at))
    if head:
        transaction.on_commit(lambda: heads.move_forward(head), using=alias, robust=True)


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0002_chain'),
    ]

    operations = [
        migrations.RunPython(chain),
    ]
