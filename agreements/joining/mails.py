"""Mail to parties about a covenant: to whom, and in what words. No case data, and nothing of people but an address."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from agreements.covenants.models import Covenant
from agreements.joining.steps import COUNSEL, SIGNATORY
from agreements.parties.models import Agency
from agreements.parties.reader import current_memberships


def addresses_of(agency: Agency) -> tuple[str, ...]:
    """Where an agency reads about its covenants: its own address, its signatories and its counsel; each once."""
    rows = current_memberships().filter(agency=agency)
    people = (row.professional.email for row in rows if {SIGNATORY, COUNSEL} & set(row.roles))
    return tuple(dict.fromkeys(address for address in (agency.contact_email, *people) if address))


def tell(agency: Agency, covenant: Covenant, *, sentences: Iterable[str], url: str) -> int:
    """One mail to an agency; returns to how many addresses. Dutch, the language of covenants.

    Raises OSError, or smtplib.SMTPException: it could not be sent.
    """
    to = addresses_of(agency)
    if not to:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "agency": agency,
            "covenant": covenant,
            "sentences": list(sentences),
            "url": f"{getattr(settings, 'VERBOND_URL', '')}{url}",
            "installation": settings.VERBOND_NAME,
        }
        subject = _("%(code)s: herinnering") % {"code": covenant.code}
        body = render_to_string("agreements/joining/reminder.txt", context)
    EmailMessage(subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", body=body, to=list(to)).send()
    return len(to)
