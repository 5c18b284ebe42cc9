"""A resident of a small shelter who agreed to the recording, and papers to keep of them."""

import io
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.residents.notes import DOCX, JPEG, PDF, PLAIN, PNG
from shelter_desk.operations.casefile.notes import Wording
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.tables import metadata
from shelter_desk.system import clock
from tests.operations.shelter import days_ago

SECRET = "Elle a peur du cousin"  # a sentence to look for where it must not be


def wording(body: str = SECRET, **other: object) -> Wording:
    """A follow-up note of yesterday."""
    return Wording("suivi", days_ago(1), body, **other)  # type: ignore[arg-type]


def later(monkeypatch: pytest.MonkeyPatch, hours: float) -> datetime:
    """The clock so many hours on; the moment it shows from then on."""
    moved = clock.now() + timedelta(hours=hours)
    monkeypatch.setattr(clock, "now", lambda: moved)
    monkeypatch.setattr(clock, "today", moved.date)
    return moved


def archive(*names: str) -> bytes:
    """A compressed file with parts of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return made.getvalue()


CONTENTS = {
    PDF: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    JPEG: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    PNG: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    DOCX: archive("[Content_Types].xml", "word/document.xml"),
    PLAIN: "Acte n° 12, Ségou".encode(),
}


def paper_file(folder: Path, content: bytes = CONTENTS[PDF], name: str = "acte.pdf") -> Path:
    """A file with that content."""
    path = folder / name
    path.write_bytes(content)
    return path


def stored_words(desk: Desk) -> str:
    """Every value of every table, in clear where it is in clear."""
    with desk.reading() as connection:
        rows = [row for table in metadata.sorted_tables for row in connection.execute(table.select())]
    values = [value for row in rows for value in row if value is not None]
    return "\n".join(one.decode("latin-1") if isinstance(one, bytes) else str(one) for one in values)
