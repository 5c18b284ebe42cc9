"""Who slept here on each night of the period: one key a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.ids import BedId, StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.roll_call import RollCall, RollCallDone
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import roll_call
from shelter_desk.operations.today import today
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.late_reason import asking_late
from shelter_desk.ui.lists.two_line_list import TwoLine, TwoLineList, TwoLineRows
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.today.catch_up import choices
from shelter_desk.ui.widgets.badge import State
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import fill, in_row
from shelter_desk.words import formats

Mark = Literal["to_check", "here", "left", "away"]
Act = Literal["here", "left", "away"]
_ACTS: Mapping[int, Act] = {Qt.Key.Key_P: "here", Qt.Key.Key_S: "left", Qt.Key.Key_A: "away"}
_STATES: Mapping[Mark, tuple[State, str | None]] = {
    "to_check": ("neutral", None),
    "here": ("ok", None),
    "left": ("neutral", "leave"),
    "away": ("held", "absence"),
}


@dataclass(frozen=True, slots=True)
class SleeperLine:
    """Somebody on the list of one night, and what is known of that night by now."""

    one: Present
    place: str
    mark: Mark


class PresenceList(TwoLineList):
    """The list of one night: a letter says what is known of the line and goes to the next."""

    acted = Signal(str)  # Act
    turned = Signal(int)  # one night back or on

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        steps = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}
        if bare and event.key() in _ACTS:
            self.acted.emit(_ACTS[event.key()])
        elif event.key() in steps:
            self.turned.emit(steps[event.key()])
        elif event.key() == Qt.Key.Key_Backspace:
            self.acted.emit("to_check")
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters act, they do not search."""


