from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('actor', models.CharField(max_length=80, verbose_name='who')),
                ('role', models.CharField(blank=True, max_length=40, verbose_name='in which role')),
                ('deed', models.CharField(max_length=80, verbose_name='what was done')),
                ('about_kind', models.CharField(blank=True, max_length=40)),
                ('about_key', models.CharField(blank=True, max_length=240)),
                ('facts', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'journal entry',
                'verbose_name_plural': 'journal entries',
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['about_kind', 'about_key'], name='journal_about')],
            },
        ),
    ]
