"""What the pages of extracts take: lines in words. No facts but the reasons that disclosure gave."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.covenants import labels
from agreements.policy.catalogue import Catalogue
from cases.casework.fact_rows import language
from cases.extracts.models import ProposalState
from cases.extracts.queries import CaseExtracts, Choices, CopyLine, Party, ProposalLine


def of_case(found: CaseExtracts, catalogue: Catalogue, *, number: str) -> dict[str, Any]:
    """The context of case_extracts.html."""
    return {
        "proposals": [_proposal(line, number, catalogue) for line in found.proposals],
        "copies": [_copy(line, number) for line in found.copies],
        "propose_url": reverse("extract_propose", args=[number]),
    }


def of_form(found: Choices, catalogue: Catalogue) -> dict[str, Any]:
    """The context of propose.html beside the form: persons to choose from, and what each option gives."""
    return {
        "people": [{"uid": uid, "name": name, "selected": uid == found.person} for uid, name in found.people],
        "person": found.person,
        "options": [
            {
                "name": option.recipient_name,
                "agency": {
                    "monogram": option.recipient_type,
                    "name": option.recipient_name,
                    "type": option.recipient_type,
                },
                "article": f"{option.covenant} v{option.version} {_('art. %(nr)s') % {'nr': option.article}}",
                "purpose": labels.label("purpose", option.purpose),
                "fields": _labels(catalogue, option.mask),
                "without": _labels(catalogue, option.allowed & ~option.mask),
            }
            for option in found.options
        ],
        "case": {"title": found.case.number},
    }


def field_labels(found: Choices, catalogue: Catalogue) -> dict[str, str]:
    """Every field that some option gives, by code."""
    mask = 0
    for option in found.options:
        mask |= option.mask
    return {code: catalogue.by_code[code].label(language()) for code in catalogue.codes(mask)}


def _labels(catalogue: Catalogue, mask: int) -> str:
    return labels.listed(catalogue.by_code[code].label(language()) for code in catalogue.codes(mask))


def _proposal(line: ProposalLine, number: str, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "recipient": _party(line.recipient),
        "source": _party(line.source),
        "article": f"{line.covenant} {_('art. %(nr)s') % {'nr': line.article}}",
        "purpose": labels.label("purpose", line.purpose),
        "state": ProposalState(line.state).label,
        "waits": line.state == ProposalState.ASKED,
        "asked_at": line.asked_at,
        "ends_on": line.ends_on,
        "fields": labels.listed(catalogue.by_code[code].label(language()) for code in line.fields),
        "exact": line.exact,
        "reason": line.reason,
        "positions": [{"agency": _party(item.agency), "agrees": item.agrees, "at": item.at} for item in line.positions],
        "decide_url": reverse("extract_decide", args=[number, line.uid]) if line.may_decide else "",
        "withdraw_url": reverse("extract_withdraw", args=[number, line.uid]) if line.may_withdraw else "",
        "copy": _copy(line.copy, number) if line.copy else None,
    }


def _copy(line: CopyLine, number: str) -> dict[str, Any]:
    return {
        "recipient": _party(line.recipient),
        "article": f"{line.covenant} {_('art. %(nr)s') % {'nr': line.article}}",
        "decided_at": line.decided_at,
        "decided_by": line.decided_by,
        "ends": line.ends,
        "revoked_at": line.revoked_at,
        "opened_at": line.opened_at,
        "secrecy_signed": line.secrecy_signed,
        "revoke_url": reverse("extract_revoke", args=[number, line.uid]) if line.may_revoke else "",
    }


def _party(party: Party) -> dict[str, str]:
    return {"monogram": party.type, "name": party.name, "type": party.type}
