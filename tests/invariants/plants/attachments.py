"""Markers in files: one in the name and one in the bytes of a text, for each agency of each case."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from agreements.policy.catalogue import load_catalogue
from cases.attachments.commands import sealed_file
from cases.attachments.kinds import TEXT, Checked
from cases.attachments.models import Attachment, AttachmentBytes
from cases.records.models import CaseSubject, Participation
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex


def plant(world: Any, counter: Any, agencies: dict[str, Any]) -> None:
    """A text of every agency that takes part, as a value of two fields of which it is a source."""
    catalogue = load_catalogue()
    for number, case in world.cases.items():
        about = CaseSubject.objects.filter(case=case).order_by("position").first()
        for taking in Participation.objects.filter(case=case, mode="live").select_related("agency").order_by("id"):
            agency = taking.agency
            able = [
                field.code for field in catalogue.fields
                if agency.type in field.sources and field.entry == "contribution"
                and (field.data_class == "n") == (case.kind == "area")
            ]  # fmt: skip
            for code in (able[0], able[len(able) // 2]) if able else ():
                _sow(world, counter, case, number, agency, about, code)


def _sow(world: Any, counter: Any, case: Any, number: str, agency: Any, about: Any, code: str) -> None:
    from tests.invariants.world import Marker

    (name, names), (words, texts) = counter.value("text"), counter.value("text")
    uid = uuid4()
    file = Checked(name=f"{name}.txt", type=TEXT, data=f"{words}\n".encode(), pages=0)
    value, locked = sealed_file(file, caption="", uid=uid)
    made = Attachment.objects.create(
        uid=uid, case=case, about=about, source=agency, under=case.covenants,
        values=SealedFacts.seal({code: value}), present=to_hex(load_catalogue().mask([code])),
        given_at=clock.now() - timedelta(days=2), entered_by=world.people["nadia"],
    )  # fmt: skip
    AttachmentBytes.objects.create(attachment=made, locked=locked)
    person = 0 if about else None
    for part, said in (("name", names), ("bytes", texts)):
        world.markers.append(
            Marker(
                case=number, person=person, source=agency.code, code=code, value=f"file:{part}:{said[0]}", texts=said
            )
        )
