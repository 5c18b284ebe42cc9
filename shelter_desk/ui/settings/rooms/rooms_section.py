"""Rooms and beds: the rooms at the left, the chosen one with its beds at the right."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.beds.first_day import NOT_KNOWN
from shelter_desk.domain.errors import RuleBroken, ShelterDeskError
from shelter_desk.domain.ids import RoomId
from shelter_desk.operations.beds import beds, first_day
from shelter_desk.operations.desk import Done
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.lists.list_intake import PASTE, ListIntake, may_paste
from shelter_desk.ui.lists.two_line_list import TwoLine, TwoLineList, TwoLineRows
from shelter_desk.ui.next_turn import in_steps
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.rooms.move_card import MoveBedCard
from shelter_desk.ui.settings.rooms.room_cards import BedsCard, RoomFormCard
from shelter_desk.ui.widgets.beds_since import BedsSince
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, scrolling
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words.beds import first_days
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
        self.since = BedsSince(words.text("Since when are these beds there?"), desk.today())
        self.give_button = Button(words.text("Give this first day"), icon="save", on_click=self.give)
        self.counts_from = DayField(words.text("Capacity counts from"), desk.today())
        self.count_button = Button(words.text("Count from that day"), icon="save", on_click=self.count)
        self.counted = Label(size="small", ink="ink2", wrap=True)
        count = (self.count_button, 0, Qt.AlignmentFlag.AlignBottom)
        row = in_row(self.counts_from, count, STRETCH, spacing=tokens.SPACE_PANEL)
        fill(
            self.body,
            Field(which, self.which),
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


RoomAndBeds = tuple[Room, list[Bed]]


class RoomsSection(QWidget):
    """Choosing a room shows its form and its beds; what is typed and not saved keeps the room open."""

    told = Signal(object)  # Told

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._rows = TwoLineRows(self._line, self)
        self.rooms = TwoLineList(self._rows)
        self.rooms.setAccessibleName(words.text("Rooms"))
        self.rooms.chosen.connect(self._chosen)
        self.rooms.opened.connect(self._enter)
        self.add_button = Button(words.text("Add a room"), icon="plus", on_click=self.add)
        self._shown: RoomId | None = None
        self.intake: ListIntake | None = None
        in_steps(self, self._make())

    def _make(self) -> Iterator[None]:
        desk = self.desk
        self.room = RoomFormCard(desk)
        yield
        self.beds = BedsCard(desk)
        yield
        self.bed_move = MoveBedCard(desk)
        yield
        self.first_day = FirstDayCard(desk)
        self.beds.bed_chosen.connect(self.bed_move.show_bed)
        self.beds.bed_chosen.connect(self.first_day.show_bed)
        for card in (self.room, self.beds, self.bed_move, self.first_day):
            card.told.connect(self.told)
        self.room.kept.connect(self._kept)
        for card in (self.beds, self.bed_move, self.first_day):
            card.kept.connect(self.refresh)
        self.empty = Empty(
            "bed",
            words.text("No room yet"),
            words.text("Rooms and their beds make the plan. Begin with the first dormitory."),
            words.text("Add a room"),
        )
        self.empty.started.connect(self.add)
        if may_paste(desk):
            self.intake = ListIntake(self.rooms, ("chambres_lits", "chambres", "lits"), tuple, "rooms", in_menu=True)
            self.intake.told.connect(self.told)
            paste = Button(words.text("Paste from Excel"), "quiet", "import", PASTE, on_click=self.intake.paste)
            self.empty.add(paste)
        yield
        yield from self._lay_out()

    def _lay_out(self) -> Iterator[None]:
        left = Card()
        left.layout().setContentsMargins(1, 1, 1, tokens.SPACE)  # type: ignore[union-attr]
        left.setFixedWidth(max(min(tokens.wide(264), 330), tokens.wide(190)))
        fill(left.body, (self.rooms, 1), in_row(self.add_button, margins=(tokens.SPACE_PANEL, 0)))
        inner = QWidget()
        inner.setMaximumWidth(tokens.wide(900))
        self._below = QWidget()
        self._below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        in_column(
            self.room,
            (self.beds, 1),
            self.bed_move,
            self.first_day,
            (self._below, 1),
            within=inner,
            spacing=tokens.SPACE_2,
            margins=(4, 4, tokens.SPACE, tokens.SPACE),
        )
        self._left, self._right = left, scrolling(inner)
        yield
        in_row(
            left,
            (self._right, 1),
            (self.empty, 1),
            within=self,
            spacing=tokens.SPACE_2,
            margins=(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE_2),
        )

    def _line(self, row: RoomAndBeds) -> TwoLine:
        room, beds = row
        there = [bed for bed in beds if bed.in_service(self.desk.today())]
        code = words.text("{code} · {name}").format(code=room.code, name=room.name)
        kind = words.label("room_type", room.room_type)
        return TwoLine(code, kind, badge=words.count("{n} bed", "{n} beds", len(there)), badge_icon="")

    def is_editing(self) -> bool:
        """True while something typed is not kept yet."""
        return self.room.is_editing() or any(card.is_editing() for card in (self.beds, self.bed_move, self.first_day))

    @Slot()
    def refresh(self) -> None:
        """Ask again; the chosen room stays chosen."""
        found = beds.rooms(self.desk)
        self.rooms.blockSignals(True)
        self._rows.show(found)
        self._show_empty(not found and self._shown != RoomId(0))
        wanted = self._shown
        place = self._rows.place(lambda row: row[0].id == wanted)
        if place is None and found and wanted != RoomId(0):
            place = 0
        if place is not None:
            self.rooms.go_to(place)
        self.rooms.blockSignals(False)
        if place is not None:
            self._show(self._rows.row(place))

    def _show_empty(self, is_empty: bool) -> None:
        self.empty.setVisible(is_empty)
        self._left.setVisible(not is_empty)
        self._right.setVisible(not is_empty)

    @Slot(object)
    def _chosen(self, row: RoomAndBeds | None) -> None:
        if row is not None:
            self._show(row)

    def _show(self, row: RoomAndBeds) -> None:
        room, beds = row
        self._shown = room.id
        self.room.show_room(room)
        self.beds.show_beds(room, beds)
        self.first_day.show_beds(beds)
        for card in (self.beds, self.first_day):
            card.show()
        self.bed_move.setVisible(bool(beds))
        self._below.hide()

    @Slot(object)
    def _enter(self, _row: object) -> None:
        self.room.set_first()

    @Slot()
    def add(self) -> None:
        """An empty form for a new room."""
        self._shown = RoomId(0)
        self._show_empty(False)
        self.rooms.clearSelection()
        self.room.show_room(None)
        for card in (self.beds, self.bed_move, self.first_day):
            card.hide()
        self._below.show()
        self.room.set_first()

    @Slot(str)
    def _kept(self, code: str) -> None:
        found = next((room for room, _ in beds.rooms(self.desk) if room.code == code), None)
        self._shown = found.id if found is not None else self._shown
        self.refresh()
