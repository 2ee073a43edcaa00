"""Lays one page over every page of a PDF: who received this copy, and when. Not here: what the pages say.

The mark deters and traces; it is no lock. It is written as an update of the file (ISO 32000-1, 7.5.6), since copying
every tag of the text would take longer than setting it.
"""

from io import BytesIO

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

# What the page drew before may have left its own coordinates behind; an artifact is no part of the tagged text.
_BEFORE = b"q\n"
_AFTER = b"\nQ\n/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q /%s Do Q EMC\n"


def stamped(pdf: bytes, stamp: bytes) -> bytes:
    """`pdf` with the first page of `stamp` over each of its pages.

    Source: PDF/UA-1 (ISO 14289-1) 7.1: a mark that is no content is an artifact.
    """
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    mark = writer.import_page_as_xobject(PdfFileReader(BytesIO(stamp)))
    before = writer.add_object(StreamObject(stream_data=_BEFORE))
    for number in range(int(writer.root["/Pages"]["/Count"])):
        # A name per page: pages may share their resources.
        name = f"VbStamp{number}"
        drawn = DictionaryObject({pdf_name("/XObject"): DictionaryObject({pdf_name(f"/{name}"): mark})})
        after = writer.add_object(StreamObject(stream_data=_AFTER % name.encode()))
        writer.add_stream_to_page(number, before, prepend=True)
        writer.add_stream_to_page(number, after, resources=drawn)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
