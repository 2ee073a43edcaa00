"""Channels of street teams: their tables and the guards of those."""

import cases.records.sealed
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audit', '0002_guards'),
        ('agreements', '0004_guards'),
        ('cases', '0012_subject_requests'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('scope', models.CharField(choices=[('case', 'Casus'), ('area', 'Gebied'), ('operation', 'Actie')], max_length=9)),
                ('title', models.CharField(max_length=80)),
                ('under', models.CharField(max_length=40)),
                ('opened_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('head', models.PositiveBigIntegerField(default=0)),
                ('revision', models.PositiveBigIntegerField(default=0)),
                ('submission', models.UUIDField(blank=True, null=True, unique=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to='cases.case')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.membership')),
            ],
            options={
                'ordering': ['-opened_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ChannelMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('joined_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='realtime.channel')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.membership')),
                ('professional', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['joined_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('seq', models.PositiveBigIntegerField()),
                ('kind', models.CharField(choices=[('message', 'Bericht'), ('status', 'Snelle melding'), ('fact', 'Gegeven uit de casus'), ('photo', 'Foto'), ('place', 'Plek'), ('task', 'Taak'), ('question', 'Vraag'), ('handover', 'Overdracht'), ('alarm', 'Alarm'), ('notice', 'Mededeling')], max_length=8)),
                ('under', models.CharField(max_length=200)),
                ('values', cases.records.sealed.SealedField()),
                ('present', models.CharField(max_length=64)),
                ('layout', models.CharField(blank=True, max_length=400)),
                ('heard', models.CharField(blank=True, max_length=400)),
                ('given_at', models.DateTimeField(db_index=True)),
                ('fact', models.UUIDField(blank=True, null=True)),
                ('fact_field', models.CharField(blank=True, max_length=40)),
                ('notice', models.CharField(blank=True, max_length=20)),
                ('notice_by', models.CharField(blank=True, max_length=120)),
                ('client', models.UUIDField(blank=True, null=True)),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.casesubject')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='realtime.channelmember')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='realtime.channel')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('target', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='realtime.event')),
            ],
            options={
                'ordering': ['channel', 'seq'],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stored', models.PositiveBigIntegerField(default=0)),
                ('seen', models.PositiveBigIntegerField(default=0)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='receipt', to='realtime.channelmember')),
            ],
        ),
        migrations.AddConstraint(
            model_name='channel',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['case', 'area', 'operation'])), name='channel_scope_known'),
        ),
        migrations.AddConstraint(
            model_name='channel',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('opened_at'))), name='channel_ends_after_opening'),
        ),
        migrations.AddConstraint(
            model_name='channelmember',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('channel', 'membership'), name='member_once'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('channel', 'seq'), name='event_number_once'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('channel', 'author', 'client'), name='event_sent_once'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['message', 'status', 'fact', 'photo', 'place', 'task', 'question', 'handover', 'alarm', 'notice'])), name='event_kind_known'),
        ),
        GuardTable("realtime_channel"),
        GuardTable("realtime_channelmember"),
        GuardTable("realtime_event"),
    ]
