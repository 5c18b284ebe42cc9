"""What was done in the shift, act by act under its heading; each leads to the person or the bed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.today.shift_events import GROUPS, ShiftEvent
from shelter_desk.ui import tokens
from shelter_desk.ui.today.neighbours import go_to_next
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, keep_room, scrolling
from shelter_desk.words import formats
from shelter_desk.words import handovers as handover_words

_ROW, _CLOCK = 48, 44
ICONS = {
    "admit": "arrive",
    "move": "move",
    "leave": "leave",
    "void": "close",
    "resume_stay": "undo",
    "bring_stay_back": "undo",
    "be_away": "absence",
    "come_back": "undo",
    "call_roll": "moon",
    "report_incident": "triangle",
    "contact_risk": "hand",
    "end_contact_risk": "hand",
    "block": "minus",
    "unblock": "circle-check",
    "hold_bed": "bookmark",
    "change_held_bed": "bookmark",
    "cancel_held_bed": "bookmark",
}
_INKS = {"report_incident": "attention", "contact_risk": "attention"}


class ShiftRow(QWidget):
    """When, what, who did it, and the button that leads there."""

    def __init__(self, event: ShiftEvent, opens: bool) -> None:
        super().__init__()
        self.event_told = event
        title, detail = handover_words.title(event), handover_words.detail(event)
        self.clock = Label(formats.clock(event.at), size="small", ink="ink2")
        self.clock.setFixedWidth(tokens.wide(_CLOCK))
        self.title = ElidedLabel(title)
        self.detail = ElidedLabel(detail, size="small", ink="ink2")
        self.button = Button(words.text("See"), "quiet")
        self.button.setAccessibleName(words.text("See: {what}").format(what=title))
        keep_room(self.button)
        in_row(
            self.clock,
            IconLabel(ICONS[event.action], _INKS.get(event.action, "ink2")),
            (in_column(self.title, self.detail, spacing=0), 1),
            Label(event.by, size="small", ink="ink2"),
            self.button,
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, 0, tokens.SPACE_HALF, 0),
        )
        self.detail.setVisible(bool(detail))  # not before it stands in the row: it would flash as a window of its own
        self.button.setVisible(opens)
        self.setFixedHeight(tokens.high(_ROW))


class ShiftCard(Card):
    """The acts of a shift under their headings; arrows go from one to the other."""

    wanted = Signal(object)  # ShiftEvent

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.rows: list[ShiftRow] = []
        self._heads: list[QWidget] = []
        self._found: tuple[ShiftEvent, ...] | None = None
        self.nothing = Label(words.text("Nothing was written in this shift."), ink="ink2", wrap=True)
        self.nothing.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, 0)
        self._column = in_column(self.nothing, STRETCH, spacing=0)
        self._scrolled = scrolling(self._column, only_down=True)
        self.reach_edges()
        self.body.addWidget(self._scrolled, 1)

    def show_events(self, events: Sequence[ShiftEvent], opens_files: bool) -> None:
        """Show these. opens_files: whether the record of a person opens."""
        if self._found == tuple(events):
            return
        self._found = tuple(events)
        for widget in (*self.rows, *self._heads):
            self._column.removeWidget(widget)
            take_away(widget)
        self.rows, self._heads = [], []
        for group in GROUPS:
            mine = [one for one in events if one.group == group]
            if not mine:
                continue
            head = QWidget()
            name = Label(handover_words.group(group), bold=True)
            edges = (tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE_HALF)
            in_row(name, Badge(str(len(mine)), "accent"), STRETCH, within=head, spacing=tokens.SPACE, margins=edges)
            self._heads.append(head)
            self._put(head)
            for one in mine:
                row = ShiftRow(one, _opens(one, opens_files))
                row.button.clicked.connect(self._clicked)
                self.rows.append(row)
                self._put(row)
        self.nothing.setVisible(not self.rows)

    def _put(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)

    @Slot()
    def _clicked(self) -> None:
        row = next((row for row in self.rows if row.button is self.sender()), None)
        if row is not None:
            self.wanted.emit(row.event_told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the line above or below."""
        stops = [row for row in self.rows if not row.button.isHidden()]
        if not go_to_next(event, stops, lambda row: row.button, self._scrolled):
            super().keyPressEvent(event)


def _opens(event: ShiftEvent, opens_files: bool) -> bool:
    if event.action == "call_roll":
        return True
    return event.bed_id is not None or (opens_files and len(event.persons) == 1)
