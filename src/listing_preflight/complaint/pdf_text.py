"""The text of a PDF, where it has one; an encrypted file, a scan and a broken one are named."""

import io
import logging
from typing import Any

from listing_preflight.complaint.letter import Parts

PAGES = 60
"""Pages of a notice that are read."""


def read_pdf(data: bytes) -> Parts:
    """Text of every page; the notes say why there is none."""
    parts = Parts()
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        parts.notes.append("a PDF cannot be read here: install listing-preflight[complaint]")
        return parts
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it warns of is said once, in our own note
    try:
        file = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if file.is_encrypted and not file.decrypt(""):
            parts.notes.append("the PDF is encrypted: save it without its password")
            return parts
        pages = [page.extract_text() or "" for page in file.pages[:PAGES]]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, NotImplementedError) as e:
        parts.notes.append(f"the PDF cannot be read ({type(e).__name__})")
        return parts
    if len(file.pages) > PAGES:
        parts.notes.append(f"only the first {PAGES} pages were read")
    if not any(page.strip() for page in pages):
        return _scanned(file, parts)
    parts.text += pages
    return parts


def _scanned(file: Any, parts: Parts) -> Parts:
    """A PDF of pictures: read by OCR, and said."""
    from listing_preflight.complaint.scans import read_pictures

    try:
        pictures = [image.data for page in file.pages[:PAGES] for image in page.images]
    except Exception as e:  # a library for one of its picture formats is missing, or the picture is broken
        pictures = []
        parts.notes.append(f"its pictures cannot be taken out ({type(e).__name__})")
    if not pictures:
        parts.notes.append("the PDF holds no text: scan it with an OCR program, or paste its text")
        return parts
    read = read_pictures(pictures)
    parts.text += read.text
    parts.notes += read.notes
    return parts
