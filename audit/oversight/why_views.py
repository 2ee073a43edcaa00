"""The page "Waarom mocht dit?": one read and all it rests on, each with what was checked. Rules, entry: looking.py."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import ports
from audit.journal.reading import admit
from audit.journal.reasons import ReasonCode
from audit.journal.views import ROLE, shown
from audit.oversight import looking
from audit.oversight.notable import RULES
from audit.oversight.why import Why
from audit.oversight.words import REASONS, SIGNED
from audit.ports import Ground
from foundation import clock
from foundation.routes import Shows, route


@route("oversight_why", shows=Shows.JOURNAL)
@require_safe
@never_cache
def why(request: HttpRequest, uid: str) -> HttpResponse:
    """From the entry to the signatures: who, why, by which part in the case, under which article, and its seal."""
    found = looking.why_of(admit(getattr(request, "visit", None), route="oversight_why"), uid)
    line = found.entry.line
    roles = found.entry.body.get("act", {}).get("roles", ())
    names = ports.labels_of(f"{ROLE}{code}" for code in roles)
    at = line.recorded_at
    context = {
        "found": found,
        "shown": shown([line])[0],
        "roles": [names[f"{ROLE}{code}"].removeprefix(ROLE) for code in roles],
        "reason": REASONS.get(found.reason, found.reason),
        "explained": found.reason not in ("", ReasonCode.UNEXPLAINED),
        # An officer's own work on the log needs no part in the case.
        "needs_part": bool(line.case_ref) and found.reason != ReasonCode.AUDIT,
        "ground": _ground(found.ground, at) if found.ground else None,
        "taking_part": [_ground(ground, at) for ground in found.taking_part],
        "rules": [RULES[code] for code in found.rules if code in RULES],
        "articles": _articles(found),
        "crumbs": [{"label": _("Toezicht"), "url": reverse("oversight")}],
    }
    return render(request, "audit/oversight/why.html", context)


def _ground(ground: Ground, at: Any) -> dict[str, Any]:
    return {
        "what": ground,
        "held": ground.held(at),
        "since": ground.since.astimezone(clock.AMSTERDAM) if ground.since else None,
        "until": ground.until.astimezone(clock.AMSTERDAM) if ground.until else None,
    }


def _articles(found: Why) -> list[dict[str, Any]]:
    return [
        {
            "article": article,
            "signatures": [{"place": place, "state": SIGNED[place.state]} for place in article.signatures],
            "n_signed": sum(place.state in ("verified", "paper") for place in article.signatures),
            "n_needed": sum(place.state != "exempt" for place in article.signatures),
            "all_fit": all(place.state in ("verified", "paper", "exempt") for place in article.signatures),
        }
        for article in found.articles
    ]
