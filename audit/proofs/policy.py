"""Who is trusted: logs, witnesses, and how many witnesses are enough. Reads and writes the policy file.

Plain Python and `cryptography`, no Django. Source: C2SP tlog-policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from audit.proofs import notes
from audit.proofs.note_keys import COSIGNATURE, LOG, KeyInvalid, VerifierKey, parse_vkey
from audit.proofs.notes import Checkpoint, Note, NoteInvalid

FILE_BYTES = 256 * 1024
DEFINITIONS = 256
NONE = "none"
AHEAD_S = 300
"""How far a witness's clock may run ahead of ours before its cosignature is left out."""

_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_BLANK = re.compile(r"[ \t]+")


class PolicyInvalid(ValueError):
    """A text that is no policy; the sentence names the line."""


@dataclass(frozen=True, slots=True)
class PolicyLog:
    """A log that is trusted; its key's name is its origin."""

    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class PolicyWitness:
    """A witness that is trusted, under the name that it has in this file; `url` is where checkpoints are sent."""

    name: str
    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Cosigns when at least `threshold` of its members do; a member is a witness or a group."""

    name: str
    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A checkpoint is valid when one of `logs` signed it and `quorum` (a witness, a group or "none") cosigned it."""

    logs: tuple[PolicyLog, ...] = ()
    witnesses: tuple[PolicyWitness, ...] = ()
    groups: tuple[Group, ...] = ()
    quorum: str = NONE

    def text(self) -> str:
        """The policy as a file that `parse_policy` reads back."""
        lines = [f"log {log.key} {log.url}".rstrip() for log in self.logs]
        lines += [f"witness {one.name} {one.key} {one.url}".rstrip() for one in self.witnesses]
        lines += [f"group {one.name} {one.threshold} {' '.join(one.members)}" for one in self.groups]
        return "\n".join([*lines, f"quorum {self.quorum}"]) + "\n"

    def is_met_by(self, cosigners: Iterable[str]) -> bool:
        """Whether these witnesses (names in this file) are enough."""
        met = {NONE, *cosigners}
        for group in self.groups:  # members stand before their group
            if sum(member in met for member in group.members) >= group.threshold:
                met.add(group.name)
        return self.quorum in met


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A genuine cosignature: the witness's name in the policy, when (POSIX seconds), and how long ago (seconds)."""

    witness: str
    time: int
    age: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a note is worth under a policy: enough or not, who cosigned, who did not, whose time lies ahead."""

    checkpoint: Checkpoint
    log: PolicyLog
    is_satisfied: bool
    cosigned: tuple[Cosigned, ...]
    missing: tuple[str, ...]
    ahead: tuple[str, ...]


def judge(policy: Policy, note: Note, *, now: int) -> Judgement:
    """What `note` is worth at `now` (POSIX seconds); of a witness that cosigned more than once the newest counts.

    Raises:
        NoteInvalid: it is no checkpoint of a log of this policy, or a line of a known key is forged.
    """
    checkpoint = note.checkpoint
    keys = [*(log.key for log in policy.logs), *(witness.key for witness in policy.witnesses)]
    verified = notes.verify(note, keys)
    signers = {made.key for made in verified}
    log = next((log for log in policy.logs if log.key in signers and log.key.name == checkpoint.origin), None)
    if log is None:
        raise NoteInvalid("Geen logboek van dit beleid ondertekende deze momentopname.")
    times: dict[VerifierKey, int] = {}
    for made in verified:
        if made.time is not None and made.time <= now + AHEAD_S:
            times[made.key] = max(made.time, times.get(made.key, 0))
    cosigned = tuple(
        Cosigned(one.name, times[one.key], max(0, now - times[one.key])) for one in policy.witnesses if one.key in times
    )
    absent = [one for one in policy.witnesses if one.key not in times]
    return Judgement(
        checkpoint=checkpoint,
        log=log,
        is_satisfied=policy.is_met_by(one.witness for one in cosigned),
        cosigned=cosigned,
        missing=tuple(one.name for one in absent if one.key not in signers),
        ahead=tuple(one.name for one in absent if one.key in signers),
    )


def parse_policy(source: str | bytes) -> Policy:
    """The policy in a file's contents. Names outside ASCII are kept as they are and compared byte for byte.

    Raises:
        PolicyInvalid: the first line that is wrong.
    """
    data = source.encode(errors="surrogateescape") if isinstance(source, str) else source
    if len(data) > FILE_BYTES or _CONTROL.search(data):
        raise PolicyInvalid("Het beleid is te lang of bevat een stuurteken.")
    building = _Building()
    for number, line in enumerate(data.decode(errors="surrogateescape").split("\n"), start=1):
        words = _BLANK.split(line.strip(" \t"))
        if words[0] and not words[0].startswith("#"):
            try:
                building.add(words)
            except (PolicyInvalid, KeyInvalid) as wrong:
                raise PolicyInvalid(f"Regel {number}: {wrong}") from wrong
    if not building.quorum:
        raise PolicyInvalid("Het beleid heeft geen regel «quorum».")
    return Policy(tuple(building.logs), tuple(building.witnesses), tuple(building.groups), building.quorum)


@dataclass(slots=True)
class _Building:
    logs: list[PolicyLog] = field(default_factory=list)
    witnesses: list[PolicyWitness] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    quorum: str = ""
    named: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)

    def add(self, words: list[str]) -> None:
        match words:
            case ["log", vkey, *url] if len(url) <= 1:
                key = _key(vkey, LOG, [log.key for log in self.logs])
                self.logs.append(PolicyLog(key, *url))
            case ["witness", name, vkey, *url] if len(url) <= 1:
                key = _key(vkey, COSIGNATURE, [one.key for one in self.witnesses])
                self._name(name)
                self.witnesses.append(PolicyWitness(name, key, *url))
            case ["group", name, threshold, *members] if members:
                self._group(name, threshold, members)
            case ["quorum", name] if not self.quorum:
                if name != NONE and name not in self.named:
                    raise PolicyInvalid(f"«{name}» is niet op een eerdere regel bepaald.")
                self.quorum = name
            case ["quorum", _name]:
                raise PolicyInvalid("Er is al een regel «quorum».")
            case _:
                raise PolicyInvalid("Dit is geen regel log, witness, group of quorum.")
        if max(len(self.logs), len(self.named)) > DEFINITIONS:
            raise PolicyInvalid(f"Het beleid bepaalt meer dan {DEFINITIONS} namen.")

    def _name(self, name: str) -> None:
        if name == NONE or name in self.named:
            raise PolicyInvalid(f"De naam «{name}» is al bepaald.")
        self.named.add(name)

    def _group(self, name: str, threshold: str, members: list[str]) -> None:
        for member in members:
            if member not in self.named or member in self.taken:
                raise PolicyInvalid(f"«{member}» is niet eerder bepaald, of is al lid van een groep.")
            self.taken.add(member)
        needed = {"any": 1, "all": len(members)}.get(threshold)
        if needed is None:
            needed = int(threshold) if _NUMBER.fullmatch(threshold) else 0
        if not 1 <= needed <= len(members):
            raise PolicyInvalid("Het aantal van een groep is any, all, of een getal van 1 tot het aantal leden.")
        self._name(name)
        self.groups.append(Group(name, needed, tuple(members)))


def _key(vkey: str, kind: int, known: list[VerifierKey]) -> VerifierKey:
    key = parse_vkey(vkey)
    if key.kind != kind:
        raise PolicyInvalid("De sleutel is van een andere soort: een logboek heeft soort 01, een getuige soort 04.")
    if any(one.public == key.public for one in known):
        raise PolicyInvalid("Deze sleutel staat er al.")
    return key
