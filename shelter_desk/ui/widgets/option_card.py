"""A choice that needs a sentence: one of several proposals, one above the other."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets import badge
from shelter_desk.ui.widgets.badge import State
from shelter_desk.ui.widgets.tips import plain

_PAD = 12


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """What a proposal says: a bold word, its place, one sentence why, and how well it fits."""

    code: str
    strong: str
    place: str
    reason: str
    badge: str = ""
    state: State = "neutral"


class OptionCard(QRadioButton):
    """One proposal, a radio button among those of the same parent: arrows move, Space and Enter choose.

    Connect `toggled`; `proposal.code` says which it is.
    """

    def __init__(self, proposal: ProposalCard, parent: QWidget | None = None) -> None:
        super().__init__(proposal.strong, parent)
        self.say(proposal)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, proposal: ProposalCard) -> None:
        """Another badge or sentence from now on."""
        self.proposal = proposal
        parts = (proposal.strong, proposal.place, proposal.badge, proposal.reason)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setToolTip(plain(proposal.reason))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(tokens.wide(300), tokens.high(20) + tokens.high(38))

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens.wide(200), self.sizeHint().height())

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def checkStateSet(self) -> None:
        """Tab leads to the card that is chosen, whoever chose it; Qt leads to the one that had the keys last."""
        super().checkStateSet()
        around = self.parentWidget()
        if not self.isChecked() or around is None:
            return
        for card in around.findChildren(OptionCard, options=Qt.FindChildOption.FindDirectChildrenOnly):
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if card is self else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        width = 2 if on else 1
        painter.setPen(QPen(tokens.color("accent" if on else "line2"), width))
        ground = "sunken" if not self.isEnabled() else "page" if self.underMouse() else "surface"
        painter.setBrush(tokens.color("accent_soft" if on else ground))
        inset = width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), tokens.RADIUS, tokens.RADIUS
        )
        middle = self.height() // 2 - tokens.metrics("small").height() // 2
        self._paint_radio(painter, middle)
        self._paint_texts(painter, middle, self._paint_badge(painter, middle))

    def _paint_radio(self, painter: QPainter, middle: int) -> None:
        on, side = self.isChecked(), tokens.wide(16)
        ring = tokens.wide(5) if on else 1
        painter.setPen(QPen(tokens.color("accent" if on else "line2"), ring))
        painter.setBrush(tokens.color("on_accent" if on else "surface"))
        box = QRectF(_PAD, middle - side / 2, side, side)
        painter.drawEllipse(box.adjusted(ring / 2, ring / 2, -ring / 2, -ring / 2))

    def _paint_badge(self, painter: QPainter, middle: int) -> int:
        """Paint the badge; where it begins."""
        right, said = self.width() - _PAD, self.proposal
        if not said.badge:
            return right
        room = badge.size(said.badge, badge.ICONS[said.state])
        box = QRect(QPoint(right - room.width(), middle - room.height() // 2), room)
        badge.paint(painter, box, said.badge, said.state, badge.ICONS[said.state])
        return box.left() - tokens.SPACE

    def _paint_texts(self, painter: QPainter, middle: int, right: int) -> None:
        left, high = _PAD * 2 + tokens.wide(16), tokens.high(20)
        above = QRect(left, middle - high // 2, right - left, high)
        painter.setPen(tokens.color("ink"))
        painter.setFont(tokens.font(bold=True))
        painter.drawText(above, int(Qt.AlignmentFlag.AlignVCenter), self.proposal.strong)
        after = tokens.metrics(bold=True).horizontalAdvance(self.proposal.strong) + tokens.SPACE
        _cut(painter, above.adjusted(after, 0, 0, 0), self.proposal.place, "text", "ink")
        below = QRect(left, above.bottom() + 1, self.width() - left - _PAD, tokens.metrics("small").height() + 2)
        _cut(painter, below, self.proposal.reason, "small", "ink2")


def _cut(painter: QPainter, room: QRect, text: str, size: tokens.Size, ink: str) -> None:
    painter.setFont(tokens.font(size))
    painter.setPen(tokens.color(ink))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
