"""A mediation in the programme of the demo, up to the agreed actions. Idempotent."""

from datetime import timedelta

import yaml
from django.db import transaction

from deploy.demo_programmes import FOLDER, speaker
from foundation import clock
from programmes.mediation import commands
from programmes.mediation.models import MediationRound


@transaction.atomic
def load_demo_mediation() -> None:
    """Take in the round with its positions, diagnosis and actions, unless it stands."""
    found = yaml.safe_load((FOLDER / "bemiddeling.yaml").read_text(encoding="utf-8"))
    if MediationRound.objects.filter(programme__code=found["programme"]).exists():
        return
    lead = speaker("GEM-MD")
    made = commands.start_round(
        lead, found["programme"], **{key: found[key] for key in ("title", "question", "agencies", "groups")}
    )
    keys = {}
    for party in made.parties.select_related("agency"):
        key = party.agency.code if party.agency else party.name
        keys[key] = party.pk
        who = speaker(party.agency.code) if party.agency else lead
        commands.give_position(who, made.uid, party.pk, text=found["positions"][key])
    commands.diagnose(lead, made.uid, text=found["diagnosis"])
    for n, one in enumerate(found["actions"]):
        day = clock.today() + timedelta(days=5 + n)
        commands.add_action(lead, made.uid, party=keys[one["who"]], text=one["text"], due_on=day)
    commands.agree(lead, made.uid)
