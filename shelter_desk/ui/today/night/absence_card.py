"""Somebody does not sleep here tonight, or is back: who, and why; Enter writes it, Escape gives it up."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import absences
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.layouts import in_row
from shelter_desk.words.refusals.errors import sentence


class NightAbsenceCard(Card):
    """Of somebody away it writes the return, of anybody else the absence."""

    told = Signal(object)  # Told
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(words.text("Absence or return"), parent=parent)
        self._desk = desk
        self._night = date.min
        self._present: dict[str, Present] = {}
        self.who = ChoiceField(words.text("Person"), required=True)
        self.why = CodeField(words.text("Reason"), "absence_type", required=True)
        self.verb = Button(words.text("Record the absence"), "primary", "check", tall="footer", on_click=self.go)
        self.close_button = Button(words.text("Close"), tall="footer", on_click=self.closed)
        self.body.addWidget(self.who)
        self.body.addWidget(self.why)
        self.body.addLayout(in_row(self.close_button, (self.verb, 1), spacing=tokens.SPACE))
        self.body.addStretch(1)
        self.who.chosen.connect(self._chosen)

    def begin(self, present: Sequence[Present], night: date, places: dict[str, str]) -> None:
        """Ask of these, for that night. places: the code of the bed, by the number of the stay."""
        self._night = night
        self.follow(present, places)
        self.who.choose(None)
        self.why.choose(None)
        self._chosen()
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, present: Sequence[Present], places: dict[str, str]) -> None:
        """Others are here now; who is chosen stays."""
        held = self.who.value()
        self._present = {str(one.stay.id): one for one in present}
        away = words.text("away")
        self.who.set_choices(
            [
                (
                    key,
                    " · ".join(
                        part for part in (places.get(key, ""), one.person.code, away if one.absence else "") if part
                    ),
                )
                for key, one in self._present.items()
            ]
        )
        self.who.choose(held if held in self._present else None)

    @Slot()
    def _chosen(self) -> None:
        one = self._present.get(self.who.value() or "")
        is_away = one is not None and one.absence is not None
        self.why.setVisible(not is_away)
        self.verb.setText(words.text("Record the return") if is_away else words.text("Record the absence"))
        self.verb.updateGeometry()

    @Slot()
    def go(self) -> None:
        """Write it, or say what is missing."""
        one = self._present.get(self.who.value() or "")
        if one is None:
            refuse(self.who, words.text("Choose a person."))
            return
        try:
            if one.absence is not None:
                done = absences.come_back(self._desk, one.stay.id, self._night)
                told = words.text("Return of {code} recorded.")
            elif not self.why.code():
                refuse(self.why, words.text("Choose a reason."))
                return
            else:
                done = absences.be_away(self._desk, one.stay.id, self.why.code(), self._night)
                told = words.text("Absence of {code} recorded.")
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        self.told.emit(Told("ok", told.format(code=one.person.code), done))
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go()
        else:
            super().keyPressEvent(event)
