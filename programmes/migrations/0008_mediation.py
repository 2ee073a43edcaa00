"""Public mediation: rounds, their parties and small actions; the guards of their tables."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0005_vouch_for_covenants'),
        ('programmes', '0007_giveback'),
    ]

    operations = [
        migrations.CreateModel(
            name='MediationRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('question', models.TextField()),
                ('state', models.CharField(choices=[('invited', 'Uitgenodigd'), ('diagnosed', 'Gezamenlijke diagnose'), ('agreed', 'Afgesproken'), ('done', 'Gedaan'), ('evaluated', 'Geëvalueerd')], default='invited', max_length=9)),
                ('invited_on', models.DateField()),
                ('diagnosis', models.TextField(blank=True)),
                ('agreed_on', models.DateField(blank=True, null=True)),
                ('result', models.TextField(blank=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mediation_rounds', to='programmes.programme')),
            ],
            options={
                'ordering': ['-invited_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MediationParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('position', models.TextField(blank=True)),
                ('public', models.BooleanField(blank=True, null=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='programmes.mediationround')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='MediationAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=240)),
                ('due_on', models.DateField()),
                ('done_on', models.DateField(blank=True, null=True)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='programmes.mediationparty')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='programmes.mediationround')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='mediationround',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['invited', 'diagnosed', 'agreed', 'done', 'evaluated'])), name='mediation_state_known'),
        ),
        migrations.AddConstraint(
            model_name='mediationround',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'invited'), models.Q(('diagnosis', ''), _negated=True), _connector='OR'), name='mediation_diagnosed_has_words'),
        ),
        migrations.AddConstraint(
            model_name='mediationround',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['invited', 'diagnosed']), ('agreed_on__isnull', False), _connector='OR'), name='mediation_agreed_has_day'),
        ),
        migrations.AddConstraint(
            model_name='mediationround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'evaluated'), _negated=True), models.Q(('result', ''), _negated=True), _connector='OR'), name='mediation_evaluated_has_result'),
        ),
        migrations.AddConstraint(
            model_name='mediationparty',
            constraint=models.UniqueConstraint(fields=('round', 'name'), name='one_mediation_party'),
        ),
        GuardTable("programmes_mediationround"),
        GuardTable("programmes_mediationparty"),
        GuardTable("programmes_mediationaction"),
    ]
