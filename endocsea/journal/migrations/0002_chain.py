import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of the chain. The entries so far step aside; the next migration chains them."""

    dependencies = [
        ('journal', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='entry',
            name='journal_about',
        ),
        migrations.RenameModel(
            old_name='Entry',
            new_name='Unchained',
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='number')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('deed', models.CharField(max_length=80, verbose_name='what was done')),
                ('about_kind', models.CharField(blank=True, max_length=40)),
                ('about_key', models.CharField(blank=True, max_length=240)),
                ('doer_digest', models.CharField(max_length=64)),
                ('particulars_digest', models.CharField(max_length=64)),
                ('previous', models.CharField(blank=True, max_length=64)),
                ('link', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'journal entry',
                'verbose_name_plural': 'journal entries',
                'ordering': ('number',),
                'indexes': [models.Index(fields=['about_kind', 'about_key'], name='journal_entry_about')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('about_kind', 'person'), _negated=True), ('about_key', ''), _connector='OR'), models.Q(('about_key__contains', '@'), _negated=True)), name='journal_chain_names_no_person', violation_error_message='The chain of the journal holds nothing that names a person.')],
            },
        ),
        migrations.CreateModel(
            name='Doer',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='doer', serialize=False, to='journal.entry')),
                ('salt', models.CharField(max_length=64)),
                ('actor', models.CharField(db_index=True, max_length=80, verbose_name='who')),
                ('role', models.CharField(blank=True, max_length=240, verbose_name='in which role')),
            ],
            options={
                'verbose_name': 'doer of a journal entry',
                'verbose_name_plural': 'doers of journal entries',
            },
        ),
        migrations.CreateModel(
            name='Particulars',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='particulars', serialize=False, to='journal.entry')),
                ('salt', models.CharField(max_length=64)),
                ('person', models.CharField(blank=True, db_index=True, max_length=80, verbose_name='whom it concerns')),
                ('text', models.TextField(verbose_name='facts')),
            ],
            options={
                'verbose_name': 'particulars of a journal entry',
                'verbose_name_plural': 'particulars of journal entries',
            },
        ),
    ]
