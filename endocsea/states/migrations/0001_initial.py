import django.db.models.deletion
import endocsea.support.texts
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('sources', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Metric',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('name', endocsea.support.texts.TextsField(default=dict, verbose_name='name')),
                ('caveat', endocsea.support.texts.TextsField(blank=True, default=dict, verbose_name='what it does not mean')),
            ],
            options={
                'verbose_name': 'published measure',
                'verbose_name_plural': 'published measures',
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('code', models.SlugField(unique=True)),
                ('name', endocsea.support.texts.TextsField(default=dict, verbose_name='name')),
                ('as_of', models.DateField(verbose_name='the day of the picture')),
                ('training_as_of', models.DateField(blank=True, null=True, verbose_name="the day of the training states' picture")),
                ('starts', models.DateField(blank=True, null=True, verbose_name='starts')),
                ('ends', models.DateField(blank=True, null=True, verbose_name='ends')),
                ('map_width', models.PositiveSmallIntegerField(verbose_name="width of its map, in the map's units")),
                ('map_height', models.PositiveSmallIntegerField(verbose_name='height of its map')),
            ],
            options={
                'verbose_name': 'programme',
                'verbose_name_plural': 'programmes',
            },
        ),
        migrations.CreateModel(
            name='ProgrammeFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('group', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=60)),
                ('value', models.TextField()),
                ('note', models.TextField(blank=True)),
                ('citation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.citation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='states.programme')),
            ],
            options={
                'verbose_name': 'fact about the programme',
                'verbose_name_plural': 'facts about the programme',
            },
        ),
        migrations.CreateModel(
            name='State',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('iso3', models.CharField(max_length=3, unique=True, verbose_name='code')),
                ('iso2', models.CharField(blank=True, max_length=2)),
                ('slug', models.SlugField(unique=True, verbose_name='address')),
                ('name', endocsea.support.texts.TextsField(default=dict, verbose_name='name')),
                ('official_name', models.CharField(blank=True, max_length=120, verbose_name='official name')),
                ('training', models.BooleanField(default=False, verbose_name='made up for training')),
                ('languages', models.JSONField(default=list, verbose_name='official languages')),
                ('summary', models.TextField(blank=True, verbose_name='in one sentence')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('basis', models.CharField(choices=[('read_full', 'read in full'), ('read_part', 'read in part'), ('memory', 'from memory'), ('conflict', 'sources differ'), ('made_up', 'made up for training')], max_length=12, verbose_name='how we know')),
                ('citations', models.ManyToManyField(related_name='+', to='sources.citation')),
            ],
            options={
                'verbose_name': 'state',
                'verbose_name_plural': 'states',
            },
        ),
        migrations.CreateModel(
            name='Outline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('code', models.CharField(max_length=12, unique=True)),
                ('path', models.TextField()),
                ('x', models.FloatField(null=True)),
                ('y', models.FloatField(null=True)),
                ('small', models.BooleanField(default=False, verbose_name='needs a mark to be seen')),
                ('state', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='outline', to='states.state')),
            ],
            options={
                'verbose_name': 'outline',
                'verbose_name_plural': 'outlines',
            },
        ),
        migrations.CreateModel(
            name='ReportingChannel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('organisation', models.CharField(blank=True, max_length=160, verbose_name='run by')),
                ('url', models.URLField(blank=True, max_length=300, verbose_name='address')),
                ('phones', models.JSONField(default=list, verbose_name='telephone')),
                ('languages', models.JSONField(default=list, verbose_name='languages')),
                ('network', models.CharField(blank=True, max_length=40, verbose_name='network')),
                ('as_of', models.CharField(blank=True, max_length=10, verbose_name='as of')),
                ('basis', models.CharField(choices=[('read_full', 'read in full'), ('read_part', 'read in part'), ('memory', 'from memory'), ('conflict', 'sources differ'), ('made_up', 'made up for training')], max_length=12, verbose_name='how we know')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='confirmed on')),
                ('confirmed_by', models.CharField(blank=True, max_length=120, verbose_name='confirmed by')),
                ('citation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.citation')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to='states.state')),
            ],
            options={
                'verbose_name': 'reporting channel',
                'verbose_name_plural': 'reporting channels',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by', ''), ('confirmed_on', None)), models.Q(('confirmed_on__isnull', False), models.Q(('confirmed_by', ''), _negated=True)), _connector='OR'), name='channel_confirmed_by_somebody', violation_error_message='A confirmation has a day and a name.')],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('kind', models.CharField(choices=[('focus', 'focus country'), ('pilot', 'pilot country')], max_length=8)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('note', models.TextField(blank=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='states.programme')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='states.state')),
            ],
            options={
                'verbose_name': 'part in the programme',
                'verbose_name_plural': 'parts in the programme',
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='part_ends_after_it_begins', violation_error_message='A part in the programme ends after it begins.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('body', models.CharField(choices=[('coe', 'Council of Europe'), ('eu', 'European Union')], max_length=8)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='states.state')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'constraints': [models.CheckConstraint(condition=models.Q(('since', None), ('until', None), ('until__gte', models.F('since')), _connector='OR'), name='membership_ends_after_it_begins', violation_error_message='A membership ends after it begins.')],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('place', models.CharField(max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('value', models.DecimalField(decimal_places=4, max_digits=16)),
                ('unit', endocsea.support.texts.TextsField(default=dict, verbose_name='unit')),
                ('basis', models.CharField(choices=[('read_full', 'read in full'), ('read_part', 'read in part'), ('memory', 'from memory'), ('conflict', 'sources differ'), ('made_up', 'made up for training')], max_length=12, verbose_name='how we know')),
                ('citation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.citation')),
                ('metric', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='states.metric')),
                ('state', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='states.state')),
            ],
            options={
                'verbose_name': 'published figure',
                'verbose_name_plural': 'published figures',
                'indexes': [models.Index(fields=['state', 'metric', 'year'], name='figure_of_state')],
            },
        ),
    ]
