"""What these tests do again and again: a person in a case, a request about them, officers at their pages."""

from datetime import date
from typing import Any

from django.test import Client

from cases.models import Case, Contribution, Subject
from cases.search.building import index
from cases.subject_requests.models import DecisionSheet, SubjectRequest
from foundation import clock
from tests.cases.desk import changing, give, make_case, page
from tests.invariants.world import World

BORN = date(1991, 2, 3)
NAME = "Zwaantje van der Quist"
SECRET = "zqgeheimopsporing"
GIVEN = "zqmeldingdieweg mag"


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
    form = {
        "kind": kind, "received_on": clock.today().isoformat(), "name": NAME, "born_on": BORN.isoformat(),
        "contact": "Kade 9, Maasdelta", "text": "Ik wil weten wat u over mij heeft.", "asker": "person",
        "representative": "", **more,
    }  # fmt: skip
    answer = client.post("/verzoeken/nieuw/", form)
    assert answer.status_code == 302, answer.content.decode()
    request = SubjectRequest.objects.latest("pk")
    assert client.post(f"/verzoeken/{request.uid}/identiteit/", {"how": "desk"}).status_code == 302
    request.refresh_from_db()
    return request


def sheet_of(request: SubjectRequest, agency: str) -> DecisionSheet:
    return DecisionSheet.objects.get(request=request, agency__code=agency)


def say_it_is_them(client: Client, request: SubjectRequest, case: Case) -> None:
    """On the own sheet of whoever is signed in, for the person in this case."""
    person = case.case_subjects.get().subject.uid
    answer = client.post(f"/verzoeken/{request.uid}/beslisblad/persoon/{case.uid}/{person}/", {"is": "ja"})
    assert answer.status_code == 302
