import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('replies', '0003_evidence_links_voices'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('language', models.CharField(max_length=12, verbose_name='language of the translation')),
                ('value', models.TextField(blank=True, verbose_name='answer')),
                ('other', models.TextField(blank=True, verbose_name='other, namely')),
                ('reason', models.TextField(blank=True, verbose_name='why not')),
                ('explanation', models.TextField(blank=True, verbose_name='to be said beside it')),
                ('role', models.CharField(choices=[('content', 'content'), ('preview', 'preview'), ('secretariat', 'secretariat'), ('coordinator', 'coordinator'), ('team', 'team'), ('rapporteur', 'rapporteur'), ('steering', 'steering'), ('partner', 'partner'), ('donor', 'donor'), ('civil-society', 'civil-society'), ('trainer', 'trainer'), ('safeguarding', 'safeguarding'), ('data-protection', 'data-protection'), ('administrator', 'administrator')], max_length=20, verbose_name='in which role')),
                ('made_at', models.DateTimeField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='replies.answer')),
            ],
            options={
                'verbose_name': 'translation of an answer',
                'verbose_name_plural': 'translations of an answer',
                'constraints': [models.UniqueConstraint(fields=('answer', 'number', 'language'), name='answer_translated_once'), models.CheckConstraint(condition=models.Q(('explanation', ''), ('other', ''), ('reason', ''), ('value', ''), _negated=True), name='a_translation_says_something', violation_error_message='A translation says something.')],
            },
        ),
    ]
