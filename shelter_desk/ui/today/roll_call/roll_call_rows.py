"""The grid of the roll call: one line a person, one key a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.ids import BedId, StayId
from shelter_desk.domain.stays.roll_call import RollCallDone
from shelter_desk.operations.stays.roll_call import SheetLine
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.model_index import Index
from shelter_desk.ui.today.roll_call.roll_call_paint import LINE, RollDelegate, Shown, pressed

Mark = str  # PRESENT, one of `in_place`, UNSAID, or an `absence_type`
PRESENT, UNSAID = "present", "unsaid"  # unsaid: not there, the reason is still to be said
_IN = f"{PRESENT}:"
# the row of digits of a French keyboard gives these letters without Shift
_DIGITS: Mapping[str, int] = {key: place for place, keys in enumerate(("1&", "2é", '3"', "4'", "5(")) for key in keys}
_TWO_COLUMNS_FROM = 1180


def reasons() -> list[str]:
    """Why somebody may be away, in the order of their digits."""
    return [one.code for one in codes.codes("absence_type") if one.active]


def reason_said(absence_type: str) -> str:
    """The reason without what its list adds in brackets."""
    return words.label("absence_type", absence_type).split(" (")[0]


def in_place(place: str, bed: BedId | None = None) -> Mark:
    """Here, seen in another place than the register has."""
    return f"{_IN}{place}:{'' if bed is None else bed}"


def is_here(mark: Mark | None) -> bool:
    """Seen, wherever."""
    return mark is not None and (mark == PRESENT or mark.startswith(_IN))


def mark_of(called: RollCallDone) -> Mark:
    """How a line that was called before is marked."""
    if not called.is_present:
        return called.absence_type
    return in_place(called.place, called.bed) if called.place else PRESENT


def called_of(stay: StayId, mark: Mark) -> RollCallDone:
    """What a mark says of somebody."""
    if not is_here(mark):
        return RollCallDone(stay, mark)
    _, place, bed = (*mark.split(":"), "", "")[:3]
    return RollCallDone(stay, "", place, BedId(int(bed)) if bed else None)


@dataclass(frozen=True, slots=True)
class RollCallCounts:
    """How far the call is."""

    present: int
    absent: int
    open: int

    @property
    def all(self) -> int:
        """Everybody on the sheet."""
        return self.present + self.absent + self.open

    def said(self) -> list[str]:
        """How many are here, away, and to be called."""
        return [
            words.count("{n} person here", "{n} persons here", self.present),
            words.count("{n} person away", "{n} persons away", self.absent),
            words.count("{n} to call", "{n} still to call", self.open),
        ]


class RollRows(QAbstractListModel):
    """Everybody of the sheet and how they were marked."""

    marked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[SheetLine] = []
        self._night = date.min
        self.marks: dict[StayId, Mark] = {}
        self.beds: Mapping[BedId, str] = {}
        self.widest_bed = ""

    def show(self, lines: Sequence[SheetLine], night: date, marks: Mapping[StayId, Mark]) -> None:
        """Show these lines with these marks; marks of nobody on the sheet are dropped. `beds` is set before."""
        here = {line.one.stay.id for line in lines}
        self.beginResetModel()
        self._lines, self._night = list(lines), night
        self.widest_bed = max(
            (line.bed_code for line in lines), key=tokens.metrics(bold=True).horizontalAdvance, default=""
        )
        self.marks = {stay: mark for stay, mark in marks.items() if stay in here}
        self.endResetModel()

    def line(self, place: int) -> SheetLine:
        """Who stands there."""
        return self._lines[place]

    def lines(self) -> list[SheetLine]:
        """Everybody, in order."""
        return list(self._lines)

    def mark_at(self, place: int) -> Mark | None:
        """How they were marked, None while they were not."""
        return self.marks.get(self._lines[place].one.stay.id)

    def is_open(self, place: int) -> bool:
        """Not marked, or without the reason that is asked for."""
        return self.mark_at(place) in (None, UNSAID)

    def put(self, places: Sequence[int], mark: Mark | None) -> None:
        """Mark those; None takes their mark away."""
        for place in places:
            stay = self._lines[place].one.stay.id
            if mark is None:
                self.marks.pop(stay, None)
            else:
                self.marks[stay] = mark
        if places:
            self.dataChanged.emit(self.index(min(places), 0), self.index(max(places), 0))
            self.marked.emit()

    def room_around(self, place: int) -> list[int]:
        """Everybody in the same room."""
        room = self._lines[place].room
        return [other for other, line in enumerate(self._lines) if line.room == room]

    def next_open(self, after: int) -> int | None:
        """The next line to be called below that one, else the first above it."""
        places = [place for place in range(len(self._lines)) if self.is_open(place) and place != after]
        below = [place for place in places if place > after]
        return next(iter(below or places), None)

    def counts(self) -> RollCallCounts:
        """How far the call is."""
        left = sum(1 for place in range(len(self._lines)) if self.is_open(place))
        present = sum(1 for mark in self.marks.values() if is_here(mark))
        return RollCallCounts(present, len(self._lines) - left - present, left)

    def called(self) -> list[RollCallDone]:
        """What was said of everybody marked."""
        said = [(line.one.stay.id, self.marks.get(line.one.stay.id)) for line in self._lines]
        return [called_of(stay, mark) for stay, mark in said if mark and mark != UNSAID]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._lines[place].one.person.code
        if role == LINE:
            return self._shown(place)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._shown(place).said()
        return None

    def _shown(self, place: int) -> Shown:
        line, mark = self._lines[place], self.mark_at(place)
        person = line.one.person
        here = words.text("Here (woman)") if person.sex == "f" else words.text("Here (man)")
        away = words.text("Away (woman)") if person.sex == "f" else words.text("Away (man)")
        room = "" if line.room is None else f"{line.room.code} · {line.room.name}"
        first = place == 0 or self._lines[place - 1].room != line.room
        last = place + 1 < len(self._lines) and self._lines[place + 1].room != line.room
        note, state, icon = self._note(line, mark)
        return Shown(
            room or words.text("No bed"),
            first,
            last,
            line.bed_code,
            person.code,
            {"f": "F", "m": "M"}.get(person.sex, ""),
            person.birth.is_minor(self._night),
            is_here(mark),
            mark is not None and not is_here(mark),
            (here, away),
            note,
            state,
            icon,
            self.widest_bed,
        )

    def _note(self, line: SheetLine, mark: Mark | None) -> tuple[str, str, str]:
        if mark == UNSAID:
            return words.text("1 to {n}: reason").format(n=len(reasons())), "attention", ""
        if mark is not None and mark.startswith(_IN):
            called = called_of(line.one.stay.id, mark)
            told = words.text("extra") if called.place == "appoint" else words.text("shared")
            if called.place == "lit" and called.bed is not None:
                told = words.text("in {bed}").format(bed=self.beds.get(called.bed, "?"))
            return told, "attention", "bed"
        if mark not in (None, PRESENT):
            return reason_said(mark or ""), "held", ""
        if line.one.absence is not None:
            return reason_said(line.one.absence.absence_type), "held", "bookmark"
        placement = line.one.placement
        if placement is None:
            return words.text("no bed known"), "attention", ""
        if placement.place == "partage":
            return words.text("shares the bed"), "ink2", "baby"
        return (words.text("extra place"), "ink2", "plus") if placement.place == "appoint" else ("", "ink2", "")


class RollList(QListView):
    """P, A and a digit, L, T, Backspace, Enter; in two columns where there is room."""

    went_on = Signal()  # nobody is left to be called
    place_wanted = Signal()  # where the person of this line was seen is to be said
    moved = Signal()

    def __init__(self, rows: RollRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self._called: list[int] = []  # lines, the one called last at the end
        self.setItemDelegate(RollDelegate(self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setModel(rows)
        self.setAccessibleName(words.text("Everybody to call"))
        self.selectionModel().currentChanged.connect(self.moved)
        rows.modelReset.connect(self._begin)

    def place(self) -> int:
        """The line the focus is on, −1 where there is none."""
        return self.currentIndex().row()

    def go_to(self, place: int) -> None:
        """Choose that line and bring it into sight."""
        self.setCurrentIndex(self.rows.index(place, 0))

    def go_on(self) -> None:
        """To the next line still to be called, else say that there is none."""
        after = self.rows.next_open(self.place())
        if after is not None:
            self.go_to(after)
        elif self.place() < 0 or not self.rows.is_open(self.place()):
            self.went_on.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if not (bare and self.place() >= 0 and self._act(event)):
            super().keyPressEvent(event)

    def _act(self, event: QKeyEvent) -> bool:
        key, typed = event.key(), event.text()
        if key == Qt.Key.Key_P:
            self.see()
        elif key == Qt.Key.Key_A:
            self.miss()
        elif key == Qt.Key.Key_L:
            self.place_wanted.emit()
        elif key == Qt.Key.Key_T:
            self.see_room()
        elif key == Qt.Key.Key_Backspace:
            self.take_back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif typed in _DIGITS and _DIGITS[typed] < len(reasons()):
            if self.rows.mark_at(self.place()) is not None:  # else it was meant for the line above, which went on alone
                self.say_reason(reasons()[_DIGITS[typed]])
        else:
            return False
        return True

    @Slot()
    def see(self) -> None:
        """The person of this line is here."""
        self._put(PRESENT)
        self.go_on()

    def take_back(self) -> None:
        """Nothing is said of this line; where nothing was yet, of the line that was called last, which is gone to."""
        if self.rows.mark_at(self.place()) is None and self._called:
            self.go_to(self._called.pop())
        self.rows.put([self.place()], None)

    def _put(self, mark: Mark) -> None:
        place = self.place()
        self._called = [*(one for one in self._called if one != place), place]
        self.rows.put([place], mark)

    @Slot()
    def miss(self) -> None:
        """Not here: for the reason recorded, else it is asked for."""
        absence = self.rows.line(self.place()).one.absence
        self._put(UNSAID if absence is None else absence.absence_type)
        if absence is not None:
            self.go_on()

    @Slot(str)
    def say_reason(self, absence_type: str) -> None:
        """Not here, for that reason."""
        if self.place() >= 0:
            self._put(absence_type)
            self.go_on()

    def see_in(self, place: str, bed: BedId | None) -> None:
        """Here, but in that place; the one the register has is nothing to say."""
        slept = self.rows.line(self.place()).one.placement
        is_same = slept is not None and slept.place == place and (place != "lit" or slept.bed == bed)
        self._put(PRESENT if is_same else in_place(place, bed))
        self.go_on()

    @Slot()
    def see_room(self) -> None:
        """Everybody in this room who was not called yet and is not recorded as away is here."""
        if self.place() < 0:
            return
        around = self.rows.room_around(self.place())
        free = [p for p in around if self.rows.mark_at(p) is None and self.rows.line(p).one.absence is None]
        self.rows.put(free, PRESENT)
        if not self.rows.is_open(self.place()):
            self.go_on()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid() or index.row() != self.place():
            return
        act = pressed(self.visualRect(index), event.position().toPoint(), self.rows.widest_bed)
        if act == "here":
            self.see()
        elif act == "away":
            self.miss()

    def keyboardSearch(self, _search: str) -> None:
        """Letters act, they do not search."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()
        super().resizeEvent(event)

    @Slot()
    def _begin(self) -> None:
        self._called = []
        self.arrange()

    @Slot()
    def arrange(self) -> None:
        """Two columns where there is room for them and need of them."""
        needed_height = self.rows.rowCount() * self.sizeHintForRow(0)
        two = self.width() >= tokens.wide(_TWO_COLUMNS_FROM) and needed_height > self.height()
        if self.isWrapping() != two:
            self.setWrapping(two)
        never, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(never if two else needed)
        self.setHorizontalScrollBarPolicy(needed if two else never)

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self.scheduleDelayedItemsLayout()
