"""The step of the rooms and beds: lines of so many rooms of one kind with so many beds."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.beds.first_day import NOT_KNOWN
from shelter_desk.system import clock
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import NumberField
from shelter_desk.ui.unlock.first_run.step import (
    MOST_BEDS,
    MOST_ROOMS,
    FirstRunDraft,
    FirstRunStep,
    NewRoom,
    RoomsLine,
    kinds,
    planned,
)
from shelter_desk.ui.widgets.beds_since import BedsSince
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label, RuleLine, empty, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.words.beds import first_days

_SHOWN = 12


class RoomsStep(FirstRunStep):
    """A small table of lines, and the codes the rooms and beds will have."""

    def __init__(self, draft: FirstRunDraft, parent: QWidget | None = None) -> None:
        super().__init__(draft, parent)
        self.name = words.text("Rooms and beds")
        self.title = words.text("Which rooms do people sleep in?")
        self.lead = words.text("One line for rooms that are alike: 8 dormitories of 10 beds.")
        self.rows: list[_RoomsRow] = []
        self._lines = in_column(spacing=tokens.SPACE)
        self.add_button = Button(words.text("Add a line"), kind="quiet", icon="plus", on_click=self.add)
        self.later_button = Button(words.text("Add them later"), kind="quiet", icon="snooze", on_click=self._later)
        asked = words.text("Since when are these beds there?")
        self.since = BedsSince(asked, clock.today(), draft.beds_since or NOT_KNOWN)
        self.since.changed.connect(self._tell_since)
        self._follows = Label(size="small", ink="ink2", wrap=True)
        self._preview = in_column(spacing=2)
        self._total = Label(bold=True)
        self._lay_out()
        lines: list[RoomsLine | None] = [*draft.lines]
        for line in lines or [None]:
            self._append(line)
        self._look()
        self._tell_since()

    def _lay_out(self) -> None:
        card = Card()
        fill(card.body, self._lines, in_row(self.add_button, STRETCH, self.later_button))
        seen = Card(words.text("What this makes"))
        seen.head.addWidget(self._total)
        seen.body.addLayout(self._preview)
        note = words.text("Codes, kinds and who each room is for can be changed in the settings.")
        fill(seen.body, RuleLine(), Label(note, size="small", ink="ink2", wrap=True))
        since = Card()
        fill(since.body, self.since, self._follows)
        fill(self.body, card, since, seen, STRETCH)

    def set_first(self) -> None:
        if self.rows:
            self.rows[0].rooms.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def add(self) -> None:
        """One more line, and the focus in it."""
        self._append(None).rooms.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, line: RoomsLine | None) -> "_RoomsRow":
        row = _RoomsRow(line)
        row.changed.connect(self._look)
        row.left.connect(self._remove)
        row.entered.connect(self.go_on_wanted)
        self.rows.append(row)
        self._lines.addWidget(row)
        return row

    @Slot()
    def _remove(self) -> None:
        row = self.sender()
        if isinstance(row, _RoomsRow):
            self.rows.remove(row)
            take_away(row)
            (self.rows[-1].rooms.line if self.rows else self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)
            self._look()

    @Slot()
    def _later(self) -> None:
        for row in list(self.rows):
            take_away(row)
        self.rows = []
        self._look()
        self.go_on_wanted.emit()

    def lines(self) -> list[RoomsLine]:
        """The lines that are complete."""
        return [line for row in self.rows if (line := row.line()) is not None]

    def take(self) -> bool:
        self.draft.lines = self.lines()
        wrong = [row for row in self.rows if not row.check()]
        since = self.since.checked()
        self.draft.beds_since = None if since == NOT_KNOWN else since
        if wrong:
            wrong[0].set_first_wrong()
        return since is not None and not wrong

    @Slot()
    def _tell_since(self) -> None:
        day = self.since.day()
        self._follows.setText(first_days.answered(None if day == NOT_KNOWN else day) if day is not None else "")

    def summary(self) -> str:
        return _counted(planned(self.draft.lines)) if self.draft.lines else words.text("later")

    @Slot()
    def _look(self) -> None:
        empty(self._preview)
        rooms = planned(self.lines())
        self._total.setText(_counted(rooms) if rooms else "")
        fill(self._preview, *(Label(_told(room), ink="ink2") for room in rooms[:_SHOWN]))
        left = len(rooms) - _SHOWN
        if left > 0:
            self._preview.addWidget(Label(words.count("and {n} more room", "and {n} more rooms", left), ink="ink3"))
        if not rooms:
            self._preview.addWidget(Label(words.text("Nothing yet."), ink="ink3"))
        self.changed.emit()


class _RoomsRow(QWidget):
    """One line: how many rooms, which kind, how many beds in each."""

    changed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, line: RoomsLine | None) -> None:
        super().__init__()
        self.rooms = NumberField(words.text("Rooms"), 1, MOST_ROOMS)
        self.kind = ChoiceField(words.text("Kind of room"), kinds())
        self.beds = NumberField(words.text("Beds in each"), 1, MOST_BEDS)
        self.remove_button = IconButton("close", words.text("Take this line away"), bare=True, on_click=self.left)
        self.rooms.setFixedWidth(tokens.wide(96))
        self.kind.setFixedWidth(tokens.wide(300))
        self.beds.setFixedWidth(tokens.wide(120))
        for field in (self.rooms, self.beds):
            field.changed.connect(self.changed)
            field.line.returnPressed.connect(self.entered)
        self.kind.chosen.connect(self.changed)
        if line is not None:
            self.rooms.set_number(line.rooms)
            self.kind.choose(line.kind)
            self.beds.set_number(line.beds)
        in_row(
            self.rooms,
            self.kind,
            self.beds,
            (self.remove_button, 0, Qt.AlignmentFlag.AlignVCenter),
            STRETCH,
            within=self,
            spacing=tokens.SPACE_2,
        )

    def line(self) -> RoomsLine | None:
        """What is typed, None while it is not complete."""
        rooms, kind, beds = self.rooms.number(), self.kind.value(), self.beds.number()
        if rooms is None or kind is None or beds is None:
            return None
        return RoomsLine(rooms, kind, beds)

    def check(self) -> bool:
        """True when the line is complete or empty; what is missing is said beside its field."""
        for field in (self.rooms, self.kind, self.beds):
            field.clear()
        typed = self.rooms.line.text() or self.beds.line.text() or self.kind.value()
        if self.line() is not None or not typed:
            return True
        if self.rooms.number() is None:
            self.rooms.set_error(words.text("1 to {most}").format(most=MOST_ROOMS))
        if self.kind.value() is None:
            self.kind.set_error(words.text("Choose the kind."))
        if self.beds.number() is None:
            self.beds.set_error(words.text("1 to {most}").format(most=MOST_BEDS))
        return False

    def set_first_wrong(self) -> None:
        """Go to the first field that is not complete."""
        if self.rooms.number() is not None and self.kind.value() is None:
            self.kind.combo.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wrong = self.rooms.line if self.rooms.number() is None else self.beds.line
        wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        wrong.selectAll()


def _counted(rooms: list[NewRoom]) -> str:
    beds = sum(len(room.beds) for room in rooms)
    in_rooms = words.count("{n} room", "{n} rooms", len(rooms))
    return words.text("{rooms}, {beds}").format(rooms=in_rooms, beds=words.count("{n} bed", "{n} beds", beds))


def _told(room: NewRoom) -> str:
    told = words.text("{code} · {name}: {first}")
    if len(room.beds) > 1:
        told = words.text("{code} · {name}: {first} to {last}")
    return told.format(code=room.code, name=room.name, first=room.beds[0], last=room.beds[-1])
