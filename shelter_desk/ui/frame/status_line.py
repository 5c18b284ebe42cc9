"""The line at the bottom: state of the file, what protects it, day and hour."""

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Damaged, ShelterDeskError
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label, repolish
from shelter_desk.ui.widgets.layouts import fill, in_row
from shelter_desk.ui.widgets.message_bar import HEIGHT
from shelter_desk.ui.widgets.tips import plain
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk
    from shelter_desk.operations.vault.backups import State


class StatusLine(QFrame):
    """Plum with "training" across it for the training shelter, else the honest state of the file."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("role", "status")
        self.setFixedHeight(tokens.high(HEIGHT))
        self.hour = Label(size="small", ink="on_accent" if desk.is_training else "ink2")
        row = in_row(within=self, spacing=tokens.SPACE, margins=(tokens.SPACE_2, 0))
        if desk.is_training:
            self._lay_out_training(row)
        else:
            self._lay_out_state(row)
        row.addWidget(self.hour)
        self._minute = QTimer(self)
        self._minute.setInterval(10_000)
        self._minute.timeout.connect(self.refresh)
        self._minute.start()
        self.refresh()

    def _lay_out_training(self, row: QHBoxLayout) -> None:
        self.setProperty("role", "training")
        self.setStyleSheet(f'QFrame[role="training"] {{ background: {tokens.current().rail_selected}; }}')
        repolish(self)
        self.state = ElidedLabel(
            words.text("Invented data. Nothing you do here touches the real shelter."), "small", ink="rail_text"
        )
        fill(row, Label(words.text("TRAINING"), "small", bold=True, ink="rail_text"), (self.state, 1))
        self.hour.set_ink("rail_text")

    def _lay_out_state(self, row: QHBoxLayout) -> None:
        self._backup, self._second, self._chain = _Fact(), _Fact(), _Fact()
        self._second.hide()
        self._chain.show_fact(words.text("File being looked at…"), "clock", "ink2")
        bound = self._desk.device_bound
        sign = IconLabel("shield" if bound else "triangle", "ok" if bound else "attention", 16)
        told = words.text("A copied folder is protected by the password alone.")
        if bound:
            told = words.text("Protected by the password and this computer")
        sign.setToolTip(told)
        self.state = ElidedLabel(told, "small", ink="ink2" if bound else "attention")
        fill(row, self._backup, self._second, self._chain, sign, (self.state, 1))

    def show_second(self, told: "State") -> None:
        """The age of the copy in the second place, where one was chosen. `Checks` asks: a stick is slow."""
        if self._desk.is_training or told.second_place is None:
            return
        from shelter_desk.words.backups import second_age

        told_age, is_old = second_age(told.second, told.is_second_there, self._desk.today())
        self._second.show_fact(told_age, "usb", "attention" if is_old else "ink2")
        self._second.setToolTip(plain(str(told.second_place)))
        self._second.show()

    def show_sound(self) -> None:
        """The journal was followed to its end."""
        if not self._desk.is_training:
            self._chain.show_fact(words.text("File in good order"), "circle-check", "ok")

    def show_broken(self, error: ShelterDeskError) -> None:
        """The file, or its journal, is damaged; or it could not be looked at."""
        if self._desk.is_training:
            return
        if not isinstance(error, Damaged):
            self._chain.show_fact(words.text("File not looked at"), "triangle", "attention")
        elif error.part == "journal":
            self._chain.show_fact(words.text("Journal altered"), "octagon", "blocked")
        else:
            self._chain.show_fact(words.text("File damaged"), "octagon", "blocked")
        self._chain.setToolTip(sentence(error))

    def make_room(self, is_short: bool) -> None:
        """Beside a message only the signs stay, their words as tool tips; a damaged file is still said."""
        self.state.setVisible(not is_short)
        self.hour.setVisible(not is_short)
        for fact in self.findChildren(_Fact):
            fact.make_short(is_short)

    @Slot()
    def refresh(self) -> None:
        """Show the day and the hour, and how old the last backup is."""
        now = self._desk.now()
        day = words.text("{weekday} {day}, {hour}")
        told = day.format(weekday=formats.weekday(now.date()), day=formats.day(now.date()), hour=formats.clock(now))
        self.hour.setText(told[:1].upper() + told[1:])
        if not self._desk.is_training:
            from shelter_desk.operations.vault import backups
            from shelter_desk.words.backups import age_of

            age, is_old = age_of(backups.last_proven(self._desk), self._desk.today())
            self._backup.show_fact(age, "triangle" if is_old else "shield", "attention" if is_old else "ok")


class _Fact(QWidget):
    """An icon and a few words; words that are well stand in grey."""

    def __init__(self) -> None:
        super().__init__()
        self._is_short = self._is_grave = False
        self.icon = IconLabel("shield", "ok", 16)
        self.words = ElidedLabel(size="small", ink="ink2")
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        in_row(
            self.icon, self.words, within=self, spacing=tokens.SPACE, margins=(0, 0, tokens.SPACE_3 - tokens.SPACE, 0)
        )

    def show_fact(self, told: str, icon: str, state: Literal["ok", "ink2", "attention", "blocked"]) -> None:
        """Say that."""
        self.words.setText(told)
        self.words.set_ink("ink2" if state == "ok" else state)
        self.icon.show_icon(icon, state)
        self.icon.setToolTip(told)
        self._is_grave = state == "blocked"
        self.make_short(self._is_short)

    def make_short(self, is_short: bool) -> None:
        """The icon alone, its words as tool tip, unless they are grave."""
        self._is_short = is_short
        self.words.setVisible(self._is_grave or not is_short)
