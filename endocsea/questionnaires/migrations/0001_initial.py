import django.db.models.deletion
import endocsea.support.texts
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('standards', '0001_initial'),
        ('states', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_key', models.CharField(editable=False, max_length=240, null=True, unique=True)),
                ('content_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('retired_on', models.DateField(blank=True, editable=False, null=True)),
                ('code', models.SlugField()),
                ('name', endocsea.support.texts.TextsField(default=dict, verbose_name='name')),
                ('training', models.BooleanField(default=False, verbose_name='made up for training')),
                ('opens_on', models.DateField(verbose_name='opens')),
                ('closes_on', models.DateField(verbose_name='closes')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='standards.edition')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='states.programme')),
                ('states', models.ManyToManyField(related_name='rounds', to='states.state')),
            ],
            options={
                'verbose_name': 'round',
                'verbose_name_plural': 'rounds',
                'constraints': [models.UniqueConstraint(fields=('programme', 'code', 'training'), name='round_named_once'), models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='round_closes_after_it_opens', violation_error_message='A round closes after it opens.')],
            },
        ),
    ]
