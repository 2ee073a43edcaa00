"""The tabs of a covenant and of a draft: the same on every page about it, whichever room makes the page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

Tab = dict[str, Any]


def version_key(code: str, number: int) -> str:
    """How addresses name one version of a covenant (agreements.insight.subjects reads it)."""
    return f"versie-{code}-{number}"


def draft_key(uid: Any) -> str:
    """How addresses name a draft."""
    return f"concept-{uid}"


WITHOUT_CASES = frozenset({"agency_admin", "contact_point", "rac"})
"""Roles whose work is neither in cases nor in covenants: by these alone nobody reads what a text would change."""


def version_tabs(code: str, number: int, *, active: str, roles: frozenset[str]) -> list[Tab]:
    """The tabs of one version that somebody in these roles may open.

    active: "matrix", "articles", "try", "diff", "impact", "signatures" or "parties".
    """
    key = version_key(code, number)
    made = _tabs(
        active,
        ("matrix", _("Matrix"), reverse("insight_matrix", args=[key])),
        ("articles", _("Artikelen"), f"{reverse('covenant', args=[code])}?versie={number}"),
        ("try", _("Wie ziet wat"), reverse("insight_try", args=[key])),
        ("diff", _("Verschil"), reverse("insight_diff", args=[key])),
        ("impact", _("Gevolgen"), reverse("impact", args=[key])),
        ("signatures", _("Handtekeningen"), reverse("signatures", args=[code, number])),
        ("parties", _("Partijen en looptijd"), reverse("joining", args=[code])),
    )
    return made if roles - WITHOUT_CASES else [tab for tab in made if tab["code"] != "impact"]


def draft_tabs(uid: Any, *, active: str) -> list[Tab]:
    """The tabs of a draft. active: "text", "findings", "remarks", "matrix", "try", "diff", "impact" or "course"."""
    key = draft_key(uid)
    return _tabs(
        active,
        ("text", _("Tekst en regels"), reverse("draft", args=[uid])),
        ("findings", _("Bevindingen"), reverse("draft_findings", args=[uid])),
        ("remarks", _("Opmerkingen"), reverse("draft_remarks", args=[uid])),
        ("matrix", _("Matrix"), reverse("insight_matrix", args=[key])),
        ("try", _("Wie ziet wat"), reverse("insight_try", args=[key])),
        ("diff", _("Verschil"), reverse("insight_diff", args=[key])),
        ("impact", _("Gevolgen"), reverse("impact", args=[key])),
        ("course", _("Partijen en voortgang"), reverse("draft_course", args=[uid])),
    )


def _tabs(active: str, *tabs: tuple[str, str, str]) -> list[Tab]:
    return [{"code": code, "label": label, "url": url, "active": code == active} for code, label, url in tabs]
