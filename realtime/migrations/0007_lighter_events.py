"""Fewer indexes on the log of channels: each message waits for all of them."""

import django.db.models.deletion
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0006_tax_authority'),
        ('cases', '0016_by_day'),
        ('realtime', '0006_calls'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='event',
            name='event_sent_once',
        ),
        migrations.AlterField(
            model_name='event',
            name='about',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.casesubject'),
        ),
        migrations.AlterField(
            model_name='event',
            name='author',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='realtime.channelmember'),
        ),
        migrations.AlterField(
            model_name='event',
            name='channel',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='realtime.channel'),
        ),
        migrations.AlterField(
            model_name='event',
            name='given_at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='event',
            name='source',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency'),
        ),
        migrations.AlterField(
            model_name='event',
            name='target',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='realtime.event'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('about__isnull', False)), fields=['about'], name='event_about'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('target__isnull', False)), fields=['target'], name='event_answers'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('author', 'client'), name='event_sent_once'),
        ),
        # Rebuilt on SQLite above.
        GuardTable("realtime_event"),
    ]
