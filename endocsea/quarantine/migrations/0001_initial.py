from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Destroyed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('on', models.DateField(verbose_name='destroyed on')),
            ],
            options={
                'verbose_name': 'destroyed text',
                'verbose_name_plural': 'destroyed texts',
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=240)),
                ('post', models.CharField(blank=True, max_length=240, verbose_name='reported by (roles)')),
                ('reported_at', models.DateTimeField(verbose_name='reported at')),
                ('outcome', models.CharField(blank=True, choices=[('', 'waiting'), ('destroyed', 'destroyed'), ('released', 'released')], max_length=12, verbose_name='decision')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('reason', models.TextField(blank=True, verbose_name='why the text may stay')),
            ],
            options={
                'verbose_name': 'report of a text',
                'verbose_name_plural': 'reports of texts',
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('kind', 'key'), name='report_waits_once', violation_error_message='This text is reported already.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('outcome', '')), models.Q(('decided_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='report_decided_with_an_outcome', violation_error_message='A decision has a day and an outcome.'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'released'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='report_released_with_a_reason', violation_error_message='A text is shown again with a reason only.')],
            },
        ),
    ]
