"""The PDF of minutes: made in the background, sealed at rest, marked and judged anew when it is fetched."""

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from pypdf import PdfReader

from agreements.models import Covenant, Membership, Party
from audit.journal.entry import mask_of_columns
from audit.journal.models import Entry
from cases.minutes import printing
from cases.minutes.models import Paper
from cases.minutes.papers import fetch, order, order_for_all
from cases.minutes.rights import MinutesRefused, NotYourMinutes
from cases.minutes.tasks import make_papers
from cases.models import Participation
from cases.papers import duties
from cases.papers.keeping import erase_old
from cases.papers.leaving import NoCopy, NothingToPrint
from cases.papers.lines import line_of
from cases.papers.models import PaperState
from foundation import clock
from foundation.errors import NotFound
from tests.cases.desk import Api, changing, changing_rules, page, reading
from tests.cases.minutes.conftest import Sat
from tests.cases.minutes.sitting import decide, stand
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
QUEUE = override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})
"""Work waits for a worker, as in an installation."""


def ordered(world: World, key: str, sat: Sat) -> Paper:
    return order(reading(world, key, event="minutes.ordered"), sat.meeting.uid, None, language="nl")


def fetched(world: World, key: str, sat: Sat, paper: Paper) -> bytes:
    asked = reading(world, key, event="minutes.prepared")
    return fetch(asked, sat.meeting.uid, paper.uid, None, language="nl").data


def strong(client: Client) -> Client:
    """The same browser, signed in as a persona of the demo: that counts as strong."""
    session = client.session
    session["demo"] = True
    session.save()
    return client


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages).split())


def give_duty(monkeypatch: pytest.MonkeyPatch, *fields: str) -> None:
    """As if every article carried this duty too: the covenants of the demo give words of a meeting freely."""
    real = duties.obligations_by_article

    def with_more(policy: Any) -> Any:
        return {ref: found | set(fields) for ref, found in real(policy).items()}

    for module in (duties, printing):
        monkeypatch.setattr(module, "obligations_by_article", with_more)


def test_the_paper_of_each_holds_its_own_version_and_who_received_it(world: World, sat: Sat) -> None:
    pages = {key: text_of(fetched(world, key, sat, ordered(world, key, sat))) for key in ("sanne", "ruben")}

    assert "Besluit zonder politie" in pages["sanne"]
    assert "zonder politie" not in pages["ruben"]
    assert "over de ander" not in pages["ruben"]
    for text in ("Eerste besluit van allen", "Bel de verhuurder", "Te vroeg volgens de gemeente", "Wonen samen"):
        assert text in pages["ruben"]
    assert "Kopie voor Ruben Kok, Politie, basisteam Maasdelta-Zuid" in pages["ruben"]
    assert "PGA-MD v2 art. 13.1" in pages["ruben"]


def test_the_paper_is_tagged_and_every_page_is_marked(world: World, sat: Sat) -> None:
    with changing():
        for number in range(60):
            decide(sat.first, f"Besluit van de lange lijst {number}")
    pdf = PdfReader(io.BytesIO(fetched(world, "ruben", sat, ordered(world, "ruben", sat))))

    assert len(pdf.pages) > 1
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    assert all("Kopie voor Ruben Kok" in sheet.extract_text() for sheet in pdf.pages)


def test_what_is_kept_is_sealed_and_goes_after_a_day(world: World, sat: Sat) -> None:
    paper = ordered(world, "ruben", sat)
    kept = bytes(paper.content)
    assert kept
    assert b"%PDF" not in kept
    assert b"besluit" not in kept

    with time_machine.travel(paper.asked_at + timedelta(hours=24), tick=False):
        with pytest.raises(NotFound):
            fetched(world, "ruben", sat, paper)
        assert erase_old() == 1
    assert not Paper.objects.exists()


def test_a_paper_waits_for_a_worker_and_says_how_far_it_is(world: World, sat: Sat) -> None:
    client = page(world, "ruben")
    with QUEUE:
        assert client.post(f"{sat.url}pdf/maak/").status_code == 302
        assert "Uw PDF wordt zo gemaakt" in client.get(sat.url).content.decode()
        part = client.get(f"{sat.url}pdf/", headers={"HX-Request": "true"}).content.decode()
        assert 'hx-trigger="every 1s"' in part
        assert "<html" not in part
        paper = Paper.objects.get()
        make_papers.call([str(paper.uid)])
    done = client.get(f"{sat.url}pdf/", headers={"HX-Request": "true"}).content.decode()

    assert "hx-trigger" not in done
    answer = strong(client).get(f"{sat.url}pdf/{paper.uid}/")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/pdf", "no-store")
    assert answer.content.startswith(b"%PDF")


