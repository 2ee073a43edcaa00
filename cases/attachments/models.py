"""The tables of this room: what a file is (sealed, as a value of a field), and its bytes (locked)."""

from django.db import models
from django.db.models import Q

from cases.records.models import SealedWords


class Attachment(SealedWords):
    """A file that an agency gave as a value of one catalogue field, about one person or about an area.

    values: {field code: {"name", "type", "size", "pages", "sha256", "caption", "key"}}. `key` opens the bytes, for
    who has the installation's key as well: so the bytes have no other door than disclosure of these values.
    """

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "submission"],
                condition=Q(submission__isnull=False),
                name="one_attachment_a_submission",
            )
        ]
        indexes = [
            models.Index(fields=["case", "-given_at"], name="attachments_of_case"),
            models.Index(fields=["given_at"], name="attachments_by_day"),
        ]


class AttachmentBytes(models.Model):
    """The bytes of one file, locked by `keys.lock`. Gone as soon as the file is withdrawn or erased."""

    attachment = models.OneToOneField(Attachment, models.CASCADE, related_name="stored")
    locked = models.BinaryField()

    def __str__(self) -> str:
        return f"bytes of attachment {self.attachment_id}"
