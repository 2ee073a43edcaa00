"""Presence, shares of place and photos: transient, so without guards but for what hangs from an event."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('realtime', '0001_channels'),
    ]

    operations = [
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('out', 'Op straat'), ('listening', 'Luistert mee'), ('away', 'Even weg')], default='listening', max_length=9)),
                ('heard_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='presence', to='realtime.channelmember')),
            ],
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('started_at', models.DateTimeField()),
                ('until', models.DateTimeField(db_index=True)),
                ('locked', models.TextField(blank=True)),
                ('moved_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='share', to='realtime.channelmember')),
            ],
        ),
        migrations.CreateModel(
            name='StreetPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('type', models.CharField(max_length=40)),
                ('locked', models.BinaryField()),
                ('key', models.CharField(max_length=200)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='photo', to='realtime.event')),
            ],
        ),
        migrations.CreateModel(
            name='ShareTold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='realtime.channelmember')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told', to='realtime.share')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('share', 'member'), name='share_told_once')],
            },
        ),
    ]
