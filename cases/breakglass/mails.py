"""Mail about break-glass: that it was used or that a review is late, until when, and where. Nothing of a case.

Mail leaves the house, so it says no more than that something waits in Verbond.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from foundation import clock

log = logging.getLogger("verbond.breakglass")


def tell(addresses: Iterable[str], *, review: UUID, deadline: datetime, late: bool = False) -> int:
    """Mail each of these officers apart; returns to how many it went. Dutch, the language of covenants.

    What cannot be sent is written in the program's own log: the inbox says it too, and the act stands.
    """
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "late": late,
            "deadline": deadline.astimezone(clock.AMSTERDAM),
            "url": f"{getattr(settings, 'VERBOND_URL', '')}{reverse('review', args=[review])}",
            "installation": settings.VERBOND_NAME,
        }
        said = _("beoordeling van noodtoegang is te laat") if late else _("noodtoegang gebruikt")
        body = render_to_string("cases/breakglass/notice.txt", context)
    return sum(_send(to, f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{said}", body) for to in addresses)


def _send(to: str, subject: str, body: str) -> bool:
    try:
        EmailMessage(subject=subject, body=body, to=[to]).send()
    except (OSError, SMTPException):
        log.exception("a notice of break-glass could not be mailed", extra={"event": "break_glass_mail"})
        return False
    return True
