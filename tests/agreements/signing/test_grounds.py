"""What the privacy officer's way from a read finds here: the article in its words, its version then, its signatures."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from agreements.signing.grounds import article_of
from audit.ports import Article
from foundation import clock
from tests.agreements.signing.world import JS, change, put_up, sign, sign_all, version

pytestmark = pytest.mark.usefixtures("house")
RULE = f"{JS} v1 art. 3.1"


def found(reference: str = RULE, at: datetime | None = None) -> Article:
    article = article_of(reference, at or clock.now())
    assert article is not None
    return article


def states() -> dict[str, str]:
    return {place.signatory: place.state for place in found().signatures}


def test_a_rule_is_found_with_its_article_its_sentence_and_its_verified_signatures() -> None:
    put_up()
    sign_all()

    article = found()
    assert (article.title, article.version, article.in_force) == ("Verzuim", 1, True)
    assert "verzuim" in article.text
    assert article.sentence
    assert article.sha256 == version().sha256
    assert sorted(place.state for place in article.signatures) == ["exempt", "verified", "verified", "verified"]
    assert all(place.at for place in article.signatures if place.state == "verified")
    assert found(f"{JS} v1 art. 2").sentence == ""


def test_a_first_signature_fits_also_when_its_key_is_made_in_the_next_second(monkeypatch: pytest.MonkeyPatch) -> None:
    put_up()
    began, steps = clock.now(), count()
    monkeypatch.setattr(clock, "now", lambda: began + next(steps) * timedelta(seconds=0.7))
    sign_all()

    assert sorted(states().values()) == ["exempt", "verified", "verified", "verified"]


def test_a_place_that_waits_is_open_and_the_version_is_not_in_force() -> None:
    put_up(starts="2098-01-01")
    sign("carla")

    article = found()
    assert not article.in_force
    assert sorted(place.state for place in article.signatures) == ["exempt", "open", "open", "verified"]


def test_before_its_first_day_a_version_was_not_in_force() -> None:
    put_up()
    sign_all()

    assert not found(at=datetime(2024, 6, 1, tzinfo=clock.AMSTERDAM)).in_force


@pytest.mark.parametrize("spoil", [{"signatory": "Iemand Anders"}, {"jws": "zqx.zqx.zqx"}, {"certificate": ""}])
@pytest.mark.usefixtures("rows_by_hand")
def test_a_signature_that_was_changed_does_not_fit(spoil: dict[str, str]) -> None:
    put_up()
    made = sign_all()
    change(made.signatures.filter(agency__code="GEM-MD").get(), **spoil)

    assert sorted(states().values()) == ["exempt", "verified", "verified", "wrong"]


@pytest.mark.parametrize(
    "reference", ["own", "zqx", f"{JS} v9 art. 1", f"{JS} v1 art. 99", "XX v1 art. 1", "a\0 v1 art. 1"]
)
def test_what_no_covenant_has_is_nothing(reference: str) -> None:
    put_up()

    assert article_of(reference, clock.now()) is None
