"""Questions of an officer to a reader about their reads, and the answers; append-only like the rest of a finding."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from audit.journal.guards import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0006_breach_and_exports'),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('by_ref', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('answer_by', models.DateField()),
                ('entry_uid', models.UUIDField()),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='audit.finding')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'number'), name='one_question_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField()),
                ('entry_uid', models.UUIDField()),
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='audit.question')),
            ],
        ),
        AppendOnly("audit_question"),
        AppendOnly("audit_answer"),
    ]
