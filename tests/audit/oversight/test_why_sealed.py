"""Why a read could be, down to the seal: an entry under a checkpoint is proven, one that was changed since is not."""

import pytest

from audit.models import Entry
from audit.oversight.why import why
from audit.proofs.verifier import leaf_hash
from audit.signer.core import LocalSigner
from tests.audit.sealing.steps import tamper, write
from tests.audit.sealing.test_signing import seal_and_sign, signer
from tests.audit.stand_ins import UpperFloor

__all__ = ["signer"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_sealed_read_is_proven_and_one_that_an_insider_changed_is_not(
    signer: LocalSigner, upper_floor: UpperFloor
) -> None:
    uids = write(3)
    made = seal_and_sign(signer)
    (late,) = write()

    sealed, unsealed = why(uids[1], scope=None).seal, why(late, scope=None).seal
    assert (sealed.seq, sealed.size, sealed.signed_at, sealed.proven) == (1, made.size, made.sealed_at, True)
    assert (unsealed.seq, unsealed.proven) == (None, None)

    body = bytes(Entry.objects.get(uid=uids[1]).body).replace(b"case.read", b"case.list")
    tamper("UPDATE audit_entry SET body = %s, leaf_hash = %s WHERE uid = %s", [body, leaf_hash(body), uids[1]])
    changed = why(uids[1], scope=None)
    assert changed.entry.agreement.hash_fits
    assert changed.seal.proven is False
