"""Break-glass whole: taken, told, read, ended, and reviewed by two officers; and every way in which it is refused."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from agreements.covenants.rules import operator
from audit.journal import queries as journal
from audit.journal.errors import JournalUnavailable
from audit.journal.models import Entry
from audit.journal.reading import admit
from audit.models import Judgement, Review
from audit.reviews import reading as reviews_reading
from audit.reviews.reading import outcome_of
from cases.breakglass.commands import break_glass, tell_overdue
from cases.models import BreakGlass, Case, Circumstance
from foundation import clock
from foundation.errors import Invalid, Refused
from tests.audit.conftest import run_fault
from tests.cases.desk import Api, changing, give, make_case, page, reading, visit
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

WHY = "Vader dreigt met een mes en wij kennen het adres niet."
PAGE = "/casus/BG-1/noodtoegang/"
CARE, HOME = "Zorg bij GGZ Kompas", "Kade 17 achter"
READER = "ruben"
"""A police professional: article 12.1 of PGA-MD names POL."""


@pytest.fixture
def case(world: World) -> Case:
    made = make_case("BG-1", live=("POL-MD", "GEM-MD", "ZVH-MD"), phase="triage")
    give(world, made, "GEM-MD", care_in_place=CARE, actual_residence=HOME, debt_problem="Schuld zqx")
    return made


def strong(world: World, key: str) -> Client:
    """A persona at a browser who used a second factor a moment ago."""
    client = page(world, key)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": clock.now().timestamp()},
        {"method": "mfa", "at": clock.now().timestamp()},
    ]
    session.save()
    return client


def take(client: Client, **changed: str) -> Any:
    return client.post(PAGE, {"article": "PGA-MD 12.1", "reason": WHY, **changed})


def text(client: Client, url: str = PAGE) -> str:
    return client.get(url).content.decode()


def newest(event: str) -> Entry | None:
    return Entry.objects.filter(event_type=event).order_by("-id").first()


def test_taken_told_read_and_reviewed_by_two(world: World, case: Case) -> None:
    client = strong(world, READER)
    before = text(client)
    assert "PGA-MD art. 12.1" in before
    assert CARE not in before
    assert PAGE in text(client, "/casus/BG-1/")

    mail.outbox.clear()
    assert take(client).status_code == 302
    act, review = BreakGlass.objects.get(), Review.objects.get()

    # Read: what the article gives and no more, marked, and in the journal as break-glass.
    shown = text(client)
    assert CARE in shown
    assert HOME in shown
    assert "Schuld zqx" not in shown
    assert shown.count("vb-fact--nood") == 2 == shown.count("i-bolt") - 1
    assert act.until - act.given_at == timedelta(minutes=60)
    read = newest("break_glass.read")
    assert read is not None
    assert read.break_glass
    opened = journal.opened(read.uid.hex, scope_agency_ref=None)
    assert {field.field for field in opened.fields} == {"care_in_place", "actual_residence"}
    assert opened.articles == ("PGA-MD v2 art. 12.1",)
    # The ordinary page shows no more than before.
    assert CARE not in text(client, "/casus/BG-1/")

    # The act stands in the journal with its reason as a personal part.
    entry = journal.opened(review.entry_uid.hex, scope_agency_ref=None)
    assert [part.text for part in entry.parts if part.kind == "reason"] == [WHY]
    assert entry.line.break_glass
    assert WHY not in entry.body_text

    # Told at once, without a word about the case.
    assert mail.outbox
    assert all(word not in sent.subject + sent.body for sent in mail.outbox for word in ("BG-1", CARE, WHY, "Ruben"))
    assert review.deadline - review.opened_at == timedelta(hours=24)
    for officer in ("dirk", "ineke"):
        assert "Noodtoegang om te beoordelen" in text(page(world, officer), "/inbox/")

    _judged_by_two(world, review)
    assert outcome_of(act.ref) == "unjustified"
    assert "Uw noodtoegang is beoordeeld: niet terecht" in text(client, "/inbox/")
    with time_machine.travel(act.until, tick=False):
        later = strong(world, READER)
        assert "Een telefoontje had volstaan." in text(later)
        assert "Uw noodtoegang is beoordeeld" not in text(later, "/inbox/")


def _judged_by_two(world: World, review: Review) -> None:
    """The officer of the reader's agency, and the coordinating one for a source without its own."""
    url = f"/privacy/noodtoegang/{review.uid}/"
    first, second = page(world, "dirk"), page(world, "ineke")
    assert WHY in text(first, url)
    seen = reviews_reading.one_review(admit(visit(world, "dirk"), route="test"), review.uid)
    assert {field.field for read in seen.reads for field in read.fields} == {"care_in_place", "actual_residence"}
    assert CARE not in text(first, url)
    assert first.post(url, {"verdict": "justified", "words": "kort"}).status_code == 422
    assert first.post(url, {"verdict": "justified", "words": "Er was echt gevaar."}).status_code == 302
    # Not twice, and not yet told.
    assert first.post(url, {"verdict": "unjustified", "words": "Bij nader inzien."}).status_code == 403
    assert outcome_of(review.act_ref) == ""
    assert second.post(url, {"verdict": "unjustified", "words": "Een telefoontje had volstaan."}).status_code == 302
    assert [judged.side for judged in Judgement.objects.order_by("id")] == ["reader", "source"]
    assert Entry.objects.filter(event_type="review.judged", outcome="ok").count() == 2


def test_it_ends_at_the_second_and_an_open_page_knows_when(world: World, case: Case) -> None:
    with time_machine.travel(clock.now(), tick=False) as travel:
        client = strong(world, READER)
        take(client)
        until = BreakGlass.objects.get().until
        assert int(re.search(r'data-ends-ms="(\d+)"', text(client))[1]) == 60 * 60 * 1000  # type: ignore[index]
        travel.move_to(until - timedelta(seconds=1))
        assert CARE in text(strong(world, READER))
        travel.move_to(until)
        assert CARE not in text(strong(world, READER))


