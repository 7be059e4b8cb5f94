from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_when_last_here'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='closed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='closed at'),
        ),
    ]
