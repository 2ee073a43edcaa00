"""Erasing on request, names of staff, notices to who had a fact; guards anew where SQLite remade a table."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_guards'),
        ('agreements', '0004_guards'),
        ('cases', '0012_subject_requests'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FactNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('corrected', 'verbeterd'), ('withdrawn', 'ingetrokken'), ('erased', 'gewist'), ('restricted', 'vastgezet'), ('released', 'weer vrijgegeven')], max_length=10)),
                ('fields', models.CharField(max_length=64)),
                ('sheet', models.UUIDField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='NoticeReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fields', models.CharField(max_length=64)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='sheetitem',
            name='withheld_on_a_ground',
        ),
        migrations.AddField(
            model_name='decisionsheet',
            name='names_reason',
            field=models.BinaryField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='decisionsheet',
            name='names_staff',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='decisionsheet',
            name='tells_recipients',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='destruction',
            name='items',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='destruction',
            name='sheet',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='decisionsheet',
            name='lookups',
            field=models.CharField(choices=[('give', 'Verstrekken'), ('withhold', 'Niet verstrekken'), ('erase', 'Wissen'), ('keep', 'Niet wissen')], default='give', max_length=8),
        ),
        migrations.AlterField(
            model_name='decisionsheet',
            name='lookups_ground',
            field=models.CharField(blank=True, choices=[('uavg41_security', 'Veiligheid of opsporing (art. 41 lid 1 a-d UAVG, art. 23 AVG)'), ('uavg41_oversight', 'Toezicht of inspectie (art. 41 lid 1 h UAVG, art. 23 AVG)'), ('others', 'Rechten en vrijheden van anderen (art. 15 lid 4 AVG, art. 41 lid 1 i UAVG)'), ('wpg27', 'Politietaak of opsporing (art. 27 Wpg)'), ('working_notes', 'Persoonlijke werkaantekening (art. 7:454 BW)'), ('still_needed', 'Nog nodig voor het doel (art. 17 lid 1 a AVG)'), ('duty', 'Wettelijke plicht of publieke taak (art. 17 lid 3 b AVG)'), ('health', 'Volksgezondheid (art. 17 lid 3 c AVG)'), ('archive', 'Archivering of onderzoek (art. 17 lid 3 d AVG)'), ('claim', 'Rechtsvordering (art. 17 lid 3 e AVG)')], max_length=16),
        ),
        migrations.AlterField(
            model_name='destruction',
            name='ground',
            field=models.CharField(choices=[('not_admitted', 'Niet toegelaten'), ('closed_case', 'Gesloten, de termijn is om'), ('max_from_first_processing', 'De uiterste termijn vanaf de eerste verwerking'), ('renewal_refused', 'De bron stemde niet in met verlenging'), ('on_request', 'Op verzoek van de betrokkene')], max_length=28),
        ),
        migrations.AlterField(
            model_name='destruction',
            name='scope',
            field=models.CharField(choices=[('case', 'De hele casus'), ('person', 'Alles over één persoon'), ('source', 'Wat één bron over één persoon gaf'), ('items', 'Wat één bron op verzoek wist')], max_length=8),
        ),
        migrations.AlterField(
            model_name='sheetitem',
            name='decision',
            field=models.CharField(choices=[('give', 'Verstrekken'), ('withhold', 'Niet verstrekken'), ('erase', 'Wissen'), ('keep', 'Niet wissen')], max_length=8),
        ),
        migrations.AlterField(
            model_name='sheetitem',
            name='ground',
            field=models.CharField(blank=True, choices=[('uavg41_security', 'Veiligheid of opsporing (art. 41 lid 1 a-d UAVG, art. 23 AVG)'), ('uavg41_oversight', 'Toezicht of inspectie (art. 41 lid 1 h UAVG, art. 23 AVG)'), ('others', 'Rechten en vrijheden van anderen (art. 15 lid 4 AVG, art. 41 lid 1 i UAVG)'), ('wpg27', 'Politietaak of opsporing (art. 27 Wpg)'), ('working_notes', 'Persoonlijke werkaantekening (art. 7:454 BW)'), ('still_needed', 'Nog nodig voor het doel (art. 17 lid 1 a AVG)'), ('duty', 'Wettelijke plicht of publieke taak (art. 17 lid 3 b AVG)'), ('health', 'Volksgezondheid (art. 17 lid 3 c AVG)'), ('archive', 'Archivering of onderzoek (art. 17 lid 3 d AVG)'), ('claim', 'Rechtsvordering (art. 17 lid 3 e AVG)')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='decisionsheet',
            constraint=models.CheckConstraint(condition=models.Q(('names_staff', False), ('names_reason__isnull', False), _connector='OR'), name='staff_named_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='sheetitem',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['give', 'erase']), models.Q(models.Q(('ground', ''), _negated=True), ('reason__isnull', False)), _connector='OR'), name='withheld_on_a_ground'),
        ),
        migrations.AddField(
            model_name='factnotice',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='factnotice',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.casesubject'),
        ),
        migrations.AddField(
            model_name='factnotice',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency'),
        ),
        migrations.AddField(
            model_name='factnotice',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='factnotice',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency'),
        ),
        migrations.AddField(
            model_name='noticereader',
            name='notice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='cases.factnotice'),
        ),
        migrations.AddField(
            model_name='noticereader',
            name='professional',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='factnotice',
            index=models.Index(fields=['recipient', '-at'], name='notices_of_recipient'),
        ),
        migrations.AddConstraint(
            model_name='factnotice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['corrected', 'withdrawn', 'erased', 'restricted', 'released'])), name='fact_notice_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='noticereader',
            constraint=models.UniqueConstraint(fields=('notice', 'professional'), name='one_reader_a_notice'),
        ),
        GuardTable("cases_factnotice"),
        GuardTable("cases_noticereader"),
        GuardTable("cases_decisionsheet"),
        GuardTable("cases_sheetitem"),
        GuardTable("cases_destruction"),
    ]
