"""What the page of a notice takes. No tables, no rights."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.policy.catalogue import Catalogue
from cases.notices.models import Kind
from cases.notices.queries import Notice


def of_notice(found: Notice, catalogue: Catalogue, *, language: str) -> dict[str, Any]:
    """The context of notice.html."""
    what_now = {
        Kind.CORRECTED: _("Open de casus en lees wat er nu staat. Pas het ook aan waar u het zelf vastlegde."),
        Kind.WITHDRAWN: _("Gebruik het niet meer. Haal het ook weg waar u het zelf vastlegde."),
        Kind.ERASED: _(
            "Gebruik het niet meer. Wis het ook waar u het zelf vastlegde, tenzij de wet u het laat houden."
        ),
        Kind.RESTRICTED: _("Bewaar het, maar gebruik het niet totdat u bericht krijgt."),
        Kind.RELEASED: _("U mag het weer gebruiken, voor zover het convenant dat toelaat."),
    }
    kind = Kind(found.kind)
    return {
        "number": found.number,
        "kind": kind.label,
        "source": found.source,
        "fields": [catalogue.by_code[code].label(language) for code in found.fields],
        "at": found.at,
        "done_at": found.done_at,
        "what_now": what_now[kind],
        "done_url": reverse("fact_notice", args=[found.uid]) if found.done_at is None else "",
    }
