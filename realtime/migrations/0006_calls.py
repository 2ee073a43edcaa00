"""Who was called for an alarm without being a member of its channel, and answers by it."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0004_guards'),
        ('realtime', '0005_street_reports'),
    ]

    operations = [
        migrations.AlterField(
            model_name='alarmanswer',
            name='member',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='realtime.channelmember'),
        ),
        migrations.CreateModel(
            name='AlarmCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('step', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('ended_it', models.BooleanField(default=False)),
                ('alarm', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='realtime.alarm')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.membership')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='alarmanswer',
            name='call',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='realtime.alarmcall'),
        ),
        migrations.AddConstraint(
            model_name='alarmanswer',
            constraint=models.UniqueConstraint(fields=('alarm', 'call'), name='alarm_call_answered_once'),
        ),
        migrations.AddConstraint(
            model_name='alarmanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('call__isnull', False), ('member', None)), models.Q(('call', None), ('member__isnull', False)), _connector='OR'), name='alarm_answered_by_one'),
        ),
        migrations.AddConstraint(
            model_name='alarmcall',
            constraint=models.UniqueConstraint(fields=('alarm', 'membership'), name='alarm_called_once'),
        ),
        GuardTable("realtime_alarmcall"),
        # Rebuilt on SQLite above.
        GuardTable("realtime_alarmanswer"),
    ]
