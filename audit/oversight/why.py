"""From one read to what it rests on: reason, participation, article, signatures, seal.

What each floor knows comes through audit.ports. Nothing is judged again; the place in the log is proven on the spot.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Min

from audit import ports
from audit.journal import queries
from audit.oversight.models import Mark
from audit.ports import Article, Ground
from audit.proofs.verifier import ProofError, verify_inclusion
from audit.reviews.models import Review
from audit.sealing.models import Checkpoint, Cosignature, Leaf
from audit.sealing.proofs import NotSealed, inclusion_of

OWN = "own"
"""How the journal names the article of facts that are the reader's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The entry's place in the log. seq: None while it is not sealed. size, signed_at: of the first checkpoint over it.

    proven: the newest checkpoint holds the bytes of this entry, worked out here (RFC 6962, section 2.1.1);
    None without a checkpoint to prove it by. witnesses: who cosigned a checkpoint over it, and since when.
    """

    seq: int | None
    size: int | None
    signed_at: datetime | None
    proven: bool | None
    witnesses: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The whole way of one read. reason: R1-R9, U, or "" for an entry that needs none or is older than the rules.

    ground: the fact of the reason, if it stands. unknown: articles that no agreement has. review: of break-glass.
    """

    entry: queries.Opened
    reason: str
    fact_ref: str
    ground: Ground | None
    rules: tuple[str, ...]
    taking_part: tuple[Ground, ...]
    articles: tuple[Article, ...]
    own: bool
    unknown: tuple[str, ...]
    review: UUID | None
    seal: Seal


def why(uid: str, *, scope: str | None) -> Why:
    """Why this read could be. Raises NotFound, also for another agency's entry."""
    found = queries.opened(uid, scope_agency_ref=scope)
    line = found.line
    named = [ref for ref in found.articles if ref != OWN]
    articles = {ref: ports.article_of(ref, line.recorded_at) for ref in named}
    # Out of the body: that is the evidence.
    because = found.body.get("matter", {}).get("because", {})
    fact = because.get("fact", "")
    return Why(
        entry=found,
        reason=because.get("code", ""),
        fact_ref=fact,
        ground=ports.ground_of(fact) if fact else None,
        rules=tuple(Mark.objects.filter(entry_uid=line.uid).order_by("rule").values_list("rule", flat=True)),
        taking_part=ports.taking_part(line.case_ref, line.agency_ref, line.recorded_at) if line.case_ref else (),
        articles=tuple(article for article in articles.values() if article),
        own=OWN in found.articles,
        unknown=tuple(ref for ref, article in articles.items() if article is None),
        review=_review(found),
        seal=_seal(found),
    )


def _review(found: queries.Opened) -> UUID | None:
    act = found.body.get("matter", {}).get("detail", {}).get("act", "")
    return Review.objects.filter(act_ref=f"breakglass:{act}").values_list("uid", flat=True).first() if act else None


def _seal(found: queries.Opened) -> Seal:
    uid = UUID(found.line.uid)
    leaf = Leaf.objects.filter(entry_uid=uid).first()
    if leaf is None:
        return Seal(seq=None, size=None, signed_at=None, proven=None, witnesses=())
    first = Checkpoint.objects.filter(size__gt=leaf.seq).order_by("size").first()
    seen = Cosignature.objects.filter(size__gt=leaf.seq).values_list("witness").annotate(since=Min("cosigned_at"))
    return Seal(
        seq=leaf.seq,
        size=first.size if first else None,
        signed_at=first.sealed_at if first else None,
        proven=_proven(uid, bytes.fromhex(found.leaf_hash)),
        witnesses=tuple(seen.order_by("witness")),
    )


def _proven(uid: UUID, leaf_hash: bytes) -> bool | None:
    try:
        proof = inclusion_of(uid)
    except NotSealed:
        return None
    except ProofError:
        return False
    try:
        # With the hash of the entry as it stands, not with that of the leaf: an entry changed later is found here.
        verify_inclusion(proof.index, proof.size, leaf_hash, proof.proof, proof.root)
    except ProofError:
        return False
    return True
