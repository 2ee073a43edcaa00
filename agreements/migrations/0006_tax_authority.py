"""The tax authority is a kind of agency: a partner of who seizes, no source of cases."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0005_vouch_for_covenants'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='agency',
            name='agency_type_known',
        ),
        migrations.AlterField(
            model_name='agency',
            name='type',
            field=models.CharField(choices=[('POL', 'Politie'), ('OM', 'Openbaar Ministerie'), ('GEM', 'Gemeente'), ('BGM', 'Burgemeester'), ('RVK', 'Raad voor de Kinderbescherming'), ('DJI', 'Dienst Justitiële Inrichtingen'), ('GGD', 'GGD'), ('RCL', 'Reclassering'), ('VT', 'Veilig Thuis'), ('JB', 'Jeugdbescherming'), ('GGZ', 'Geestelijke gezondheidszorg'), ('SOC', 'Sociaal team'), ('OND', 'Onderwijs'), ('WON', 'Woningcorporatie'), ('JW', 'Jongerenwerk'), ('HLT', 'Halt'), ('SHN', 'Slachtofferhulp'), ('BLD', 'Belastingdienst'), ('ZVH', 'Zorg- en Veiligheidshuis')], max_length=3, verbose_name='soort'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('type__in', ['POL', 'OM', 'GEM', 'BGM', 'RVK', 'DJI', 'GGD', 'RCL', 'VT', 'JB', 'GGZ', 'SOC', 'OND', 'WON', 'JW', 'HLT', 'SHN', 'BLD', 'ZVH'])), name='agency_type_known'),
        ),
    ]
