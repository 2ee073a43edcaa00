"""The joint view of a life domain, typed by who leads the meeting while everybody present looks on.

What is typed is first a draft, kept within half a second, and becomes a version of the Picture when the typist stops,
leaves the field or loses the connection. Nobody overwrites what they have not seen: see `_check_base`.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.models import Membership
from agreements.parties.reader import visit_of
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words, sealed
from cases.disclosure.reading import Reading
from cases.meetings import bell
from cases.meetings.commands.at_item import WHAT, hearers, worked_item
from cases.meetings.commands.pictures import WORK, both, check_domain
from cases.meetings.models import AgendaItem, Picture, TypedDraft
from cases.meetings.rights import check_chair
from cases.records.models import Case
from cases.records.sealed import SealedFacts, fingerprint
from foundation.errors import Invalid, Problem

FIELD = "joint_view"


class TypedOver(Problem):
    """Somebody else wrote here since: both texts stay until a person chooses."""

    code = "typed_over"
    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed: the whole text of one life domain.

    client: the page it was typed on. seq: its key press, going up. base: the version of the joint view it was typed
    over, as that page last knew it (0: there was none).
    """

    domain: str
    text: str
    client: UUID
    seq: int = 0
    base: int = 0


def version_of(picture: Picture | None) -> int:
    """The number of the present version of a joint view; 0 when there is none."""
    if picture is None or picture.pk is None:
        return 0
    newest: int = Picture.history.filter(id=picture.pk).latest("history_id").history_id
    return newest


def standing_view(item: AgendaItem, domain: str) -> Picture | None:
    """The joint view of a domain as it was last saved."""
    return Picture.objects.filter(item=item, domain=domain, joint=True, withdrawn_at=None).first()


def writing_item(reading: Reading, item_uid: UUID) -> tuple[AgendaItem, Case]:
    """The item that is on, for who may write its joint view: who leads the meeting.

    Raises NotYourMeeting, NotYourCase, Refused, Invalid.
    """
    item, case = worked_item(reading, item_uid)
    check_chair(reading, item.meeting)
    return item, case


def as_words(reading: Reading, item: AgendaItem, case: Case, typed: Typed) -> Picture:
    """The typed text as words that can be disclosed before they are saved: heard as they will be."""
    standing = standing_view(item, typed.domain)
    made = new_words(
        Picture, reading, case, {FIELD: typed.text}, heard=_heard(reading, item, standing), item=item,
        domain=typed.domain, joint=True,
    )  # fmt: skip
    if standing is not None:
        made.uid = standing.uid
    return made


def keep_draft(reading: Reading, item_uid: UUID, typed: Typed) -> int:
    """Store what is being typed; returns the version it stands on. Not yet a version, and not journalled as one.

    Raises TypedOver; NotYourMeeting, NotYourCase, Refused, Invalid.
    """
    item, _case = writing_item(reading, item_uid)
    _check_text(reading, typed)
    standing = _check_base(reading, item, typed)
    columns = {
        **sealed(reading, {FIELD: typed.text}), "typist_id": reading.visit.membership_id, "client": typed.client,
        "seq": typed.seq, "base": version_of(standing), "written_at": reading.at,
    }  # fmt: skip
    place = TypedDraft.objects.filter(item=item, domain=typed.domain)
    with transaction.atomic():
        # An older key press that was underway longer does not overwrite a newer one.
        if not place.filter(seq__lte=typed.seq).update(**columns) and not place.exists():
            TypedDraft.objects.create(item=item, domain=typed.domain, **columns)
    return version_of(standing)


def save_joint(reading: Reading, item_uid: UUID, typed: Typed) -> int:
    """Make what was typed the joint view; returns its version. The same text again makes none.

    Who heard the text before and hears it now may read it; somebody who came in since has it read out first
    (`read_out`). An empty text takes the view away. Raises as keep_draft.
    """
    item, case = writing_item(reading, item_uid)
    _check_text(reading, typed)
    standing = _check_base(reading, item, typed)
    with transaction.atomic(), write_scope():
        same = _is_same(standing, SealedFacts.seal({FIELD: typed.text}))
        made = standing if same else _save(reading, item, case, typed, standing)
        TypedDraft.objects.filter(item=item, domain=typed.domain).delete()
    return version_of(made)


