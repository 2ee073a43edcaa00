"""The work behind a step: ringing phones and mailing people. Neither says anything of the alarm."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from agreements.parties.models import Membership
from realtime.alarms.models import AlarmStep
from realtime.push.sending import ring_memberships

log = logging.getLogger("verbond.realtime")


@task(priority=100)
def call_step(pk: int) -> None:
    """Ring the phones of everybody who was called in this step; mail them and the control room's own address."""
    step = AlarmStep.objects.filter(pk=pk).first()
    if step is None:
        return
    numbers = [int(one["membership"]) for one in step.called]
    ring_memberships(numbers, urgent=True)
    people = Membership.objects.filter(pk__in=numbers).select_related("professional")
    # A control room's own address is read by more than one: it gets the language of the installation.
    addresses = {step.desk: settings.LANGUAGE_CODE} if step.desk else {}
    addresses |= {one.professional.email: one.professional.language for one in people}
    for address, language in sorted(addresses.items()):
        _mail(address, language)


def mail_text(language: str) -> tuple[str, str]:
    """Subject and body: that somebody is needed, and where to look. Mail leaves the house: nothing of the alarm.

    language: of who gets it. This runs in a worker, which has none of its own.
    """
    with translation.override(language):
        subject = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + _("u bent nu nodig in een kanaal van uw team")
        body = _("Op een oproep in Verbond kwam geen antwoord. Open nu uw kanalen, of bel uw team.")
    return subject, f"{body}\n\n{settings.VERBOND_URL}{reverse('channel_list')}\n"


def _mail(address: str, language: str) -> None:
    subject, body = mail_text(language)
    try:
        EmailMessage(subject=subject, body=body, to=[address]).send()
    except (OSError, SMTPException):
        log.exception("a call could not be mailed", extra={"event": "alarm_mail"})


def call_after_commit(pk: int) -> None:
    """Queue the calls of a step when the open transaction is committed."""
    transaction.on_commit(lambda: call_step.enqueue(pk), robust=True)
