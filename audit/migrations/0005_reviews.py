"""Reviews of break-glass and their judgements, and the guards of both."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from audit.journal.guards import AppendOnly, GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0004_oversight'),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('act_ref', models.CharField(max_length=60, unique=True)),
                ('entry_uid', models.UUIDField()),
                ('reader_ref', models.CharField(max_length=60)),
                ('agency_ref', models.CharField(max_length=60)),
                ('sources', models.TextField()),
                ('stands_in', models.CharField(blank=True, max_length=20)),
                ('case_ref', models.CharField(max_length=60)),
                ('article', models.CharField(max_length=80)),
                ('opened_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('deadline', models.DateTimeField()),
                ('escalated_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['deadline'], name='audit_review_deadline')],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('reader', 'van de lezer'), ('source', 'van de bron')], max_length=6)),
                ('verdict', models.CharField(choices=[('justified', 'Terecht'), ('unjustified', 'Niet terecht')], max_length=11)),
                ('officer_ref', models.CharField(max_length=60)),
                ('agency_ref', models.CharField(max_length=60)),
                ('entry_uid', models.UUIDField()),
                ('given_at', models.DateTimeField()),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='audit.review')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('review', 'side'), name='audit_judgement_one_a_side'), models.UniqueConstraint(fields=('review', 'officer_ref'), name='audit_judgement_four_eyes')],
            },
        ),
        GuardTable("audit_review"),
        AppendOnly("audit_judgement"),
    ]
