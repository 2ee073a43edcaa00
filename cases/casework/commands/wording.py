"""Writes sealed words of the rooms (signal, triage, meeting, plan): one way to seal, save and journal them."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from agreements.covenants.standing import covenants_of_party
from audit.journal.appender import append
from audit.journal.entry import Action
from cases.casework.rules import is_readable
from cases.disclosure.reading import Reading
from cases.records.history import words_ref
from cases.records.models import Case, CaseSubject, SealedWords
from cases.records.sealed import SealedFacts
from foundation.errors import Invalid, Refused
from foundation.masks import from_hex, to_hex

Words = TypeVar("Words", bound=SealedWords)


def under_of(reading: Reading, case: Case) -> str:
    """The covenants of this case under which the reader's agency may write now, as the column holds them.

    Raises Refused when there is none.
    """
    found = covenants_of_party(reading.policy, agency=reading.agency, covenants=case.covenant_codes, at=reading.at)
    if not found:
        raise Refused(
            _("Uw organisatie is nu geen partij bij een convenant van deze casus."),
            remedy=_("Vraag uw tekenbevoegde om toe te treden; uw tekst staat nog op dit scherm."),
        )
    return " ".join(sorted(found))


def checked_words(reading: Reading, values: Mapping[str, Any], *, names: Mapping[str, str] | None = None) -> None:
    """Raises Invalid for every value that its catalogue field does not take; `names`: field code → form field."""
    errors: list[tuple[str, str]] = []
    for code, value in values.items():
        field = reading.policy.catalogue.by_code[code]
        if isinstance(value, str) and not is_readable(value):
            fault = _("Haal de onleesbare tekens weg.")
        else:
            fault = field.check(value)
        if fault:
            errors.append(((names or {}).get(code, code), fault))
    if errors:
        raise Invalid(
            _("Sommige velden kloppen nog niet."), errors=tuple(errors), field=errors[0][0],
            remedy=_("Verbeter de velden hieronder; wat u typte staat er nog."),
        )  # fmt: skip


def sealed(reading: Reading, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns `values` and `present` for these words."""
    return {
        "values": SealedFacts.seal(values),
        "present": to_hex(reading.policy.catalogue.mask(values)),
    }


def new_words(
    model: type[Words],
    reading: Reading,
    case: Case,
    values: Mapping[str, Any],
    *,
    about: CaseSubject | None = None,
    heard: Iterable[str] = (),
    submission: UUID | None = None,
    **columns: Any,
) -> Words:
    """Unsaved words of the reader's agency, written now. Check them first (`checked_words`)."""
    return model(
        case=case, about=about, source_id=reading.visit.agency.id, under=under_of(reading, case),
        heard=" ".join(sorted(set(heard))), given_at=reading.at, entered_by_id=reading.visit.professional_id,
        submission=submission, **sealed(reading, values), **columns,
    )  # fmt: skip


def save_words(
    reading: Reading, words: SealedWords, *, event: str, action: Action, reason: str = "", break_glass: bool = False,
    articles: tuple[str, ...] = (), **detail: str | int,
) -> None:  # fmt: skip
    """Save words with their version and journal it, inside the caller's transaction and write scope."""
    words._history_date = reading.at  # type: ignore[attr-defined]
    words._history_user = None  # type: ignore[attr-defined]
    words.save()
    version = type(words).history.filter(id=words.pk).latest("history_id")
    append(
        [
            reading.entry(
                event=event,
                action=action,
                case_ref=words.case.ref,
                subject_ref=words.about.subject.ref if words.about else "",
                fields=from_hex(words.present),
                reason=reason,
                break_glass=break_glass,
                articles=articles,
                history=(words_ref(version),),
                detail={"words": str(words.uid), "under": words.under, **detail},
            )
        ]
    )
