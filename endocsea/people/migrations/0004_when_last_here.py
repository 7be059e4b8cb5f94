from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_who_answers_for_a_letter'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='here_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last at My work'),
        ),
        migrations.AddField(
            model_name='person',
            name='here_before_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='at My work in the visit before'),
        ),
    ]
