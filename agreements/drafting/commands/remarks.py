"""Remarks in consultation and their answers, and why a warning of the linter is left as it is."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.drafting.commands.shared import journal, locked, words
from agreements.drafting.findings import warning_named
from agreements.drafting.models import Draft, FindingAnswer, Remark
from agreements.drafting.rights import check_may_write, may_remark, may_reopen, readable
from agreements.drafting.texts import numbers_in, outline
from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused


@transaction.atomic
def add_remark(visit: Visit, uid: Any, *, article: str, text: str) -> Remark:
    """Say something about an article or rule ("" = the whole) of a draft that is in the making.

    Raises:
        NotFound: not for this visit. Refused: no longer in the making.
        Invalid: no text, or no such article.
    """
    draft = locked(visit, uid)
    if not may_remark(visit, draft):
        raise Refused(
            _("Opmerkingen kunnen niet meer: dit concept is niet meer in de maak."),
            remedy=_("Vraag de penvoerder om het terug te halen."),
        )
    said = words(text, field="text", empty=_("Een opmerking heeft tekst nodig."))
    place = article.strip()
    if place and outline(draft.text).content and place not in numbers_in(draft.text):
        raise Invalid(
            _("Artikel %(article)s staat niet in dit concept.") % {"article": place[:20]},
            remedy=_("Kies een artikel uit de lijst, of maak een opmerking over het geheel."),
            field="article",
        )
    with write_scope(reason="draft.remarked"):
        remark = Remark.objects.create(
            draft=draft,
            article=place[:20],
            revision=draft.revision,
            text=said,
            agency_id=visit.agency.id,
            author_id=visit.professional_id,
            made_at=clock.now(),
        )
        journal(visit, "draft.remarked", draft, action=Action.CREATE, remark=str(remark.uid), article=remark.article)
    return remark


@transaction.atomic
def resolve_remark(visit: Visit, remark_uid: Any, *, answer: str) -> Remark:
    """Answer a remark in words: what was changed, or why not.

    Raises: NotFound. Refused: not the owner's counsel. Invalid: no answer, or answered already.
    """
    remark, draft = _remark(visit, remark_uid)
    check_may_write(visit, draft)
    if remark.resolved_at is not None:
        raise Invalid(_("Deze opmerking is al beantwoord."), remedy=_("Heropen haar eerst."), field="remark")
    said = words(answer, field="answer", empty=_("Een opmerking wordt met woorden beantwoord."))
    remark.answer, remark.resolved_at, remark.resolved_by_id = said, clock.now(), visit.professional_id
    with write_scope(reason="draft.remark_resolved"):
        remark.save(update_fields=["answer", "resolved_at", "resolved_by"])
        journal(visit, "draft.remark_resolved", draft, remark=str(remark.uid), article=remark.article)
    return remark


@transaction.atomic
def reopen_remark(visit: Visit, remark_uid: Any) -> Remark:
    """Say that the answer does not settle the remark: its own agency, or the owner's counsel. The answer stays.

    Raises: NotFound. Refused: neither of those, or no longer in the making. Invalid: it is open.
    """
    remark, draft = _remark(visit, remark_uid)
    if not may_reopen(visit, draft, remark):
        raise Refused(
            _("Alleen wie de opmerking maakte of een jurist van %(owner)s heropent haar, zolang er geen tekst ligt.")
            % {"owner": draft.owner.name},
            remedy=_("Maak een nieuwe opmerking."),
        )
    if remark.resolved_at is None:
        raise Invalid(_("Deze opmerking staat nog open."), remedy=_("Wacht op het antwoord."), field="remark")
    remark.resolved_at, remark.resolved_by = None, None
    with write_scope(reason="draft.remark_reopened"):
        remark.save(update_fields=["resolved_at", "resolved_by"])
        journal(visit, "draft.remark_reopened", draft, remark=str(remark.uid), article=remark.article)
    return remark


@transaction.atomic
def answer_finding(visit: Visit, uid: Any, *, code: str, article: str, message: str, text: str) -> FindingAnswer:
    """Say why a warning of the linter is left as it is. It answers that sentence; another sentence asks again.

    Raises:
        NotFound, Refused: not for this visit.
        Invalid: there is no such finding (any more), it is an error, or the answer is empty.
    """
    draft = locked(visit, uid)
    check_may_write(visit, draft)
    found = warning_named(draft, code=code, article=article, message=message)
    said = words(text, field="text", empty=_("Een waarschuwing wordt met woorden beantwoord."))
    with write_scope(reason="draft.finding_answered"):
        answer, _new = FindingAnswer.objects.update_or_create(
            draft=draft,
            code=found.code,
            article=found.article,
            message=found.message,
            defaults={"text": said, "by_id": visit.professional_id, "answered_at": clock.now()},
        )
        journal(visit, "draft.finding_answered", draft, finding=found.code, article=found.article)
    return answer


def _remark(visit: Visit, uid: Any) -> tuple[Remark, Draft]:
    found = Remark.objects.filter(uid=uid, draft__in=readable(visit)).select_related("draft").first()
    if found is None:
        raise NotFound(
            _("Deze opmerking bestaat niet, of het concept is niet met uw organisatie gedeeld."),
            remedy=_("Kies een opmerking uit de lijst."),
        )
    draft = locked(visit, found.draft.uid)
    return Remark.objects.select_related("agency").get(pk=found.pk), draft
