"""The statement of secrecy that everybody at a meeting reads and accepts, by version. Source: WGS art. 1.11.

The words are those of the law's duty, in short; an installation's lawyers check them before use.
A changed text gets a new version: what was accepted before keeps its own.
"""

from dataclasses import dataclass

CURRENT = "2026-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One version, in one language."""

    version: str
    title: str
    sentences: tuple[str, ...]


_TEXTS: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("2026-1", "nl"): (
        "Verklaring van geheimhouding",
        (
            "Wat ik in dit overleg hoor, lees of zie over personen, houd ik geheim.",
            "Ik gebruik het alleen voor het doel van de casus waarin ik het hoor, en voor geen ander werk.",
            "Ik geef het alleen door als een wet mij dat opdraagt, of als mijn taak in deze casus het vraagt "
            "en het convenant het toelaat.",
            "Ik maak geen foto’s, opnamen of eigen lijsten van wat op het scherm staat.",
            "Deze plicht blijft gelden als het overleg, de casus of mijn functie eindigt.",
        ),
    ),
    ("2026-1", "en"): (
        "Statement of secrecy",
        (
            "I keep secret what I hear, read or see about persons in this meeting.",
            "I use it only for the purpose of the case in which I hear it, and for no other work.",
            "I pass it on only if a law orders me to, or if my task in this case asks for it "
            "and the covenant allows it.",
            "I take no photographs, recordings or lists of my own of what is on the screen.",
            "This duty stays when the meeting, the case or my position ends.",
        ),
    ),
}


def statement(language: str, version: str = CURRENT) -> Statement:
    """A version of the statement in this language; Dutch where there is no other. Raises KeyError: no such version."""
    title, sentences = _TEXTS.get((version, language)) or _TEXTS[version, "nl"]
    return Statement(version=version, title=title, sentences=sentences)
