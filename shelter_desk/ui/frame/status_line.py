"""The line at the bottom: state of the file, what protects it, day and hour."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label, repolish
from shelter_desk.words import shown

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class StatusLine(QFrame):
    """Plum with "training" across it for the training shelter, else the honest state of the file."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("role", "status")
        self.setFixedHeight(tokens.high(24))
        self.hour = Label(size="small", ink="on_accent" if desk.is_training else "ink2")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        row.setSpacing(tokens.SPACE)
        if desk.is_training:
            self._lay_out_training(row)
        else:
            self._lay_out_state(row)
        row.addWidget(self.hour)
        self._minute = QTimer(self)
        self._minute.setInterval(10_000)
        self._minute.timeout.connect(self.look)
        self._minute.start()
        self.look()

    def _lay_out_training(self, row: QHBoxLayout) -> None:
        self.setProperty("role", "training")
        self.setStyleSheet(f'QFrame[role="training"] {{ background: {tokens.current().rail_selected}; }}')
        repolish(self)
        self.state = ElidedLabel(
            words.text("Invented data. Nothing you do here touches the real shelter."), "small", ink="rail_text"
        )
        row.addWidget(Label(words.text("TRAINING"), "small", bold=True, ink="rail_text"))
        row.addWidget(self.state, 1)
        self.hour.set_ink("rail_text")

    def _lay_out_state(self, row: QHBoxLayout) -> None:
        from shelter_desk.operations import backups
        from shelter_desk.words.backups import age_of

        told, is_old = age_of(backups.latest(backups.place_of(self._desk)), self._desk.today())
        row.addWidget(IconLabel("triangle" if is_old else "shield", "attention" if is_old else "ok", 16))
        row.addWidget(Label(told, size="small", ink="attention" if is_old else "ink2"))
        row.addSpacing(tokens.SPACE_3)
        row.addWidget(IconLabel("circle-check", "ok", 16))
        row.addWidget(Label(words.text("File in good order"), size="small", ink="ink2"))
        row.addSpacing(tokens.SPACE_3)
        bound = self._desk.device_bound
        row.addWidget(IconLabel("shield" if bound else "triangle", "ok" if bound else "attention", 16))
        told = (
            words.text("Protected by the password and this computer")
            if bound
            else words.text("No keyring: a copied folder is protected by the password alone.")
        )
        self.state = ElidedLabel(told, "small", ink="ink2" if bound else "attention")
        row.addWidget(self.state, 1)

    @Slot()
    def look(self) -> None:
        """Show the day and the hour."""
        now = self._desk.now()
        day = words.text("{weekday} {day}  {hour}")
        told = day.format(weekday=shown.weekday(now.date()), day=shown.day(now.date()), hour=shown.clock(now))
        self.hour.setText(told[:1].upper() + told[1:])
