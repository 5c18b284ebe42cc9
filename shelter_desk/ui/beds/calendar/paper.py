"""The calendar on paper: the nights shown, whole, on sheets laid across; codes and never a name, ink and greys."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPagedPaintDevice, QPageLayout, QPainter
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.beds.calendar import painting
from shelter_desk.ui.beds.calendar.looks import CalendarLook, RowLook
from shelter_desk.ui.beds.calendar.painting import CalendarPainter
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import formats

WIDE = 1260  # pixels of the screen on the width of a sheet: 31 nights in letters of 2.6 mm
GREYS = {
    "surface": "#FFFFFF",
    "page": "#F4F4F4",
    "sunken": "#E2E2E2",
    "grid": "#D0D0D0",
    "line": "#909090",
    "line2": "#606060",
    "line3": "#A8A8A8",
    "ink2": "#333333",
    "on_accent": "#FFFFFF",
    "accent_soft": "#E6E6E6",
    "accent_line": "#707070",
}


def ink(token: str) -> QColor:
    """The grey of a token, black where it has none."""
    return QColor(GREYS.get(token, "#000000"))


def title(look: CalendarLook) -> str:
    """What the sheets are, with their nights."""
    sentence = words.text("Calendar of the beds, nights from {first} to {last}")
    return sentence.format(first=formats.day(look.nights.first), last=formats.day(look.nights.last))


def sheets(look: CalendarLook, *, training: bool, sigle: str) -> printing.Paint:
    """What paints them; each has the title, the nights and its number. sigle: at its head where the shelter has one."""

    def paint(device: QPagedPaintDevice) -> None:
        device.setPageOrientation(QPageLayout.Orientation.Landscape)
        painter, wide = QPainter(device), tokens.wide(WIDE)
        scale = device.width() / wide
        painter.scale(scale, scale)
        at = painting.places(0, wide, look.columns)
        several = list(pages(look.rows, (int(device.height() / scale) - 3 * at.row - at.head) // at.row))
        art = CalendarPainter(look, ink)
        for n, rows in enumerate(several):
            if n:
                device.newPage()
            said = f"{words.text('TRAINING')} · {title(look)}" if training else title(look)
            art.write(painter, said, painting.PAD, 0, at.row, "ink", bold=True)
            right = sigle if len(several) == 1 else f"{sigle}  {n + 1}/{len(several)}".strip()
            painter.setFont(tokens.font("small"))
            painter.drawText(
                QRect(0, 0, wide, at.row), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), right
            )
            painter.translate(0, 2 * at.row)
            placed = [(at.head + place * at.row, row) for place, row in enumerate(rows)]
            art.body(painter, at, placed, QRect(at.label, at.head, wide - at.label, len(rows) * at.row))
            art.head(painter, at, wide)
            painter.translate(0, -2 * at.row)
        painter.end()

    return paint


def pages(rows: Sequence[RowLook], most: int) -> Iterator[list[RowLook]]:
    """So many rows a sheet; a room that goes on has its name again, and none stands alone at the foot."""
    page: list[RowLook] = []
    band: RowLook | None = None
    for n, row in enumerate(rows):
        band = row if row.is_band else band
        needed = 2 if row.is_band and n + 1 < len(rows) else 1
        if page and len(page) + needed > most:
            yield page
            page = [band] if band is not None and not row.is_band else []
        page.append(row)
    if page:
        yield page


def print_look(parent: QWidget, look: CalendarLook, *, training: bool, sigle: str) -> str:
    """Print it, or write a PDF where there is no printer; what was done, "" when closed. Raises DiskFull, ReadOnly."""
    done = words.text("The calendar of the beds is printed."), words.text("The calendar of the beds is saved.")
    return printing.send(parent, sheets(look, training=training, sigle=sigle), words.text("Print the calendar"), *done)
