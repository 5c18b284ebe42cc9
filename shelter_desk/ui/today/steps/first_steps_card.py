"""The first steps of a new house, until all are done."""

from collections.abc import Sequence
from typing import get_args

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.today import first_steps
from shelter_desk.operations.today.first_steps import FirstStep, StepKey
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.today.steps.steps_card import ListedStep, StepsCard

PLACES: dict[str, str] = {
    "accounts": "settings/people",
    "rooms": "settings/rooms",
    "people": "intake",
    "stock": "stock/items",
    "backup": "settings/backups",
}


def _told(key: StepKey) -> tuple[str, str]:
    """What a step is called, and what to do."""
    return {
        "accounts": (words.text("Accounts"), words.text("One account for each person who works here.")),
        "rooms": (words.text("Rooms and beds"), words.text("Each room with its beds, as they stand in the house.")),
        "people": (words.text("Who is here"), words.text("Your Excel list, pasted cells, or a grid to type into.")),
        "stock": (words.text("Stock"), words.text("What is in the store today, item by item.")),
        "backup": (words.text("Backup"), words.text("A USB stick for the second copy, and a first backup.")),
    }[key]


class FirstStepsCard(StepsCard):
    """Leads to where each step is done; a manager puts away what the house does not need."""

    page_wanted = Signal(str)
    told = Signal(object)  # Told

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(words.text("First steps"), parent)
        self._desk = desk
        self.hide()
        self.wanted.connect(self._go)
        self.away_wanted.connect(self._put_away)

    def show_first_steps(self, found: Sequence[FirstStep]) -> None:
        """These; the card is gone once all is done."""
        self.show_steps([self._listed(one) for one in found])
        self.setVisible(bool(found))

    def _listed(self, step: FirstStep) -> ListedStep:
        title, sentence = _told(step.key)
        return ListedStep(
            step.key,
            step.is_done,
            title,
            sentence,
            words.text("Go there"),
            self._desk.may(Permission.SETTINGS_EDIT),
        )

    @Slot(str)
    def _go(self, key: str) -> None:
        self.page_wanted.emit(PLACES[key])

    @Slot(str)
    def _put_away(self, key: str) -> None:
        step = next(one for one in get_args(StepKey) if one == key)
        with refusals_told(self.told):
            done = first_steps.put_away(self._desk, step)
            self.told.emit(Told("ok", words.text("This step is not shown any more."), done))
            self.show_first_steps(first_steps.first_steps(self._desk))
