"""Entries found by their articles and persons by their entries; exports of the log and their pieces."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0005_reviews'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='articles_ref',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['articles_ref', 'uid'], name='audit_entry_articles'),
        ),
        migrations.AddIndex(
            model_name='part',
            index=models.Index(condition=models.Q(('pseudonym__isnull', False)), fields=['entry_uid', 'pseudonym'], name='audit_part_of_entry'),
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=24)),
                ('asked_by_ref', models.CharField(max_length=60)),
                ('agency_ref', models.CharField(max_length=60)),
                ('scope_ref', models.CharField(blank=True, max_length=60)),
                ('of_agency', models.CharField(blank=True, max_length=60)),
                ('covenant', models.CharField(blank=True, max_length=40)),
                ('language', models.CharField(default='nl', max_length=5)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('queued', 'In de wachtrij'), ('running', 'Bezig'), ('done', 'Klaar'), ('failed', 'Mislukt')], default='queued', max_length=8)),
                ('done', models.PositiveBigIntegerField(default=0)),
                ('total', models.PositiveBigIntegerField(default=0)),
                ('place', models.CharField(blank=True, max_length=40)),
                ('pieces', models.PositiveIntegerField(default=0)),
                ('worker', models.UUIDField(blank=True, null=True)),
                ('beat_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'ordering': ['-asked_at'],
                'indexes': [models.Index(fields=['asked_by_ref', '-asked_at'], name='audit_exports_of_asker')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed'])), name='audit_export_state_known')],
            },
        ),
        migrations.CreateModel(
            name='ExportPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('export', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stored', to='audit.export')),
            ],
            options={
                'db_table': 'audit_export_piece',
                'constraints': [models.UniqueConstraint(fields=('export', 'number'), name='audit_export_piece_once')],
            },
        ),
    ]
