"""Takes in what a form uploads, in memory alone: a file that somebody sends is never on a disk in the clear."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class InMemory(FileUploadHandler):
    """The only upload handler (settings.FILE_UPLOAD_HANDLERS).

    Of a file over settings.UPLOAD_MAX_BYTES only its size is kept: the form can say so, and what else was typed in
    it is there. Django's own handlers would put a large file in a temporary folder, or drop it without a word.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.kept, self.seen = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a part, as long as the whole may fit."""
        self.seen += len(raw_data)
        if self.seen <= settings.UPLOAD_MAX_BYTES:
            self.kept.write(raw_data)
        elif self.kept.tell():
            self.kept = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, or without its bytes when it is too large; `size` is always what was sent."""
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept, field_name=self.field_name, name=self.file_name, content_type=self.content_type,
            size=file_size, charset=self.charset, content_type_extra=self.content_type_extra,
        )  # fmt: skip
