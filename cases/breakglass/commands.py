"""Each write of this room: taking break-glass, ending it, and noting that its outcome was read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.epoch import bump_epoch, lock_epoch
from agreements.covenants.rules import Author
from agreements.models import Agency
from audit.journal.apart import append_apart
from audit.journal.entry import Action, Outcome
from audit.journal.scope import write_scope
from audit.reviews.commands import Act, escalate, open_review, overdue_entry
from audit.reviews.reading import outcome_of, overdue
from cases.breakglass import mails
from cases.breakglass.events import ENDED, OPENED, REFUSED, TOLD
from cases.breakglass.officers import addresses_of, stands_in
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.disclosure.emergency import Allowed, allowed, standing
from cases.disclosure.reading import Reading, article_texts
from cases.disclosure.refusals import case_for
from cases.records.models import BreakGlass, Case
from foundation.errors import Invalid, NotFound, Refused

LEAST_REASON = 10
"""Characters of a reason at least: a word is no account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An act that was made, its review, and to how many officers a mail went."""

    uid: UUID
    review: UUID
    told: int


def break_glass(reading: Reading, number: str, *, reason: str, article: str = "") -> Taken:
    """Open what an article gives in acute danger to this reader alone, for the article's time, from now.

    article: "PGA-MD 12.1"; "" is the only one there is. The caller has made sure of a fresh strong sign-in.
    Tells the privacy officers of the sources and of the reader at once, and opens the review.
    Raises NotYourCase, Refused (no article allows it; journalled), Invalid (reason, or one stands already),
    JournalUnavailable: then nothing was opened.
    Source: design, section 3; AVG art. 6(1)(d), 9(2)(c); NEN 7513.
    """
    case, reason = case_for(reading, number).case, reason.strip()
    chosen = _chosen(reading, case, article)
    if len(reason) < LEAST_REASON:
        raise Invalid(
            _("Schrijf welk gevaar er is en waarom u dit nu moet weten."), field="reason",
            remedy=_("Een of twee zinnen is genoeg."),
        )  # fmt: skip
    checked_words(reading, {"case_note": reason}, names={"case_note": "reason"})
    ref, until = chosen.article.ref, reading.at + timedelta(minutes=chosen.article.minutes)
    reader = Agency.objects.get(pk=reading.visit.agency.id)
    with transaction.atomic(), write_scope() as scope:
        # One at a time for this case: two clicks make one act.
        Case.objects.select_for_update().get(pk=case.pk)
        if any(act.article.ref == ref for act in standing(reading, case)):
            raise Invalid(
                _("U heeft al noodtoegang onder dit artikel."), field="article", remedy=_("Lees verder op deze pagina.")
            )
        made = new_words(
            BreakGlass, reading, case, {"case_note": reason}, heard=(reading.visit.agency.code,),
            covenant=ref.covenant, article=ref.article, until=until,
        )  # fmt: skip
        save_words(
            reading, made, event=OPENED, action=Action.CREATE, reason=reason, break_glass=True,
            articles=article_texts([ref]), act=str(made.uid), until=until.isoformat(),
        )  # fmt: skip
        review = open_review(_act(reading, case, made, chosen, reader=reader, entry_uid=scope.uids[-1]))
    deadline = reading.at + timedelta(hours=_review_hours(chosen))
    told = mails.tell(addresses_of((reader, *chosen.sources)), review=review, deadline=deadline)
    return Taken(uid=made.uid, review=review, told=told)


def end_break_glass(reading: Reading, number: str, uid: UUID) -> None:
    """The reader ends their own act early; open pages are read anew. Raises NotYourCase, NotFound."""
    case = case_for(reading, number).case
    if all(act.uid != uid for act in standing(reading, case)):
        raise NotFound(_("Deze noodtoegang staat niet meer open."), remedy=_("Ga terug naar de casus."))
    with transaction.atomic(), write_scope():
        # Pages that are open ask whether the rules are still those they were made under.
        lock_epoch()
        bump_epoch()
        found = BreakGlass.objects.select_for_update().get(uid=uid)
        found.ended_at = reading.at
        save_words(reading, found, event=ENDED, action=Action.UPDATE, break_glass=True, act=str(uid))


def note_outcome_read(reading: Reading, acts: Iterable[BreakGlass]) -> None:
    """Remember that the reader was shown what came of the reviews of these acts of theirs."""
    for found in [act for act in acts if act.told_at is None and outcome_of(act.ref)]:
        with transaction.atomic(), write_scope():
            found.told_at = reading.at
            save_words(reading, found, event=TOLD, action=Action.UPDATE, break_glass=True, act=str(found.uid))


def tell_overdue(*, by: Author) -> int:
    """Tell the officers of every review that is past its deadline, once; returns of how many."""
    n = 0
    for review in overdue():
        entry = overdue_entry(review, actor_ref=by.actor_ref, agency_ref=by.agency_ref)
        if escalate(review, by=entry):
            n += 1
            agencies = Agency.objects.filter(oin__in=[review.agency_ref, *review.source_refs])
            mails.tell(addresses_of(agencies), review=review.uid, deadline=review.deadline, late=True)
    return n


def _chosen(reading: Reading, case: Case, article: str) -> Allowed:
    """The article under which is acted. Raises Refused, in the journal, when none allows it to this reader."""
    found = allowed(reading, case)
    chosen = next((item for item in found if article in ("", item.key)), None)
    if chosen is not None:
        return chosen
    append_apart(
        [
            reading.entry(
                event=REFUSED, outcome=Outcome.REFUSED, action=Action.CREATE, case_ref=case.ref, break_glass=True,
                detail={"asked": article[:60]},
            )
        ]
    )  # fmt: skip
    raise Refused(
        _("Geen artikel van de convenanten van deze casus geeft uw rol noodtoegang."),
        remedy=_("Bel 112 bij acuut gevaar, of vraag de bron wat u moet weten."),
        article=" ".join(case.covenants.split()),
    )


def _review_hours(chosen: Allowed) -> int:
    latest: int = settings.BREAK_GLASS_REVIEW_HOURS
    return min(latest, chosen.article.review_hours or latest)


def _act(reading: Reading, case: Case, made: BreakGlass, chosen: Allowed, *, reader: Agency, entry_uid: str) -> Act:
    visit = reading.visit
    return Act(
        act_ref=made.ref, entry_uid=entry_uid, reader_ref=visit.actor_ref, agency_ref=visit.agency_ref,
        sources=tuple(agency.oin for agency in chosen.sources),
        stands_in=stands_in(reader=reader, reader_ref=visit.actor_ref, sources=chosen.sources),
        case_ref=case.ref, article=article_texts([chosen.article.ref])[0], opened_at=made.given_at,
        until=made.until, deadline=made.given_at + timedelta(hours=_review_hours(chosen)),
    )  # fmt: skip
