"""What the registers hold: frozen values, made in record.py and public.py. No case data, no rows of tables."""

from dataclasses import dataclass
from datetime import date

from agreements.covenants.answers import AgencyLine, ArticleInWords, DpiaLine, VersionLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An agency with where it can be reached. people: whom to ask for (the privacy officers); "" for none."""

    code: str
    name: str
    type_label: str
    email: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One section of the catalogue in one covenant, as far as it concerns the agency of the record.

    fields: labels. sources, recipients: names of agencies. gives, receives: what the agency itself does with it.
    announced: labels of fields of which only the existence is told.
    """

    section: str
    fields: tuple[str, ...]
    announced: tuple[str, ...]
    classes: tuple[str, ...]
    sources: tuple[str, ...]
    recipients: tuple[str, ...]
    gives: bool
    receives: bool
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One processing: what an agency does under one covenant. Source: AVG art. 30(1) and (2).

    retention: (what, how long, article). security: (measure, articles). purposes: (article, label).
    """

    code: str
    title: str
    version: VersionLine
    capacity: str
    capacity_label: str
    controllers: tuple[Contact, ...]
    on_behalf_of: str
    processors: tuple[str, ...]
    contact_point: Contact | None
    purposes: tuple[tuple[str, str], ...]
    subjects: tuple[str, ...]
    categories: tuple[Category, ...]
    recipients: tuple[str, ...]
    retention: tuple[tuple[str, str, str], ...]
    security: tuple[tuple[str, str], ...]
    bases: tuple[str, ...]
    dpia: DpiaLine | None
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The record of processing of one agency as it was on a day, at the end of that day or now."""

    agency: Contact
    oin: str
    day: date
    is_today: bool
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLine:
    """A covenant in force in the public list."""

    code: str
    title: str
    version: VersionLine
    purposes: tuple[str, ...]
    parties: tuple[AgencyLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCovenant:
    """A covenant in force as residents read it: agencies, never people."""

    code: str
    title: str
    version: VersionLine
    regime_label: str
    parties: tuple[AgencyLine, ...]
    purposes: tuple[tuple[str, str], ...]
    subjects: tuple[str, ...]
    articles: tuple[ArticleInWords, ...]
    retention: tuple[tuple[str, str, str], ...]
    contact_point: Contact | None
    dpia: DpiaLine | None
    sha256: str
