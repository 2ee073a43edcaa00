"""What every write about a draft does: find and lock it, keep its text, and close with an entry."""

import re
from typing import Any

from django.utils.translation import gettext as _

from agreements.drafting.models import Draft, DraftState, Revision
from agreements.drafting.rights import draft_for
from agreements.drafting.texts import head_of
from agreements.parties.reader import Visit
from agreements.policy.locations import MAX_CHARACTERS
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from foundation import clock
from foundation.errors import Invalid

MAX_WORDS = 4000
CODE = re.compile(r"[A-Z][A-Z0-9-]{1,39}")


def locked(visit: Visit, uid: Any) -> Draft:
    """The draft, for this visit, locked until the transaction ends. Raises NotFound as draft_for."""
    found = draft_for(visit, uid)
    rows = Draft.objects.select_for_update(of=("self",)).select_related("owner", "based_on", "version")
    return rows.get(pk=found.pk)


def journal(
    visit: Visit, type_: str, draft: Draft, *, action: Action = Action.UPDATE, reason: str = "", **more: str | int
) -> None:
    """The entry of one act; nothing personal in its detail. A draft grants nothing, so the epoch stays."""
    detail = {"draft": str(draft.uid), "covenant": draft.code, "revision": draft.revision, **more}
    append(
        [
            Entry(
                event_type=type_,
                action=action,
                outcome=Outcome.OK,
                actor_ref=visit.actor_ref,
                actor_name=visit.name,
                agency_ref=visit.agency_ref,
                roles=tuple(sorted(visit.roles)),
                reason=reason,
                detail=detail,
                trace_id=visit.trace_id,
            )
        ]
    )


def clean_text(text: str) -> str:
    """The text as typed, less what no database keeps: NUL and halves of characters. Raises Invalid: too large."""
    # The bound is that of reading, so that whatever is kept can be read (agreements.policy.locations).
    if len(text) > MAX_CHARACTERS:
        raise Invalid(
            _("De tekst is te groot: %(n)d tekens.") % {"n": len(text)},
            remedy=_("Houd haar onder %(n)d tekens.") % {"n": MAX_CHARACTERS},
            field="text",
        )
    return _storable(text.replace("\r\n", "\n").replace("\r", "\n"))


def words(text: str, *, field: str, empty: str, most: int = MAX_WORDS) -> str:
    """What somebody wrote, trimmed. Raises Invalid when it is empty or too long."""
    found = _storable(text).strip()
    if not found:
        raise Invalid(empty, remedy=_("Schrijf het in een of meer zinnen."), field=field)
    if len(found) > most:
        raise Invalid(
            _("Dit is te lang: %(n)d tekens.") % {"n": len(found)},
            remedy=_("Houd het onder %(n)d tekens.") % {"n": most},
            field=field,
        )
    return found


def one_line(text: str, most: int) -> str:
    """What somebody wrote as one line of at most `most` characters."""
    return " ".join(_storable(text[: most * 4]).split())[:most]


def keep(draft: Draft, text: str, *, by: Visit, note: str) -> None:
    """Make `text` the newest revision. Code and title follow the text as far as it can be read."""
    draft.text = text
    draft.revision += 1
    draft.changed_at = clock.now()
    head = head_of(text)
    code, title = str(head.get("code") or ""), str(head.get("title") or "").strip()
    if CODE.fullmatch(code) and draft.based_on_id is None:
        draft.code = code
    draft.title = title[:200] or draft.title
    draft.save(update_fields=["text", "revision", "changed_at", "code", "title"])
    add_revision(draft, by=by, note=note)


def add_revision(draft: Draft, *, by: Visit, note: str) -> Revision:
    """The newest text as a revision of its own."""
    return Revision.objects.create(
        draft=draft,
        number=draft.revision,
        text=draft.text,
        note=_storable(note).strip()[:240],
        saved_at=draft.changed_at,
        by_id=by.professional_id,
    )


def touch(draft: Draft, *, state: DraftState | None = None) -> None:
    """The draft changed just now, without its text."""
    draft.changed_at = clock.now()
    draft.state = state or draft.state
    draft.save(update_fields=["changed_at", "state"])


def _storable(text: str) -> str:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\ufffd")