def read_out(reading: Reading, item_uid: UUID, domain: str) -> None:
    """The chair reads the joint view of a domain to who is there now: they heard it from here on as well.

    Raises NotYourMeeting, NotYourCase, Refused, Invalid when there is no such view.
    """
    item, _case = writing_item(reading, item_uid)
    standing = standing_view(item, domain)
    if standing is None:
        raise Invalid(_("Hier staat nog geen gezamenlijk beeld."), field="domain", remedy=_("Schrijf het eerst."))
    heard = " ".join(sorted({*standing.heard.split(), *hearers(reading, item)}))
    if heard == standing.heard:
        return
    with transaction.atomic(), write_scope():
        standing.heard = heard
        save_words(reading, standing, event="picture.read_out", action=Action.EXECUTE, domain=domain)
        # Others hear it from now on: what each screen may show is worked out anew.
        bell.changed(item.meeting, what=WHAT)


def settle_drafts(reading: Reading, item: AgendaItem, *, domain: str = "") -> int:
    """Save what was typed at an item and not saved yet, each in the name of its typist; returns how many.

    Inside or outside the caller's transaction: at the end of an item, and after a connection or a process was lost.
    """
    drafts = TypedDraft.objects.filter(item=item).select_related("typist__professional", "typist__agency")
    found = list(drafts.filter(domain=domain) if domain else drafts)
    for draft in found:
        with transaction.atomic(), write_scope():
            _settle(reading, item, draft)
    return len(found)


def _settle(reading: Reading, item: AgendaItem, draft: TypedDraft) -> None:
    case = item.case
    if TypedDraft.objects.filter(pk=draft.pk, seq=draft.seq).delete()[0] and case is not None:
        typist = _as(reading, draft.typist)
        standing = standing_view(item, draft.domain)
        if _is_same(standing, draft.values):
            return
        made, action = _next_version(typist, item, case, draft.domain, standing)
        made.values, made.present, made.submission = draft.values, draft.present, draft.client
        save_words(typist, made, event="picture.joint_saved", action=action, item=str(item.uid), domain=draft.domain)
        bell.changed(item.meeting, what=WORK)


def _as(reading: Reading, membership: Membership) -> Reading:
    """The reading of somebody who typed: what they wrote is saved in their name."""
    if membership.pk == reading.visit.membership_id:
        return reading
    visit = visit_of(membership, strength=reading.visit.strength, trace_id=reading.visit.trace_id)
    return replace(reading, visit=visit, memo={})


def _save(reading: Reading, item: AgendaItem, case: Case, typed: Typed, standing: Picture | None) -> Picture | None:
    if standing is None and not typed.text.strip():
        return None
    made, action = _next_version(reading, item, case, typed.domain, standing)
    made.submission = typed.client
    if typed.text.strip():
        for column, value in sealed(reading, {FIELD: typed.text}).items():
            setattr(made, column, value)
    else:
        made.withdrawn_at, action = reading.at, Action.DELETE
    save_words(reading, made, event="picture.joint_saved", action=action, item=str(item.uid), domain=typed.domain)
    bell.changed(item.meeting, what=WORK)
    return made if made.withdrawn_at is None else None


def _is_same(standing: Picture | None, values: SealedFacts) -> bool:
    """Whether the text that stands is this one, without opening either."""
    return standing is not None and fingerprint(standing.values) == fingerprint(values)


def _next_version(
    reading: Reading, item: AgendaItem, case: Case, domain: str, standing: Picture | None
) -> tuple[Picture, Action]:
    heard = _heard(reading, item, standing)
    if standing is None:
        return new_words(Picture, reading, case, {}, heard=heard, item=item, domain=domain, joint=True), Action.CREATE
    standing.heard, standing.given_at = " ".join(heard), reading.at
    standing.entered_by_id = reading.visit.professional_id
    return standing, Action.UPDATE


def _heard(reading: Reading, item: AgendaItem, standing: Picture | None) -> tuple[str, ...]:
    return both(standing.heard if standing else "", hearers(reading, item), own=reading.visit.agency.code)


def _check_base(reading: Reading, item: AgendaItem, typed: Typed) -> Picture | None:
    """The standing view, if this page may write over it: it knew its newest version, or wrote that itself."""
    others = TypedDraft.objects.filter(item=item, domain=typed.domain).exclude(client=typed.client)
    if others.exists():
        settle_drafts(reading, item, domain=typed.domain)
    standing = standing_view(item, typed.domain)
    if (
        standing is None
        or standing.submission == typed.client
        or _is_same(standing, SealedFacts.seal({FIELD: typed.text}))
    ):
        return standing
    if version_of(standing) != typed.base:
        raise TypedOver(
            _("Iemand anders schreef hier intussen ook."),
            remedy=_("Beide teksten staan op uw scherm. Kies welke blijft, of voeg ze samen."), field="text",
        )  # fmt: skip
    return standing


def _check_text(reading: Reading, typed: Typed) -> None:
    check_domain(reading, typed.domain)
    if typed.text.strip():
        checked_words(reading, {FIELD: typed.text}, names={FIELD: "text"})
