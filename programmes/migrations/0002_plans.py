"""Programmes with pillars, goals, plans and projects, and the guards of their tables."""

import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0005_vouch_for_covenants'),
        ('programmes', '0001_areas'),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('title', models.CharField(max_length=160, verbose_name='titel')),
                ('summary', models.TextField(verbose_name='samenvatting')),
                ('mandate', models.TextField(verbose_name='mandaat')),
                ('starts_year', models.PositiveSmallIntegerField()),
                ('until_year', models.PositiveSmallIntegerField()),
                ('lead_why', models.TextField()),
                ('lead_since', models.DateField()),
                ('state', models.CharField(choices=[('proposed', 'Voorgesteld'), ('adopted', 'Vastgesteld'), ('running', 'Loopt'), ('reviewed', 'Wordt herijkt'), ('ended', 'Afgerond')], default='proposed', max_length=10)),
                ('evaluation_on', models.DateField(blank=True, null=True)),
                ('areas', models.ManyToManyField(related_name='programmes', to='programmes.area')),
                ('covenant', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.covenant')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_year', models.PositiveSmallIntegerField()),
                ('last_year', models.PositiveSmallIntegerField()),
                ('summary', models.TextField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='programmes.programme')),
            ],
            options={
                'ordering': ['first_year'],
            },
        ),
        migrations.CreateModel(
            name='ProgrammePillar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('school', 'Onderwijs'), ('work', 'Werk'), ('housing', 'Wonen'), ('safety', 'Veiligheid'), ('own', 'Eigen pijler')], max_length=8)),
                ('own_name', models.CharField(blank=True, max_length=60)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pillars', to='programmes.programme')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PillarReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('words', models.TextField()),
                ('n_social', models.PositiveSmallIntegerField()),
                ('n_repressive', models.PositiveSmallIntegerField()),
                ('published_on', models.DateField()),
                ('pillar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='programmes.programmepillar')),
            ],
            options={
                'ordering': ['-year'],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('baseline_year', models.PositiveSmallIntegerField()),
                ('baseline', models.DecimalField(decimal_places=2, max_digits=12)),
                ('baseline_source', models.CharField(max_length=160)),
                ('baseline_dated', models.DateField()),
                ('target', models.DecimalField(decimal_places=2, max_digits=12)),
                ('target_year', models.PositiveSmallIntegerField()),
                ('decided', models.BooleanField(default=False)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.area')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.indicator')),
                ('pillar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='programmes.programmepillar')),
            ],
            options={
                'ordering': ['pillar', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('about', models.TextField()),
                ('side', models.CharField(choices=[('social', 'Sociaal'), ('repressive', 'Repressief')], max_length=10)),
                ('starts_on', models.DateField()),
                ('until_on', models.DateField()),
                ('state', models.CharField(choices=[('planned', 'Gepland'), ('running', 'Loopt'), ('ended', 'Afgerond')], default='planned', max_length=8)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('worked', 'Werkte'), ('partly', 'Werkte deels'), ('not', 'Werkte niet')], max_length=6)),
                ('result', models.TextField(blank=True)),
                ('learned', models.TextField(blank=True)),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='projects', to='programmes.goal')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='programmes.plan')),
            ],
            options={
                'ordering': ['starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('value', models.DecimalField(decimal_places=2, max_digits=12)),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='programmes.goal')),
            ],
            options={
                'ordering': ['year'],
                'constraints': [models.UniqueConstraint(fields=('goal', 'year'), name='milestone_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'adopted', 'running', 'reviewed', 'ended'])), name='programme_state_known'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('until_year__gte', django.db.models.expressions.CombinedExpression(models.F('starts_year'), '+', models.Value(10)))), name='programme_ten_years'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(fields=('programme', 'first_year'), name='plan_once'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('last_year__gte', models.F('first_year')), ('last_year__lte', django.db.models.expressions.CombinedExpression(models.F('first_year'), '+', models.Value(3)))), name='plan_four_years'),
        ),
        migrations.AddConstraint(
            model_name='programmepillar',
            constraint=models.UniqueConstraint(fields=('programme', 'kind', 'own_name'), name='pillar_once'),
        ),
        migrations.AddConstraint(
            model_name='programmepillar',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['school', 'work', 'housing', 'safety', 'own'])), name='programme_pillar_known'),
        ),
        migrations.AddConstraint(
            model_name='programmepillar',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'own'), models.Q(('own_name', ''), _negated=True)), models.Q(models.Q(('kind', 'own'), _negated=True), ('own_name', '')), _connector='OR'), name='own_pillar_has_name'),
        ),
        migrations.AddConstraint(
            model_name='pillarreport',
            constraint=models.UniqueConstraint(fields=('pillar', 'year'), name='pillar_report_once'),
        ),
        migrations.AddConstraint(
            model_name='pillarreport',
            constraint=models.CheckConstraint(condition=models.Q(('n_repressive__gt', 0), ('n_social__gt', 0)), name='pillar_report_both_sides'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.CheckConstraint(condition=models.Q(('target_year__gt', models.F('baseline_year'))), name='goal_year_after_baseline'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['social', 'repressive'])), name='project_side_known'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'running', 'ended'])), name='project_state_known'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('starts_on'))), name='project_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), models.Q(('ended_on__isnull', False), ('outcome__in', ['worked', 'partly', 'not']), models.Q(('result', ''), _negated=True), models.Q(('learned', ''), _negated=True)), _connector='OR'), name='project_ends_with_result_and_lesson'),
        ),
        GuardTable("programmes_programme"),
        GuardTable("programmes_programme_areas"),
        GuardTable("programmes_programmepillar"),
        GuardTable("programmes_goal"),
        GuardTable("programmes_milestone"),
        GuardTable("programmes_plan"),
        GuardTable("programmes_project"),
        GuardTable("programmes_pillarreport"),
    ]
