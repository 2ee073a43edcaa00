"""Who sees how people are related, what a hidden person leaves behind (nothing), and what the journal says."""

import re
from uuid import uuid4

import pytest
import time_machine

from agreements.policy.catalogue import load_catalogue
from audit.journal.entry import mask_of_columns
from audit.journal.models import Entry
from cases.models import Case, Circumstance
from cases.relations import commands, queries
from cases.relations.commands import Related
from cases.relations.kinds import FIELDS, KINDS, TYPE
from cases.relations.models import Relation
from cases.retention.rows import erase_about
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from foundation.masks import to_hex
from tests.cases.desk import Api, changing, page, reading
from tests.cases.relations.family import PAGE, add_person, family, relate, tell, ties, uid_of
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

VOLATILE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|Kenmerk [0-9a-f]+')


@pytest.fixture
def case(world: World, db: None) -> Case:
    return family(world)


def seen_page(world: World, key: str) -> str:
    answer = page(world, key).get(PAGE)
    assert answer.status_code == 200
    return VOLATILE.sub("", answer.content.decode())


def test_every_kind_is_of_a_field_of_the_catalogue_that_takes_it() -> None:
    catalogue = load_catalogue()
    for kind in KINDS.values():
        assert catalogue.by_code[kind.field].check(kind.code if kind.field == TYPE else "woorden") == ""
    assert {kind.field for kind in KINDS.values()} == set(FIELDS)
    assert {code for code, _nl, _en in catalogue.by_code[TYPE].choices} <= set(KINDS)


def test_a_relation_is_seen_by_whom_the_covenant_gives_the_field(world: World, case: Case) -> None:
    relate(world, "sanne", case, 1, "mother", 0)

    for key in ("sanne", "ruben", "nadia", "marloes", "wouter"):
        assert ties(world, key) == [("mother", "mother")], key


def test_support_is_not_for_the_bureau(world: World, case: Case) -> None:
    relate(world, "sanne", case, 1, "support", 0, "Past op dinsdag op")

    assert ties(world, "ruben") == [("support", "Past op dinsdag op")]
    assert ties(world, "nadia") == []
    assert "Past op dinsdag op" not in seen_page(world, "nadia")


def test_a_threat_has_the_rights_of_its_own_field(world: World, case: Case) -> None:
    relate(world, "ruben", case, 1, "threat", 0, "Zoekt haar steeds op")

    assert ties(world, "ruben") == [("threat", "Zoekt haar steeds op")]
    for key in ("sanne", "nadia", "margot"):
        assert ties(world, key) == []
        assert "Zoekt haar" not in seen_page(world, key)
        assert "vb-glijn--dreiging" not in seen_page(world, key)


def test_who_is_not_the_source_of_the_field_may_not_give_it(world: World, case: Case) -> None:
    with pytest.raises(Refused):
        relate(world, "ruben", case, 1, "mother", 0)
    with pytest.raises(Refused):
        relate(world, "sanne", case, 1, "threat", 0)


def test_wrong_input_names_the_field(world: World, case: Case) -> None:
    for about, kind, other, field in (
        (uid_of(case, 0), "mother", uid_of(case, 0), "other"),
        (uuid4(), "mother", uid_of(case, 0), "about"),
        (uid_of(case, 0), "buurvrouw", uid_of(case, 1), "kind"),
        (uid_of(case, 0), "support", uid_of(case, 1), "words"),
    ):
        related = Related(about=about, kind=kind, other=other, words="x" * 5000 if field == "words" else "")
        with pytest.raises(Invalid) as raised:
            commands.add_relation(reading(world, "sanne"), "T-1", related)
        assert raised.value.field == field


def test_a_form_that_is_sent_twice_adds_one(world: World, case: Case) -> None:
    related = Related(about=uid_of(case, 1), kind="mother", other=uid_of(case, 0), submission=uuid4())

    first = commands.add_relation(reading(world, "sanne"), "T-1", related)

    assert commands.add_relation(reading(world, "sanne"), "T-1", related) == first
    assert Relation.objects.filter(case=case).count() == 1


def test_a_withdrawn_relation_is_gone_for_everybody(world: World, case: Case) -> None:
    uid = relate(world, "sanne", case, 1, "mother", 0)

    with pytest.raises(NotFound):
        commands.withdraw_relation(reading(world, "ruben"), "T-1", uid)
    commands.withdraw_relation(reading(world, "sanne"), "T-1", uid)

    assert ties(world, "sanne") == ties(world, "ruben") == []
    assert "vb-glijn" not in seen_page(world, "ruben").split("vb-glegenda")[0]


def test_a_hidden_person_leaves_the_page_as_if_they_were_not_there(world: World, case: Case) -> None:
    def looked() -> tuple[str, bytes]:
        return seen_page(world, "ruben"), Api(world, "ruben", "pga_adult").get("/cases/T-1/relations").content

    with time_machine.travel(clock.now(), tick=False):
        relate(world, "sanne", case, 1, "mother", 0)
        before = looked()
        add_person(case, 2)
        tell(world, case, "VT-MD", 2, vt_content="Niemand anders leest dit")
        relate(world, "fenna", case, 2, "threat", 0, "Is gewelddadig")
        # Its field is for the police, but not the person at its end.
        father = relate(world, "sanne", case, 1, "father", 0)
        with changing():
            Relation.objects.filter(uid=father).update(about=case.case_subjects.get(position=2))

        assert looked() == before