def test_two_orders_at_once_are_one(world: World, sat: Sat) -> None:
    with QUEUE:
        assert ordered(world, "ruben", sat) == ordered(world, "ruben", sat)
    assert Paper.objects.count() == 1


def test_a_paper_is_its_recipients_alone(world: World, sat: Sat) -> None:
    paper = ordered(world, "sanne", sat)

    for key in ("ruben", "nadia", "hanneke"):
        with pytest.raises(NotYourMinutes):
            fetched(world, key, sat, paper)
        assert strong(page(world, key)).get(f"{sat.url}pdf/{paper.uid}/").status_code == 404


def test_fetching_asks_for_a_strong_and_fresh_sign_in(world: World, sat: Sat) -> None:
    paper = ordered(world, "ruben", sat)

    assert page(world, "ruben").get(f"{sat.url}pdf/{paper.uid}/").status_code == 401
    assert not Entry.objects.filter(event_type="minutes.exported").exists()


def test_what_changed_since_is_made_anew_at_fetching(world: World, sat: Sat) -> None:
    paper = ordered(world, "ruben", sat)
    with changing():
        decide(sat.first, "Besluit van daarna", heard=("ZVH-MD", "POL-MD"))

    assert "Besluit van daarna" in text_of(fetched(world, "ruben", sat, paper))


def test_the_export_is_journalled_with_exactly_what_left(world: World, sat: Sat) -> None:
    paper = ordered(world, "ruben", sat)
    last = Entry.objects.order_by("-id").first().id
    fetched(world, "ruben", sat, paper)

    [row] = Entry.objects.filter(id__gt=last, event_type="minutes.exported")
    from agreements.policy.catalogue import load_catalogue

    fields = load_catalogue().codes(mask_of_columns((row.fields_0, row.fields_1, row.fields_2)))
    assert row.case_ref == sat.case.ref
    assert set(fields) == {
        "decision_text", "dissent_reason", "joint_view", "effect_score", "action_text", "parked_point",
    }  # fmt: skip


def end_of_police(at: Any) -> None:
    with changing_rules():
        Party.objects.filter(covenant=Covenant.objects.get(code="PGA-MD"), agency__code="POL-MD").update(ends=at)


def test_an_order_from_before_the_end_gives_nothing_after_it(world: World, sat: Sat) -> None:
    ends = clock.now() + timedelta(minutes=10)
    end_of_police(ends)
    with QUEUE:
        paper = ordered(world, "ruben", sat)
        with time_machine.travel(ends, tick=False):
            make_papers.call([str(paper.uid)])
    paper.refresh_from_db()

    assert (paper.state, paper.content) == (PaperState.FAILED, None)
    assert "mag lezen" in line_of(paper).problem


def test_a_paper_from_before_the_end_is_not_given_after_it(world: World, sat: Sat) -> None:
    ends = clock.now() + timedelta(minutes=10)
    end_of_police(ends)
    paper = ordered(world, "ruben", sat)
    assert paper.state == PaperState.DONE

    with time_machine.travel(ends - timedelta(seconds=1), tick=False):
        assert fetched(world, "ruben", sat, paper)
    with time_machine.travel(ends, tick=False), pytest.raises(NothingToPrint):
        fetched(world, "ruben", sat, paper)


def test_a_participation_that_ended_meanwhile_gives_nothing(world: World, sat: Sat) -> None:
    with QUEUE:
        paper = ordered(world, "ruben", sat)
        with changing():
            Participation.objects.filter(case=sat.case, agency__code="POL-MD").update(
                ends=clock.now() - timedelta(seconds=1)
            )
        make_papers.call([str(paper.uid)])
    paper.refresh_from_db()

    assert paper.state == PaperState.FAILED
    with pytest.raises(NotYourMinutes):
        fetched(world, "ruben", sat, paper)


def test_a_member_who_left_gets_no_paper(world: World, sat: Sat) -> None:
    with QUEUE:
        paper = ordered(world, "ruben", sat)
        with changing():
            Membership.objects.filter(pk=paper.membership).update(ends=clock.now() - timedelta(seconds=1))
        make_papers.call([str(paper.uid)])
    paper.refresh_from_db()

    assert (paper.state, paper.content) == (PaperState.FAILED, None)


