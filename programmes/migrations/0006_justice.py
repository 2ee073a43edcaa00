"""Prosecution in a programme: priorities, norms, times, follow-ups; the guards of their tables."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0005_vouch_for_covenants'),
        ('programmes', '0005_half_years'),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('words', models.TextField()),
                ('norm', models.PositiveSmallIntegerField()),
                ('starts_on', models.DateField()),
                ('until_on', models.DateField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='programmes.programme')),
            ],
            options={
                'ordering': ['starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FollowUpMeasured',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('half', models.PositiveSmallIntegerField()),
                ('share', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('source', models.CharField(max_length=160)),
                ('follow_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measured', to='programmes.followup')),
            ],
            options={
                'ordering': ['year', 'half'],
            },
        ),
        migrations.CreateModel(
            name='Norm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offences', models.CharField(choices=[('street_violence', 'Geweld op straat'), ('weapons', 'Wapens'), ('drug_trade', 'Drugshandel'), ('robbery', 'Overvallen en straatroof'), ('burglary', 'Inbraak'), ('fraud', 'Fraude en witwassen'), ('nuisance', 'Vernieling en overlast')], max_length=16)),
                ('weeks', models.PositiveSmallIntegerField()),
                ('agreed_on', models.DateField()),
                ('source', models.CharField(max_length=160)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='norms', to='programmes.programme')),
            ],
            options={
                'ordering': ['agreed_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('offences', models.CharField(choices=[('street_violence', 'Geweld op straat'), ('weapons', 'Wapens'), ('drug_trade', 'Drugshandel'), ('robbery', 'Overvallen en straatroof'), ('burglary', 'Inbraak'), ('fraud', 'Fraude en witwassen'), ('nuisance', 'Vernieling en overlast')], max_length=16)),
                ('reason', models.TextField()),
                ('starts_on', models.DateField()),
                ('until_on', models.DateField()),
                ('ended_why', models.TextField(blank=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='priorities', to='programmes.programme')),
            ],
            options={
                'ordering': ['-starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Throughput',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offences', models.CharField(choices=[('street_violence', 'Geweld op straat'), ('weapons', 'Wapens'), ('drug_trade', 'Drugshandel'), ('robbery', 'Overvallen en straatroof'), ('burglary', 'Inbraak'), ('fraud', 'Fraude en witwassen'), ('nuisance', 'Vernieling en overlast')], max_length=16)),
                ('year', models.PositiveSmallIntegerField()),
                ('half', models.PositiveSmallIntegerField()),
                ('cases', models.PositiveIntegerField(blank=True, null=True)),
                ('low', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('median', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('high', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('withdrawn', models.BooleanField(default=False)),
                ('source', models.CharField(max_length=160)),
                ('dated', models.DateField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='throughput', to='programmes.programme')),
            ],
            options={
                'ordering': ['offences', 'year', 'half'],
            },
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('norm__gte', 1), ('norm__lte', 100)), name='follow_up_norm_is_share'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('starts_on'))), name='follow_up_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='followupmeasured',
            constraint=models.CheckConstraint(condition=models.Q(('half__in', [1, 2])), name='follow_up_half_known'),
        ),
        migrations.AddConstraint(
            model_name='followupmeasured',
            constraint=models.CheckConstraint(condition=models.Q(('share', None), ('share__lte', 100), _connector='OR'), name='follow_up_share_known'),
        ),
        migrations.AddConstraint(
            model_name='followupmeasured',
            constraint=models.UniqueConstraint(fields=('follow_up', 'year', 'half'), name='one_follow_up_measured'),
        ),
        migrations.AddConstraint(
            model_name='norm',
            constraint=models.CheckConstraint(condition=models.Q(('offences__in', ['street_violence', 'weapons', 'drug_trade', 'robbery', 'burglary', 'fraud', 'nuisance'])), name='norm_offences_known'),
        ),
        migrations.AddConstraint(
            model_name='norm',
            constraint=models.CheckConstraint(condition=models.Q(('weeks__gte', 1), ('weeks__lte', 520)), name='norm_weeks_sane'),
        ),
        migrations.AddConstraint(
            model_name='norm',
            constraint=models.UniqueConstraint(fields=('programme', 'offences', 'agreed_on'), name='one_norm_a_day'),
        ),
        migrations.AddConstraint(
            model_name='priority',
            constraint=models.CheckConstraint(condition=models.Q(('offences__in', ['street_violence', 'weapons', 'drug_trade', 'robbery', 'burglary', 'fraud', 'nuisance'])), name='priority_offences_known'),
        ),
        migrations.AddConstraint(
            model_name='priority',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('starts_on'))), name='priority_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='priority',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='priority_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='throughput',
            constraint=models.CheckConstraint(condition=models.Q(('offences__in', ['street_violence', 'weapons', 'drug_trade', 'robbery', 'burglary', 'fraud', 'nuisance'])), name='throughput_offences_known'),
        ),
        migrations.AddConstraint(
            model_name='throughput',
            constraint=models.CheckConstraint(condition=models.Q(('half__in', [1, 2])), name='throughput_half_known'),
        ),
        migrations.AddConstraint(
            model_name='throughput',
            constraint=models.CheckConstraint(condition=models.Q(('cases__isnull', False), models.Q(('high', None), ('low', None), ('median', None)), _connector='OR'), name='throughput_nothing_about_none'),
        ),
        migrations.AddConstraint(
            model_name='throughput',
            constraint=models.UniqueConstraint(fields=('programme', 'offences', 'year', 'half'), name='one_throughput'),
        ),
        GuardTable("programmes_priority"),
        GuardTable("programmes_norm"),
        GuardTable("programmes_throughput"),
        GuardTable("programmes_followup"),
        GuardTable("programmes_followupmeasured"),
    ]
