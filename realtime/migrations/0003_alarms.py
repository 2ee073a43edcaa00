"""Alarms and the guards of their tables; devices that want to be woken."""

import django.db.models.deletion
from django.db import migrations, models


from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0004_guards'),
        ('realtime', '0004_place'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('raised', 'Nog geen antwoord'), ('acknowledged', 'Hulp komt'), ('stood_down', 'Afgemeld'), ('false_alarm', 'Vals alarm')], default='raised', max_length=12)),
                ('raised_at', models.DateTimeField()),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('step', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alarms', to='realtime.channel')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='realtime.channelmember')),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='alarm', to='realtime.event')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='realtime.channelmember')),
            ],
            options={
                'ordering': ['-raised_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='AlarmAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('alarm', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='realtime.alarm')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='realtime.channelmember')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AlarmStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('called', models.JSONField(default=list)),
                ('desk', models.EmailField(blank=True, max_length=254)),
                ('alarm', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='realtime.alarm')),
            ],
            options={
                'ordering': ['step'],
            },
        ),
        migrations.CreateModel(
            name='ControlRoom',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('channel', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='control_room', to='realtime.channel')),
            ],
        ),
        migrations.CreateModel(
            name='PushSubscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session', models.CharField(db_index=True, max_length=40)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('locked', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('rung_at', models.DateTimeField(blank=True, null=True)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agreements.membership')),
            ],
        ),
        migrations.AddConstraint(
            model_name='alarm',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'acknowledged', 'stood_down', 'false_alarm'])), name='alarm_state_known'),
        ),
        migrations.AddConstraint(
            model_name='alarmanswer',
            constraint=models.UniqueConstraint(fields=('alarm', 'member'), name='alarm_answered_once'),
        ),
        migrations.AddConstraint(
            model_name='alarmstep',
            constraint=models.UniqueConstraint(fields=('alarm', 'step'), name='alarm_step_once'),
        ),
        GuardTable("realtime_alarm"),
        GuardTable("realtime_alarmanswer"),
        GuardTable("realtime_alarmstep"),
        GuardTable("realtime_controlroom"),
    ]
