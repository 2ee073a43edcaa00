"""Who leads a programme, and what the parties say of it; the guards of their tables."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from audit.journal.guards import GuardTable


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0005_vouch_for_covenants'),
        ('programmes', '0012_agents'),
    ]

    operations = [
        migrations.CreateModel(
            name='LeadParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('why', models.TextField()),
                ('state', models.CharField(choices=[('proposed', 'Voorgesteld'), ('accepted', 'Aanvaard'), ('replaced', 'Opgevolgd'), ('declined', 'Niet aanvaard')], default='proposed', max_length=8)),
                ('proposed_on', models.DateField(blank=True, null=True)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leads', to='programmes.programme')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
            ],
            options={
                'ordering': ['-until', '-since', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='LeadVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agrees', models.BooleanField()),
                ('given_on', models.DateField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agency')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='programmes.leadparty')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='leadparty',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'accepted', 'replaced', 'declined'])), name='lead_state_known'),
        ),
        migrations.AddConstraint(
            model_name='leadparty',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('programme',), name='one_lead_proposed'),
        ),
        migrations.AddConstraint(
            model_name='leadparty',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'accepted')), fields=('programme',), name='one_lead_accepted'),
        ),
        migrations.AddConstraint(
            model_name='leadparty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('since', None), ('state__in', ['proposed', 'declined']), ('until', None)), models.Q(('since__isnull', False), ('state', 'accepted'), ('until', None)), models.Q(('since__isnull', False), ('state', 'replaced'), ('until__isnull', False)), _connector='OR'), name='lead_led_has_days'),
        ),
        migrations.AddConstraint(
            model_name='leadvoice',
            constraint=models.UniqueConstraint(fields=('lead', 'agency'), name='one_lead_voice'),
        ),
        GuardTable("programmes_leadparty"),
        GuardTable("programmes_leadvoice"),
    ]
