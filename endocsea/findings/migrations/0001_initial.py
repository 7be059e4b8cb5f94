import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('questionnaires', '0001_initial'),
        ('sources', '0001_initial'),
        ('standards', '0001_initial'),
        ('states', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('claimed', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='level claimed')),
                ('level', models.PositiveSmallIntegerField(verbose_name='level concluded')),
                ('outcome', models.CharField(choices=[('confirmed', 'confirmed'), ('lowered', 'lowered'), ('raised', 'raised'), ('not_verifiable', 'not verifiable')], max_length=16)),
                ('adjudicated', models.BooleanField(default=False, verbose_name='decided after the reviewers differed')),
                ('strength', models.CharField(choices=[('law_text', 'text of a law'), ('official_document', 'official document'), ('statistics', 'statistics'), ('independent_report', 'independent report'), ('statement_only', 'statement only'), ('none', 'none')], max_length=20, verbose_name='strength of the evidence')),
                ('reason', models.TextField(verbose_name='why')),
                ('state_comment', models.TextField(blank=True, verbose_name='what the state says to it')),
                ('reviewed_on', models.DateField(verbose_name='reviewed on')),
                ('confidentiality', models.CharField(choices=[('public', 'public'), ('programme', 'signed-in members of all states'), ('state', 'the state, its reviewers and the secretariat'), ('restricted', 'named persons')], default='state', max_length=12)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='standards.indicator')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='questionnaires.round')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='states.state')),
            ],
            options={
                'verbose_name': 'finding',
                'verbose_name_plural': 'findings',
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('statement', models.TextField(verbose_name='what the source says, in our words')),
                ('value', models.CharField(blank=True, max_length=40)),
                ('as_of', models.CharField(max_length=10, verbose_name='speaks of')),
                ('note', models.TextField(blank=True, verbose_name='limits')),
                ('basis', models.CharField(choices=[('read_full', 'read in full'), ('read_part', 'read in part'), ('memory', 'from memory'), ('conflict', 'sources differ'), ('made_up', 'made up for training')], max_length=12, verbose_name='how we know')),
                ('confidentiality', models.CharField(choices=[('public', 'public'), ('programme', 'signed-in members of all states'), ('state', 'the state, its reviewers and the secretariat'), ('restricted', 'named persons')], default='state', max_length=12)),
                ('sent_to_state_on', models.DateField(blank=True, null=True)),
                ('comment_until', models.DateField(blank=True, null=True, verbose_name='the state may comment until')),
                ('commented_on', models.DateField(blank=True, null=True, verbose_name='the state commented on')),
                ('capability', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='standards.capability')),
                ('citation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.citation')),
                ('indicator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='standards.indicator')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='observations', to='states.state')),
            ],
            options={
                'verbose_name': 'observation',
                'verbose_name_plural': 'observations',
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('rater', models.CharField(max_length=80, verbose_name='given by (function)')),
                ('level', models.PositiveSmallIntegerField()),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='findings.finding')),
            ],
            options={
                'verbose_name': 'rating',
                'verbose_name_plural': 'ratings',
            },
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('round', 'state', 'indicator'), name='finding_once'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('level__lte', 4), models.Q(('claimed', None), ('claimed__lte', 4), _connector='OR')), name='finding_level_exists', violation_error_message='Levels run from 0 to 4.'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='finding_has_a_reason', violation_error_message='A level is concluded with a reason.'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('comment_until', None), models.Q(('sent_to_state_on__isnull', False), ('comment_until__gt', models.F('sent_to_state_on'))), _connector='OR'), name='state_is_asked_before_its_term_ends', violation_error_message='A term to comment begins when the state was sent the text.'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('finding', 'number'), name='rating_once'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('level__lte', 4)), name='rating_level_exists', violation_error_message='Levels run from 0 to 4.'),
        ),
    ]
