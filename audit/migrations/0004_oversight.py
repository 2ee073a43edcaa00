"""Reasons of reads in their entries; marks, findings and their steps; and the triggers that keep them append-only."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from audit.journal.guards import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_sealing'),
    ]

    operations = [
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('name', models.CharField(max_length=24, primary_key=True, serialize=False)),
                ('done_to', models.UUIDField(null=True)),
                ('moved_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='entry',
            name='reason_code',
            field=models.CharField(max_length=3, null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='reason_ref',
            field=models.CharField(max_length=80, null=True),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('reason_code', 'U')), fields=['uid'], name='audit_entry_unexplained'),
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('agency_ref', models.TextField()),
                ('actor_ref', models.TextField()),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['agency_ref', 'actor_ref'], name='findings_of_reader')],
            },
        ),
        migrations.CreateModel(
            name='FindingRead',
            fields=[
                ('entry_uid', models.UUIDField(primary_key=True, serialize=False)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reads', to='audit.finding')),
            ],
            options={
                'db_table': 'audit_finding_read',
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry_uid', models.UUIDField()),
                ('rule', models.CharField(max_length=24)),
                ('rule_version', models.PositiveSmallIntegerField()),
                ('noted_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry_uid', 'rule'), name='one_mark_a_rule')],
            },
        ),
        migrations.CreateModel(
            name='FindingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('explained', 'Explained'), ('escalated', 'Escalated'), ('closed', 'Closed')], max_length=10)),
                ('verdict', models.CharField(blank=True, choices=[('', 'None'), ('justified', 'Justified'), ('unjustified', 'Unjustified')], default='', max_length=12)),
                ('by_ref', models.TextField()),
                ('taken_at', models.DateTimeField()),
                ('entry_uid', models.UUIDField()),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='audit.finding')),
            ],
            options={
                'db_table': 'audit_finding_step',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'number'), name='one_step_a_number')],
            },
        ),
        AppendOnly("audit_mark"),
        AppendOnly("audit_finding"),
        AppendOnly("audit_finding_read"),
        AppendOnly("audit_finding_step"),
    ]
