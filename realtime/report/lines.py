"""Told events as lines of a report: plain values, in the language of this moment. Opens nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.formats import date_format

from agreements.policy.catalogue import Catalogue
from foundation import clock
from realtime.alarms.models import Alarm
from realtime.channels.models import Kind
from realtime.channels.telling import Told
from realtime.channels.words import ENDS, TAKES, kind_of, name_of, notice_of, status_of, words_of


class Page:
    """The parts of a report, made of these events; photos: those with a picture, alarms: what became of them."""

    def __init__(
        self, catalogue: Catalogue, told: Sequence[Told], photos: Sequence[UUID], alarms: Mapping[UUID, Alarm]
    ) -> None:
        self._catalogue, self._told, self._photos, self._alarms = catalogue, told, frozenset(photos), alarms
        self._by_uid = {one.event.uid: one for one in told}
        self._language = (translation.get_language() or "nl")[:2]

    def entries(self) -> list[dict[str, Any]]:
        """Every event in order."""
        return [self._entry(one) for one in self._told]

    def tasks(self) -> list[dict[str, Any]]:
        """Each task with who took it on and who said that it was done."""
        return [
            self._short(one)
            | {"taken": self._names(one, TAKES), "done": self._names(one, ENDS), "ended": self._ended(one)}
            for one in self._begun(Kind.TASK)
        ]

    def handovers(self) -> list[dict[str, Any]]:
        """What was handed over."""
        return [self._short(one) for one in self._begun(Kind.HANDOVER)]

    def alarms(self) -> list[dict[str, Any]]:
        """Each alarm with who came and how it ended."""
        return [self._alarm(one, self._alarms[one.event.uid]) for one in self._told if one.event.uid in self._alarms]

    def _alarm(self, told: Told, alarm: Alarm) -> dict[str, Any]:
        return self._short(told) | {
            "who": alarm.sender.professional.name,
            "at": at(alarm.raised_at, seconds=True),
            "state": str(alarm.get_state_display()),
            "answers": [
                {"name": one.name, "at": at(one.at, seconds=True), "minutes": one.minutes}
                for one in alarm.answers.all()
            ],
            "ended": at(alarm.ended_at, seconds=True) if alarm.ended_at else "",
            "ended_by": alarm.ender,
        }

    def _entry(self, told: Told) -> dict[str, Any]:
        event, target = told.event, self._by_uid.get(told.target) if told.target else None
        return {
            "at": at(event.given_at),
            "agency": event.source.monogram,
            "who": name_of(told) if told.pieces else "",
            "kind": kind_of(told),
            "notice": notice_of(told),
            "answers": f"{name_of(target)}, {at(target.event.given_at)}" if target and told.pieces else "",
            "between": ", ".join(event.heard.split()),
            "photo": str(event.uid) if event.uid in self._photos else "",
            "pieces": [
                {
                    "label": self._catalogue.by_code[piece.code].label(self._language),
                    "text": piece.text or "",
                    "is_held": piece.text is None,
                    "article": piece.article if piece.ref.covenant else "",
                }
                for piece in told.pieces
            ],
        }

    def _short(self, told: Told) -> dict[str, Any]:
        event = told.event
        return {
            "at": at(event.given_at), "agency": event.source.monogram, "who": name_of(told), "text": words_of(told),
        }  # fmt: skip

    def _begun(self, kind: str) -> Iterable[Told]:
        return (one for one in self._told if one.event.kind == kind and one.target is None)

    def _answers(self, told: Told, status: str) -> list[Told]:
        return [one for one in self._told if one.target == told.event.uid and status_of(one) == status]

    def _names(self, told: Told, status: str) -> str:
        return ", ".join(dict.fromkeys(name_of(one) for one in self._answers(told, status)))

    def _ended(self, told: Told) -> str:
        done = self._answers(told, ENDS)
        return at(done[0].event.given_at) if done else ""


def at(moment: datetime, *, seconds: bool = False) -> str:
    """A moment of a street evening: day and time."""
    return date_format(moment.astimezone(clock.AMSTERDAM), "j b H:i:s" if seconds else "j b H:i")
