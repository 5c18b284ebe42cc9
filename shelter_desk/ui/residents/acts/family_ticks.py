"""Boxes for those of a family who do what somebody of it does; each may be left out."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.ui import tokens
from shelter_desk.ui.residents import choices
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column


class FamilyTicks(QWidget):
    """A heading and a box for each who is here still; nothing where nobody is. text: of a box, with `person` in it."""

    def __init__(self, title: str, text: str, family: Iterable[tuple[Stay, Person]], today: date, on: bool) -> None:
        super().__init__()
        self.boxes: dict[StayId, QCheckBox] = {}
        for stay, person in family:
            if stay.exited_at is None:
                box = self.boxes[stay.id] = QCheckBox(text.format(person=choices.person_line(person, today)))
                box.setChecked(on)
        heading = Label(title, size="small", bold=True, ink="ink2")
        in_column(heading, *self.boxes.values(), within=self, spacing=tokens.SPACE_HALF)
        if not self.boxes:
            self.hide()

    def stays(self) -> list[StayId]:
        """Who is ticked."""
        return [key for key, box in self.boxes.items() if box.isChecked()]

    def draft_value(self) -> list[str]:
        """What a draft keeps: who is ticked."""
        return [str(key) for key in self.stays()]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        for key, box in self.boxes.items():
            box.setChecked(str(key) in value)
