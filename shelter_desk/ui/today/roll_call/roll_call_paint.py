"""How a line of the roll call is painted, and what of it can be clicked."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from shelter_desk.ui import icons, tokens
from shelter_desk.ui.lists.model_index import Index
from shelter_desk.ui.widgets.marks import draw_minor, minor_width

LINE = int(Qt.ItemDataRole.UserRole) + 1
_ROW, _ROOM, _BED, _SEX, _SEGMENT = 40, 100, 38, 14, 94
_ONE_COLUMN = 700
_MIDDLE, _CENTRE = int(Qt.AlignmentFlag.AlignVCenter), int(Qt.AlignmentFlag.AlignCenter)
_WIDEST = "QMX-WM8-N"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a line says. answers: seen and not seen, in the form of the person; state: the ink of the note.

    widest_bed: the longest code of a bed on the sheet, which the column has room for.
    """

    room: str
    first_of_room: bool
    last_of_room: bool
    bed: str
    code: str
    sex: str
    minor: bool
    is_here: bool
    is_away: bool
    answers: tuple[str, str]
    note: str
    state: str
    icon: str = ""
    widest_bed: str = ""

    def said(self) -> str:
        """The line for who hears it."""
        answer = self.answers[0] if self.is_here else self.answers[1] if self.is_away else ""
        return " ".join(part for part in (self.room, self.bed, self.code, self.sex, answer, self.note) if part)


def pressed(box: QRect, at: QPoint, widest_bed: str = "") -> Literal["here", "away", ""]:
    """Which answer of the line in that box lies there."""
    first, second = _segments(box, widest_bed)
    return "here" if first.contains(at) else "away" if second.contains(at) else ""


def _segments(box: QRect, widest_bed: str = "") -> tuple[QRect, QRect]:
    code = tokens.metrics().horizontalAdvance(_WIDEST)
    who = code + tokens.SPACE + tokens.wide(_SEX) + minor_width() + tokens.SPACE_PANEL
    left = box.left() + tokens.SPACE_PANEL + _for_room(box) + _for_bed(widest_bed) + who
    wide, high = tokens.wide(_SEGMENT), tokens.high(32)
    top = box.top() + (box.height() - high) // 2
    return QRect(left, top, wide, high), QRect(left + wide - 1, top, wide, high)


def _for_room(box: QRect) -> int:
    """How much of a line the name of the room takes: more where there is one column."""
    return tokens.wide(_ROOM if box.width() < tokens.wide(_ONE_COLUMN) else 2 * _ROOM)


def _for_bed(widest_bed: str) -> int:
    return max(tokens.wide(_BED), tokens.metrics(bold=True).horizontalAdvance(widest_bed) + tokens.SPACE)


class RollDelegate(QStyledItemDelegate):
    """Paints room, bed, code, the two answers and a note; 40 pixels high."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        view = self.parent()
        wide = view.viewport().width() if isinstance(view, QListView) else 600
        two = isinstance(view, QListView) and view.isWrapping()
        return QSize(wide // 2 if two else wide, tokens.high(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        line = index.data(LINE)
        if not isinstance(line, Shown):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, tokens.color("accent_soft"))
        painter.setPen(tokens.color("line2" if line.last_of_room else "grid"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        _who(painter, box, line)
        here, away = _segments(box, line.widest_bed)
        _answer(painter, here, line.answers[0], "ok" if line.is_here else "")
        _answer(painter, away, line.answers[1], "held" if line.is_away else "")
        _note(painter, box, line, chosen)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(tokens.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for inset in (0.5, 1.5):
                painter.drawRect(QRectF(box).adjusted(inset, inset, -inset - 0.5, -inset - 0.5))
        painter.restore()


def _who(painter: QPainter, box: QRect, line: Shown) -> None:
    left, small = box.left() + tokens.SPACE_PANEL, tokens.metrics("small")
    if line.first_of_room or box.top() <= 0:  # said again at the head of a column
        painter.setPen(tokens.color("ink2"))
        painter.setFont(tokens.font("small"))
        wide = _for_room(box) - tokens.SPACE
        text = small.elidedText(line.room, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(QRect(left, box.top(), wide, box.height()), _MIDDLE, text)
    left += _for_room(box)
    painter.setPen(tokens.color("ink"))
    painter.setFont(tokens.font(bold=True))
    painter.drawText(QRect(left, box.top(), _for_bed(line.widest_bed), box.height()), _MIDDLE, line.bed)
    left += _for_bed(line.widest_bed)
    painter.setFont(tokens.font())
    code = tokens.metrics().horizontalAdvance(_WIDEST)
    painter.drawText(QRect(left, box.top(), code, box.height()), _MIDDLE, line.code)
    left += code + tokens.SPACE
    painter.setPen(tokens.color("ink2"))
    painter.setFont(tokens.font("small"))
    painter.drawText(QRect(left, box.top(), tokens.wide(_SEX), box.height()), _MIDDLE, line.sex)
    if line.minor:
        high = tokens.high(16)
        at = left + tokens.wide(_SEX)
        draw_minor(painter, QRect(at, box.top() + (box.height() - high) // 2, minor_width(), high))


def _answer(painter: QPainter, part: QRect, text: str, state: str) -> None:
    painter.setPen(tokens.color(state or "line2"))
    painter.setBrush(tokens.color(f"{state}_soft" if state else "surface"))
    painter.drawRoundedRect(QRectF(part).adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS, tokens.RADIUS)
    painter.setFont(tokens.font(bold=bool(state)))
    painter.setPen(tokens.color(state or "ink2"))
    if not state:
        painter.drawText(part, _CENTRE, text)
        return
    side = tokens.wide(16)
    wide = tokens.metrics(bold=True).horizontalAdvance(text) + side + 4
    left = part.left() + max(4, (part.width() - wide) // 2)
    shape = "check" if state == "ok" else "absence"
    painter.drawPixmap(left, part.top() + (part.height() - side) // 2, icons.pixmap(shape, state, 16))
    painter.drawText(QRect(left + side + 4, part.top(), part.width(), part.height()), _MIDDLE, text)


def _note(painter: QPainter, box: QRect, line: Shown, chosen: bool) -> None:
    left = _segments(box, line.widest_bed)[1].right() + tokens.SPACE_PANEL
    room = QRect(left, box.top(), box.right() - tokens.SPACE - left, box.height())
    if line.icon:
        side = tokens.wide(16)
        top = box.top() + (box.height() - side) // 2
        painter.drawPixmap(left, top, icons.pixmap(line.icon, line.state, 16))
        room.setLeft(left + side + tokens.SPACE_HALF)
    text = line.note or ("P · A" if chosen and not (line.is_here or line.is_away) else "")
    painter.setPen(tokens.color(line.state))
    painter.setFont(tokens.font("small", bold=line.state != "ink2"))
    shown = tokens.metrics("small", line.state != "ink2").elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _MIDDLE, shown)
