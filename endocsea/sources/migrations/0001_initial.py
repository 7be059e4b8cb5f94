import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.URLField(blank=True, max_length=600, verbose_name='address')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='title')),
            ],
            options={
                'verbose_name': 'source',
                'verbose_name_plural': 'sources',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('address', ''), _negated=True), models.Q(('title', ''), _negated=True), _connector='OR'), name='source_has_address_or_title', violation_error_message='A source needs an address or a title.'), models.UniqueConstraint(fields=('address', 'title'), name='source_named_once')],
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locator', models.CharField(blank=True, max_length=300, verbose_name='place in the source')),
                ('seen_on', models.DateField(blank=True, null=True, verbose_name='seen on')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='sources.source')),
            ],
            options={
                'verbose_name': 'citation',
                'verbose_name_plural': 'citations',
                'constraints': [models.UniqueConstraint(fields=('source', 'locator', 'seen_on'), name='citation_named_once', nulls_distinct=False)],
            },
        ),
    ]
