"""Seizures, social offers and give-backs, with the guards of those."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0005_vouch_for_covenants'),
        ('programmes', '0006_justice'),
    ]

    operations = [
        migrations.CreateModel(
            name='GiveBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('about', models.TextField()),
                ('place', models.CharField(max_length=120)),
                ('amount', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('proposed', 'Voorgesteld'), ('voted', 'Gekozen door bewoners'), ('funded', 'Betaald uit beslag'), ('visible', 'Te zien in de buurt'), ('done', 'Klaar')], default='proposed', max_length=8)),
                ('proposed_on', models.DateField()),
                ('voted_on', models.DateField(blank=True, null=True)),
                ('voters', models.PositiveIntegerField(blank=True, null=True)),
                ('in_favour', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('before_picture', models.BinaryField(blank=True, null=True)),
                ('before_words', models.CharField(blank=True, max_length=240)),
                ('after_picture', models.BinaryField(blank=True, null=True)),
                ('after_words', models.CharField(blank=True, max_length=240)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='give_backs', to='programmes.area')),
            ],
            options={
                'ordering': ['-proposed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Intervention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('language', 'Taal'), ('preschool', 'Voorschool'), ('school', 'School'), ('work', 'Werk'), ('housing', 'Wonen'), ('debts', 'Schulden')], max_length=9)),
                ('title', models.CharField(max_length=160)),
                ('about', models.TextField()),
                ('group_size', models.PositiveIntegerField(blank=True, null=True)),
                ('places', models.PositiveIntegerField()),
                ('taken', models.PositiveIntegerField(blank=True, null=True)),
                ('attendance', models.CharField(blank=True, choices=[('low', 'minder dan de helft'), ('middle', 'de helft tot driekwart'), ('high', 'driekwart of meer')], max_length=6)),
                ('cost', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('planned', 'Gepland'), ('running', 'Loopt'), ('scaled', 'Uitgebreid'), ('stopped', 'Gestopt')], default='planned', max_length=7)),
                ('since', models.DateField()),
                ('reason', models.TextField(blank=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interventions', to='programmes.area')),
            ],
            options={
                'ordering': ['kind', 'title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Seizure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('street', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('cash', 'Contant geld'), ('account', 'Banktegoed'), ('crypto', 'Cryptomunten'), ('vehicle', 'Voertuig'), ('property', 'Onroerend goed'), ('goods', 'Kostbare goederen')], max_length=8)),
                ('band', models.CharField(choices=[('under_1k', 'tot € 1.000'), ('under_10k', '€ 1.000 tot € 10.000'), ('under_50k', '€ 10.000 tot € 50.000'), ('under_250k', '€ 50.000 tot € 250.000'), ('more', '€ 250.000 of meer')], max_length=10)),
                ('case_reference', models.CharField(max_length=40, unique=True)),
                ('state', models.CharField(choices=[('reported', 'Gemeld'), ('seized', 'In beslag genomen'), ('irrevocable', 'Onherroepelijk'), ('booked', 'Opbrengst geboekt')], default='reported', max_length=11)),
                ('reported_on', models.DateField()),
                ('proceeds', models.PositiveIntegerField(blank=True, null=True)),
                ('booked_rank', models.PositiveIntegerField(blank=True, null=True, unique=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seizures', to='programmes.area')),
                ('give_back', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seizures', to='programmes.giveback')),
            ],
            options={
                'ordering': ['-reported_on', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='giveback',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'voted', 'funded', 'visible', 'done'])), name='give_back_state_known'),
        ),
        migrations.AddConstraint(
            model_name='giveback',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='give_back_costs_something'),
        ),
        migrations.AddConstraint(
            model_name='giveback',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['visible', 'done']), _negated=True), models.Q(('after_picture__isnull', False), ('before_picture__isnull', False)), _connector='OR'), name='give_back_seen_has_pictures'),
        ),
        migrations.AddConstraint(
            model_name='intervention',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['language', 'preschool', 'school', 'work', 'housing', 'debts'])), name='intervention_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='intervention',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'running', 'scaled', 'stopped'])), name='intervention_state_known'),
        ),
        migrations.AddConstraint(
            model_name='intervention',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'stopped'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='intervention_stopped_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='seizure',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['cash', 'account', 'crypto', 'vehicle', 'property', 'goods'])), name='seizure_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='seizure',
            constraint=models.CheckConstraint(condition=models.Q(('band__in', ['under_1k', 'under_10k', 'under_50k', 'under_250k', 'more'])), name='seizure_band_known'),
        ),
        migrations.AddConstraint(
            model_name='seizure',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['reported', 'seized', 'irrevocable', 'booked'])), name='seizure_state_known'),
        ),
        migrations.AddConstraint(
            model_name='seizure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('booked_rank__isnull', False), ('proceeds__isnull', False), ('state', 'booked')), models.Q(models.Q(('state', 'booked'), _negated=True), ('booked_rank', None), ('give_back', None), ('proceeds', None)), _connector='OR'), name='seizure_booked_has_proceeds'),
        ),
        GuardTable("programmes_giveback"),
        GuardTable("programmes_seizure"),
        GuardTable("programmes_intervention"),
    ]
