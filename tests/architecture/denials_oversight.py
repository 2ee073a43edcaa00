"""Who is the wrong reader at each route of audit.oversight."""

import json
from typing import Any

from django.db import transaction

from audit.journal.appender import append
from audit.journal.entry import Because
from audit.journal.reading import Officer
from audit.oversight import asking, commands
from audit.oversight.models import Finding, FindingRead, Question
from tests.architecture.denial import Denial, Url, bearer, fixed
from tests.cases.desk import reading, visit
from tests.invariants.world import World

_FORM = "application/x-www-form-urlencoded"
_POLICE = "00000001001299992000"
_STEP = "state=closed&verdict=justified&reason=zqx"
_STEP_JSON = json.dumps({"state": "closed", "verdict": "justified", "reason": "zqx"})


def _ruben(world: World) -> str:
    return f"professional:{world.people['ruben'].uuid}"


def _reader(world: World) -> str:
    return f"/privacy/toezicht/lezer/{_agency(world)}/{_ruben(world)}/"


def _agency(world: World) -> str:
    return visit(world, "ruben").agency_ref


def some_finding(world: World) -> Any:
    """A finding about the police officer, made from an unexplained read when there is none yet."""
    row = Finding.objects.first()
    if row is not None:
        return row.uid
    with_read = reading(world, "ruben").entry(case_ref=world.cases["MW-2"].ref, fields=1, because=Because(code="U"))
    with transaction.atomic():
        append([with_read])
    officer = Officer(visitor=visit(world, "dirk"), scope=_agency(world), route="test")
    return commands.open_finding(officer, agency_ref=_agency(world), actor_ref=_ruben(world))


def _of_finding(path: str) -> Url:
    return lambda world: path.format(uid=some_finding(world))


_BENCH, _API = fixed("/privacy/toezicht/"), fixed("/api/v1/oversight")
_ONE, _STEPS = _of_finding("/privacy/toezicht/bevinding/{uid}/"), _of_finding("/privacy/toezicht/bevinding/{uid}/stap/")
_API_ONE, _API_STEPS = (
    _of_finding("/api/v1/oversight/findings/{uid}"),
    _of_finding("/api/v1/oversight/findings/{uid}/steps"),
)
_TIMELINE, _PLOT = fixed("/privacy/toezicht/tijdlijn/?sort=case&text=MW-2"), fixed("/privacy/toezicht/verloop/")
_ASK, _API_ASK = (
    _of_finding("/privacy/toezicht/bevinding/{uid}/vraag/"),
    _of_finding("/api/v1/oversight/findings/{uid}/questions"),
)


def _of_read(path: str) -> Url:
    def url(world: World) -> str:
        read = FindingRead.objects.filter(finding__uid=some_finding(world)).first()
        return path.format(uid=read.entry_uid.hex)

    return url


def own_question(world: World) -> Any:
    """A question to the police officer, asked when there is none yet."""
    row = Question.objects.first()
    officer = Officer(visitor=visit(world, "dirk"), scope=_agency(world), route="test")
    uid = row.uid if row else asking.ask(officer, some_finding(world), text="Waarom?")
    return uid


def _own_question(world: World) -> str:
    return f"/mijn-inzages/vraag/{own_question(world)}/"


def _own_question_api(world: World) -> str:
    return f"/api/v1/own-reads/questions/{own_question(world)}"


_WHY, _API_WHY = _of_read("/privacy/toezicht/waarom/{uid}/"), _of_read("/api/v1/oversight/why/{uid}")
_OPEN = json.dumps({"agency_ref": _POLICE, "actor_ref": "professional:zqx"})
_TOKEN, _COLLEAGUE = bearer("ruben", "pga_youth"), bearer("esra", "pga_youth")

DENIALS: list[Denial] = [
    *(Denial(route="oversight", url=_BENCH, wrong=who) for who in (None, "ruben", "nadia")),
    *(Denial(route="oversight_reader", url=_reader, wrong=who) for who in (None, "ruben")),
    Denial(route="oversight_reader", url=_reader, wrong="ruben", method="POST", content_type=_FORM),
    *(Denial(route="oversight_finding", url=_ONE, wrong=who) for who in (None, "ruben", "nadia")),
    *(
        Denial(route="oversight_step", url=_STEPS, wrong=who, method="POST", body=_STEP, content_type=_FORM)
        for who in (None, "ruben")
    ),
    Denial(route="own_lookups", url=fixed("/mijn-inzages/")),
    *(
        Denial(route=name, url=url, wrong=who)
        for name, url in (("oversight_timeline", _TIMELINE), ("oversight_plot", _PLOT), ("oversight_why", _WHY))
        for who in (None, "ruben", "nadia")
    ),
    *(
        Denial(route="oversight_ask", url=_ASK, wrong=who, method="POST", body="text=zqx", content_type=_FORM)
        for who in (None, "ruben")
    ),
    # A question is for its reader: neither a colleague nor the officer who asked opens it there.
    *(Denial(route="own_question", url=_own_question, wrong=who) for who in (None, "esra", "dirk")),
    Denial(route="own_question", url=_own_question, wrong="esra", method="POST", body="text=zqx", content_type=_FORM),
    *(
        Denial(route=f"api:{name}", url=url, method=method, body=body, headers=headers)
        for name, url, method, body in (
            ("own_question", _own_question_api, "GET", ""),
            ("own_question_answer", lambda world: f"{_own_question_api(world)}/answer", "POST", '{"text": "zqx"}'),
        )
        for headers in (None, _COLLEAGUE, bearer("dirk", "pga_youth"))
    ),
    *(
        Denial(route="api:own_questions", url=fixed("/api/v1/own-reads/questions"), headers=headers)
        for headers in (None, bearer("ruben", "pga_youth", case="MW-2"))
    ),
    *(
        Denial(route=f"api:{name}", url=fixed(f"/api/v1/oversight/{path}"), headers=headers)
        for name, path in (("oversight_timeline", "timeline?sort=case&text=MW-2"), ("oversight_plot", "plot"))
        for headers in (None, _TOKEN)
    ),
    *(Denial(route="api:oversight_why", url=_API_WHY, headers=headers) for headers in (None, _TOKEN)),
    *(
        Denial(route="api:oversight_ask", url=_API_ASK, method="POST", body='{"text": "zqx"}', headers=headers)
        for headers in (None, _TOKEN)
    ),
    *(Denial(route="api:oversight", url=_API, headers=headers) for headers in (None, _TOKEN)),
    *(Denial(route="api:finding", url=_API_ONE, headers=headers) for headers in (None, _TOKEN)),
    *(
        Denial(route="api:finding_open", url=fixed("/api/v1/oversight/findings"), method="POST", body=_OPEN, headers=h)
        for h in (None, _TOKEN)
    ),
    *(
        Denial(route="api:finding_step", url=_API_STEPS, method="POST", body=_STEP_JSON, headers=headers)
        for headers in (None, _TOKEN)
    ),
]
PUBLIC: dict[str, str] = {}
