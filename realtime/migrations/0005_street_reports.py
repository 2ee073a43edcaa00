"""Reports of channels on paper, which are no truth and so not guarded, and what was taken over from the log."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0005_vouch_for_covenants'),
        ('cases', '0014_word_to_reporters'),
        ('realtime', '0003_alarms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TakenOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.UUIDField(unique=True)),
                ('channel', models.UUIDField()),
                ('said_at', models.DateTimeField()),
                ('contributions', models.JSONField(blank=True, default=list)),
                ('signal', models.CharField(blank=True, max_length=32)),
                ('fields', models.CharField(max_length=400)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ChannelPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('membership', models.PositiveBigIntegerField()),
                ('purposes', models.JSONField(blank=True, default=dict)),
                ('pinned', models.CharField(blank=True, max_length=40)),
                ('case_pinned', models.CharField(blank=True, max_length=32)),
                ('language', models.CharField(default='nl', max_length=5)),
                ('state', models.CharField(choices=[('queued', 'In de wachtrij'), ('running', 'Bezig'), ('done', 'Klaar'), ('failed', 'Mislukt')], default='queued', max_length=8)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('view', models.CharField(blank=True, max_length=64)),
                ('content', models.BinaryField(blank=True, null=True)),
                ('problem', models.CharField(blank=True, max_length=16)),
                ('articles', models.CharField(blank=True, max_length=240)),
                ('asked_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='realtime.channel')),
            ],
            options={
                'ordering': ['-asked_at'],
                'abstract': False,
                'indexes': [models.Index(fields=['channel', 'membership', '-asked_at'], name='channel_papers_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed'])), name='channel_paper_state_known')],
            },
        ),
        GuardTable("realtime_takenover"),
    ]
