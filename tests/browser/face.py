"""A page of a persona, for test_faces.py. The lists are there and in faces_*.py."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Face:
    """A page of a persona. follow: a link to go on by. press: what to open on it, and `shown` appears."""

    persona: str
    path: str
    follow: str = ""
    press: str = ""
    shown: str = ""
    status: int = 200

    def __str__(self) -> str:
        return " ".join(part for part in (self.persona or "nobody", self.path, self.follow, self.press) if part)
