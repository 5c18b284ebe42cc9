"""Moving and swapping, by keys, clicks and drags: who is on the way, what each bed says, and the act at the end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import NeedsReason, ShelterDeskError
from shelter_desk.domain.ids import RoomId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds.bed_board import BedLook, Board, RoomLook
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui.beds import bed_views, moving, phrases
from shelter_desk.ui.beds.bed_views import ReasonFace
from shelter_desk.ui.beds.moving import Moving
from shelter_desk.ui.beds.tiles import Verdict, bed_key, mat_key, stay_key
from shelter_desk.ui.forms import away_warning
from shelter_desk.ui.forms.late_reason import asking_late
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.ask import ask
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence


class Mover(QObject):
    """At most one move or swap under way."""

    changed = Signal()  # what the tiles say is different
    told = Signal(object)  # Told
    ended = Signal(int)  # StayId of who was moved
    reason_wanted = Signal(object)  # ReasonFace

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, parent
        self._board: Board | None = None
        self.night: date | None = None  # the first night of the move, None for tonight
        self.moving: Moving | None = None
        self.verdicts: dict[str, Verdict] = {}
        self._dropped: tuple[str, str] | None = None

    def begin(
        self,
        board: Board,
        kind: Literal["move", "swap", "family"],
        who: Present,
        dragged: bool = False,
        night: date | None = None,
    ) -> None:
        """Look for a place, for somebody to swap with, or for the beds of a family.

        night: the first one of the move, that of the board, where it is over.
        """
        self._board, self.night = board, night
        self.moving = Moving(kind, who, dragged)
        self.verdicts = moving.verdicts(self._desk, board, self.moving)
        self.changed.emit()

    def look_again(self, board: Board, night: date | None = None) -> None:
        """The house has changed, or the move begins with another night; it ends where the person is gone."""
        self._board, self.night = board, night
        if self.moving is None:
            return
        who = next((one for one in board.everyone if one.stay.id == self.moving.who.stay.id), None)
        if who is None:
            self.moving, self.verdicts = None, {}
            return
        self.moving = replace(self.moving, who=who)
        self.verdicts = moving.verdicts(self._desk, board, self.moving)

    @Slot()
    def give_up(self) -> None:
        """Nobody is moved."""
        self.moving, self.verdicts = None, {}
        self.changed.emit()

    def first(self) -> str:
        """The best place to begin with."""
        return next((key for key, verdict in self.verdicts.items() if verdict.can), "")

    def sentence(self) -> str:
        """What is going on."""
        if self.moving is None:
            return ""
        kind, who = self.moving.kind, self.moving.who
        if kind == "family" and self.first():
            told = words.text("Move the family of {code}, {n} persons: choose a bed of the room. Escape gives up.")
        elif kind == "family":
            told = words.text("No room has the {n} free beds for the family of {code}. Escape gives up.")
        elif not self.first():
            told = words.text("No place fits {code}. Escape gives up.")
        elif kind == "swap":
            told = words.text("Swap {code}: choose with whom. Enter asks, Escape gives up.")
        else:
            told = words.text("Move {code}: choose a bed. Enter places, Escape gives up.")
        n = len(moving.movers(self._board, who)) if self._board and kind == "family" else 0
        told = told.format(code=who.person.code, n=n)
        away = away_warning.of_stay(self._desk, who.stay.id, self.night or self._desk.today())
        told = f"{told} {away}".strip()
        if self.night is None:
            return told
        return words.text("Night of {day}. {told}").format(day=formats.day(self.night), told=told)

    def choose(self, key: str) -> None:
        """That tile was chosen while somebody is on the way."""
        verdict = self.verdicts.get(key)
        if self.moving is None or verdict is None:
            return
        if verdict.kind == "here":
            self.give_up()
        elif not verdict.can:
            self.told.emit(Told("attention", verdict.told or verdict.short))
        else:
            self._do(self.moving.who, key, verdict)

    def _do(self, who: Present, key: str, verdict: Verdict) -> None:
        if self._board is None:
            return
        found = moving.bed_of(self._board, key)
        kind = self.moving.kind if self.moving is not None else "move"
        if found is None and kind != "swap":
            room = next(look.room for look in self._board.rooms if mat_key(look.room.id) == key)
            self.place(who, Spot("appoint", None, RoomId(room.id)), room.code, self.night)
        elif found is None:
            return
        elif kind == "family":
            self._place_family(self._board, who, *found)
        elif kind == "move":
            self.place(who, Spot("lit", found[1].bed.id), found[1].bed.code, self.night)
        elif found[1].sleeper is not None:
            self.swap(who, found[1].sleeper, verdict.rules)

    def place(self, who: Present, spot: Spot, place: str, night: date | None = None, away: str = "") -> None:
        """Move somebody there from a night on, tonight for None; where a rule asks for a reason, the panel asks.

        away: what is said of it besides, as that they are away.
        """
        try:
            told = self._late(partial(bed_views.move, self._desk, who, spot, place, night))
        except NeedsReason as error:
            self.ask_reason(who, spot, place, error, night, away)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self._end(who, _with(told, away))

    def _late(self, act: Callable[[], Told]) -> Told:
        """What that did; where a closed month changes, a question asks why it comes late."""
        return asking_late(self._window, self._desk, act)

    def _place_family(self, board: Board, who: Present, look: RoomLook, bed: BedLook) -> None:
        """Move the whole family to the room of that bed; where a rule asks for a reason, the panel asks for it once."""
        moves = moving.moves(self._desk, board, who, look, bed.bed.id)
        if not moves:
            return
        again = partial(bed_views.move_family, self._desk, moves, look.room.code, self.night)
        try:
            told = self._late(partial(again, ""))
        except NeedsReason as error:
            title = words.text("The family of {code} to room {room}").format(code=who.person.code, room=look.room.code)
            about = words.count("{n} person", "{n} persons", len(moves))
            self._ask_why(error, title, about, words.text("Place"), again)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self._end(who, told)

    def ask_reason(
        self, who: Present, spot: Spot, place: str, error: NeedsReason, night: date | None = None, away: str = ""
    ) -> None:
        """Ask why the rules are set aside, of a manager only. away: as in `place`."""
        title = words.text("{code} to {place}").format(code=who.person.code, place=place)
        about = f"{phrases.who(who.person, self._desk.today())} {away}".rstrip()

        def again(reason: str) -> Told:
            return bed_views.move(self._desk, who, replace(spot, reason=reason), place, night)

        self._ask_why(error, title, about, words.text("Place"), again)

    def _ask_why(self, error: NeedsReason, title: str, about: str, verb: str, again: Callable[[str], Told]) -> None:
        if self._desk.may(Permission.OVERRIDE_RULE):
            self.reason_wanted.emit(ReasonFace(self._desk, title, about, error.rules, verb, again))
        else:
            self.told.emit(Told("blocked", sentence(error)))

    def swap(self, who: Present, other: Present, rules: tuple[str, ...] = ()) -> None:
        """Ask, then let the two exchange their beds."""
        if self._board is None:
            return
        here, there = moving.place_name(self._board, who), moving.place_name(self._board, other)
        question = words.text("Swap beds {one} and {other}?").format(one=here, other=there)
        effect = words.text("{one} goes to {there}, {other} goes to {here}, from tonight on. You can undo it.")
        if self.night is not None:
            effect = words.text(
                "{one} goes to {there}, {other} to {here}, from the night of {day} on. You can undo it."
            )
        day = "" if self.night is None else formats.day(self.night)
        told = effect.format(one=who.person.code, there=there, other=other.person.code, here=here, day=day)
        both = [(one.stay.id, one.person.code) for one in (who, other)]
        told = f"{told} {away_warning.among(self._desk, both, self.night or self._desk.today())}".rstrip()
        again = partial(bed_views.swap, self._desk, who, other, (here, there), self.night)
        if rules and self._desk.may(Permission.OVERRIDE_RULE):
            self.reason_wanted.emit(ReasonFace(self._desk, question, told, rules, words.text("Swap"), again))
            return
        if ask(self._window, question, told, words.text("Swap"), icon="swap") is None:
            return
        try:
            done = self._late(partial(again, ""))
        except NeedsReason as error:
            self._ask_why(error, question, told, words.text("Swap"), again)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self._end(who, done)

    def _end(self, who: Present, told: Told) -> None:
        self.moving, self.verdicts = None, {}
        self.told.emit(told)
        self.ended.emit(who.stay.id)

    def drop(self, board: Board, dragged: str, target: str, night: date | None = None) -> None:
        """A tile was dropped on another; while the drag still runs it waits for its end. night: as in `begin`."""
        if self.moving is not None and self.moving.dragged:
            self._dropped = (dragged, target)
            return
        who = person_at(board, dragged)
        self._board, self.night = board, night
        if who is None:
            return
        found = moving.bed_of(board, target)
        other = found[1].sleeper if found is not None else None
        if other is not None and who.placement is not None:
            mine, theirs = moving.room_with(board, who), moving.room_with(board, other)
            against = moving.against_swap(board, mine, who, theirs, other) if mine and theirs else []
            self.swap(who, other, moving.judged(self._desk, against).rules)
        elif found is not None and other is None:
            # nothing was said while the mouse carried them: the strip is hidden
            away = away_warning.of_stay(self._desk, who.stay.id, self.night or self._desk.today())
            self.place(who, Spot("lit", found[1].bed.id), found[1].bed.code, self.night, away)

    def drag_over(self, board: Board) -> None:
        """The drag has ended, on a bed or nowhere."""
        dropped, self._dropped = self._dropped, None
        self.give_up()
        if dropped is not None:
            self.drop(board, *dropped)


def _with(told: Told, away: str) -> Told:
    """The same, and that who was moved is away."""
    return replace(told, state="attention", sentence=f"{told.sentence} {away}") if away else told


def person_at(board: Board | None, key: str) -> Present | None:
    """Who the tile of that key is about."""
    found = moving.bed_of(board, key)
    if found is not None or board is None:
        return found[1].holder if found is not None else None
    return next((one for one in board.everyone if stay_key(one.stay.id) == key), None)


def key_of(board: Board | None, stay: int) -> str:
    """The key of the tile somebody is on, "" when they are gone."""
    if board is None:
        return ""
    for bed in (bed for look in board.rooms for bed in look.beds):
        if any(one.stay.id == stay for one in (bed.sleeper, *bed.sharing) if one):
            return bed_key(bed.bed.id)
    return next((stay_key(one.stay.id) for one in board.everyone if one.stay.id == stay), "")
