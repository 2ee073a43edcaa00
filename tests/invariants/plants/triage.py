"""Markers in the words of triage: judgements and positions in MW-4, how MW-1 was opened, an embargo in MW-2."""

from datetime import timedelta
from typing import Any

from agreements.policy.catalogue import load_catalogue
from cases.records.models import SealedWords
from cases.records.sealed import SealedFacts
from cases.triage.models import Admission, Embargo, Informing, KnownAnswer, KnownCheck, Triage, TriageStep
from foundation import clock
from foundation.masks import to_hex

INFORMS = ("GEM-MD", "POL-MD", "ZVH-MD")


def plant(world: Any, counter: Any, agencies: Any) -> None:
    """Triage at its last filter, so without a hold: the oracle knows none."""
    triage = _triage(world, "MW-4", filter=4, outcome="admit", decided_at=clock.now(), decided_by=agencies["GEM-MD"])
    sow = _Sower(world, counter, agencies, "MW-4")
    for what in "abcd":
        sow.words(TriageStep, "triage_judgement", "ZVH-MD", triage=triage, what=what, fulfilled=True, filter=3)
    proposal = sow.words(
        TriageStep, "triage_judgement", "ZVH-MD", triage=triage, what="proposal", outcome="admit", filter=3
    )
    for source in ("GEM-MD", "POL-MD"):
        sow.words(
            TriageStep, "triage_judgement", source, triage=triage, what="position", fulfilled=True, filter=3,
            proposal=proposal,
        )  # fmt: skip
        sow.words(TriageStep, "triage_judgement", source, triage=triage, what="fits", fulfilled=True, filter=2)
    check = KnownCheck.objects.create(
        triage=triage, identifier=agencies["GEM-MD"], asked_at=clock.now(), started_at=clock.now(),
        deadline=clock.now() + timedelta(days=3),
    )  # fmt: skip
    KnownAnswer.objects.create(check_of=check, agency=agencies["POL-MD"], answer="known")
    KnownAnswer.objects.create(check_of=check, agency=agencies["OM-MD"])
    waiting = KnownCheck.objects.create(triage=triage, identifier=agencies["GEM-MD"], asked_at=clock.now())
    waiting.about = triage.case.case_subjects.first()
    waiting.save()
    opened = _triage(world, "MW-1", filter=4, outcome="admit", decided_at=clock.now(), decided_by=agencies["GEM-MD"])
    _Sower(world, counter, agencies, "MW-1").words(
        Admission, "admission_reasons", "ZVH-MD", triage=opened, purpose="pga_youth", covenants="JS-MD PGA-MD",
        lead=agencies["ZVH-MD"], director=world.people["nadia"], opened_at=clock.now(),
    )  # fmt: skip
    _informing(world, counter, agencies)


def _triage(world: Any, number: str, **columns: Any) -> Triage:
    return Triage.objects.create(
        case=world.cases[number], opened_at=clock.now(), due_on=clock.today(), filter_since=clock.now(), **columns
    )


def _informing(world: Any, counter: Any, agencies: Any) -> None:
    """The first person's informing waits on the police, for who informs to read; the second's is planned."""
    sow = _Sower(world, counter, agencies, "MW-2")
    for place in world.cases["MW-2"].case_subjects.order_by("position"):
        waits = place.position == 0
        row = Informing.objects.create(
            case=place.case, about=place, due_on=clock.today(), state="postponed" if waits else "planned"
        )
        if waits:
            sow.words(
                Embargo, "case_note", "POL-MD", informing=row, ground="UAVG-41",
                review_on=clock.today() + timedelta(days=9), heard=INFORMS,
            )  # fmt: skip


class _Sower:
    def __init__(self, world: Any, counter: Any, agencies: Any, number: str) -> None:
        self.world, self.counter, self.agencies = world, counter, agencies
        self.case = world.cases[number]

    def words(
        self, model: type[SealedWords], code: str, source: str, *, heard: tuple[str, ...] = (), **columns: Any
    ) -> Any:
        from tests.invariants.world import Marker

        value, texts = self.counter.value("long")
        self.world.markers.append(
            Marker(case=self.case.number, person=None, source=source, code=code, value=value, texts=texts, heard=heard)
        )
        return model.objects.create(  # type: ignore[attr-defined]
            case=self.case, source=self.agencies[source], under=self.case.covenants, heard=" ".join(heard),
            values=SealedFacts.seal({code: value}), present=to_hex(load_catalogue().mask([code])),
            given_at=clock.now() - timedelta(days=2), entered_by=self.world.people["nadia"], **columns,
        )  # fmt: skip
