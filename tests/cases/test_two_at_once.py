"""Two sends of one form at the same moment: PostgreSQL decides who is first, and both get the same answer."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connection

from cases.casework import commands
from cases.casework.commands.contribution import Given
from cases.models import Contribution
from foundation import clock
from tests.audit.flushing import let_flush_through
from tests.cases.desk import make_case, reading
from tests.invariants.world import World, load_house

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="the suite's SQLite store has one writer and no threads"
    ),
]
let_flush_through()


def test_two_sends_of_one_form_at_once_add_once_and_answer_the_same() -> None:
    from agreements.models import Professional

    load_house()
    world = World(people={person.demo_key: person for person in Professional.objects.exclude(demo_key=None)})
    make_case("T-1", live=("GEM-MD", "POL-MD"))
    sent = Given(values={"full_name": "Bo", "debt_problem": True}, observed_on=clock.today(), submission=uuid4())
    together = threading.Barrier(4)

    def send() -> tuple[UUID, ...]:
        try:
            mine = reading(world, "sanne")
            together.wait()
            return commands.add_contribution(mine, "T-1", sent)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = {future.result() for future in [pool.submit(send) for _ in range(4)]}

    assert len(answers) == 1
    assert Contribution.objects.filter(submission=sent.submission).count() == 2
