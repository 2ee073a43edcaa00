"""Urgency of neighbourhoods and tranches, with the guards of their tables."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0005_vouch_for_covenants'),
        ('programmes', '0003_pacts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tranche',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('half', models.PositiveSmallIntegerField()),
                ('places', models.PositiveSmallIntegerField(default=5)),
                ('criteria', models.TextField()),
                ('criteria_version', models.CharField(max_length=20)),
                ('closes_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Gesloten, wordt beoordeeld'), ('decided', 'Besloten')], default='open', max_length=8)),
                ('motivation', models.TextField(blank=True)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
            ],
            options={
                'ordering': ['-year', '-half'],
            },
        ),
        migrations.CreateModel(
            name='UrgencyCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('argument', models.TextField()),
                ('signals', models.TextField()),
                ('voice', models.TextField()),
                ('submitted_on', models.DateField()),
                ('state', models.CharField(choices=[('submitted', 'Ingediend'), ('scored', 'Beoordeeld'), ('selected', 'Gekozen'), ('not_yet', 'Nog niet')], default='submitted', max_length=9)),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('opinion', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.area')),
                ('tranche', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='programmes.tranche')),
            ],
            options={
                'ordering': ['area__name'],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True)),
                ('given_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='programmes.urgencycase')),
            ],
            options={
                'ordering': ['agency__name'],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('value', models.DecimalField(decimal_places=2, max_digits=12)),
                ('city', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ('source', models.CharField(max_length=160)),
                ('dated', models.DateField()),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.indicator')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='programmes.urgencycase')),
            ],
            options={
                'ordering': ['indicator'],
            },
        ),
        migrations.AddConstraint(
            model_name='tranche',
            constraint=models.UniqueConstraint(fields=('year', 'half'), name='tranche_once'),
        ),
        migrations.AddConstraint(
            model_name='tranche',
            constraint=models.CheckConstraint(condition=models.Q(('half__in', [1, 2])), name='tranche_half'),
        ),
        migrations.AddConstraint(
            model_name='tranche',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed', 'decided'])), name='tranche_state_known'),
        ),
        migrations.AddConstraint(
            model_name='tranche',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'decided'), _negated=True), models.Q(('decided_on__isnull', False), models.Q(('motivation', ''), _negated=True)), _connector='OR'), name='tranche_decided_says_why'),
        ),
        migrations.AddConstraint(
            model_name='urgencycase',
            constraint=models.UniqueConstraint(fields=('tranche', 'area'), name='urgency_case_once'),
        ),
        migrations.AddConstraint(
            model_name='urgencycase',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'scored', 'selected', 'not_yet'])), name='urgency_case_state_known'),
        ),
        migrations.AddConstraint(
            model_name='urgencycase',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'submitted'), models.Q(('score__gte', 1), ('score__lte', 10), models.Q(('opinion', ''), _negated=True)), _connector='OR'), name='urgency_case_scored_has_opinion'),
        ),
        migrations.AddConstraint(
            model_name='urgencycase',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'scored']), models.Q(('reason', ''), _negated=True), _connector='OR'), name='urgency_case_outcome_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.UniqueConstraint(fields=('case', 'agency'), name='support_once'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.CheckConstraint(condition=models.Q(('given_on', None), models.Q(('words', ''), _negated=True), _connector='OR'), name='support_has_words'),
        ),
        migrations.AddConstraint(
            model_name='figure',
            constraint=models.UniqueConstraint(fields=('case', 'indicator'), name='figure_once'),
        ),
        GuardTable("programmes_tranche"),
        GuardTable("programmes_urgencycase"),
        GuardTable("programmes_figure"),
        GuardTable("programmes_support"),
    ]
