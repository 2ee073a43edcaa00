"""What these tests do again and again: a person in a case, a request about them, officers at their pages."""

import io
from datetime import date
from pathlib import Path
from typing import Any

from django.test import Client
from pypdf import PdfReader

from agreements.models import Agency
from agreements.policy.catalogue import load_catalogue
from audit.sealing import signing
from audit.sealing.sealer import seal_all
from cases.casework import queries as casework
from cases.inbox.waiting import waiting_for
from cases.models import Case, Contribution, Subject
from cases.records.sealed import SealedFacts
from cases.requests.models import Note
from cases.search.building import index
from cases.subject_requests.models import SubjectRequest
from foundation import clock
from foundation.masks import to_hex
from tests.cases.desk import changing, give, make_case, page, reading, shown
from tests.invariants.world import World

BORN = date(1991, 2, 3)
NAME = "Zwaantje van der Quist"
SECRET = "zqgeheimopsporing"
GIVEN = "zqmeldingdieweg mag"
WRITTEN = "zqnotitie van de wijkagent"


def somebody(number: str = "T-1", *, name: str = NAME, born: date = BORN) -> Case:
    """A case on one person of that name, known to police and municipality."""
    case = make_case(number, live=("POL-MD", "OM-MD", "GEM-MD", "ZVH-MD"))
    with changing():
        Subject.objects.filter(case_subjects__case=case).update(born_on=born)
    known(case, "GEM-MD", full_name=name)
    return case


def known(case: Case, agency: str, **values: Any) -> Contribution:
    """Facts of an agency, findable as in an installation."""
    made = give(World(people=people()), case, agency, **values)
    with changing():
        index([made.pk])
    return made


def wrote(world: World, case: Case, agency: str, text: str) -> Note:
    """A note of an agency about the person, as the room of requests keeps it."""
    catalogue = load_catalogue()
    with changing():
        return Note.objects.create(
            case=case, about=case.case_subjects.get(), source=Agency.objects.get(code=agency), under=case.covenants,
            values=SealedFacts.seal({"case_note": text}), present=to_hex(catalogue.mask(["case_note"])),
            given_at=clock.now(), entered_by=world.people["ruben"],
        )  # fmt: skip


def people() -> Any:
    from agreements.models import Professional

    return {person.demo_key: person for person in Professional.objects.exclude(demo_key="")}


def officer(world: World, key: str) -> Client:
    """An officer at a browser, strongly signed in as personas are."""
    client = page(world, key)
    session = client.session
    session["demo"] = True
    session.save()
    return client


def taken_in(client: Client, kind: str = "access", **more: Any) -> SubjectRequest:
    """A request taken in and its asker identified, by the pages."""
    answer = client.post("/verzoeken/nieuw/", intake(kind, **more))
    assert answer.status_code == 302, answer.content.decode()
    request = SubjectRequest.objects.latest("pk")
    assert client.post(f"/verzoeken/{request.uid}/identiteit/", {"how": "desk"}).status_code == 302
    request.refresh_from_db()
    return request


def intake(kind: str = "access", **more: Any) -> dict[str, Any]:
    """The form of a request as the desk fills it in."""
    return {
        "kind": kind, "received_on": clock.today().isoformat(), "name": NAME, "born_on": BORN.isoformat(),
        "contact": "Kade 9, Maasdelta", "text": "Ik wil weten wat u over mij heeft.", "asker": "person",
        "representative": "", **more,
    }  # fmt: skip


def say_it_is_them(client: Client, request: SubjectRequest, case: Case) -> None:
    """On the own sheet of whoever is signed in, for the person in this case."""
    person = case.case_subjects.get().subject.uid
    answer = client.post(f"/verzoeken/{request.uid}/beslisblad/persoon/{case.uid}/{person}/", {"is": "ja"})
    assert answer.status_code == 302


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages).split())


def sealed_log(directory: Path, settings: Any) -> None:
    settings.LOG_SIGNER_DIRECTORY, settings.LOG_ORIGIN = directory / "signer", "house.example/log"
    seal_all()
    signing.sign(signing.configured())


def decided(world: World) -> SubjectRequest:
    """Police takes the request in; police and municipality decide, the bureau has nothing."""
    case = somebody()
    known(case, "POL-MD", police_incident=GIVEN)
    hidden = known(case, "POL-MD", police_incident=SECRET)
    wrote(world, case, "POL-MD", WRITTEN)
    page(world, "sanne").get("/casus/T-1/")
    police, municipality, bureau = (officer(world, key) for key in ("dirk", "carla", "ineke"))
    request = taken_in(police)
    url = f"/verzoeken/{request.uid}/beslisblad/"
    for client in (police, municipality):
        say_it_is_them(client, request, case)
    withhold = {"decision": "withhold", "ground": "wpg27", "reason": "Er loopt een onderzoek."}
    assert police.post(f"{url}bijdrage/{hidden.uid}/", withhold).status_code == 302
    for client in (police, municipality):
        client.post(f"{url}rest/")
    for client in (police, municipality, bureau):
        client.post(f"{url}afronden/")
    request.refresh_from_db()
    return request


def seen(world: World, key: str) -> set[Any]:
    """The values that a partner sees in the case, as its page opens it."""
    return set(shown(casework.open_case(reading(world, key), "T-1", None).answer).values())


def waiting(world: World, key: str) -> set[tuple[str, bool]]:
    """What of this room waits for a persona, and whether it is late."""
    return {(line.what, line.overdue) for line in waiting_for(reading(world, key)) if line.kind == "subject_request"}