def test_ended_early_it_is_over_and_open_pages_are_read_anew(world: World, case: Case) -> None:
    client = strong(world, READER)
    take(client)
    pulse = re.search(r'data-pulse="([^"]+)"', text(client))[1]  # type: ignore[index]
    assert client.get(f"/hartslag/?was={pulse}&sec=1").status_code == 204

    assert client.post(f"{PAGE}{BreakGlass.objects.get().uid}/beeindig/").status_code == 302

    assert CARE not in text(client)
    assert client.get(f"/hartslag/?was={pulse}&sec=1").status_code == 200


def test_it_is_nobody_elses(world: World, case: Case) -> None:
    give(world, case, "POL-MD", weapon_risk="Mes zqx in huis")
    take(strong(world, READER))

    for other in ("sanne", "nadia"):
        seen = strong(world, other).get(PAGE)
        assert seen.status_code in (200, 404)
        assert "Mes zqx in huis" not in seen.content.decode()
        assert "vb-fact--nood" not in seen.content.decode()


def test_a_hold_stands_under_break_glass_too(world: World, case: Case) -> None:
    client = strong(world, READER)
    take(client)
    with changing():
        Circumstance.objects.create(
            case=case, nature=Circumstance.Nature.HOLD, code="embargo", starts=clock.now() - timedelta(minutes=1)
        )

    assert CARE not in text(client)


def test_without_a_fresh_second_factor_nothing_is_opened(world: World, case: Case) -> None:
    assert take(page(world, READER)).status_code in (302, 401, 403)

    assert not BreakGlass.objects.exists()


def test_where_no_article_allows_it_it_is_refused_and_recorded(world: World) -> None:
    make_case("BG-1", live=("OM-MD", "POL-MD", "ZVH-MD"))
    asked = reading(world, "margot")

    with pytest.raises(Refused) as refused:
        break_glass(asked, "BG-1", reason=WHY)

    assert refused.value.article == "PGA-MD"
    entry = newest("break_glass.refused")
    assert entry is not None
    assert (entry.outcome, entry.break_glass) == ("refused", True)
    assert "noodtoegang/" not in text(strong(world, "margot"), "/casus/BG-1/")


def test_a_reason_and_one_act_at_a_time(world: World, case: Case) -> None:
    client = strong(world, READER)
    short = take(client, reason="gevaar")
    assert short.status_code == 422
    assert "gevaar</textarea>" in short.content.decode()
    break_glass(reading(world, READER), "BG-1", reason=WHY)

    with pytest.raises(Invalid):
        break_glass(reading(world, READER), "BG-1", reason=WHY)

    assert BreakGlass.objects.count() == 1


def test_without_a_journal_nothing_is_opened_and_nobody_told(world: World, case: Case) -> None:
    client, asked = strong(world, READER), reading(world, READER)
    mail.outbox.clear()
    run_fault("audit_entry")

    with pytest.raises(JournalUnavailable):
        break_glass(asked, "BG-1", reason=WHY)
    answer = take(client)

    assert answer.status_code == 503
    assert CARE not in answer.content.decode()
    assert not BreakGlass.objects.exists()
    assert not Review.objects.exists()
    assert mail.outbox == []


def test_an_unreviewed_act_is_told_again_once(world: World, case: Case) -> None:
    take(strong(world, READER))
    review = Review.objects.get()
    mail.outbox.clear()
    by = operator("escalate_break_glass")
    assert tell_overdue(by=by) == 0

    with time_machine.travel(review.deadline + timedelta(seconds=1), tick=False):
        assert (tell_overdue(by=by), tell_overdue(by=by)) == (1, 0)
        assert "te laat" in text(page(world, "dirk"), "/privacy/noodtoegang/")
    assert mail.outbox
    assert newest("review.overdue") is not None


def test_the_reader_never_reviews_their_own(world: World, case: Case) -> None:
    take(strong(world, READER))
    review = Review.objects.get()
    url = f"/privacy/noodtoegang/{review.uid}/"

    assert strong(world, READER).get(url).status_code == 403
    assert Judgement.objects.count() == 0


def test_why_names_the_article_and_when_it_ends(world: World, case: Case) -> None:
    url = "/casus/BG-1/waarom/?veld=care_in_place&bron=GEM-MD"
    client = strong(world, READER)
    assert "Noodtoegang bij acuut gevaar (PGA-MD art. 12.1)" in text(client, url)
    assert "Noodtoegang" not in text(client, url.replace("care_in_place", "debt_problem")).partition("<main")[2]

    take(client)

    until = BreakGlass.objects.get().until.astimezone(clock.AMSTERDAM)
    assert f"Zichtbaar met noodtoegang: PGA-MD art. 12.1, tot {until:%H:%M:%S}" in text(client, url)


def test_the_api_gives_the_same_to_the_same_person_only(world: World, case: Case) -> None:
    take(strong(world, READER))
    path = "/cases/BG-1/break-glass"

    mine = Api(world, READER, "pga_adult").get(path).json()
    theirs = Api(world, "sanne", "pga_adult").get(path).json()

    assert {fact["field"]: fact["value"] for fact in mine["standing"][0]["facts"]} == {
        "care_in_place": CARE, "actual_residence": HOME,
    }  # fmt: skip
    assert theirs["standing"] == []
    uid = Review.objects.get().uid
    shown = Api(world, "dirk", "oversight").get(f"/oversight/reviews/{uid}").json()
    assert shown["reason"] == WHY
