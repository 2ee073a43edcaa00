"""Requests of persons concerned: their tables and the guards of those."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0002_guards"),
        ('agreements', '0004_guards'),
        ('cases', '0011_break_glass'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DecisionSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('lookups', models.CharField(choices=[('give', 'Verstrekken'), ('withhold', 'Niet verstrekken')], default='give', max_length=8)),
                ('lookups_ground', models.CharField(blank=True, choices=[('uavg41_security', 'Veiligheid of opsporing (art. 41 lid 1 a-d UAVG, art. 23 AVG)'), ('uavg41_oversight', 'Toezicht of inspectie (art. 41 lid 1 h UAVG, art. 23 AVG)'), ('others', 'Rechten en vrijheden van anderen (art. 15 lid 4 AVG, art. 41 lid 1 i UAVG)'), ('wpg27', 'Politietaak of opsporing (art. 27 Wpg)'), ('working_notes', 'Persoonlijke werkaantekening (art. 7:454 BW)')], max_length=16)),
                ('lookups_reason', models.BinaryField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('granted', 'Ingewilligd'), ('partly', 'Deels ingewilligd'), ('refused', 'Afgewezen'), ('nothing', 'Wij verwerken geen gegevens van deze persoon')], max_length=8)),
                ('answer', models.BinaryField(blank=True, null=True)),
                ('membership', models.PositiveBigIntegerField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
            ],
        ),
        migrations.CreateModel(
            name='SubjectHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('case', models.UUIDField()),
                ('subject', models.UUIDField()),
                ('contribution', models.UUIDField(blank=True, null=True)),
                ('set_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('lifted_reason', models.BinaryField(blank=True, null=True)),
                ('circumstance', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cases.circumstance')),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='cases.decisionsheet')),
            ],
        ),
        migrations.CreateModel(
            name='SubjectRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('access', 'Inzage'), ('rectification', 'Correctie'), ('erasure', 'Wissen'), ('restriction', 'Beperking'), ('objection', 'Bezwaar')], max_length=14)),
                ('received_on', models.DateField()),
                ('due_on', models.DateField()),
                ('extended_at', models.DateTimeField(blank=True, null=True)),
                ('extended', models.BinaryField(blank=True, null=True)),
                ('person', models.BinaryField()),
                ('asker', models.CharField(choices=[('person', 'De persoon zelf'), ('representative', 'Een vertegenwoordiger')], max_length=14)),
                ('identity_check', models.CharField(blank=True, choices=[('desk', 'Aan de balie, met een geldig legitimatiebewijs'), ('eid', 'Met DigiD of eHerkenning'), ('known', 'Bekend bij een medewerker die de persoon begeleidt'), ('questions', 'Met controlevragen, en terugbellen op een bekend nummer')], max_length=10)),
                ('identity_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('intake', 'Ontvangen, identiteit nog niet vastgesteld'), ('searching', 'Uitgezet bij de organisaties'), ('deciding', 'Organisaties beslissen'), ('ready', 'Alle organisaties hebben beslist'), ('handed_out', 'Uitgereikt'), ('refused', 'Geweigerd')], default='intake', max_length=10)),
                ('refused', models.BinaryField(blank=True, null=True)),
                ('entered_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('identity_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
            ],
            options={
                'ordering': ['due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SubjectPack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('queued', 'In de wachtrij'), ('running', 'Bezig'), ('done', 'Klaar'), ('failed', 'Mislukt')], default='queued', max_length=8)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('pdf', models.BinaryField(blank=True, null=True)),
                ('twin', models.BinaryField(blank=True, null=True)),
                ('told', models.JSONField(blank=True, default=list)),
                ('problem', models.CharField(blank=True, max_length=16)),
                ('asked_at', models.DateTimeField()),
                ('beat_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='packs', to='cases.subjectrequest')),
            ],
            options={
                'ordering': ['-asked_at'],
            },
        ),
        migrations.CreateModel(
            name='SubjectMatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.UUIDField()),
                ('subject', models.UUIDField()),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='cases.subjectrequest')),
            ],
        ),
        migrations.AddField(
            model_name='decisionsheet',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='cases.subjectrequest'),
        ),
        migrations.CreateModel(
            name='SheetItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contribution', models.UUIDField()),
                ('case', models.UUIDField()),
                ('subject', models.UUIDField()),
                ('decision', models.CharField(choices=[('give', 'Verstrekken'), ('withhold', 'Niet verstrekken')], max_length=8)),
                ('ground', models.CharField(blank=True, choices=[('uavg41_security', 'Veiligheid of opsporing (art. 41 lid 1 a-d UAVG, art. 23 AVG)'), ('uavg41_oversight', 'Toezicht of inspectie (art. 41 lid 1 h UAVG, art. 23 AVG)'), ('others', 'Rechten en vrijheden van anderen (art. 15 lid 4 AVG, art. 41 lid 1 i UAVG)'), ('wpg27', 'Politietaak of opsporing (art. 27 Wpg)'), ('working_notes', 'Persoonlijke werkaantekening (art. 7:454 BW)')], max_length=16)),
                ('reason', models.BinaryField(blank=True, null=True)),
                ('is_told', models.BooleanField(default=False)),
                ('review_on', models.DateField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='cases.decisionsheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sheet', 'contribution'), name='one_decision_an_item'), models.CheckConstraint(condition=models.Q(('decision', 'give'), models.Q(models.Q(('ground', ''), _negated=True), ('reason__isnull', False)), _connector='OR'), name='withheld_on_a_ground')],
            },
        ),
        migrations.CreateModel(
            name='SheetPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.UUIDField()),
                ('subject', models.UUIDField()),
                ('is_them', models.BooleanField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='cases.decisionsheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sheet', 'case', 'subject'), name='one_word_a_place')],
            },
        ),
        migrations.CreateModel(
            name='SubjectPackPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.BinaryField()),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='cases.subjectpack')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.decisionsheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('pack', 'sheet'), name='one_part_a_sheet')],
            },
        ),
        migrations.AddConstraint(
            model_name='subjectrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['intake', 'searching', 'deciding', 'ready', 'handed_out', 'refused'])), name='subject_request_state_known'),
        ),
        migrations.AddConstraint(
            model_name='subjectrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['intake', 'refused']), ('identity_at__isnull', False), _connector='OR'), name='subject_request_identity_first'),
        ),
        migrations.AddConstraint(
            model_name='subjectpack',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed'])), name='subject_pack_state_known'),
        ),
        migrations.AddConstraint(
            model_name='subjectpack',
            constraint=models.UniqueConstraint(fields=('request',), name='one_pack_a_request'),
        ),
        migrations.AddConstraint(
            model_name='subjectmatch',
            constraint=models.UniqueConstraint(fields=('request', 'case', 'subject'), name='one_match_a_place'),
        ),
        migrations.AddConstraint(
            model_name='decisionsheet',
            constraint=models.UniqueConstraint(fields=('request', 'agency'), name='one_sheet_a_controller'),
        ),
        GuardTable("cases_subjectrequest"),
        GuardTable("cases_subjectmatch"),
        GuardTable("cases_decisionsheet"),
        GuardTable("cases_sheetplace"),
        GuardTable("cases_sheetitem"),
        GuardTable("cases_subjecthold"),
    ]
