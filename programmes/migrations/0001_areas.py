"""Areas, indicators and their numbers, with the guards of those."""

import django.db.models.deletion
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audit', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('city', models.CharField(max_length=80)),
                ('geometry', models.JSONField()),
                ('west', models.FloatField()),
                ('south', models.FloatField()),
                ('east', models.FloatField()),
                ('north', models.FloatField()),
                ('source', models.CharField(max_length=160)),
                ('dated', models.DateField()),
            ],
            options={
                'ordering': ['city', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('label_nl', models.CharField(max_length=120)),
                ('label_en', models.CharField(max_length=120)),
                ('pillar', models.CharField(choices=[('school', 'Onderwijs'), ('work', 'Werk'), ('housing', 'Wonen'), ('safety', 'Veiligheid'), ('liveability', 'Leefbaarheid')], max_length=12)),
                ('unit', models.CharField(choices=[('count', 'aantal'), ('share', 'procent'), ('score', 'score')], max_length=6)),
                ('upward', models.BooleanField()),
                ('decimals', models.PositiveSmallIntegerField(default=0)),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['order', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('pillar__in', ['school', 'work', 'housing', 'safety', 'liveability'])), name='indicator_pillar_known'), models.CheckConstraint(condition=models.Q(('unit__in', ['count', 'share', 'score'])), name='indicator_unit_known')],
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('value', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ('source', models.CharField(max_length=160)),
                ('dated', models.DateField()),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='programmes.area')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='programmes.indicator')),
            ],
            options={
                'ordering': ['indicator', 'year'],
                'constraints': [models.UniqueConstraint(fields=('area', 'indicator', 'year'), name='one_measurement'), models.UniqueConstraint(condition=models.Q(('area', None)), fields=('indicator', 'year'), name='one_city_measurement')],
            },
        ),
        GuardTable("programmes_area"),
        GuardTable("programmes_indicator"),
        GuardTable("programmes_measurement"),
    ]
