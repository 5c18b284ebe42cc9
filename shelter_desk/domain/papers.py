"""What may be kept as a paper inside the file: known by its content, never by its name (F35)."""

import io
import zipfile
from datetime import date
from typing import Literal

from shelter_desk.domain import codes
from shelter_desk.domain.errors import Missing, NotInList, RuleBroken
from shelter_desk.domain.notes import Document

MOST_BYTES = 5 * 1024 * 1024
SOON_DAYS = 30  # a paper that runs out within so many days is said
NO_PAPER = "aucun"  # of `id_document`: nothing to keep
Ends = Literal["", "soon", "over"]

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAIN = "text/plain"
ENDINGS = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png", DOCX: ".docx", PLAIN: ".txt"}
_BEGINNINGS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


class NotAPaper(RuleBroken):
    """A file that is not kept.

    why: `size` over `MOST_BYTES`, `empty`, `kind` for content that is none of the kinds kept, `macro` for a document
    that holds a program.
    """

    why: str


def media_type(content: bytes) -> str:
    """What the content is. Raises NotAPaper."""
    if not content:
        raise NotAPaper("empty")
    if len(content) > MOST_BYTES:
        raise NotAPaper("size")
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content.startswith(b"PK"):
        return _document(content)
    return _text(content)


def _document(content: bytes) -> str:
    """A text document is an archive with a part of that name; no part is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.casefold() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise NotAPaper("kind") from error
    if any(name.endswith("vbaproject.bin") for name in names):
        raise NotAPaper("macro")
    if not {"[content_types].xml", "word/document.xml"} <= names:
        raise NotAPaper("kind")
    return DOCX


def _text(content: bytes) -> str:
    """Words alone: no control character, and readable as UTF-8 or as Windows writes French."""
    if any(byte in _CONTROLS for byte in content):
        raise NotAPaper("kind")
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return PLAIN
    raise NotAPaper("kind")


def check_paper(kind: str, title: str) -> None:
    """Whether a paper is named. Raises NotInList, Missing."""
    if kind == NO_PAPER or not codes.is_code("id_document", kind):
        raise NotInList("document_kind", kind)
    if not title.strip():
        raise Missing("document_title")


def ends(document: Document, today: date) -> Ends:
    """Whether the paper has run out, or will soon; its last day still counts."""
    if document.expires_on is None or (document.expires_on - today).days > SOON_DAYS:
        return ""
    return "over" if document.expires_on < today else "soon"
