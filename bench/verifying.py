"""Row D5: entries a second that the offline verifier checks in a bundle, against those that four writers append.

The verifier runs as its own program, as whoever gets a bundle runs it, its start included; the bundle holds bodies as
the appender makes them. The writers go on as in row D1, with the sealer beside them. Each round takes both.
"""

import hashlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from bench import stores
from bench.apart import apart
from bench.logged_read import read_of_all_fields
from bench.report import Row
from bench.sealing import round_of

ENTRIES = 200_000
ROUNDS = 5
BAR = 50


def rows() -> Iterator[Row]:
    """D5, on each database vendor; the bundle is the same."""
    with tempfile.TemporaryDirectory(dir=settings.STORES) as place:
        bundle = _bundle(Path(place) / "bundle")
        for vendor in stores.vendors():
            yield _row(vendor, bundle)


def _row(vendor: str, bundle: Path) -> Row:
    appended, checked = [], []
    with apart(vendor, "verifying") as store:
        for _ in range(ROUNDS):
            appended.append(round_of(store, "sealed")[0])
            checked.append(ENTRIES / _verify(bundle))
    ratio = statistics.median(mine / theirs for mine, theirs in zip(checked, appended, strict=True))
    told = (
        f"{statistics.median(checked):,.0f} entries a second out of a bundle of {ENTRIES:,} (start of the program"
        f" included; with --bodies {ENTRIES / _verify(bundle, '--bodies'):,.0f}) against"
        f" {statistics.median(appended):,.0f} appended by four writers"
    )
    return Row(row=f"D5 {vendor}", figure=f"{ratio:.0f}×", bar=f"≥ {BAR}×", holds=ratio >= BAR, detail=told)


def _verify(bundle: Path, *more: str) -> float:
    """Seconds that the verifier takes. Raises CalledProcessError unless all verified."""
    from audit.proofs import verifier

    policy = bundle.with_name("policy.txt")
    began = time.perf_counter()
    command = [sys.executable, "-I", verifier.__file__, "bundle", str(bundle), "--policy", str(policy), *more]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def _bundle(target: Path) -> Path:
    """A signed bundle of as many entries, with its policy beside it."""
    from audit.proofs.bundle import write_bundle
    from audit.proofs.policy import Policy, PolicyLog
    from audit.proofs.tree import Range, grow
    from audit.signer.core import LocalSigner

    bodies = _bodies()
    leaves = [hashlib.sha256(b"\x00" + body).digest() for body in bodies]
    tiles = {(level, index): hashes for (level, index, _width), hashes in grow(0, leaves, lambda *_: b"")}

    def read(level: int, index: int, width: int) -> bytes:
        return tiles[level, index]

    signer = LocalSigner.create(target.with_name("signer"), origin="bench.example/log")
    note = signer.sign(len(leaves), Range.from_tiles(len(leaves), read).root(), [])
    policy = Policy((PolicyLog(signer.verifier()),)).text().encode()
    write_bundle(target, checkpoint=note.encode(), policy=policy, fieldset=[], entries=bodies, read=read)
    target.with_name("policy.txt").write_bytes(policy)
    return target


def _bodies() -> list[bytes]:
    """As the appender makes them; nothing is written."""
    from audit.journal import appender
    from foundation import clock

    made: list[bytes] = []
    with apart("sqlite", "bodies") as store:
        stores.switch(store)
        at = appender.ENTRY_COLUMNS.index("body")
        while len(made) < ENTRIES:
            batch = appender.Batch([read_of_all_fields()] * 1_000, at=clock.now())
            made += [row[at] for row in batch.entry_rows(connection, lambda _, leaves: [(0, 0, b"")] * len(leaves))]
    return made
