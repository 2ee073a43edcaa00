"""Versions that wait for signatures and drafts, for the tests of what they would change."""

from datetime import timedelta
from typing import Any

from agreements.covenants.epoch import forget
from agreements.drafting.commands import start_draft
from agreements.drafting.models import Draft
from cases.impact.models import ImpactRun
from foundation import clock
from tests.agreements.covenants.world import load, signatures, text, unsigned, version
from tests.cases.desk import changing, visit
from tests.invariants.world import World

GIVES_POLICE = '{id: "6.1", from: [POL], to: [OM, GEM, ZVH, RCL, RVK, JB, VT, DJI]'
GIVES_SUPPORT = '{id: "6.3", from: [GEM, SOC], to: [ZVH, GEM, SOC, RCL, JB, RVK, VT, GGZ]'
KEY = "versie-PGA-MD-3"


def changed_text(**recipients: str) -> str:
    """PGA-MD with other recipients: police="OM, SOC", support="ZVH, POL"; by default as it is."""
    found = text()
    for name, rule in (("police", GIVES_POLICE), ("support", GIVES_SUPPORT)):
        if name in recipients:
            assert rule in found
            found = found.replace(rule, rule[: rule.index("to: [")] + f"to: [{recipients[name]}]")
    return found


def offer(**recipients: str) -> str:
    """Version 3 of PGA-MD, which waits for the signature of the prosecution service; returns its key."""
    begins = clock.today() + timedelta(days=30)
    load(version(3, changed_text(**recipients)), unsigned(signatures(version_starts=begins), "OM-MD"))
    forget()
    return KEY


def draft(world: World, **recipients: str) -> Draft:
    """The next version of PGA-MD in the making, by the municipality's lawyer."""
    made = start_draft(visit(world, "lieke"), from_version=("PGA-MD", 2))
    kept = changed_text(**recipients).replace("  version: 2\n", "  version: 3\n")
    return rewrite(made, kept)


def rewrite(made: Draft, kept: str) -> Draft:
    """The draft with another text, readable or not."""
    with changing():
        Draft.objects.filter(pk=made.pk).update(text=kept)
    return Draft.objects.get(pk=made.pk)


def the_run() -> Any:
    """The only calculation there is."""
    return ImpactRun.objects.get()
