"""The line icons of the program, recoloured from the tokens worn."""

from functools import cache, lru_cache

from PySide6 import QtGui
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QGuiApplication, QImageReader, QPixmap

from shelter_desk.domain.resources import folder
from shelter_desk.ui import tokens


def names() -> list[str]:
    """Every icon there is."""
    return sorted(file.stem for file in (folder("resources") / "icons").glob("*.svg"))


def pixmap(name: str, color: str = "ink", size: int = 20) -> QPixmap:
    """The icon at that size, sharp on this screen. color: a token name or `#RRGGBB`."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _painted(name, tokens.color(color).name(), tokens.wide(size), ratio)


def icon(name: str, color: str | None = None, size: int = 20) -> "QtGui.QIcon":
    """The icon for a button or an action: ink unless a colour is given, hint grey when disabled."""
    made = QtGui.QIcon(pixmap(name, color or "ink", size))
    made.addPixmap(pixmap(name, "ink3", size), QtGui.QIcon.Mode.Disabled)
    return made


def extent(size: int = 20) -> QSize:
    """The room an icon of that reference size takes at the text scale worn."""
    return QSize(tokens.wide(size), tokens.wide(size))


def drawing(name: str, color: str) -> bytes:
    """The SVG of that icon in that `#RRGGBB` colour."""
    return _source(name).replace(b"currentColor", color.encode())


@cache
def _source(name: str) -> bytes:
    return (folder("resources") / "icons" / f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def _painted(name: str, color: str, size: int, ratio: float) -> QPixmap:
    # through Qt's image plugin: importing PySide6.QtSvg makes the start 20 ms longer
    read = QBuffer()
    read.setData(QByteArray(drawing(name, color)))
    read.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(read, QByteArray(b"svg"))
    reader.setScaledSize(QSize(round(size * ratio), round(size * ratio)))
    made = QPixmap.fromImage(reader.read())
    made.setDevicePixelRatio(ratio)
    return made
