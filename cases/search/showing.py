"""From matches in words of rooms to words that a page shows: by the rule of each room, and still sealed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from cases.disclosure.files import File, files_of
from cases.disclosure.findable import WordsMatch, sight
from cases.disclosure.reading import Reading, setting_of
from cases.disclosure.rows import Row
from cases.search.rooms import Look, Room, room_of
from foundation.masks import from_hex, to_hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where words stand that were found: the room, the address of the page, and the row to open."""

    room: Room
    url: str
    row: Row


def shown_by_rooms(reading: Reading, purpose: str, matches: Iterable[WordsMatch]) -> list[WordsMatch]:
    """Those of `matches` that a page of their room shows to this reader, in the same order. Nothing is opened."""
    found = list(matches)
    if not found:
        return []
    spots = spots_of(reading, purpose, found)
    return [match for match in found if (match.case_id, match.uid) in spots]


def spots_of(reading: Reading, purpose: str, matches: Iterable[WordsMatch]) -> dict[tuple[int, UUID], Spot]:
    """Per case and words where they stand, for those that a page shows; the row holds only the fields that matched."""
    by_room: dict[tuple[int, str], dict[UUID, int]] = defaultdict(dict)
    for match in matches:
        fields = by_room[match.case_id, match.room]
        fields[match.uid] = fields.get(match.uid, 0) | 1 << match.bit
    if not by_room:
        return {}
    files = files_of(reading, {case_id for case_id, _name in by_room})
    looks = {pk: _look(reading, purpose, file) for pk, file in files.items()}
    found: dict[tuple[int, UUID], Spot] = {}
    for (case_id, name), fields in by_room.items():
        look = looks.get(case_id)
        if look is not None:
            for uid, spot in _in_room(look, room_of(name), fields).items():
                found[case_id, uid] = spot
    return found


def _in_room(look: Look, room: Room, fields: Mapping[UUID, int]) -> dict[UUID, Spot]:
    words = room.load(fields)
    shown = room.shows(look, words)
    stand = [row for row in words if row.uid in shown]
    return {
        row.uid: Spot(
            room=room, url=shown[row.uid], row=row._replace(present=to_hex(from_hex(row.present) & fields[row.uid]))
        )
        for row in room.rows(stand)
    }


def _look(reading: Reading, purpose: str, file: File) -> Look | None:
    decide = sight(reading, purpose, setting_of(file.case), file.recorded)
    if decide is None:
        return None

    def sees(row: Row) -> int:
        return decide(row).visible & from_hex(row.present)

    def known(row: Row) -> bool:
        decision = decide(row)
        return bool((decision.visible | decision.announced) & from_hex(row.present))

    def people() -> frozenset[str]:
        return frozenset(str(row.subject_uid) for row in file.rows if row.subject_uid and known(row))

    return Look(reading=reading, case=file.case, sees=sees, people=people)
