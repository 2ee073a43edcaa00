"""The head of every page about a version or a draft: title, badges, tabs, actions; and what it is compared with."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.covenants import queries
from agreements.covenants.answers import VersionLine
from agreements.covenants.badges import badges_of, term_words
from agreements.covenants.labels import label
from agreements.covenants.rules import Standing
from agreements.covenants.tabs import draft_tabs, version_key, version_tabs
from agreements.drafting.rights import draft_for
from agreements.insight.subjects import Subject, of_version, subject_for
from agreements.parties.reader import Visit
from agreements.policy.errors import DocumentInvalid
from agreements.signing.queries import has_pdf
from foundation.errors import Invalid, NotFound

RULING = (Standing.IN_FORCE, Standing.SUSPENDED)
COMING = (Standing.FOR_SIGNATURE, Standing.SCHEDULED)


def readable(visit: Visit, key: str) -> Subject:
    """As subject_for, in words for people: raises NotFound, and Invalid for a draft that is no covenant yet."""
    try:
        return subject_for(visit, key)
    except DocumentInvalid as error:
        raise Invalid(
            _("Dit concept is nog niet als convenant te lezen. Er is nog niets te zien of te vergelijken."),
            remedy=_("Verhelp eerst de bevindingen: het zijn er %(n)d.") % {"n": len(error.findings)},
            field="key",
        ) from error


def head_of(visit: Visit, subject: Subject, *, active: str) -> dict[str, Any]:
    """Context of insight/frame.html. active: the tab, as in agreements.covenants.tabs."""
    return (
        _draft_head(visit, subject, active)
        if subject.is_draft
        else version_head(visit, subject.code, subject.number, active)
    )


def version_head(visit: Visit, code: str, number: int, active: str) -> dict[str, Any]:
    """The same for one version of a covenant. Raises NotFound."""
    line = queries.covenant_line(code, agency_id=visit.agency.id, number=number)
    return {
        "title": line.title,
        "here": code,
        "crumbs": [{"label": _("Convenanten"), "url": reverse("covenant_list")}],
        "badges": badges_of(line),
        "facts": [term_words(line.version), line.regime_label],
        "tabs": version_tabs(code, number, active=active, roles=visit.roles),
        "tabs_label": _("Onderdelen van het convenant"),
        "actions": _actions(visit, code, number),
    }


def base_of(visit: Visit, subject: Subject) -> Subject | None:
    """What a subject is compared with: the version that rules now, or else the one before it; None without one."""
    try:
        lines = queries.version_lines(subject.code, agency_id=visit.agency.id)
    except NotFound:
        return None
    others = [line for line in lines if subject.is_draft or line.number != subject.number]
    ruling = next((line.number for line in others if line.standing in RULING), None)
    before = [line.number for line in others if line.standing not in _UNSIGNED and line.number < subject.number]
    number = ruling or max(before, default=None)
    if number is None:
        return None
    return of_version(queries.version_for(subject.code, number, agency_id=visit.agency.id))


def is_coming(visit: Visit, subject: Subject) -> bool:
    """Whether the subject does not rule yet: a draft, or a version that waits for signatures or for its day."""
    if subject.is_draft:
        return True
    return _line(visit, subject).standing in COMING


def compared_with(visit: Visit, subject: Subject, key: str) -> Subject | None:
    """The other side of a comparison: the one asked for by key, else base_of."""
    return readable(visit, key) if key else base_of(visit, subject)


def name_of(visit: Visit, subject: Subject) -> str:
    """ "Versie 2, van kracht", or "Concept van versie 3"."""
    if subject.is_draft:
        return _("Concept van versie %(n)d") % {"n": subject.number}
    words = {"n": subject.number, "standing": _line(visit, subject).standing_label.lower()}
    return _("Versie %(n)d, %(standing)s") % words


def article_url(subject: Subject, article: str) -> str:
    """Where an article or rule of the subject can be read."""
    if subject.is_draft:
        return f"{reverse('draft', args=[subject.key.removeprefix('concept-')])}#art-{article}"
    return f"{reverse('covenant', args=[subject.code])}?versie={subject.number}#art-{article}"


def other_keys(visit: Visit, subject: Subject) -> list[tuple[str, str]]:
    """The versions that the subject can be compared with, newest first: (key, words)."""
    try:
        lines = queries.version_lines(subject.code, agency_id=visit.agency.id)
    except NotFound:
        return []
    words = _("Versie %(n)d, %(standing)s")
    return [
        (version_key(subject.code, line.number), words % {"n": line.number, "standing": line.standing_label.lower()})
        for line in lines
        if subject.is_draft or line.number != subject.number
    ]


_UNSIGNED = (Standing.FOR_SIGNATURE, Standing.WITHDRAWN, Standing.DRAFT, Standing.CONSULTATION)


def _line(visit: Visit, subject: Subject) -> VersionLine:
    return queries.covenant_line(subject.code, agency_id=visit.agency.id, number=subject.number).version


def _draft_head(visit: Visit, subject: Subject, active: str) -> dict[str, Any]:
    uid = subject.key.removeprefix("concept-")
    draft = draft_for(visit, uid)
    crumbs = [
        {"label": _("Convenanten"), "url": reverse("covenant_list")},
        {"label": _("Concepten"), "url": reverse("draft_list")},
    ]
    return {
        "title": subject.title,
        "here": f"{subject.code} v{subject.number}",
        "crumbs": crumbs,
        "badges": [{"label": draft.get_state_display(), "tone": "info", "icon": "pencil"}],
        "facts": [
            _("Versie %(n)d, herziening %(revision)d") % {"n": subject.number, "revision": draft.revision},
            label("regime", subject.document.regime),
        ],
        "tabs": draft_tabs(uid, active=active),
        "tabs_label": _("Onderdelen van het concept"),
        "actions": [],
    }


def _actions(visit: Visit, code: str, number: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if has_pdf(code, number):
        url = reverse("covenant_pdf", args=[code, number])
        found.append({"label": _("Versie %(n)d als pdf") % {"n": number}, "url": url, "icon": "download"})
    if "legal_counsel" in visit.roles:
        url = f"{reverse('draft_new')}?van={code}-{number}"
        found.append({"label": _("Begin een nieuwe versie"), "url": url, "icon": "plus", "primary": True})
    return found