def test_an_article_that_allows_no_copy_keeps_all_of_it_off_the_paper(
    world: World, sat: Sat, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ordered(world, "ruben", sat)
    give_duty(monkeypatch, "no_export")
    paper = ordered(world, "ruben", sat)

    assert (paper.state, paper.problem) == (PaperState.FAILED, "no_copy")
    assert "art. 13.1" in paper.articles
    assert not Paper.objects.filter(pk=before.pk).exists()
    shown = page(world, "ruben").get(sat.url).content.decode()
    assert "Niet alles komt op papier: PGA-MD v2 art. 13.1" in shown
    assert "Eerste besluit van allen" in shown


def test_a_paper_made_before_the_article_forbade_it_is_refused_with_the_article(
    world: World, sat: Sat, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = ordered(world, "ruben", sat)
    give_duty(monkeypatch, "no_export")

    with pytest.raises(NoCopy) as refused:
        fetched(world, "ruben", sat, paper)
    assert "art. 13.1" in refused.value.article
    assert not Entry.objects.filter(event_type="minutes.exported").exists()


def test_own_words_may_always_be_on_ones_own_paper(world: World, sat: Sat, monkeypatch: pytest.MonkeyPatch) -> None:
    give_duty(monkeypatch, "no_export")
    text = text_of(fetched(world, "sanne", sat, ordered(world, "sanne", sat)))

    # Its own dissent; the decision it is about stays off, and the item says by which article.
    assert "Eerste besluit van allen" not in text
    assert "art. 13.1 staat geen kopie toe" in text


def test_a_watermark_goes_across_the_page_where_an_article_asks(
    world: World, sat: Sat, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = text_of(fetched(world, "ruben", sat, ordered(world, "ruben", sat)))
    give_duty(monkeypatch, "watermark")
    marked = text_of(fetched(world, "ruben", sat, ordered(world, "ruben", sat)))

    assert marked.count("Ruben Kok") == plain.count("Ruben Kok") + 1
    assert 'class="vb-merk"' in page(world, "ruben").get(sat.url).content.decode()


def test_the_chair_has_papers_made_for_all_and_each_print_is_made_once(
    world: World, sat: Sat, monkeypatch: pytest.MonkeyPatch
) -> None:
    prints: list[str] = []
    real = printing.printed
    monkeypatch.setattr(printing, "printed", lambda content: prints.append(content.hash) or real(content))
    with changing():
        stand(sat.second.decisions.get(), "GEM-MD", "dissents", "De gemeente betaalt dit niet")
    batch = order_for_all(reading(world, "nadia", event="minutes.ordered"), sat.meeting.uid)

    assert (batch.total, batch.done) == (4, 4)
    # The bureau and the municipality sat at both items, heard the same and read it under the same articles.
    assert len(prints) == 3
    assert "Besluit over de ander" in text_of(fetched(world, "wouter", sat, _of(world, "wouter")))
    assert "zonder politie" not in text_of(fetched(world, "ruben", sat, _of(world, "ruben")))
    with pytest.raises(NotYourMinutes):
        fetched(world, "nadia", sat, _of(world, "wouter"))


def _of(world: World, key: str) -> Paper:
    return Paper.objects.get(membership=Membership.objects.get(professional=world.people[key]).pk)


def test_only_who_led_the_meeting_has_papers_made_for_all(world: World, sat: Sat) -> None:
    with pytest.raises(MinutesRefused):
        order_for_all(reading(world, "sanne", event="minutes.ordered"), sat.meeting.uid)
    assert "Zet voor iedereen klaar" in page(world, "nadia").get(sat.url).content.decode()
    assert "Zet voor iedereen klaar" not in page(world, "sanne").get(sat.url).content.decode()


def test_the_api_orders_follows_and_fetches(world: World, sat: Sat) -> None:
    api = Api(world, "ruben", "pga_adult")
    assert api.get(f"{sat.api}/paper").json() == {"paper": None, "batch": None}
    made = api.post(f"{sat.api}/paper", {})
    told = api.get(f"{sat.api}/paper").json()["paper"]

    assert (made.status_code, told["state"], told["percent"]) == (202, "done", 100)
    answer = api.get(f"{sat.api}/paper/{told['uid']}")
    assert answer["Content-Type"] == "application/pdf"
    assert "Eerste besluit van allen" in text_of(answer.content)
    assert api.post(f"{sat.api}/papers", {}).status_code == 403
    assert Api(world, "sanne", "pga_adult").get(f"{sat.api}/paper/{told['uid']}").status_code == 404
    chair = Api(world, "nadia", "pga_adult").post(f"{sat.api}/papers", {})
    assert (chair.status_code, chair.json()["total"]) == (202, 4)
