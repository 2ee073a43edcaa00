"""Change agents, who they are in a table apart, social supervisors and experiments; the guards of their tables."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0005_vouch_for_covenants'),
        ('programmes', '0011_patterns'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgentCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told', models.PositiveIntegerField(blank=True, null=True)),
                ('programme', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.programme')),
            ],
        ),
        migrations.CreateModel(
            name='ChangeAgent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('asked', 'Gevraagd'), ('screened', 'Gescreend'), ('active', 'Actief'), ('resting', 'Even niet actief'), ('withdrawn', 'Toestemming ingetrokken')], default='asked', max_length=9)),
                ('since', models.DateField()),
                ('screened_on', models.DateField(blank=True, null=True)),
                ('consent_on', models.DateField()),
                ('consent_form', models.CharField(choices=[('written', 'Schriftelijk'), ('spoken', 'Mondeling, in het bijzijn van de contactpersoon')], max_length=7)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.area')),
                ('officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.membership')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='change_agents', to='programmes.programme')),
            ],
            options={
                'ordering': ['area__name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AgentPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('box', models.BinaryField()),
                ('agent', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='person', to='programmes.changeagent')),
            ],
        ),
        migrations.CreateModel(
            name='Experiment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('niche', models.CharField(max_length=160)),
                ('hypothesis', models.TextField()),
                ('measure', models.TextField()),
                ('pillar', models.CharField(choices=[('school', 'Onderwijs'), ('work', 'Werk'), ('housing', 'Wonen'), ('safety', 'Veiligheid'), ('own', 'Eigen pijler')], max_length=8)),
                ('area_kind', models.CharField(choices=[('inner', 'Binnenstad'), ('prewar', 'Vooroorlogse wijk'), ('postwar', 'Naoorlogse wijk'), ('new', 'Nieuwbouwwijk'), ('village', 'Dorp of kern')], max_length=8)),
                ('starts_on', models.DateField()),
                ('until_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('worked', 'Werkte'), ('partly', 'Werkte deels'), ('not', 'Werkte niet')], max_length=6)),
                ('result', models.TextField(blank=True)),
                ('learned', models.TextField(blank=True)),
                ('costs', models.CharField(blank=True, max_length=240)),
                ('evidence', models.CharField(blank=True, choices=[('told', 'Ervaring van wie het deed'), ('described', 'Beschreven en onderbouwd'), ('measured', 'Voor en na gemeten'), ('compared', 'Vergeleken met wie het niet kreeg')], max_length=10)),
                ('decision', models.CharField(blank=True, choices=[('go_on', 'Doorgaan'), ('stop', 'Stoppen'), ('scale', 'Uitbreiden')], max_length=5)),
                ('reason', models.TextField(blank=True)),
                ('agent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='experiments', to='programmes.changeagent')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.area')),
                ('lesson', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='experiment', to='programmes.lesson')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='experiments', to='programmes.programme')),
            ],
            options={
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SocialSupervisor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('task', models.CharField(max_length=240)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.area')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.membership')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='social_supervisors', to='programmes.programme')),
            ],
            options={
                'ordering': ['area__name', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='changeagent',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'screened', 'active', 'resting', 'withdrawn'])), name='agent_state_known'),
        ),
        migrations.AddConstraint(
            model_name='changeagent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('officer', None), ('state', 'withdrawn'), ('withdrawn_on__isnull', False)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('officer__isnull', False), ('withdrawn_on', None)), _connector='OR'), name='agent_withdrawn_has_nobody'),
        ),
        migrations.AddConstraint(
            model_name='changeagent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['screened', 'active']), _negated=True), ('screened_on__isnull', False), _connector='OR'), name='agent_active_was_screened'),
        ),
        migrations.AddConstraint(
            model_name='experiment',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('starts_on'))), name='experiment_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='experiment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', ''), ('ended_on', None), ('lesson', None)), models.Q(('decision__in', ['go_on', 'stop', 'scale']), ('ended_on__isnull', False), ('outcome__in', ['worked', 'partly', 'not']), models.Q(('result', ''), _negated=True), models.Q(('learned', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='experiment_ends_with_result_and_lesson'),
        ),
        migrations.AddConstraint(
            model_name='socialsupervisor',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('programme', 'area', 'membership'), name='supervisor_once'),
        ),
        GuardTable("programmes_changeagent"),
        GuardTable("programmes_agentperson"),
        GuardTable("programmes_agentcount"),
        GuardTable("programmes_socialsupervisor"),
        GuardTable("programmes_experiment"),
    ]
