"""Who is the wrong reader at each route of cases.intake."""

from tests.architecture.denial import Denial, bearer, fixed
from tests.invariants.plants.intake import IN_TRIAGE, LINKED

_SIGNAL, _CASE = f"/signalen/{IN_TRIAGE}/", "/casus/MW-3/signalen/"
_API, _STEP = f"/api/v1/signals/{IN_TRIAGE}", '{"value": "Dit is mijn signaal niet."}'
_REPORT = '{"about": "person", "kind": "violence", "seen": "x", "person": "y", "reliability": "seen"}'
_PHOTO = "{}foto/3f2a9d50-7c1e-4b6a-9a53-0d6d4f1d2a10/"
_API_PHOTO = f"{_API}/photos/3f2a9d50-7c1e-4b6a-9a53-0d6d4f1d2a10"
_CASE_PHOTO = "/api/v1/cases/MW-3/signals/photos/3f2a9d50-7c1e-4b6a-9a53-0d6d4f1d2a10"
_FORM = "application/x-www-form-urlencoded"
_SEEN = "kind=violence&about=person&person=x&seen=y&urgency=normal&reliability=seen"

# A tutor who takes part nowhere, and a school of which the signal says nothing.
_STRANGER = "hanneke"
# A director who reads no case and reports nothing.
_NO_CASEWORK = "carla"

DENIALS: list[Denial] = [
    Denial(route="signal_list", url=fixed("/signalen/")),
    Denial(route="signal_new", url=fixed("/signalen/nieuw/")),
    Denial(route="signal_new", url=fixed("/signalen/nieuw/"), wrong=_NO_CASEWORK),
    Denial(route="signal_new", url=fixed("/signalen/nieuw/"), wrong="bas", method="POST", body=_SEEN,
           content_type=_FORM),
    Denial(route="signal", url=fixed(_SIGNAL)),
    Denial(route="signal", url=fixed(_SIGNAL), wrong=_STRANGER),
    Denial(route="signal", url=fixed(f"/signalen/{LINKED}/"), wrong="nadia"),
    # On the street one sees what one reported oneself.
    Denial(route="signal", url=fixed(_SIGNAL), wrong="esra"),
    Denial(route="signal_step", url=fixed(f"{_SIGNAL}stap/dismiss/")),
    Denial(route="signal_step", url=fixed(f"{_SIGNAL}stap/dismiss/"), wrong=_STRANGER),
    Denial(route="signal_step", url=fixed(f"{_SIGNAL}stap/dismiss/"), wrong="ruben", method="POST",
           body="reason=Dit+doe+ik+zelf+wel.", content_type=_FORM),
    Denial(route="signal_step", url=fixed(f"{_SIGNAL}stap/forward/"), wrong=_STRANGER, method="POST",
           body="to=GEM-MD", content_type=_FORM),
    # Word of what became of a signal is for its reporter alone: not for who handles it either.
    Denial(route="signal_answer", url=fixed(f"{_SIGNAL}antwoord/")),
    Denial(route="signal_answer", url=fixed(f"{_SIGNAL}antwoord/"), wrong="nadia"),
    Denial(route="signal_answer", url=fixed(f"{_SIGNAL}antwoord/"), wrong="ruben", method="POST", body="",
           content_type=_FORM),
    Denial(route="signal_contact", url=fixed(f"{_SIGNAL}melder/")),
    # The handler itself does not read how to reach a resident; only who took the report over does.
    Denial(route="signal_contact", url=fixed(f"{_SIGNAL}melder/"), wrong="nadia"),
    Denial(route="signal_contact", url=fixed(f"{_SIGNAL}melder/"), wrong="ruben"),
    Denial(route="signal_photo", url=fixed(_PHOTO.format(_SIGNAL))),
    Denial(route="signal_photo", url=fixed(_PHOTO.format(_SIGNAL)), wrong=_STRANGER),
    Denial(route="signal_photo", url=fixed(_PHOTO.format(_SIGNAL)), wrong="esra"),
    Denial(route="case_signal_photo", url=fixed(_PHOTO.format(_CASE))),
    Denial(route="case_signal_photo", url=fixed(_PHOTO.format(_CASE)), wrong="peter"),
    Denial(route="case_signals", url=fixed(_CASE)),
    Denial(route="case_signals", url=fixed(_CASE), wrong="peter"),
    Denial(route="api:signal_photo", url=fixed(_API_PHOTO)),
    Denial(
        route="api:signal_photo", url=fixed(_API_PHOTO),
        headers=bearer(_STRANGER, "pga_adult"),
    ),
    Denial(route="api:case_signal_photo", url=fixed(_CASE_PHOTO)),
    Denial(route="api:case_signal_photo", url=fixed(_CASE_PHOTO), headers=bearer("peter", "area_safety")),
    Denial(route="api:signal_list", url=fixed("/api/v1/signals")),
    Denial(route="api:signal_report", url=fixed("/api/v1/signals"), method="POST", body=_REPORT),
    Denial(route="api:signal_report", url=fixed("/api/v1/signals"), method="POST", body=_REPORT,
           headers=bearer("carla", "pga_adult")),
    Denial(route="api:signal_read", url=fixed(_API)),
    Denial(route="api:signal_read", url=fixed(_API), headers=bearer(_STRANGER, "youth_school")),
    Denial(route="api:signal_answer", url=fixed(f"{_API}/answer")),
    Denial(route="api:signal_answer", url=fixed(f"{_API}/answer"), headers=bearer("nadia", "pga_adult")),
    Denial(route="api:signal_heard", url=fixed(f"{_API}/answer"), method="POST"),
    Denial(route="api:signal_heard", url=fixed(f"{_API}/answer"), method="POST", headers=bearer("nadia", "pga_adult")),
    Denial(route="api:signal_step", url=fixed(f"{_API}/steps/dismiss"), method="POST", body=_STEP),
    Denial(route="api:signal_step", url=fixed(f"{_API}/steps/dismiss"), method="POST", body=_STEP,
           headers=bearer("ruben", "pga_youth")),
    Denial(route="api:case_signals", url=fixed("/api/v1/cases/MW-3/signals")),
    Denial(route="api:case_signals", url=fixed("/api/v1/cases/MW-3/signals"),
           headers=bearer("peter", "area_safety")),
]  # fmt: skip
PUBLIC: dict[str, str] = {
    "resident_report": "a resident reports without an account; nothing of anybody is shown",
    "resident_follow": "whoever holds the code of a report sees in three words where it stands, nothing of a case",
}
