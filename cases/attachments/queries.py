"""Each read of this room. What a file is leaves as an answer of disclosure; its bytes only to who got that answer."""

from dataclasses import dataclass
from uuid import UUID

from cases.attachments import keys, kinds
from cases.attachments.apart import Refusal, work
from cases.attachments.commands import not_there
from cases.attachments.models import Attachment, AttachmentBytes
from cases.casework import queries as casework
from cases.casework.purpose import Session, declared
from cases.disclosure.answer import Announcement, Answer, Fact
from cases.disclosure.audience import audience
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import Taking, case_for
from cases.disclosure.rows import WORDS_RELATIONS, words_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A file as this reader may know it: by its fact, or only that it is there (told). subject: whom it is about."""

    subject: str | None
    fact: Fact | None = None
    told: Announcement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The files of one case that this reader may know of, newest first, with the head of its pages.

    people: the names that this reader may know, by uuid of the person concerned.
    """

    opened: casework.Opened
    held: tuple[Held, ...]
    people: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file that this reader may see."""

    answer: Answer
    held: Held
    fact: Fact

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.fact.value["name"])

    @property
    def type(self) -> str:
        """Its type, known from its bytes when it was given."""
        return str(self.fact.value["type"])

    @property
    def pages(self) -> int:
        """How many pages can be shown: 1 for a picture, 0 for a text."""
        return int(self.fact.value["pages"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Bytes that may leave: disclosure gave the file they belong to and the journal has it."""

    name: str
    type: str
    data: bytes


def case_attachments(reading: Reading, number: str, session: Session | None) -> Shown:
    """The files of case `number` that this reader may know of. Raises NotYourCase (journalled).

    Without a declared purpose there are none.
    """
    opened = casework.open_head(reading, number, session)
    people = {
        person.subject: str(person.first("full_name"))
        for person in opened.answer.disclosures
        if person.subject and person.first("full_name")
    }
    if not opened.answer.purpose:
        return Shown(opened=opened, held=(), people=people)
    files = Attachment.objects.filter(case=opened.case).select_related(*WORDS_RELATIONS).order_by("id")
    answer = _told(reading, case_for(reading, number), list(files), session)
    held = [Held(subject=person.subject, fact=fact) for person in answer.disclosures for fact in person.facts]
    held += [Held(subject=person.subject, told=told) for person in answer.disclosures for told in person.announcements]
    return Shown(opened=opened, held=tuple(sorted(held, key=_given_at, reverse=True)), people=people)


def one_attachment(reading: Reading, number: str, uid: UUID, session: Session | None) -> File:
    """One file, for who may see what it is; journalled.

    Raises NotYourCase (journalled), NotFound for a file that is hidden, announced only, withdrawn or not there.
    """
    taking = case_for(reading, number)
    files = Attachment.objects.filter(case=taking.case, uid=uid).select_related(*WORDS_RELATIONS)
    # Asked also when there is none: how long an answer takes must not tell what there is.
    answer = _told(reading, taking, list(files), session, named=0)
    for person in answer.disclosures:
        for fact in person.facts:
            return File(answer=answer, held=Held(subject=person.subject, fact=fact), fact=fact)
    raise not_there()


def purpose_of(reading: Reading, number: str, session: Session | None) -> str:
    """The purpose for which this reader reads the case now; "" when none was declared. Raises NotYourCase."""
    return declared(reading, case_for(reading, number).case, session)


def to_show(reading: Reading, number: str, uid: UUID, session: Session | None) -> tuple[File, str]:
    """One file for its page, with its words when it is a text; pictures are asked for apart. Raises as content."""
    file = one_attachment(reading, number, uid, session)
    return file, bytes_of(file.fact).decode() if file.type == kinds.TEXT else ""


def content(reading: Reading, number: str, uid: UUID, session: Session | None) -> tuple[File, Content]:
    """One file with its bytes as they were kept. Raises as one_attachment, and keys.Damaged."""
    file = one_attachment(reading, number, uid, session)
    return file, Content(name=file.name, type=file.type, data=bytes_of(file.fact))


def sheet(reading: Reading, number: str, uid: UUID, page: int, session: Session | None) -> Content:
    """One page of a file as a picture: page 1 of a picture is the picture itself, a PDF's page is drawn here.

    Raises as content; NotFound for a page that is not there.
    """
    file = one_attachment(reading, number, uid, session)
    if not 1 <= page <= file.pages:
        raise not_there()
    data = bytes_of(file.fact)
    if file.type != kinds.PDF:
        return Content(name=file.name, type=file.type, data=data)
    try:
        return Content(name=f"{file.name}.png", type="image/png", data=work("page", data, page=page).data)
    except Refusal:
        raise not_there() from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Giveable:
    """Where a file is about to be given: the case, whom it may be about, and who would see each field now."""

    place: casework.Place
    seen_by: dict[int, tuple[str, ...]]


def where_to_give(reading: Reading, number: str, session: Session | None, *, named: bool = True) -> Giveable:
    """The form for a file before anything is chosen: rules, and the names of the persons (journalled; not unless
    `named`).

    Raises NotYourCase.
    """
    case_for(reading, number)
    place = casework.place_with_people(reading, number, session) if named else casework.place_of(reading, number)
    return Giveable(place=place, seen_by=audience(reading, place.case, under=place.under))


def bytes_of(fact: Fact) -> bytes:
    """The bytes that belong to a fact which disclosure gave: without its key they do not open.

    Raises NotFound when they were erased, keys.Damaged.
    """
    uid = UUID(fact.contribution)
    stored = AttachmentBytes.objects.filter(attachment__uid=uid, attachment__withdrawn_at=None).first()
    if stored is None:
        raise not_there()
    return keys.unlock(bytes(stored.locked), str(fact.value["key"]), uid=uid)


def _told(
    reading: Reading, taking: Taking, files: list[Attachment], session: Session | None, *, named: int = -1
) -> Answer:
    purpose = declared(reading, taking.case, session)
    opening = Opening(case=taking.case, purpose=purpose, seen=taking.seen, by=taking.by, rows=words_rows(files))
    return disclose(reading, [opening], named=named)[0]


def _given_at(held: Held) -> tuple[str, str]:
    found = held.fact or held.told
    return (found.given_at.isoformat(), found.contribution) if found else ("", "")
