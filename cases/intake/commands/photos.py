"""A photo that comes with a signal: checked before anything is written, kept beside the words it came with."""

from dataclasses import dataclass

from django.conf import settings

from cases.attachments.commands import store_file
from cases.attachments.kinds import Checked, checked
from cases.disclosure.reading import Reading
from cases.intake.models import Report, SignalPhoto


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo as it was sent; size: also when `data` was dropped for being too much (foundation.uploads)."""

    name: str
    data: bytes
    size: int


def checked_photo(photo: Photo | None) -> Checked | None:
    """The photo drawn anew, without place or device. Raises Invalid at `photo`."""
    if photo is None:
        return None
    most = settings.SIGNAL_PHOTO_MAX_BYTES
    return checked(photo.name, photo.data, size=photo.size, most=most, photo=True, field="photo")


def keep_photo(reading: Reading, report: Report, field: str, file: Checked | None) -> None:
    """Store it as a value of the field of the words, inside the caller's transaction and write scope."""
    if file is None:
        return
    stored = store_file(
        reading, report.case, field, file, about=report.about, event="signal.photo_added", signal=report.signal.number
    )
    SignalPhoto.objects.create(report=report, attachment=stored)
