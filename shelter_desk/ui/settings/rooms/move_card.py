"""Moving the chosen bed to another room, below the beds of the room."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.errors import InTheFuture, Missing, RuleBroken, ShelterDeskError
from shelter_desk.ui.forms.bed_move import BedMoveFields
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.layouts import fill
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class MoveBedCard(Card):
    """Which bed, to which room and from which night on, and what that changes."""

    told = Signal(object)  # Told
    kept = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("Move the bed to another room"), "", parent=parent)
        self.where = BedMoveFields(desk, across=True)
        self.move_button = Button(words.text("Move the bed"), icon="move", on_click=self.move_it)
        fill(self.body, self.where, (self.move_button, 0, Qt.AlignmentFlag.AlignLeft))

    @Slot(object)
    def show_bed(self, bed: Bed) -> None:
        """The bed that is chosen."""
        self.secondary.setText(words.text("Bed {bed}").format(bed=bed.code))
        self.where.show_bed(bed)

    def is_editing(self) -> bool:
        """True while a room is chosen and the bed is not moved yet."""
        return self.isVisible() and self.where.is_begun()

    @Slot()
    def move_it(self) -> None:
        """Move it, or say what is wrong beside the field."""
        room, day = self.where.room, self.where.day
        for field in (room, day):
            field.clear()
        try:
            done = self.where.act()
        except Missing as error:
            refuse(room if error.field == room.key else day, sentence(error))
        except InTheFuture as error:
            refuse(day, sentence(error))
        except RuleBroken:
            self.where.look()
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self.told.emit(done)
            self.kept.emit()
