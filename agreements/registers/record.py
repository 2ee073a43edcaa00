"""The record of processing of one agency: what follows from the covenants it was party to. Source: AVG art. 30.

Nothing here is typed in by anybody: everything comes from documents, parties and the catalogue.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.covenants.bases import basis_words
from agreements.covenants.labels import label
from agreements.covenants.queries import dpia_line, version_line
from agreements.covenants.rules import REGISTER_READERS
from agreements.parties.models import Agency, Membership
from agreements.parties.reader import Visit
from agreements.parties.rules import Role
from agreements.policy.catalogue import Catalogue, Field, Section, load_catalogue
from agreements.policy.vocabulary import BUREAU
from agreements.registers.answers import Activity, Category, Contact, Record
from agreements.registers.flows import Flow, flows
from agreements.registers.in_force_then import PartyThen, Then, in_force_at
from agreements.registers.words import DATA_CLASSES, measures_of, retention_of, subjects_of
from foundation import clock
from foundation.errors import Invalid, Refused


def record_of(visit: Visit, *, day: date | None = None) -> Record:
    """The record of the visit's own agency, today or as it was at the end of an earlier day.

    Raises:
        Refused: for who holds none of REGISTER_READERS.
        Invalid: for a day that has yet to come.
    """
    check_may_read(visit)
    today = clock.today()
    if day is not None and day > today:
        raise Invalid(_("Die dag moet nog komen."), remedy=_("Kies een dag tot en met vandaag."), field="op")
    is_today = day is None or day == today
    at = clock.now() if is_today else clock.end_of(day or today) - datetime.resolution
    agency = Agency.objects.get(pk=visit.agency.id)
    officers = _privacy_officers(at)
    activities = [
        _activity(found, agency, at, officers)
        for found in in_force_at(at, suspended_too=True)
        if any(item.agency.pk == agency.pk for item in found.parties)
    ]
    return Record(
        agency=_contact(agency, officers),
        oin=agency.oin,
        day=day or today,
        is_today=is_today,
        activities=tuple(activities),
    )


def check_may_read(visit: Visit) -> None:
    """Raises Refused unless the visit holds a role that reads the record."""
    if not visit.roles & REGISTER_READERS:
        raise Refused(
            _("Het verwerkingsregister is voor wie over de verwerkingen van uw organisatie gaat."),
            remedy=_("Vraag uw privacy officer, jurist, tekenbevoegde of contactpunt."),
        )


Officers = dict[int, tuple[str, ...]]


def _privacy_officers(at: datetime) -> Officers:
    """The names of the privacy officers at a moment, by agency. Source: AVG art. 30(1)(a)."""
    found: Officers = {}
    rows = Membership.objects.filter(starts__lte=at).exclude(ends__lte=at).select_related("professional")
    for row in rows.order_by("professional__name"):
        if Role.PRIVACY_OFFICER in row.roles:
            found[row.agency_id] = (*found.get(row.agency_id, ()), row.professional.name)
    return found


def _contact(agency: Agency, officers: Officers) -> Contact:
    return Contact(
        code=agency.code,
        name=agency.name_in(get_language() or "nl"),
        type_label=label("agency_type", agency.type),
        email=agency.contact_email,
        people=officers.get(agency.pk, ()),
    )


def _activity(found: Then, agency: Agency, at: datetime, officers: Officers) -> Activity:
    document, catalogue = found.document, load_catalogue()
    own = next(item for item in found.parties if item.agency.pk == agency.pk)
    every = tuple(flows(document, catalogue, found.parties, at=at))
    mine = every if own.capacity in ("controller", BUREAU) else _of_agency(every, agency.code)
    fields = [field for field in catalogue.fields if any(flow.fields >> field.bit & 1 for flow in mine)]
    contact_point = next(iter(found.of_type(document.contact_point)), None) if document.contact_point else None
    return Activity(
        code=found.covenant.code,
        title=document.title,
        version=version_line(found.version, found.standing),
        capacity=own.capacity,
        capacity_label=label("capacity", own.capacity),
        controllers=tuple(_contact(item.agency, officers) for item in found.parties if item.capacity == "controller"),
        on_behalf_of=_principal(found) if own.capacity == BUREAU else "",
        processors=tuple(_bureau(found, item) for item in found.parties if item.capacity == BUREAU),
        contact_point=_contact(contact_point.agency, officers) if contact_point else None,
        purposes=tuple((number, label("purpose", code)) for number, code in document.purposes.items()),
        subjects=tuple(subjects_of(document, fields)),
        categories=tuple(_categories(found, agency.code, mine, catalogue)),
        recipients=tuple(_recipients(found, mine)),
        retention=tuple(retention_of(document)),
        security=tuple(measures_of(document)),
        bases=_bases(found, {flow.article for flow in mine}),
        dpia=dpia_line(document, on=at.astimezone(clock.AMSTERDAM).date()),
        sha256=found.version.sha256,
    )


def _of_agency(every: Iterable[Flow], code: str) -> tuple[Flow, ...]:
    return tuple(flow for flow in every if code in (flow.source, flow.recipient))


def _principal(found: Then) -> str:
    """For whom the bureau works: it has no legal person of its own (domain reference, agency codes)."""
    bureau = found.document.bureau
    if bureau is None:
        return ""
    parties = found.of_type(bureau.acts_for)
    return _name(parties[0]) if parties else label("agency_type", bureau.acts_for)


def _bureau(found: Then, item: PartyThen) -> str:
    return _("%(bureau)s, bureau namens %(who)s") % {"bureau": _name(item), "who": _principal(found)}


def _categories(found: Then, own: str, mine: Iterable[Flow], catalogue: Catalogue) -> Iterator[Category]:
    listed = tuple(mine)
    for section in catalogue.sections:
        mask = catalogue.section_mask(section.code)
        touching = [flow for flow in listed if flow.fields & mask]
        if touching:
            yield _category(found, own, section, touching, catalogue)


def _category(found: Then, own: str, section: Section, touching: list[Flow], catalogue: Catalogue) -> Category:
    language = get_language() or "nl"
    shown = _fields(catalogue, section.code, (flow for flow in touching if not flow.announced))
    told = [field for field in _fields(catalogue, section.code, touching) if field not in shown]
    classes = dict.fromkeys(field.data_class for field in (*shown, *told))
    return Category(
        section=section.label_en if language.startswith("en") else section.label_nl,
        fields=tuple(field.label(language) for field in shown),
        announced=tuple(field.label(language) for field in told),
        classes=tuple(str(DATA_CLASSES[code]) for code in DATA_CLASSES if code in classes),
        sources=_names(found, {flow.source for flow in touching}),
        recipients=_names(found, {flow.recipient for flow in touching}),
        gives=any(flow.source == own for flow in touching),
        receives=any(flow.recipient == own for flow in touching),
        articles=_in_order(found, {flow.article for flow in touching}),
    )


def _fields(catalogue: Catalogue, section: str, touching: Iterable[Flow]) -> list[Field]:
    mask = 0
    for flow in touching:
        mask |= flow.fields
    return [field for field in catalogue.fields if field.section == section and mask >> field.bit & 1]


def _recipients(found: Then, mine: Iterable[Flow]) -> Iterator[str]:
    """Categories of recipients: kinds of agency, in the order of the parties. Source: AVG art. 30(1)(d)."""
    receiving = {flow.recipient for flow in mine}
    kinds = (label("agency_type", item.agency.type) for item in found.parties if item.agency.code in receiving)
    yield from dict.fromkeys(kinds)


def _bases(found: Then, articles: set[str]) -> tuple[str, ...]:
    placed = (
        rule.basis or article.basis
        for _kind, _path, article, rule in found.document.placed_rules()
        if rule.id in articles
    )
    return tuple(dict.fromkeys(basis_words(code) for bases in placed for code in bases))


def _in_order(found: Then, articles: set[str]) -> tuple[str, ...]:
    return tuple(rule.id for _kind, _path, _article, rule in found.document.placed_rules() if rule.id in articles)


def _names(found: Then, codes: set[str]) -> tuple[str, ...]:
    return tuple(_name(item) for item in found.parties if item.agency.code in codes)


def _name(item: PartyThen) -> str:
    return item.agency.name_in(get_language() or "nl")
