"""Two worked covenants as a policy, and short ways to ask it something. The demo has its own texts of them."""

from datetime import UTC, datetime
from pathlib import Path

from agreements.policy.catalogue import load_catalogue
from agreements.policy.compile import Accession, Policy, VersionTerms, compile_policy
from agreements.policy.conditions import condition_bits
from agreements.policy.document import CovenantDocument, load_document
from agreements.policy.question import Actor, Delivery, Question, Reader, Setting

CATALOGUE = load_catalogue()
DEMO = Path(__file__).parents[2] / "deploy" / "demo" / "covenants"
PGA = (Path(__file__).parent / "pga_md.yaml").read_text(encoding="utf-8")
JS = (Path(__file__).parent / "js_md.yaml").read_text(encoding="utf-8")
STARTS = datetime(2026, 3, 1, tzinfo=UTC)
ENDS = datetime(2027, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def document(text: str) -> CovenantDocument:
    return load_document(text, catalogue=CATALOGUE)


def agency(token: str) -> Actor:
    """`POL` gives agency POL-MD of type POL; a full code is taken as it is."""
    return Actor(code=token if "-" in token else f"{token}-MD", type=token.split("-")[0])


def signed(text: str) -> VersionTerms:
    """The version with one agency a type, all of them party from STARTS."""
    parsed = document(text)
    accessions = tuple(
        Accession(agency=agency(token), capacity=capacity, starts=STARTS, ends=None)
        for token, capacity in parsed.capacities.items()
    )
    return VersionTerms(document=parsed, starts=STARTS, ends=ENDS, accessions=accessions)


def policy(*texts: str, mode: str = "extract") -> Policy:
    return compile_policy(CATALOGUE, [signed(text) for text in texts or (PGA, JS)], third_party_mode=mode)


def ask(
    reader: str,
    source: str,
    *,
    role: str = "professional",
    purpose: str = "pga_youth",
    phase: str = "meeting",
    kind: str = "person",
    covenants: str = "PGA-MD",
    under: str | None = None,
    satisfied: str = "involved minor",
    at: datetime = NOW,
    held: int = 0,
    via: Delivery = Delivery.LIVE,
) -> Question:
    """A question in words: `ask("GEM", "POL")` is a professional of GEM about facts of POL, in a meeting."""
    return Question(
        reader=Reader(agency=agency(reader), roles=frozenset(role.split()), purpose=purpose),
        setting=Setting(kind=kind, phase=phase, covenants=frozenset(covenants.split())),
        source=agency(source),
        under=frozenset((covenants if under is None else under).split()),
        satisfied=condition_bits(satisfied.split()),
        at=at,
        held=held,
        via=via,
    )
