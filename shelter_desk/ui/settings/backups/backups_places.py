"""Where backups are kept: this computer and a second place, how old the last one is in each."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.words.backups import age_of, failed, second_age

if TYPE_CHECKING:
    from datetime import date

    from shelter_desk.operations.vault.backups import State


class HereCard(Card):
    """This computer: the age of the last proven backup, and one now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.text("On this computer"), words.text("by itself at each locking and closing"))
        self.age = Label(wrap=True)
        self._icon = IconLabel("shield", "ok", 20)
        self.now_button = Button(words.text("Back up now"), kind="primary", icon="save")
        self.trouble: Alert | None = None
        self.setParent(parent)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE)
        row.addWidget(self._icon)
        row.addWidget(self.age, 1)
        row.addWidget(self.now_button)
        self.body.addLayout(row)
        for told in (
            words.text("Each backup is opened and counted before it is called good. It is encrypted like the file."),
            words.text("Seven days, four weeks and twelve months are kept; older ones go by themselves."),
        ):
            self.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))

    def look(self, told: "State", today: "date") -> None:
        """Show how old the last one is, and what the last one at closing met."""
        sentence, is_old = age_of(told.here, today)
        self.age.setText(sentence)
        self._icon.show_icon("triangle" if is_old else "shield", "attention" if is_old else "ok")
        if self.trouble is not None:
            self.body.removeWidget(self.trouble)
            self.trouble.hide()
            self.trouble.deleteLater()
            self.trouble = None
        if told.trouble:
            self.trouble = Alert(failed(told.trouble, told.trouble_in))
            self.body.insertWidget(1, self.trouble)


class SecondCard(Card):
    """The second place: a stick or another folder, chosen for this computer."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.text("In a second place"), words.text("a USB stick, when it is there"))
        self.setParent(parent)
        self.age = Label(wrap=True)
        self.path = Label(size="small", ink="ink2", wrap=True)
        self._icon = IconLabel("usb", "ink2", 20)
        self.choose_button = Button(words.text("Choose the stick or folder…"), icon="usb")
        self.stop_button = Button(words.text("No second place"), kind="quiet")
        self.stop_button.clicked.connect(self._stop)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE)
        row.addWidget(self._icon)
        row.addWidget(self.age, 1)
        row.addWidget(self.stop_button)
        row.addWidget(self.choose_button)
        self.body.addLayout(row)
        self.body.addWidget(self.path)
        told = words.text("Keep one outside this building: a stick in another safe place.")
        self.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))

    def look(self, told: "State", today: "date") -> None:
        """Show which it is, whether it is there, and how old its last copy is."""
        is_chosen = told.second_place is not None
        self.path.setText(str(told.second_place) if is_chosen else "")
        self.path.setVisible(is_chosen)
        self.stop_button.setVisible(is_chosen)
        if not is_chosen:
            self.age.setText(words.text("None chosen: if this computer fails or is stolen, everything is lost."))
            self._icon.show_icon("triangle", "attention")
            return
        sentence, is_old = second_age(told.second, told.is_second_there, today)
        self.age.setText(sentence)
        self._icon.show_icon("triangle" if is_old else "usb", "attention" if is_old else "ok")

    @Slot()
    def _stop(self) -> None:
        self.stopped.emit()
