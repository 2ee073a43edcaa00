"""Contact with witnesses, bundles and their checks, and pruning; entries may go in a prune scope, and only there."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from audit.journal.guards import AppendOnly, GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_questions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('witness', models.TextField(primary_key=True, serialize=False)),
                ('size', models.BigIntegerField()),
                ('outcome', models.CharField(max_length=11)),
                ('reason', models.TextField(default='')),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Bundle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('ordered_by', models.TextField()),
                ('agency_ref', models.TextField()),
                ('scope', models.TextField(blank=True)),
                ('ordered_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('queued', 'wacht'), ('running', 'wordt gemaakt'), ('done', 'klaar'), ('failed', 'mislukt'), ('gone', 'verlopen')], default='queued', max_length=8)),
                ('made_at', models.DateTimeField(null=True)),
                ('size', models.BigIntegerField(null=True)),
                ('root', models.BinaryField(max_length=32, null=True)),
                ('length', models.BigIntegerField(null=True)),
                ('sha256', models.CharField(blank=True, default='', max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_by', models.TextField()),
                ('agency_ref', models.TextField()),
                ('recorded_at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('verified', 'VERIFIED (0): klopt'), ('tampered', 'TAMPERED (1): gewijzigd'), ('incomplete', 'INCOMPLETE (2): onvolledig')], max_length=10)),
                ('size', models.BigIntegerField()),
                ('root', models.BinaryField(max_length=32)),
                ('matches', models.BooleanField()),
                ('entry_uid', models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name='PruneRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('proposed_by', models.TextField()),
                ('agency_ref', models.TextField()),
                ('proposed_at', models.DateTimeField()),
                ('terms', models.TextField()),
                ('entries', models.BigIntegerField()),
                ('parts', models.BigIntegerField()),
                ('approved_by', models.TextField(default='')),
                ('approver_agency_ref', models.TextField(default='')),
                ('approved_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('approved_by', ''), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='audit_prunerun_four_eyes')],
            },
        ),
        migrations.CreateModel(
            name='PruneBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('entries', models.PositiveIntegerField()),
                ('parts', models.PositiveIntegerField()),
                ('ranges', models.TextField()),
                ('entry_uid', models.UUIDField(unique=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='audit.prunerun')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'number'), name='audit_prunebatch_once')],
            },
        ),
        GuardTable("audit_prunerun"),
        AppendOnly("audit_prunebatch"),
        AppendOnly("audit_verification"),
        # Again, since these may now be deleted from in a scope of their own.
        AppendOnly("audit_entry"),
        AppendOnly("audit_mark"),
    ]
