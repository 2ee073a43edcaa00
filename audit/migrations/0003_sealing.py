"""The sealed log: leaves, tiles, checkpoints and cosignatures, with their guards; lanes in which entries stand."""

from django.db import migrations, models

from audit.journal.guards import AppendOnly
from audit.journal.partitions import OrderOfCommits


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Flaw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('hash', 'the leaf hash is not that of the body'), ('mac', 'altered, or put in by somebody without the key'), ('missing', 'entries before this one are gone'), ('repeated', 'its number in the lane was given before, or comes out of order'), ('unmarked', 'outside every lane, although entries are in lanes by now'), ('tip', 'what the sealer remembered of the lane was changed'), ('clock', 'recorded before an entry that was committed earlier'), ('signer', 'the signer refused: what it signed before was changed, or an old copy was put back'), ('witness', 'a witness has seen another history of this log, or a longer one')], max_length=8)),
                ('size', models.BigIntegerField()),
                ('detail', models.TextField(default='')),
                ('entry_uid', models.UUIDField(null=True)),
                ('lane', models.BigIntegerField(null=True)),
                ('lane_seq', models.BigIntegerField(null=True)),
                ('expected_seq', models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Lane',
            fields=[
                ('lane', models.BigIntegerField(primary_key=True, serialize=False)),
                ('lane_seq', models.BigIntegerField()),
                ('mac', models.BinaryField(max_length=32)),
                ('tag', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry_uid', models.UUIDField(unique=True)),
                ('entry_id', models.BigIntegerField()),
                ('tx', models.BigIntegerField(null=True)),
                ('leaf_hash', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.AddField(
            model_name='entry',
            name='lane',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='lane_seq',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='mac',
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('root', models.BinaryField(max_length=32)),
                ('note', models.TextField()),
                ('jws', models.TextField()),
                ('sealed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='audit_checkpoint_is_signed')],
            },
        ),
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField()),
                ('witness', models.TextField()),
                ('line', models.TextField()),
                ('cosigned_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('size', 'witness'), name='audit_cosignature_once')],
            },
        ),
        migrations.CreateModel(
            name='Tile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.SmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('width', models.SmallIntegerField()),
                ('hashes', models.BinaryField()),
                ('root', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'index'), name='audit_tile_once')],
            },
        ),
        OrderOfCommits(),
        AppendOnly("audit_leaf"),
        AppendOnly("audit_tile"),
        AppendOnly("audit_checkpoint"),
        AppendOnly("audit_cosignature"),
        AppendOnly("audit_flaw"),
    ]
