import django.db.models.deletion
import endocsea.support.texts
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('sources', '0001_initial'),
        ('states', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('code', models.SlugField(unique=True)),
                ('method', models.TextField(verbose_name='default method')),
                ('frozen_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'edition of the benchmark',
                'verbose_name_plural': 'editions of the benchmark',
            },
        ),
        migrations.CreateModel(
            name='Instrument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('code', models.CharField(max_length=10, unique=True)),
                ('slug', models.SlugField(unique=True)),
                ('number', endocsea.support.texts.TextsField(blank=True, default=dict, verbose_name='number')),
                ('kind', models.CharField(max_length=20)),
                ('title', endocsea.support.texts.TextsField(default=dict, verbose_name='title')),
                ('short_title', endocsea.support.texts.TextsField(default=dict, verbose_name='short title')),
                ('opened', models.CharField(blank=True, max_length=10, verbose_name='adopted, or opened for signature')),
                ('in_force_on', models.DateField(blank=True, null=True, verbose_name='in force since')),
                ('body', models.CharField(max_length=80, verbose_name='watched over by')),
                ('benchmark', models.CharField(max_length=40, verbose_name='part of the benchmark')),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'verbose_name': 'instrument',
                'verbose_name_plural': 'instruments',
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='Capability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('number', models.PositiveSmallIntegerField(unique=True)),
                ('name', endocsea.support.texts.TextsField(default=dict, verbose_name='name')),
                ('arena', endocsea.support.texts.TextsField(default=dict, verbose_name='arena')),
                ('outcome', endocsea.support.texts.TextsField(default=dict, verbose_name='desired outcome')),
                ('in_scope', models.BooleanField(verbose_name='followed by the programme')),
                ('citations', models.ManyToManyField(related_name='+', to='sources.citation')),
            ],
            options={
                'verbose_name': 'capability',
                'verbose_name_plural': 'capabilities',
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('code', models.CharField(max_length=10)),
                ('question', endocsea.support.texts.TextsField(default=dict, verbose_name='question')),
                ('answer_type', models.CharField(choices=[('level0-4', 'level 0 to 4'), ('multi-select', 'several choices'), ('number', 'number'), ('yes-partly-no', 'yes, partly, no')], max_length=14)),
                ('levels', models.JSONField(default=dict, verbose_name='levels in words')),
                ('options', models.JSONField(default=dict, verbose_name='options')),
                ('unit', endocsea.support.texts.TextsField(blank=True, default=dict, verbose_name='unit')),
                ('guidance', endocsea.support.texts.TextsField(blank=True, default=dict, verbose_name='guidance')),
                ('evidence', endocsea.support.texts.TextsField(blank=True, default=dict, verbose_name='evidence asked')),
                ('theme', endocsea.support.texts.TextsField(default=dict, verbose_name='theme')),
                ('dimension', models.CharField(choices=[('structure', 'structure: law, body, plan'), ('process', 'process: what is done'), ('outcome', 'outcome: what changes')], max_length=10)),
                ('sensitivity', models.CharField(choices=[('public', 'public'), ('programme', 'signed-in members of all states'), ('state', 'the state, its reviewers and the secretariat'), ('restricted', 'named persons')], max_length=12)),
                ('core', models.BooleanField(default=False, verbose_name='in the core set')),
                ('source', models.TextField(blank=True, verbose_name='drawn from')),
                ('position', models.PositiveSmallIntegerField()),
                ('capability', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='standards.capability')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='standards.edition')),
                ('elements', models.ManyToManyField(related_name='+', to='standards.capability')),
            ],
            options={
                'verbose_name': 'indicator',
                'verbose_name_plural': 'indicators',
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='Provision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('article', models.CharField(max_length=12)),
                ('slug', models.SlugField(max_length=12)),
                ('title', endocsea.support.texts.TextsField(default=dict, verbose_name='title')),
                ('obligation', endocsea.support.texts.TextsField(default=dict, verbose_name='what it asks, in our words')),
                ('force', models.CharField(choices=[('duty', 'duty'), ('qualified duty', 'qualified duty'), ('duty to encourage', 'duty to encourage'), ('option', 'option'), ('reservation clause', 'reservation clause'), ('institutional', 'institutional'), ('mixed', 'mixed: see its paragraphs'), ('none', 'not law'), ('EU law', 'law of the European Union')], max_length=20)),
                ('verified', models.CharField(max_length=24, verbose_name='how we know its text')),
                ('position', models.PositiveSmallIntegerField()),
                ('capabilities', models.ManyToManyField(related_name='provisions', to='standards.capability')),
                ('citations', models.ManyToManyField(related_name='+', to='sources.citation')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='provisions', to='standards.instrument')),
            ],
            options={
                'verbose_name': 'provision',
                'verbose_name_plural': 'provisions',
                'ordering': ('instrument__position', 'position'),
            },
        ),
        migrations.CreateModel(
            name='LegalLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('level', models.PositiveSmallIntegerField()),
                ('training', models.BooleanField(default=False, verbose_name='for made-up states only')),
                ('note', models.TextField(blank=True)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legal_lines', to='standards.indicator')),
                ('provision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legal_lines', to='standards.provision')),
            ],
            options={
                'verbose_name': 'legal line',
                'verbose_name_plural': 'legal lines',
            },
        ),
        migrations.AddField(
            model_name='indicator',
            name='provisions',
            field=models.ManyToManyField(related_name='indicators', to='standards.provision'),
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('term', endocsea.support.texts.TextsField(default=dict, verbose_name='term')),
                ('definition', endocsea.support.texts.TextsField(default=dict, verbose_name='definition')),
                ('advice', models.CharField(max_length=20, verbose_name='use or avoid')),
                ('instead', models.CharField(blank=True, max_length=160, verbose_name='use instead')),
                ('basis', models.CharField(choices=[('read_full', 'read in full'), ('read_part', 'read in part'), ('memory', 'from memory'), ('conflict', 'sources differ'), ('made_up', 'made up for training')], max_length=12, verbose_name='how we know')),
                ('citations', models.ManyToManyField(related_name='+', to='sources.citation')),
            ],
            options={
                'verbose_name': 'term',
                'verbose_name_plural': 'terms',
            },
        ),
        migrations.CreateModel(
            name='TreatyStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('status', models.CharField(max_length=12)),
                ('action', models.CharField(blank=True, max_length=14)),
                ('signed_on', models.DateField(blank=True, null=True)),
                ('ratified_on', models.DateField(blank=True, null=True)),
                ('in_force_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('reservations', models.TextField(blank=True)),
                ('as_of', models.CharField(max_length=10, verbose_name='status as of')),
                ('verified', models.CharField(max_length=10)),
                ('known_by', models.JSONField(default=dict)),
                ('note', models.TextField(blank=True)),
                ('checked_on', models.DateField(blank=True, null=True)),
                ('checked_by', models.CharField(blank=True, max_length=120)),
                ('citations', models.ManyToManyField(related_name='+', to='sources.citation')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statuses', to='standards.instrument')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='treaties', to='states.state')),
            ],
            options={
                'verbose_name': 'treaty status',
                'verbose_name_plural': 'treaty statuses',
            },
        ),
        migrations.AddConstraint(
            model_name='provision',
            constraint=models.UniqueConstraint(fields=('instrument', 'article'), name='provision_named_once'),
        ),
        migrations.AddConstraint(
            model_name='provision',
            constraint=models.UniqueConstraint(fields=('instrument', 'slug'), name='provision_address_once'),
        ),
        migrations.AddConstraint(
            model_name='legalline',
            constraint=models.UniqueConstraint(fields=('indicator', 'provision', 'training'), name='legal_line_once'),
        ),
        migrations.AddConstraint(
            model_name='legalline',
            constraint=models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 4)), name='legal_line_is_a_level', violation_error_message='A legal line is a level from 1 to 4.'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('edition', 'code'), name='indicator_named_once'),
        ),
        migrations.AddConstraint(
            model_name='treatystatus',
            constraint=models.UniqueConstraint(fields=('state', 'instrument'), name='treaty_status_once'),
        ),
        migrations.AddConstraint(
            model_name='treatystatus',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_by', ''), ('checked_on', None)), models.Q(('checked_on__isnull', False), models.Q(('checked_by', ''), _negated=True)), _connector='OR'), name='treaty_checked_by_somebody', violation_error_message='A check has a day and a name.'),
        ),
    ]
