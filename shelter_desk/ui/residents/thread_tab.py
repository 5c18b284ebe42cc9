"""The thread on screen: days, hours, what happened, by whom."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import Record
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.record_tab import RecordTab
from shelter_desk.ui.residents.thread import Entry, entries
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.chips import ChipBar
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import shown

FIRST_SHOWN = 60


class ThreadTab(RecordTab):
    """Chips above, then everything in order of time, the latest first."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        today = desk.today()
        self._today, self._most = today, FIRST_SHOWN
        self._entries = entries(record, desk.may(Permission.CASE_SEE))
        kinds = [("all", words.text("Everything"), None), ("stay", words.text("Stay and bed"), None)]
        kinds += [("status", words.text("Status"), None), ("file", words.text("Case file"), None)]
        self.chips = ChipBar(kinds)
        self.chips.chosen.connect(self._show)
        self._card = Card()
        self._card.body.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_PANEL)
        whole.addWidget(self.chips)
        whole.addWidget(self._card)
        whole.addStretch(1)
        self._show()

    def shown(self) -> list[Entry]:
        """The entries under the chip that is on."""
        kind = self.chips.on()[0]
        return [one for one in self._entries if kind in ("all", one.kind)]

    @Slot()
    def _more(self) -> None:
        self._most *= 10
        self._show()

    @Slot(str)
    def _show(self, _code: str = "") -> None:
        body = self._card.body
        while (item := body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        found = self.shown()
        if not found:
            body.addWidget(Label(words.text("Nothing yet."), ink="ink2"))
        self._list(found[: self._most])
        if len(found) > self._most:
            more = Button(words.text("Show what is older"), "quiet")
            more.clicked.connect(self._more)
            body.addWidget(more)

    def _list(self, found: Sequence[Entry]) -> None:
        for day, of_day in groupby(found, key=lambda one: one.at.date()):
            heading = Label(self._day(day), size="small", bold=True, ink="ink2")
            heading.setContentsMargins(0, 4, 0, 4)
            self._card.body.addWidget(heading)
            for one in of_day:
                self._card.body.addWidget(_Line(one))

    def _day(self, day: date) -> str:
        named = words.text("{weekday} {day}").format(weekday=shown.weekday(day), day=shown.day(day))
        if day == self._today:
            return words.text("Today, {day}").format(day=named)
        return named[:1].upper() + named[1:]


class _Line(QWidget):
    """One entry: hour, icon on the line of time, sentence, by whom."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        hour = Label("" if is_plain(entry.at) else shown.clock(entry.at), size="small", ink="ink2")
        hour.setFixedWidth(tokens.wide(40))
        hour.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        first = QHBoxLayout()
        first.setSpacing(tokens.SPACE)
        title = Label(entry.title, bold=True, wrap=True)
        first.addWidget(title, 1)
        mark = choices.typed_later(entry.at, entry.recorded)
        if mark and entry.kind != "file":
            first.addWidget(Badge(mark), 0, Qt.AlignmentFlag.AlignTop)
        if entry.by:
            first.addWidget(Label(entry.by, size="small", ink="ink2"), 0, Qt.AlignmentFlag.AlignTop)
        sentences = QVBoxLayout()
        sentences.setSpacing(0)
        sentences.addLayout(first)
        if entry.detail:
            sentences.addWidget(Label(entry.detail, ink="ink2", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(tokens.SPACE_PANEL)
        row.addWidget(hour)
        row.addWidget(_Round(entry.icon))
        row.addLayout(sentences, 1)


class _Round(QWidget):
    """The icon of an entry in its round, on the line that joins the entries."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedWidth(tokens.wide(32))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        side = tokens.wide(32)
        return QSize(side, side + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, drawn = tokens.wide(32), tokens.wide(20)
        top = (self.height() - side) // 2
        painter.setPen(tokens.color("line"))
        painter.drawLine(QPoint(side // 2, 0), QPoint(side // 2, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("sunken"))
        painter.drawEllipse(QRectF(0, top, side, side))
        inset = (side - drawn) // 2
        painter.drawPixmap(QPoint(inset, top + inset), icons.pixmap(self._icon, "ink2", 20))
