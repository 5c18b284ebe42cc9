"""Who is here and was in the care of somebody who comes back: each may belong to their family again."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.ui.residents import choices
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import empty


class RejoinCard(Card):
    """A box for each, ticked; hidden where nobody is."""

    def __init__(self) -> None:
        super().__init__(words.text("In their care before"), words.text("belong to their family again"))
        self.boxes: dict[StayId, QCheckBox] = {}
        self.hide()

    def show_those(self, found: Sequence[tuple[Stay, Person]], night: date) -> None:
        """Show them; who was left out stays so."""
        left_out = {key for key, box in self.boxes.items() if not box.isChecked()}
        empty(self.body)
        self.boxes = {}
        for stay, person in found:
            box = self.boxes[stay.id] = QCheckBox(choices.person_line(person, night))
            box.setChecked(stay.id not in left_out)
            self.body.addWidget(box)
        self.setVisible(bool(self.boxes))

    def stays(self) -> tuple[StayId, ...]:
        """Who joins again."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())
