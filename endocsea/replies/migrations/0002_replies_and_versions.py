import django.db.models.deletion
from django.db import migrations, models


def name_questions_by_their_path(apps, schema_editor):
    """Until now a question was its indicator; the next load of the content brings several choices over."""
    Answer = apps.get_model('replies', 'Answer')
    for answer in Answer.objects.select_related('indicator__capability').iterator():
        answer.question = f'C{answer.indicator.capability.number}/{answer.indicator.code}'
        answer.content_hash = ''
        answer.save(update_fields=['question', 'content_hash'])


class Migration(migrations.Migration):

    dependencies = [
        ('questionnaires', '0002_versions_rounds_shares'),
        ('replies', '0001_initial'),
        ('standards', '0001_initial'),
        ('states', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('status', models.CharField(choices=[('not_answered', 'not answered'), ('answered', 'answered'), ('not_applicable', 'not applicable'), ('not_known', 'not known'), ('withheld', 'withheld'), ('prefilled', 'prefilled from public sources, unconfirmed')], max_length=16)),
                ('value', models.TextField(blank=True)),
                ('other', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True)),
                ('explanation', models.TextField(blank=True)),
                ('respondent', models.CharField(blank=True, max_length=160)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('origin', models.CharField(choices=[('typed', 'typed'), ('letter', 'letter'), ('link', 'link'), ('sheet', 'sheet'), ('workbook', 'workbook'), ('carried', 'carried'), ('sources', 'sources'), ('content', 'content')], max_length=10)),
                ('letter', models.CharField(blank=True, max_length=120, verbose_name='by letter no.')),
                ('declared', models.CharField(blank=True, max_length=300, verbose_name='no case data, because')),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'version of an answer',
                'verbose_name_plural': 'versions of an answer',
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('open', 'being answered'), ('returned', 'sent back with questions'), ('submitted', 'signed and sent'), ('accepted', 'taken into the review')], default='open', max_length=10, verbose_name='how far it is')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('signed_as', models.CharField(blank=True, max_length=160, verbose_name="signed in the state's name by (function)")),
            ],
            options={
                'verbose_name': 'reply',
                'verbose_name_plural': 'replies',
            },
        ),
        migrations.RemoveConstraint(
            model_name='answer',
            name='answer_once',
        ),
        migrations.RemoveConstraint(
            model_name='answer',
            name='only_answered_has_a_value',
        ),
        migrations.AddField(
            model_name='answer',
            name='explanation',
            field=models.TextField(blank=True, verbose_name='to be said beside it'),
        ),
        migrations.AddField(
            model_name='answer',
            name='language',
            field=models.CharField(blank=True, max_length=12, verbose_name='language of the answer'),
        ),
        migrations.AddField(
            model_name='answer',
            name='number',
            field=models.PositiveIntegerField(default=0, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='answer',
            name='other',
            field=models.TextField(blank=True, verbose_name='other, namely'),
        ),
        migrations.AddField(
            model_name='answer',
            name='reason',
            field=models.TextField(blank=True, verbose_name='why not'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='dated',
            field=models.DateField(blank=True, null=True, verbose_name='its own date'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='excerpt',
            field=models.TextField(blank=True, verbose_name='what it says there, translated'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='language',
            field=models.CharField(blank=True, max_length=12, verbose_name='its language'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='life',
            field=models.CharField(choices=[('attached', 'attached, not yet looked at'), ('checked', 'checked: it opens, is dated, and says what is claimed'), ('rejected', 'rejected'), ('unreachable', 'cannot be reached'), ('superseded', 'superseded by a later one')], default='attached', max_length=12),
        ),
        migrations.AlterField(
            model_name='answer',
            name='indicator',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='standards.indicator'),
        ),
        migrations.AlterField(
            model_name='answer',
            name='respondent',
            field=models.CharField(blank=True, max_length=160, verbose_name='answered by (function)'),
        ),
        migrations.AlterField(
            model_name='answer',
            name='status',
            field=models.CharField(choices=[('not_answered', 'not answered'), ('answered', 'answered'), ('not_applicable', 'not applicable'), ('not_known', 'not known'), ('withheld', 'withheld'), ('prefilled', 'prefilled from public sources, unconfirmed')], max_length=16),
        ),
        migrations.AddField(
            model_name='answer',
            name='question',
            field=models.CharField(default='', max_length=240, verbose_name='question'),
            preserve_default=False,
        ),
        migrations.RunPython(name_questions_by_their_path, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('round', 'state', 'question'), name='answer_once'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['answered', 'prefilled']), models.Q(('other', ''), ('value', '')), _connector='OR'), name='only_answered_has_a_value', violation_error_message='Only an answered question has a value.'),
        ),
        migrations.AddField(
            model_name='answerversion',
            name='answer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='replies.answer'),
        ),
        migrations.AddField(
            model_name='reply',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='questionnaires.round'),
        ),
        migrations.AddField(
            model_name='reply',
            name='state',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='states.state'),
        ),
        migrations.AddConstraint(
            model_name='answerversion',
            constraint=models.UniqueConstraint(fields=('answer', 'number'), name='answer_version_once'),
        ),
        migrations.AddConstraint(
            model_name='answerversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin', 'letter'), _negated=True), models.Q(('letter', ''), _negated=True), _connector='OR'), name='a_letter_has_its_number', violation_error_message='An answer by letter names the letter.'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.UniqueConstraint(fields=('round', 'state'), name='one_reply_a_state'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ('open', 'returned')), models.Q(('submitted_at__isnull', False), models.Q(('signed_as', ''), _negated=True)), _connector='OR'), name='a_sent_reply_is_signed', violation_error_message='A reply is sent with the function of whoever signs it.'),
        ),
    ]
