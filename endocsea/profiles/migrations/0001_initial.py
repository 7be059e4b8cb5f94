import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('questionnaires', '0001_initial'),
        ('standards', '0001_initial'),
        ('states', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public', models.BooleanField(verbose_name='without restricted indicators')),
                ('method', models.TextField(verbose_name='the method as used')),
                ('input_digest', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(verbose_name='calculated at')),
                ('current', models.BooleanField(verbose_name="of today's findings and method")),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='questionnaires.round')),
            ],
            options={
                'verbose_name': 'run',
                'verbose_name_plural': 'runs',
            },
        ),
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dimension', models.CharField(blank=True, max_length=10)),
                ('known', models.PositiveSmallIntegerField(verbose_name='questions known')),
                ('asked', models.PositiveSmallIntegerField(verbose_name='questions that apply')),
                ('level', models.FloatField(null=True)),
                ('lower', models.FloatField(null=True)),
                ('upper', models.FloatField(null=True)),
                ('band', models.PositiveSmallIntegerField(null=True)),
                ('verdict', models.CharField(blank=True, choices=[('gap', 'gap'), ('no gap', 'no gap'), ('cannot tell', 'cannot tell'), ('', 'not applicable')], max_length=12)),
                ('weakest', models.JSONField(default=list, verbose_name='weakest indicators')),
                ('mean', models.FloatField(null=True)),
                ('q05', models.FloatField(null=True)),
                ('median', models.FloatField(null=True)),
                ('q95', models.FloatField(null=True)),
                ('gap_probability', models.FloatField(null=True)),
                ('mcse', models.FloatField(null=True, verbose_name='Monte Carlo standard error of the mean')),
                ('capability', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='standards.capability')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='states.state')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='profiles.run')),
            ],
            options={
                'verbose_name': 'level',
                'verbose_name_plural': 'levels',
            },
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(fields=('round', 'public', 'input_digest'), name='run_once_per_input'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(condition=models.Q(('current', True)), fields=('round', 'public'), name='one_current_run'),
        ),
        migrations.AddConstraint(
            model_name='level',
            constraint=models.UniqueConstraint(fields=('run', 'state', 'capability', 'dimension'), name='level_once_per_run'),
        ),
        migrations.AddConstraint(
            model_name='level',
            constraint=models.CheckConstraint(condition=models.Q(('level', None), models.Q(('lower__lte', django.db.models.expressions.CombinedExpression(models.F('level'), '+', models.Value(1e-09))), ('upper__gte', django.db.models.expressions.CombinedExpression(models.F('level'), '-', models.Value(1e-09)))), _connector='OR'), name='level_lies_in_its_bounds', violation_error_message='A level lies within its exact bounds.'),
        ),
    ]