def test_a_hidden_person_cannot_be_found_out_by_trying(world: World, case: Case) -> None:
    add_person(case, 2)
    tell(world, case, "POL-MD", 2, investigation_note="Alleen politie")
    stranger, hidden = uuid4(), uid_of(case, 2)

    answers = []
    for uid in (stranger, hidden):
        with pytest.raises(Invalid) as raised:
            commands.add_relation(
                reading(world, "sanne"), "T-1", Related(about=uid, kind="mother", other=uid_of(case, 0))
            )
        answers.append((raised.value.sentence, raised.value.field))
    assert answers[0] == answers[1]


def test_the_journal_names_both_persons_with_the_bits_of_what_was_shown(world: World, case: Case) -> None:
    relate(world, "sanne", case, 1, "mother", 0)
    last = Entry.objects.order_by("-id").first().id

    page(world, "ruben").get(PAGE)

    bit = load_catalogue().mask([TYPE])
    rows = [
        row
        for row in Entry.objects.filter(id__gt=last, event_type="pictures.read")
        if mask_of_columns((row.fields_0, row.fields_1, row.fields_2)) & bit
    ]
    assert len(rows) == 2


def test_a_hold_on_either_person_hides_the_relation(world: World, case: Case) -> None:
    relate(world, "sanne", case, 1, "mother", 0)
    for position in (0, 1):
        with changing():
            hold = Circumstance.objects.create(
                case=case, nature="hold", code="restriction", about=case.case_subjects.get(position=position),
                fields=to_hex(load_catalogue().mask([TYPE])), starts=clock.now(), recorded_by="proef",
            )  # fmt: skip
        assert ties(world, "ruben") == []
        with changing():
            hold.delete()
    assert ties(world, "ruben") == [("mother", "mother")]


def test_what_a_contribution_says_of_the_main_person_is_drawn_too(world: World, case: Case) -> None:
    tell(world, case, "GEM-MD", 1, relationship_type="father")

    assert ties(world, "ruben") == [("father", "father")]
    text = seen_page(world, "ruben")
    assert "vader van" in text
    assert '<rect class="vb-gteken"' in text


def test_without_a_visible_relation_that_says_so_nobody_has_a_sex(world: World, case: Case) -> None:
    relate(world, "sanne", case, 1, "partner", 0)

    picture = seen_page(world, "ruben").split("vb-glegenda")[0]

    assert '<circle class="vb-gteken"' not in picture
    assert '<rect class="vb-gteken"' not in picture


def test_an_erased_person_takes_their_relations_along(world: World, case: Case) -> None:
    relate(world, "sanne", case, 1, "mother", 0)
    relate(world, "sanne", case, 0, "child", 1)

    with changing():
        erase_about(case, case.case_subjects.get(position=1))

    assert not Relation.objects.filter(case=case).exists()
    assert not Relation.history.filter(case_id=case.pk).exists()


def test_the_form_says_beforehand_who_will_read_it(world: World, case: Case) -> None:
    text = page(world, "sanne").get(f"{PAGE}relatie/").content.decode()
    found = queries.before_adding(reading(world, "sanne"), "T-1", None)

    assert "POL" in found.readers[TYPE]
    assert "ZVH" not in found.readers["supportive_network"]
    assert "Dit krijgen te zien" in text


def test_a_person_relates_two_people_by_the_form_and_takes_it_back(world: World, case: Case) -> None:
    client = page(world, "sanne")
    sent = {"about": uid_of(case, 1), "kind": "mother", "other": uid_of(case, 0), "submission": uuid4()}

    assert client.post(f"{PAGE}relatie/", sent | {"kind": ""}).status_code == 422
    assert client.post(f"{PAGE}relatie/", sent).status_code == 302
    uid = Relation.objects.get(case=case).uid
    assert client.get(f"{PAGE}relatie/{uid}/trek-in/").status_code == 200
    assert client.post(f"{PAGE}relatie/{uid}/trek-in/").status_code == 302
    assert ties(world, "sanne") == []


def test_the_api_gives_and_takes_the_same(world: World, case: Case) -> None:
    api = Api(world, "sanne", "pga_adult")
    body = {"about": str(uid_of(case, 1)), "kind": "mother", "other": str(uid_of(case, 0))}

    made = api.post("/cases/T-1/relations", body)

    assert made.status_code == 201
    (tie,) = Api(world, "ruben", "pga_adult").get("/cases/T-1/relations").json()["relations"]
    assert (tie["kind"], tie["fact"]["source"]["code"]) == ("mother", "GEM-MD")
    assert tie["fact"]["article"]
    assert api.post(f"/cases/T-1/relations/{made.json()['uid']}/withdrawal", {}).status_code == 204
