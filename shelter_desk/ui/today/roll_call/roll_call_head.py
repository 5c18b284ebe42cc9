"""The head of the roll call: which night, how far it is, and the keys."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import BedId
from shelter_desk.ui import tokens
from shelter_desk.ui.today.roll_call.roll_call_place import PlaceAsk
from shelter_desk.ui.today.roll_call.roll_call_rows import Counts, reason_said, reasons
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.help_mark import HelpMark
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.marks import KeyMark
from shelter_desk.words import formats

_BAR = 120


class RollCallHead(QWidget):
    """Back, the night with the ones before and after it, and one button at right."""

    turned = Signal(int)  # one night back or on

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back_button = IconButton("previous", words.text("Back to today"), shortcut_text=words.text("Esc"))
        self.before = IconButton("up", words.text("Night before"))
        self.after = IconButton("down", words.text("Night after"))
        self.night = Label("", ink="ink2")
        self.state = Label("", size="small", ink="ink2", wrap=True)
        self.again = Button(words.text("Correct the roll call"), icon="pencil")
        names = QVBoxLayout()
        names.setSpacing(0)
        title = QHBoxLayout()
        title.setSpacing(tokens.SPACE)
        self.mark = HelpMark("appel_du_soir", names)
        title.addWidget(Label(words.text("Evening roll call"), size="title", bold=True))
        title.addWidget(self.mark)
        title.addStretch(1)
        names.addLayout(title)
        names.addWidget(self.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE)
        row.setSpacing(tokens.SPACE_PANEL)
        row.addWidget(self.back_button)
        row.addLayout(names, 1)
        row.addWidget(self.again)
        row.addWidget(self.night)
        row.addWidget(self.before)
        row.addWidget(self.after)
        self.before.clicked.connect(self._back)
        self.after.clicked.connect(self._on)

    def show_night(self, night: date, first: bool, last: bool) -> None:
        """Say the night. first, last: there is none before, or none after."""
        after = night + timedelta(days=1)
        told = words.text("Night of {day} to {next}")
        self.night.setText(told.format(day=formats.weekday_day(night), next=formats.short_day(after)))
        self.before.setEnabled(not first)
        self.after.setEnabled(not last)

    @Slot()
    def _back(self) -> None:
        self.turned.emit(-1)

    @Slot()
    def _on(self) -> None:
        self.turned.emit(1)


class RollCallStrip(QWidget):
    """How far the call is; the keys, or the reasons while one is asked for, or the place."""

    reason_chosen = Signal(str)  # absence_type

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(tokens.wide(_BAR), 8)
        self.bar.setAccessibleName(words.text("Evening roll call"))
        self.counted = Label("", bold=True)
        self.sorted = Label("", ink="ink2")
        self.room_button = Button(words.text("All here in this room"), icon="two-people", shortcut_text="T")
        self.place_button = Button(words.text("Other bed…"), shortcut_text="L")
        self.place = PlaceAsk()
        self.reasons: dict[str, Button] = {}
        self._keys = [_key(key, text) for key, text in _keys()]
        for place, code in enumerate(reasons(), start=1):
            button = Button(reason_said(code), shortcut_text=str(place))
            button.clicked.connect(self._clicked)
            self.reasons[code] = button
        flow = Flow(tokens.SPACE_PANEL, tokens.SPACE_HALF, middle=True)
        flow.add(self.bar, self.counted, self.sorted, self.room_button, self.place_button, *self._keys)
        flow.add(*self.reasons.values(), self.place)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE)
        whole.addLayout(flow)
        for widget in (self.room_button, self.place_button, *self.reasons.values()):  # the list keeps the keys
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ask_reason(False)

    def show_counts(self, counts: Counts) -> None:
        """Say how far the call is."""
        self.bar.setRange(0, max(1, counts.all))
        self.bar.setValue(counts.all - counts.open)
        self.counted.setText(words.text("{n} of {all}").format(n=counts.all - counts.open, all=counts.all))
        told = [
            words.count("{n} person here", "{n} persons here", counts.present),
            words.count("{n} person away", "{n} persons away", counts.absent),
            words.count("{n} to call", "{n} still to call", counts.open),
        ]
        self.sorted.setText(" · ".join(told))

    def ask_reason(self, asked: bool) -> None:
        """Show the reasons in place of the keys."""
        self._show_only(list(self.reasons.values()) if asked else [*self._keys, self.room_button, self.place_button])

    def ask_place(self, beds: Mapping[BedId, str]) -> None:
        """Ask where somebody was seen, in place of the keys."""
        self._show_only([])
        self.place.ask(beds)

    def _show_only(self, shown: list[QWidget]) -> None:
        self.place.hide()
        for widget in (*self._keys, self.room_button, self.place_button, *self.reasons.values()):
            widget.setVisible(widget in shown)

    @Slot()
    def _clicked(self) -> None:
        code = next((code for code, button in self.reasons.items() if button is self.sender()), None)
        if code is not None:
            self.reason_chosen.emit(code)


def _keys() -> list[tuple[str, str]]:
    return [
        ("P", words.text("here (key)")),
        ("A", words.text("away (key)")),
        (words.text("Enter"), words.text("next (key)")),
        (words.text("Backspace"), words.text("correct (key)")),
    ]


def _key(key: str, text: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(tokens.SPACE_HALF)
    row.addWidget(KeyMark(key))
    row.addWidget(Label(text, size="small", ink="ink2"))
    return made
