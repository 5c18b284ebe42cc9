"""The handovers before: whose shift, who took it over; each is read back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations.today.handovers import NamedHandover
from shelter_desk.ui import tokens
from shelter_desk.ui.today.neighbours import go_to_next
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import ElidedLabel, Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, scrolling
from shelter_desk.words import formats
from shelter_desk.words import handovers as handover_words

MOST = 60  # shown at once, a month of two shifts a day
_ROW = 48


def state(one: NamedHandover) -> str:
    """Who took it over and when, or that nobody did."""
    if one.handover.taken_at is None:
        return words.text("Nobody took it over yet")
    told = words.text("Taken over by {who}, {moment}")
    return told.format(who=one.taken_by, moment=formats.moment(one.handover.taken_at))


class EarlierRow(QWidget):
    """From when to when, by whom, to whom, and the button that reads it back."""

    def __init__(self, one: NamedHandover) -> None:
        super().__init__()
        self.one = one
        span = handover_words.span(one.handover.began_at, one.handover.handed_at)
        by = words.text("Handed over by {who}").format(who=one.by)
        told = ElidedLabel(span[:1].upper() + span[1:])
        self.button = Button(words.text("Read"), "quiet")
        self.button.setAccessibleName(words.text("Read the handover {span}").format(span=span))
        badge = Badge(state(one), "ok" if one.taken_by else "attention")
        left = one.handover.left_open
        count = words.count("{n} point left to the team", "{n} points left to the team", left) if left else ""
        in_row(
            (in_column(told, Label(by, size="small", ink="ink2"), spacing=0), 1),
            Label(count, size="small", ink="ink2"),
            badge,
            self.button,
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, 0, tokens.SPACE, 0),
        )
        self.setFixedHeight(tokens.high(_ROW))


class EarlierList(Card):
    """The last ones first; arrows go from one to the other."""

    wanted = Signal(object)  # HandoverId

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.text("Handovers before"), parent=parent)
        self.rows: list[EarlierRow] = []
        self.nothing = Label(words.text("No shift was handed over yet."), ink="ink2")
        self.nothing.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        self._column = in_column(self.nothing, STRETCH, spacing=0)
        self._scrolled = scrolling(self._column, only_down=True)
        self.reach_edges()
        self.body.addWidget(self._scrolled, 1)

    def show_handovers(self, found: Sequence[NamedHandover]) -> None:
        """Show the last of these."""
        for row in self.rows:
            self._column.removeWidget(row)
            take_away(row)
        self.rows = [EarlierRow(one) for one in found[:MOST]]
        for row in self.rows:
            row.button.clicked.connect(self._clicked)
            self._column.insertWidget(self._column.count() - 1, row)
        self.nothing.setVisible(not self.rows)

    @Slot()
    def _clicked(self) -> None:
        row = next((row for row in self.rows if row.button is self.sender()), None)
        if row is not None:
            self.wanted.emit(row.one.handover.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the line above or below."""
        if not go_to_next(event, self.rows, lambda row: row.button, self._scrolled):
            super().keyPressEvent(event)
