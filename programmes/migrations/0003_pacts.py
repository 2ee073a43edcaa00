"""Pledges under a pact, what was reported of them, and releases; the guards of their tables."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0005_vouch_for_covenants'),
        ('programmes', '0002_plans'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('article', models.CharField(max_length=16)),
                ('kind', models.CharField(choices=[('people', 'Mensen'), ('work_places', 'Stage- en werkplekken'), ('preschool', 'Plekken op de voorschool'), ('dwellings', 'Woningen'), ('money', 'Geld'), ('prosecutions', 'Zaken met voorrang vervolgd'), ('street_hours', 'Uren straatwerk'), ('other', 'Anders')], max_length=12)),
                ('promise', models.CharField(max_length=240)),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=12)),
                ('unit', models.CharField(max_length=60)),
                ('measure', models.CharField(max_length=240)),
                ('owner', models.CharField(max_length=120)),
                ('starts_on', models.DateField()),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('kept', 'Nagekomen'), ('broken', 'Niet nagekomen')], default='open', max_length=6)),
                ('delivered', models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ('settled_on', models.DateField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
                ('released_standing', models.CharField(blank=True, max_length=10)),
                ('released_delivered', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ('released_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pledges', to='programmes.goal')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pledges', to='programmes.programme')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('delivered', models.DecimalField(decimal_places=2, max_digits=12)),
                ('words', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('pledge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='programmes.pledge')),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('words', models.TextField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='programmes.programme')),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['people', 'work_places', 'preschool', 'dwellings', 'money', 'prosecutions', 'street_hours', 'other'])), name='pledge_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'kept', 'broken'])), name='pledge_state_known'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('starts_on'))), name='pledge_due_after_start'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='pledge_quantity_positive'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'kept'), _negated=True), ('delivered__gte', models.F('quantity')), _connector='OR'), name='pledge_kept_in_full'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_on', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('settled_on__isnull', False)), _connector='OR'), name='pledge_settled_has_day'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'broken'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='pledge_broken_has_reason'),
        ),
        GuardTable("programmes_pledge"),
        GuardTable("programmes_progress"),
        GuardTable("programmes_release"),
    ]
