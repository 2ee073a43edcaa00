"""Markers in proposals for a third party: why it needs a copy, and what the copy holds."""

from datetime import timedelta
from typing import Any

from agreements.policy.catalogue import load_catalogue
from cases.extracts.models import ExtractProposal, ExtractReason
from cases.records.models import CaseSubject
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex


def plant(world: Any, counter: Any, agencies: dict[str, Any]) -> None:
    """A proposal of the municipality for the landlord in MW-1, not decided yet."""
    from tests.invariants.world import Marker

    case, source, catalogue = world.cases["MW-1"], agencies["GEM-MD"], load_catalogue()
    about = CaseSubject.objects.filter(case=case).order_by("position").first()
    common = {
        "case": case, "about": about, "source": source, "under": case.covenants,
        "given_at": clock.now() - timedelta(days=2), "entered_by": world.people["sanne"],
    }  # fmt: skip
    copy, _texts = counter.value("long")
    proposal = ExtractProposal.objects.create(
        values=SealedFacts.seal({"action_for_recipient": copy}), heard="GEM-MD WON-WATERWEG",
        present=to_hex(catalogue.mask(["action_for_recipient"])), recipient=agencies["WON-WATERWEG"],
        covenant="PGA-MD", article="7.2", purpose="prevent_eviction", **common,
    )  # fmt: skip
    reason, texts = counter.value("long")
    ExtractReason.objects.create(
        proposal=proposal, values=SealedFacts.seal({"request_text": reason}),
        present=to_hex(catalogue.mask(["request_text"])), **common,
    )  # fmt: skip
    world.markers.append(Marker(case="MW-1", person=0, source="GEM-MD", code="request_text", value=reason, texts=texts))
