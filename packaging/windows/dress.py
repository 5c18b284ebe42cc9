"""The icon and the details that Windows shows of the program."""

import os
import struct
from pathlib import Path
from typing import Any

DRAWING = Path(__file__).resolve().parent.parent / "linux" / "shelter-desk.svg"
NEUTRAL = Path(__file__).resolve().parent / "neutral.svg"  # that says nothing of what the program is
SIZES = (16, 24, 32, 48, 64, 256)
FRENCH, UNICODE = 0x040C, 1200


def icon(into: Path, drawing: Path = DRAWING) -> Path:
    """An .ico of the drawing in every size that Windows asks for."""
    into.mkdir(parents=True, exist_ok=True)
    path = into / f"{drawing.stem}.ico"
    path.write_bytes(ico([_painted(drawing, size) for size in SIZES]))
    return path


def ico(pictures: list[bytes]) -> bytes:
    """PNG pictures as one .ico: a directory of 16 bytes for each, then the pictures; size 256 is written as 0."""
    at = 6 + 16 * len(pictures)
    head, body = struct.pack("<HHH", 0, 1, len(pictures)), b""
    for size, picture in zip(SIZES, pictures, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at + len(body))
        body += picture
    return head + body


def _painted(drawing: Path, size: int) -> bytes:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def version_details(version: str) -> Any:
    """What the properties of the file show; PyInstaller writes it into the starters."""
    from PyInstaller.utils.win32 import versioninfo as v  # type: ignore[import-untyped]

    numbers = (*map(int, version.split(".")), 0)
    told = {
        "FileDescription": "Shelter Desk",
        "FileVersion": version,
        "LegalCopyright": "GPL-3.0-or-later",
        "ProductName": "Shelter Desk",
        "ProductVersion": version,
    }
    strings = [v.StringStruct(name, value) for name, value in told.items()]
    return v.VSVersionInfo(
        ffi=v.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            v.StringFileInfo([v.StringTable(f"{FRENCH:04X}{UNICODE:04X}", strings)]),
            v.VarFileInfo([v.VarStruct("Translation", [FRENCH, UNICODE])]),
        ],
    )
