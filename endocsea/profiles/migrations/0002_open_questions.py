import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0001_initial'),
        ('standards', '0001_initial'),
        ('states', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='OpenQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('settles', models.FloatField(verbose_name='part of the doubt about the level that it settles')),
                ('settles_gap', models.FloatField(verbose_name='how much of the doubt about a gap it settles')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='standards.indicator')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='open_questions', to='profiles.run')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='states.state')),
            ],
            options={
                'verbose_name': 'open question',
                'verbose_name_plural': 'open questions',
                'constraints': [models.UniqueConstraint(fields=('run', 'state', 'indicator'), name='open_question_once_per_run'), models.CheckConstraint(condition=models.Q(('settles__gte', 0), ('settles__lte', 1), ('settles_gap__gte', 0), ('settles_gap__lte', 0.25)), name='open_question_settles_a_part', violation_error_message='A question settles some part of the doubt, from none to all of it.')],
            },
        ),
    ]
