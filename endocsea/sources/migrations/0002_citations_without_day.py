from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='citation',
            name='citation_named_once',
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.UniqueConstraint(fields=('source', 'locator', 'seen_on'), name='citation_named_once'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.UniqueConstraint(condition=models.Q(('seen_on', None)), fields=('source', 'locator'), name='citation_without_day_named_once'),
        ),
    ]
