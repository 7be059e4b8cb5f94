import django.db.models.deletion
import endocsea.support.actors
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
        ('standards', '0001_initial'),
        ('states', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('role', models.CharField(choices=[('secretariat', 'Secretariat'), ('coordinator', 'National coordinator'), ('team', 'Member of a national team'), ('rapporteur', 'Rapporteur'), ('partner', 'Partner'), ('donor', 'Donor'), ('civil-society', 'Civil society'), ('trainer', 'Trainer'), ('safeguarding', 'Safeguarding officer'), ('data-protection', 'Data protection officer'), ('administrator', 'Administrator')], max_length=20, verbose_name='role')),
                ('language', models.CharField(default='en', max_length=2)),
                ('nominated_at', models.DateTimeField(verbose_name='nominated at')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='expires at')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('token_digest', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
            },
        ),
        migrations.AddField(
            model_name='appointment',
            name='capabilities',
            field=models.ManyToManyField(blank=True, related_name='+', to='standards.capability'),
        ),
        migrations.AddField(
            model_name='person',
            name='erased_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='erased at'),
        ),
        migrations.AddField(
            model_name='person',
            name='language',
            field=models.CharField(choices=[('en', 'English'), ('fr', 'French')], default='en', max_length=2, verbose_name='language'),
        ),
        migrations.AlterField(
            model_name='appointment',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='appointment',
            name='role',
            field=models.CharField(choices=[('secretariat', 'Secretariat'), ('coordinator', 'National coordinator'), ('team', 'Member of a national team'), ('rapporteur', 'Rapporteur'), ('partner', 'Partner'), ('donor', 'Donor'), ('civil-society', 'Civil society'), ('trainer', 'Trainer'), ('safeguarding', 'Safeguarding officer'), ('data-protection', 'Data protection officer'), ('administrator', 'Administrator')], max_length=20, verbose_name='role'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('state', None), ('role__in', [endocsea.support.actors.Role['CIVIL_SOCIETY'], endocsea.support.actors.Role['COORDINATOR'], endocsea.support.actors.Role['RAPPORTEUR'], endocsea.support.actors.Role['TEAM'], endocsea.support.actors.Role['TRAINER']]), _connector='OR'), name='appointment_names_a_state_where_a_role_has_one', violation_error_message='This role is held for the programme, not for one state.'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'coordinator'), ('until', None)), fields=('state',), name='one_coordinator_of_a_state_without_end', violation_error_message='This state has a coordinator already.'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='capabilities',
            field=models.ManyToManyField(blank=True, related_name='+', to='standards.capability'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='follows',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.appointment'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='invited_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='state',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='states.state'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('token_digest', ''), models.Q(('confirmed_at__isnull', False), ('expires_at__isnull', False)), _connector='OR'), name='invitation_sent_only_after_confirmation', violation_error_message='An invitation is sent after it was confirmed, and expires.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None), _connector='OR'), name='invitation_accepted_or_withdrawn', violation_error_message='An invitation is accepted or withdrawn, not both.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('token_digest', ''), _negated=True), fields=('token_digest',), name='invitation_link_is_its_own'),
        ),
    ]