class PresenceCard(Card):
    """The nights of the period one after the other, each with those who should have slept here."""

    noted = Signal(str, object, object)  # `exit`, `absence` or `return`, of which Present, date of the night
    told = Signal(object)  # Told: the roll call of a night was written, or why not

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.counted = Label("", size="small", ink="ink2")
        super().__init__(words.text("Who slept here?"), badge=self.counted, parent=parent)
        self._desk = desk
        self._nights: list[date] = []
        self._at = 0
        self._marks: dict[tuple[date, StayId], Mark] = {}
        self._asked: dict[date, list[Present]] = {}
        self.rows = TwoLineRows(self._line)
        self.list = PresenceList(self.rows)
        self.list.setAccessibleName(words.text("Who slept here?"))
        self.before = IconButton("previous", words.text("Night before"), on_click=self._back)
        self.after = IconButton("next", words.text("Night after"), on_click=self._on)
        self.night_line = Label("", bold=True)
        self.buttons: dict[Act, Button] = {
            "here": Button(words.text("Still here"), shortcut_text="P"),
            "left": Button(words.text("Gone"), shortcut_text="S"),
            "away": Button(words.text("Away"), shortcut_text="A"),
        }
        fill(
            self.body,
            in_row(self.before, (self.night_line, 1), self.after, spacing=tokens.SPACE),
            (self.list, 1),
            in_row(*((button, 1) for button in self.buttons.values()), spacing=tokens.SPACE),
        )
        self.list.acted.connect(self.act)
        self.list.turned.connect(self.turn)
        for button in self.buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._clicked)

    # What is shown ---------------------------------------------------------------------------------------------------

    @property
    def night(self) -> date:
        """The night shown."""
        return self._nights[self._at]

    def show_nights(self, nights: Sequence[date]) -> None:
        """These nights, oldest first; other nights than before begin with the oldest."""
        if list(nights) != self._nights:
            self._nights, self._at = list(nights), 0
        self.look_again()

    def look_again(self) -> None:
        """Ask anew who covers the night; those who no longer do stay on the list as left."""
        night = self.night
        board = bed_board.board(self._desk, night)
        places: dict[BedId, str] = {look.bed.id: look.bed.code for room in board.rooms for look in room.beds}
        now = {one.stay.id: one for one in board.everyone}
        seen = self._seen(night)
        asked = self._asked.setdefault(night, list(board.everyone))
        asked += [one for key, one in now.items() if key not in {other.stay.id for other in asked}]
        made = [self._sleeper(now.get(one.stay.id), one, places, one.stay.id in seen) for one in asked]
        at = max(0, self.list.currentIndex().row())
        self.rows.show(made)
        if made:
            self.list.go_to(min(at, len(made) - 1))
        self._say(made)

    def _seen(self, night: date) -> set[StayId]:
        """Whom the roll call of that night has seen, where one was called."""
        before = roll_call.sheet(self._desk, night).before if self._desk.may(Permission.CALL_ROLL) else None
        return set() if before is None else {one.stay for one in before.called if not one.absence_type}

    def _sleeper(self, now: Present | None, asked: Present, places: Mapping[BedId, str], was_seen: bool) -> SleeperLine:
        one = now or asked
        mark: Mark = self._marks.get((self.night, one.stay.id), "here" if was_seen else "to_check")
        if now is None:
            mark = "left"
        elif one.absence is not None:
            mark = "away"
        bed = one.placement.bed if one.placement is not None else None
        place = places.get(bed, "") if bed is not None else ""
        return SleeperLine(one, place, mark)

    def _say(self, made: Sequence[SleeperLine]) -> None:
        left = sum(1 for one in made if one.mark == "to_check")
        self.counted.setText(words.text("{n} of {all}").format(n=len(made) - left, all=len(made)))
        day, after = formats.short_day(self.night), formats.short_day(self.night + timedelta(days=1))
        is_tonight = self.night == self._desk.today()
        told = words.text("Tonight, {day}") if is_tonight else words.text("Night of {day} to {next}")
        self.night_line.setText(told.format(day=day, next=after))
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at < len(self._nights) - 1)

    def _line(self, row: SleeperLine) -> TwoLine:
        person, placement = row.one.person, row.one.placement
        place = words.text("No bed yet")
        if row.place:
            place = words.text("Bed {bed}").format(bed=row.place)
        elif placement is not None and placement.place == "appoint":
            place = words.text("Mat")
        said = {
            "to_check": words.text("to check"),
            "here": words.text("still here"),
            "left": words.text("gone"),
            "away": words.text("away"),
        }[row.mark]
        second = words.text("{place} · {who}").format(place=place, who=choices.about(person, self.night))
        return TwoLine(person.code, second, "", person.birth.is_minor(self.night), said, *_STATES[row.mark])

    # What is said ----------------------------------------------------------------------------------------------------

    @Slot(str)
    def act(self, act: str) -> None:
        """Note what is known of the line the focus is on."""
        row = self.list.current()
        if not isinstance(row, SleeperLine) or row.mark == "left":
            return
        one, night = row.one, self.night
        if act == "left":
            self.noted.emit("exit", one, night)
        elif act == "away" and one.absence is None:
            self.noted.emit("absence", one, night)
        elif act == "here" and one.absence is not None:
            self.noted.emit("return", one, night)
            self._mark(one, "here")
        elif act in ("here", "to_check"):
            self._mark(one, "here" if act == "here" else "to_check")

    def _mark(self, one: Present, mark: Mark) -> None:
        self._marks[self.night, one.stay.id] = mark
        self.look_again()
        if mark == "here":
            self.go_on()

    def go_on(self) -> None:
        """To the next line still to check, or to the next night once there is none."""
        made = [self.rows.row(place) for place in range(self.rows.rowCount())]
        at = self.list.currentIndex().row()
        open_ones = [place for place, one in enumerate(made) if one.mark == "to_check"]
        after = [place for place in open_ones if place > at] or open_ones
        if after:
            self.list.go_to(after[0])
            return
        self._call_roll(made)
        if self._at < len(self._nights) - 1:
            self.turn(1)

    def _call_roll(self, made: Sequence[SleeperLine]) -> None:
        """Of a night that is over, what was said of everybody is its roll call; one that says so already stays."""
        night = self.night
        if not made or night >= self._desk.today() or not self._desk.may(Permission.CALL_ROLL):
            return
        before = roll_call.sheet(self._desk, night).before
        called = [_called(one, before) for one in made if one.mark != "left"]
        if before is not None and sorted(before.called, key=_stay) == sorted(called, key=_stay):
            return
        unregistered, note = (0, "") if before is None else (before.unregistered, before.note)
        with refusals_told(self.told):
            desk = today.afterwards(self._desk)
            done = asking_late(self, desk, lambda: roll_call.call(desk, night, called, unregistered, note))
            here = sum(not one.absence_type for one in called)
            told = words.text("Roll call of the night of {day} recorded: {here}, {away}.").format(
                day=formats.short_day(night),
                here=words.count("{n} present", "{n} present", here),
                away=words.count("{n} absent", "{n} absent", len(called) - here),
            )
            self.told.emit(Told("ok", told, done))

    @Slot(int)
    def turn(self, step: int) -> None:
        """Go that many nights on."""
        at = max(0, min(len(self._nights) - 1, self._at + step))
        if at != self._at:
            self._at = at
            self.list.clearSelection()
            self.look_again()
            if self.rows.rowCount():
                self.list.go_to(0)

    @Slot()
    def _back(self) -> None:
        self.turn(-1)

    @Slot()
    def _on(self) -> None:
        self.turn(1)

    @Slot()
    def _clicked(self) -> None:
        act = next((act for act, button in self.buttons.items() if button is self.sender()), None)
        if act is not None:
            self.act(act)


def _called(line: SleeperLine, before: RollCall | None) -> RollCallDone:
    """What was said of somebody, with the place that the roll call before saw them in."""
    away = "" if line.one.absence is None else line.one.absence.absence_type
    former = None if before is None else before.of(line.one.stay.id)
    return former if former is not None and former.absence_type == away else RollCallDone(line.one.stay.id, away)


def _stay(one: RollCallDone) -> StayId:
    return one.stay
