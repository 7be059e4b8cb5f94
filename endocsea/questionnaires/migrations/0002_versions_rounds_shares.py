import django.db.models.deletion
import endocsea.support.texts
from django.db import migrations, models


def load_again(apps, schema_editor):
    """A round of the content pack has more to it now: the next load brings it over."""
    apps.get_model('questionnaires', 'Round').objects.update(content_hash='')


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_who_answers_for_a_letter'),
        ('questionnaires', '0001_initial'),
        ('standards', '0001_initial'),
        ('states', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='round',
            name='answers_until',
            field=models.DateField(blank=True, null=True, verbose_name='answers are due on'),
        ),
        migrations.AddField(
            model_name='round',
            name='closed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='closed'),
        ),
        migrations.AddField(
            model_name='round',
            name='languages',
            field=models.JSONField(default=list, verbose_name='languages'),
        ),
        migrations.AddField(
            model_name='round',
            name='opened_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='opened'),
        ),
        migrations.AddField(
            model_name='round',
            name='reminders',
            field=models.JSONField(default=list, verbose_name='days before the due day on which who is late is reminded'),
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField(verbose_name='answers are due on')),
                ('reason', models.CharField(max_length=300, verbose_name='why')),
                ('given_at', models.DateTimeField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='questionnaires.round')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='states.state')),
            ],
            options={
                'verbose_name': 'extension',
                'verbose_name_plural': 'extensions',
            },
        ),
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('code', models.SlugField()),
                ('title', endocsea.support.texts.TextsField(default=dict, verbose_name='title')),
                ('edition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='standards.edition')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questionnaires', to='states.programme')),
            ],
            options={
                'verbose_name': 'questionnaire',
                'verbose_name_plural': 'questionnaires',
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.CharField(max_length=200, verbose_name='institution')),
                ('questions', models.JSONField(default=list, verbose_name='questions')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='back by')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='people.appointment')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='questionnaires.round')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='states.state')),
            ],
            options={
                'verbose_name': 'share of a questionnaire',
                'verbose_name_plural': 'shares of a questionnaire',
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('written', models.JSONField(verbose_name='what is asked')),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='what changed')),
                ('made_on', models.DateField(verbose_name='made on')),
                ('frozen_on', models.DateField(blank=True, null=True, verbose_name='frozen on')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='questionnaires.questionnaire')),
            ],
            options={
                'verbose_name': 'version of a questionnaire',
                'verbose_name_plural': 'versions of a questionnaire',
            },
        ),
        migrations.AddField(
            model_name='round',
            name='version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='questionnaires.version'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('answers_until', None), models.Q(('answers_until__gte', models.F('opens_on')), ('answers_until__lte', models.F('closes_on'))), _connector='OR'), name='answers_are_due_within_the_round', violation_error_message='Answers are due between the first and the last day of the round.'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), models.Q(('closed_at__gte', models.F('opened_at')), ('opened_at__isnull', False)), _connector='OR'), name='only_an_open_round_is_closed', violation_error_message='A round is opened before it is closed.'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(fields=('round', 'state', 'until'), name='extension_once'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='extension_has_a_reason', violation_error_message='An extension is given with a reason.'),
        ),
        migrations.AddConstraint(
            model_name='questionnaire',
            constraint=models.UniqueConstraint(fields=('programme', 'code'), name='questionnaire_named_once'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('round', 'state', 'institution'), name='one_share_an_institution', violation_error_message='This institution has a sheet already.'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('questionnaire', 'number'), name='version_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(condition=models.Q(('frozen_on', None)), fields=('questionnaire',), name='one_version_in_the_making', violation_error_message='A new version of this questionnaire is already in the making.'),
        ),
        migrations.RunPython(load_again, migrations.RunPython.noop),
    ]
