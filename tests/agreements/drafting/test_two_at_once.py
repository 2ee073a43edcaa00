"""Two people press save at the same moment: one is first, the other is shown that, and both texts are there."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from agreements.drafting import commands
from agreements.drafting.errors import EditConflict
from agreements.drafting.models import Revision
from tests.agreements.drafting import world

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="the suite's SQLite store has one writer and no threads"
    ),
]


def test_of_those_who_save_at_once_one_is_first_and_the_others_are_shown_it() -> None:
    draft = world.start()
    together = threading.Barrier(4)

    def save(number: int) -> str:
        try:
            visit = world.lieke()
            text = draft.text.replace("title: Bewaren", f"title: Bewaren {number}")
            together.wait()
            return commands.save_text(visit, draft.uid, text=text, base_revision=1).text
        except EditConflict as conflict:
            return conflict.current_text
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = {future.result() for future in [pool.submit(save, number) for number in range(4)]}

    assert len(answers) == 1
    assert list(Revision.objects.filter(draft=draft).values_list("number", flat=True)) == [1, 2]
    assert answers == {world.reread(draft).text}
