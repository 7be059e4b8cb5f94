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
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('status', models.CharField(choices=[('not_answered', 'not answered'), ('answered', 'answered'), ('not_applicable', 'not applicable'), ('not_known', 'not known'), ('withheld', 'withheld')], max_length=16)),
                ('value', models.TextField(blank=True, verbose_name='answer')),
                ('respondent', models.CharField(blank=True, max_length=120, verbose_name='answered by (function)')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
                ('confidentiality', models.CharField(choices=[('public', 'public'), ('programme', 'signed-in members of all states'), ('state', 'the state, its reviewers and the secretariat'), ('restricted', 'named persons')], default='state', max_length=12)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='standards.indicator')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='questionnaires.round')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='states.state')),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='replies.answer')),
                ('citation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.citation')),
            ],
            options={
                'verbose_name': 'piece of evidence',
                'verbose_name_plural': 'evidence',
            },
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('round', 'state', 'indicator'), name='answer_once'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'answered'), ('value', ''), _connector='OR'), name='only_answered_has_a_value', violation_error_message='Only an answered question has a value.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(fields=('answer', 'citation'), name='evidence_once'),
        ),
    ]
