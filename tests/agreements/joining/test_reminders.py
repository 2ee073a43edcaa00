"""Reminders: what is due, for whom, each once; and the button that reminds who is awaited."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command

from agreements.joining.commands import StepRefused
from agreements.joining.models import Reminder
from agreements.joining.reminders import remind_motion, remind_signers
from agreements.joining.upcoming import joinable, upcoming
from foundation import clock
from foundation.errors import Invalid, NotFound, Unavailable
from tests.agreements.covenants.world import load as load_texts
from tests.agreements.covenants.world import signatures, text, unsigned, version
from tests.agreements.joining.world import PARTIES, PGA, agree, ask, events, in_days, load, visit

pytestmark = pytest.mark.usefixtures("house")
LAST_DAY = date(2027, 12, 31)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.AMSTERDAM)


def _run() -> list[mail.EmailMessage]:
    """The mails of one daily run."""
    mail.outbox = []
    call_command("send_reminders", stdout=StringIO())
    return mail.outbox


def _about(sent: list[mail.EmailMessage], words: str) -> list[mail.EmailMessage]:
    return [item for item in sent if words in item.body]


@pytest.mark.parametrize("days", [365, 92, 31, 14])
def test_the_end_of_the_term_is_told_to_every_party_once_in_each_stage(days: int) -> None:
    load()
    with time_machine.travel(_noon(LAST_DAY - timedelta(days=days)), tick=False):
        sent = _about(_run(), "eindigt over")
        assert len(sent) == len(PARTIES)
        assert all("31 dec 2027" in item.body for item in sent)
        assert _about(_run(), "eindigt over") == []
    with time_machine.travel(_noon(LAST_DAY - timedelta(days=days - 1)), tick=False):
        assert _about(_run(), "eindigt over") == []


def test_a_run_that_was_missed_tells_the_nearest_stage_only() -> None:
    load()
    with time_machine.travel(_noon(LAST_DAY - timedelta(days=10)), tick=False):
        assert len(_about(_run(), "eindigt over 10 dagen")) == len(PARTIES)


def test_a_covenant_with_a_signed_next_version_does_not_warn_for_its_end() -> None:
    load()
    load(number=3, version_starts=30)
    with time_machine.travel(in_days(20), tick=False):
        assert _about(_run(), "eindigt over") == []


def test_mail_goes_to_the_agency_its_signatories_and_its_counsel_and_holds_no_case_data() -> None:
    load()
    with time_machine.travel(_noon(LAST_DAY - timedelta(days=10)), tick=False):
        sent = {item.to[0]: item for item in _run()}

    assert len(sent["contactpunt@maasdelta.example"].to) == 3
    body = sent["contactpunt@maasdelta.example"].body
    assert "Aan Gemeente Maasdelta, sociaal team," in body
    assert f"/convenanten/{PGA}/partijen/" in body
    assert "Het bevat geen gegevens uit casussen." in body


def test_the_yearly_review_and_the_dpia_are_told_before_and_the_dpia_also_when_it_is_late() -> None:
    load()
    with time_machine.travel(_noon(date(2026, 12, 10)), tick=False):
        sent = _run()
    assert len(_about(sent, "evalueren PGA-MD voor 1 jan 2027")) == len(PARTIES)
    assert len(_about(sent, "had op 1 sep 2026 herzien moeten zijn")) == len(PARTIES)


def test_an_unsigned_place_is_told_after_a_week_to_who_has_to_sign() -> None:
    load()
    load_texts(version(3), unsigned(signatures(version_starts=30), "OM-MD"))
    with time_machine.travel(in_days(6), tick=False):
        assert _about(_run(), "wacht op de handtekening") == []
    with time_machine.travel(in_days(8), tick=False):
        sent = _about(_run(), "Versie 3 van PGA-MD wacht op de handtekening van Openbaar Ministerie")
    assert [item.to[0] for item in sent] == ["zvh@om.maasdelta.example"]


def test_an_answer_that_waits_is_told_after_a_week_to_who_is_awaited() -> None:
    load()
    ask()
    for key in ("hilde", "otto", "rosa"):
        agree(key)
    with time_machine.travel(in_days(8), tick=False):
        sent = _about(_run(), "wil toetreden tot PGA-MD")

    assert [item.to[0] for item in sent] == ["contactpunt@maasdelta.example"]
    assert "reminder.sent" in events()


def test_mail_that_fails_is_tried_again_the_next_time(settings) -> None:
    load()
    with time_machine.travel(_noon(LAST_DAY - timedelta(days=10)), tick=False):
        settings.EMAIL_BACKEND = "tests.agreements.joining.no_mail.Broken"
        with pytest.raises(CommandError):
            call_command("send_reminders", stdout=StringIO())
        assert not Reminder.objects.exists()

        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert len(_about(_run(), "eindigt over 10 dagen")) == len(PARTIES)


def test_a_party_reminds_who_is_awaited_once_a_day() -> None:
    load()
    uid = ask().uid
    agree("hilde")

    told = remind_motion(visit("carla"), PGA, uid=uid)

    assert {agency.code for agency in told} == {"OM-MD", "GEM-MD", "RCL-MD"}
    assert len(mail.outbox) == 3
    with pytest.raises(Invalid):
        remind_motion(visit("otto"), PGA, uid=uid)
    with time_machine.travel(in_days(1), tick=False):
        remind_motion(visit("lieke"), PGA, uid=uid)


def test_who_is_no_signatory_or_counsel_does_not_remind() -> None:
    load()
    uid = ask().uid

    with pytest.raises(StepRefused):
        remind_motion(visit("sanne"), PGA, uid=uid)
    assert mail.outbox == []


def test_who_has_yet_to_sign_is_reminded_by_a_party() -> None:
    load_texts(version(2), unsigned(signatures(), "OM-MD"))

    assert [agency.code for agency in remind_signers(visit("hilde"), PGA, number=2)] == ["OM-MD"]
    with pytest.raises(NotFound):
        remind_signers(visit("hilde"), PGA, number=9)
    with pytest.raises(StepRefused):
        remind_signers(visit("ruben"), PGA, number=2)


def test_nobody_is_reminded_of_what_is_done() -> None:
    load()

    with pytest.raises(Invalid):
        remind_signers(visit("hilde"), PGA, number=2)


def test_the_button_says_when_mail_does_not_work_and_may_be_pressed_again(settings) -> None:
    load()
    uid = ask().uid
    settings.EMAIL_BACKEND = "tests.agreements.joining.no_mail.Broken"
    with pytest.raises(Unavailable):
        remind_motion(visit("carla"), PGA, uid=uid)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert remind_motion(visit("carla"), PGA, uid=uid)


def test_what_is_due_is_shown_to_parties_and_to_nobody_else() -> None:
    load()
    with time_machine.travel(_noon(LAST_DAY - timedelta(days=10)), tick=False):
        lines = upcoming(visit("carla"))
        assert upcoming(visit("juul")) == ()

    assert ("PGA-MD eindigt over 10 dagen: op 31 dec 2027.", "danger") in [(line.sentence, line.tone) for line in lines]
    assert all(line.url.startswith("/convenanten/PGA-MD/") for line in lines)


def test_what_is_due_costs_the_same_queries_however_many_covenants(django_assert_max_num_queries) -> None:
    load()
    who = visit("carla")
    for name in ("js-md.v1", "hav-gebied.v1"):
        load_texts(text(name), signatures(name))
    upcoming(who)

    with django_assert_max_num_queries(7):
        upcoming(who)


def test_a_signatory_sees_which_covenants_can_be_joined() -> None:
    load()

    assert [item.code for item in joinable(visit("juul"))] == [PGA]
    assert joinable(visit("hilde")) == ()
    assert joinable(visit("hugo")) == ()
    assert joinable(visit("marloes")) == ()
