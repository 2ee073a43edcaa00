"""A bundle as one zip file in settings.BUNDLE_DIR: made, found, and taken away after BUNDLE_HOURS."""

import hashlib
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from audit.integrity.export import write_bundle
from audit.integrity.models import Bundle, BundleState
from audit.proofs import verifier
from audit.proofs.policy import Policy, PolicyLog
from audit.sealing import signing
from audit.sealing.models import Checkpoint
from audit.signer.core import SignerUnavailable
from foundation.sending import as_download, pieces_of

NAME = "verbond-logboek-{size}"
VERIFIER = Path(verifier.__file__)


class NoPolicy(LookupError):
    """There is neither a policy file nor a signer whose key could stand in one."""


def policy_bytes(given: Path | None = None) -> bytes:
    """The file that was given, else that of the installation, else the log's own key without witnesses.

    Raises NoPolicy, OSError.
    """
    path = given or (Path(settings.LOG_POLICY_FILE) if settings.LOG_POLICY_FILE else None)
    if path and (given or path.exists()):
        return path.read_bytes()
    signer = signing.configured()
    if signer is None:
        raise NoPolicy
    try:
        return Policy((PolicyLog(signer.verifier()),)).text().encode()
    except SignerUnavailable as wrong:
        raise NoPolicy from wrong


def path_of(bundle: Bundle) -> Path:
    """Where its zip file is, or was."""
    return Path(settings.BUNDLE_DIR) / f"{bundle.uid.hex}.zip"


def as_zip(request: HttpRequest, bundle: Bundle, path: Path) -> HttpResponseBase:
    """The zip file of a bundle as a download. Raises OSError when it is not there."""
    name = f"{NAME.format(size=bundle.size)}.zip"
    return as_download(
        request, pieces_of(path), name=name, content_type="application/zip", length=path.stat().st_size
    )  # fmt: skip


def write_zip(bundle: Bundle) -> tuple[Checkpoint, int, str]:
    """Make its zip file; returns the checkpoint, the length in bytes and the SHA-256 in hex.

    Raises NoPolicy, NotSealed, ProofError, OSError; then there is no file.
    """
    target = path_of(bundle)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=".bundle-", dir=target.parent) as place:
        folder = Path(place) / "bundle"
        made = write_bundle(folder, policy=policy_bytes(), scope=bundle.scope or None, with_history=True)
        folder = folder.rename(folder.with_name(NAME.format(size=made.size)))
        packed = Path(place) / target.name
        with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=1) as file:
            for path in sorted(folder.rglob("*")):
                file.write(path, path.relative_to(folder.parent))
        shutil.rmtree(folder)
        with packed.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        packed.chmod(0o600)
        packed.replace(target)
    return made, target.stat().st_size, digest


def sweep(now: datetime) -> int:
    """Take away the files that were kept long enough; returns how many."""
    old = Bundle.objects.filter(ordered_at__lt=now - timedelta(hours=settings.BUNDLE_HOURS))
    swept = 0
    for bundle in old.exclude(state__in=[BundleState.GONE]):
        path_of(bundle).unlink(missing_ok=True)
        swept += Bundle.objects.filter(pk=bundle.pk).update(state=BundleState.GONE)
    return swept
