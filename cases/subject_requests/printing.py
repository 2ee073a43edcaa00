"""The pack from the parts of all controllers: its JSON twin, and the PDF on which only what is in the twin stands."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.covenants.labels import listed
from cases.subject_requests.boxes import opened
from cases.subject_requests.choices import ARTICLES, Kind
from cases.subject_requests.models import SubjectRequest
from foundation import clock
from foundation.canonical import canonical_bytes
from foundation.paper import to_pdf

FORM = "verbond-subject-pack/1"


def twin_of(request: SubjectRequest, parts: Sequence[dict[str, Any]], *, at: datetime) -> bytes:
    """The machine-readable twin: canonical JSON (RFC 8785) of request, parts, look-ups with proofs, and rights."""
    person = opened(request.person)
    notes = {part["checkpoint"]: None for part in parts if part["checkpoint"]}
    return canonical_bytes({
        "form": FORM,
        "number": request.number,
        "kind": request.kind,
        "article": ARTICLES[Kind(request.kind)],
        "received_on": request.received_on.isoformat(),
        "made_at": at.isoformat(),
        "person": {"name": person.get("name", ""), "born_on": person.get("born_on", "")},
        "extension": opened(request.extended).get("reason", ""),
        "controllers": [
            {key: value for key, value in part.items() if key not in ("told", "checkpoint")} for part in parts
        ],
        "log": {
            "checkpoints": list(notes),
            "how": "leaf_hash = SHA-256(0x00 || entry); proof = inclusion path, sibling first (RFC 6962, 2.1.1); "
            "checkpoint = C2SP signed note. The controller holds the entry itself and shows it to a supervisor.",
        },
        "rights": list(_rights()),
        "general": _general(),
    })  # fmt: skip


def pdf_of(twin: bytes, *, language: str) -> bytes:
    """The same on paper, as PDF/UA-1; look-ups that are alike merged per day."""
    content = json.loads(twin)
    with translation.override(language):
        html = render_to_string("cases/subject_requests/print.html", {"pack": _body(content, language)})
        return to_pdf(html, css=render_to_string("cases/subject_requests/print.css"), variant="pdf/ua-1")


def _body(content: dict[str, Any], language: str) -> dict[str, Any]:
    saying = [part for part in content["controllers"] if _says(part)]
    return {
        "language": language,
        "number": content["number"],
        "kind": Kind(content["kind"]).label,
        "article": content["article"],
        "name": content["person"]["name"],
        "born_on": _day(content["person"]["born_on"]),
        "received_on": _day(content["received_on"]),
        "made_on": _moment(content["made_at"], "DATE_FORMAT"),
        "extension": content["extension"],
        "is_access": content["kind"] == Kind.ACCESS,
        "asked": listed(part["agency"] for part in content["controllers"]),
        "parts": [
            {
                "agency": part["agency"],
                "outcome": part["outcome"],
                "answer": part["answer"],
                "facts": [
                    {
                        "label": fact["label"], "text": fact["text"], "source": fact["source"],
                        "statement": fact["statement"], "on": _day(fact["observed_on"]),
                        "under": ", ".join(fact["shared_under"]), "contested": fact["contested"],
                    }
                    for fact in part["facts"]
                ],
                "withheld": part["withheld"],
                "erased": [
                    {
                        "items": one["items"], "certificate": one["certificate"],
                        "on": _moment(one["done_at"], "DATE_FORMAT") if one["done_at"] else "",
                    }
                    for one in part["erased"]
                ],
                "recipients": listed(part["recipients"]),
                "lookups": merged(part["lookups"]),
            }
            for part in saying
        ],
        "n_proved": sum(1 for part in saying for line in part["lookups"] if line["sealed"]),
        "names_staff": any(line["name"] for part in saying for line in part["lookups"]),
        "n_unsealed": sum(1 for part in saying for line in part["lookups"] if not line["sealed"]),
        "checkpoints": content["log"]["checkpoints"],
        "rights": content["rights"],
        "general": content["general"],
    }  # fmt: skip


def _says(part: dict[str, Any]) -> bool:
    """Whether a part has anything in it: one that gives nothing looks like one that has nothing."""
    return any(part[key] for key in ("outcome", "answer", "facts", "withheld", "erased", "recipients", "lookups"))


def merged(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Look-ups per day, alike ones counted: day, times, who, what, purpose, legal basis, and whether all are sealed.

    Source: NEN 7513 (similar lines of a day may be merged for the person).
    """
    keys = [
        (
            _moment(line["at"], "Y-m-d"), ", ".join([line["name"]] * bool(line["name"]) + line["roles"]),
            line["what"], line["purpose"],
            "; ".join(line["legal_basis"] or line["articles"]), line["break_glass"], line["sealed"],
        )
        for line in lines
    ]  # fmt: skip
    return [
        {
            "day": _day(day), "roles": roles, "what": what, "purpose": purpose, "basis": basis,
            "break_glass": broken, "sealed": sealed, "times": times,
        }
        for (day, roles, what, purpose, basis, broken, sealed), times in Counter(keys).items()
    ]  # fmt: skip


def _rights() -> tuple[str, ...]:
    return (
        _("U kunt vragen om correctie, wissen of beperking van uw gegevens (art. 16, 17 en 18 AVG)."),
        _("U kunt bezwaar maken tegen de verwerking (art. 21 AVG)."),
        _("U kunt een klacht indienen bij de Autoriteit Persoonsgegevens, of naar de rechter gaan."),
        _("Er wordt niet geautomatiseerd over u besloten (art. 22 AVG)."),
    )


def _general() -> str:
    """The same in every pack, so that it says nothing about this one. Source: UAVG art. 41, BGS art. 1.2(2)."""
    return _(
        "De wet laat een organisatie soms gegevens niet verstrekken, en soms ook niet zeggen dat zij dat doet "
        "(art. 23 AVG, art. 41 UAVG, art. 27 Wpg). Deze zin staat in elk antwoord."
    )


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text)) if text else ""


def _moment(text: str, how: str) -> str:
    return date_format(datetime.fromisoformat(text).astimezone(clock.AMSTERDAM), how)
