"""The first day of beds, one or many at once, and from which day on capacity counts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.beds.first_day import NOT_KNOWN
from shelter_desk.domain.errors import RuleBroken, ShelterDeskError
from shelter_desk.operations.beds import beds, first_day
from shelter_desk.operations.desk import Done
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.beds_since import BedsSince
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import first_days
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

BED, ROOM, HOUSE = "bed", "room", "house"


class FirstDayCard(Card):
    """Which beds, since when they are there, and what that changes."""

    told = Signal(object)  # Told
    kept = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("First day of the beds"), "", parent=parent)
        self._desk = desk
        self._bed: Bed | None = None
        self._room: list[Bed] = []
        which = words.text("Which beds")
        options = [
            (BED, words.text("The chosen bed")),
            (ROOM, words.text("This room")),
            (HOUSE, words.text("The whole house")),
        ]
        self.which = Segments(options, ROOM, which)
        self._which = Field(which, self.which)
        self.since = BedsSince(words.text("Since when are these beds there?"), desk.today())
        self.give_button = Button(words.text("Give this first day"), icon="save", on_click=self.give)
        self.counts_from = DayField(words.text("Capacity counts from"), desk.today())
        self.count_button = Button(words.text("Count from that day"), icon="save", on_click=self.count)
        self.counted = Label(size="small", ink="ink2", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        row = in_row(
            self.counts_from, (self.count_button, 0, Qt.AlignmentFlag.AlignBottom), STRETCH, spacing=tokens.SPACE_PANEL
        )
        fill(
            self.body,
            self._which,
            self.since,
            Label(first_days.effect(), size="small", ink="ink2", wrap=True),
            (self.give_button, 0, Qt.AlignmentFlag.AlignLeft),
            RuleLine(),
            self.counted,
            row,
        )

    def show_beds(self, room: list[Bed]) -> None:
        """The beds of the room that is chosen."""
        self._room = room
        self.refresh()

    @Slot(object)
    def show_bed(self, bed: Bed | None) -> None:
        """The bed that is chosen."""
        self._bed = bed

    def refresh(self) -> None:
        """Ask again from when on capacity counts."""
        meant = first_day.read(self._desk).capacity_from
        self.counts_from.clear()
        self.counts_from.set_day(meant)
        self.counted.setText(first_days.counted(meant))

    def beds(self) -> list[Bed]:
        """Those that the first day is given to."""
        if self.which.value() == BED:
            return [self._bed] if self._bed is not None else []
        if self.which.value() == ROOM:
            return self._room
        return [bed for _, of_room in beds.rooms(self._desk) for bed in of_room]

    @Slot()
    def give(self) -> None:
        """Give the day to the beds meant."""
        is_house = self.which.value() == HOUSE
        since, meant = self.since.checked(may_be_to_come=not is_house), self.beds()
        if since is None or not (meant or is_house):
            return
        try:
            done = first_day.begin_beds(self._desk, meant, since, whole_house=is_house)
        except RuleBroken as error:
            self.since.refuse(sentence(error))
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self._keep(done, first_days.given(len(meant), since))

    @Slot()
    def count(self) -> None:
        """Let capacity count from the day typed."""
        self.counts_from.clear()
        day = self.counts_from.day()
        if day is None:
            self.counts_from.set_error(words.text("Type the day as 03/12/2026."))
            return
        try:
            done = first_day.count_from(self._desk, day)
        except RuleBroken as error:
            self.counts_from.set_error(sentence(error))
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self._keep(done, first_days.counted(day))

    def is_editing(self) -> bool:
        """True while a day is typed and not given yet."""
        return self.isVisible() and self.since.day() != NOT_KNOWN and self.since.at.day() is not None

    def _keep(self, done: Done, told: str) -> None:
        self.since.set_day(NOT_KNOWN)
        self.told.emit(Told("ok", told, done))
        self.kept.emit()
