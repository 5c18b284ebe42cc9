"""Who is here tonight and where, room by room; arrows go from bed to bed, Enter opens the bed on the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import BedId, PersonId
from shelter_desk.operations.beds.bed_board import BedLook, Board, RoomLook
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.bed_tile import BedTile, TileLook, tile_size
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, scrolling
from shelter_desk.words import away, formats

_ACROSS = 7
_LONGEST_CODE = 4  # letters that leave room for the sex and the mark of a minor


def person_tile(one: Present, bed: str, night: date, apart: Mapping[PersonId, frozenset[str]]) -> TileLook:
    """Somebody in a bed: the third line only where it matters tonight."""
    mark = {"f": "F", "m": "M"}.get(one.person.sex, "")
    look = TileLook(bed, one.person.code, "", "occupied", mark, one.person.birth.protected_as_minor(night))
    if one.absence is not None:
        short, why = (
            away.short(one.absence.absence_type),
            words.label("absence_type", one.absence.absence_type),
        )
        return replace(look, line3=short, state="absence", icon="absence", tooltip=why)
    if apart.get(one.person.id):
        codes = ", ".join(sorted(apart[one.person.id]))
        return replace(look, icon="triangle", tooltip=words.text("Keep apart from {codes}").format(codes=codes))
    return look


def newer_tile(one: Present, bed: str, night: date, apart: Mapping[PersonId, frozenset[str]]) -> TileLook:
    """Somebody who came after midnight, and when."""
    made = person_tile(one, bed, night, apart)
    came = words.text("Came at {clock}").format(clock=formats.clock(one.stay.admitted_at))
    return replace(made, line3=made.line3 or formats.clock(one.stay.admitted_at), tooltip=made.tooltip or came)


def shown_code(code: str, room: str) -> str:
    """The code of a bed, without the room's own where the whole leaves no room for the marks."""
    short = code.removeprefix(room).lstrip("-–. /")
    return short if len(code) > _LONGEST_CODE and short else code


def bed_tile(
    look: BedLook, room: str, night: date, apart: Mapping[PersonId, frozenset[str]], newer: Present | None = None
) -> TileLook:
    """One bed tonight: who has it, that it is held, out of use, or free. newer: who came into it after midnight."""
    one, code = look.holder, shown_code(look.bed.code, room)
    if one is None and newer is not None:
        return newer_tile(newer, code, night, apart)
    if one is not None:
        made = person_tile(one, code, night, apart)
        babies = len(look.sharing) if look.sleeper else len(look.sharing) - 1
        return replace(made, icon="baby", count=f"+{babies}") if babies and made.icon is None else made
    if look.state is not None:
        until = "" if look.state.end is None else formats.short_day(look.state.end.date())
        return TileLook(
            code, words.text("Out of use"), until, "out", tooltip=words.label("bed_state", look.state.state)
        )
    if look.held is not None and look.is_held:
        until = words.text("until {day}").format(day=formats.short_day(look.held.last))
        return TileLook(code, words.text("Bed held"), until, "held")
    return TileLook(code, words.text("Free"), "", "free")


class NightRoom(QWidget):
    """The name of a room, how full it is, and its tiles."""

    def __init__(self, title: str, slept: str, looks: list[tuple[str, TileLook]]) -> None:
        super().__init__()
        self.tiles = [BedTile(look, key) for key, look in looks]
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(tokens.SPACE)
        for place, tile in enumerate(self.tiles):
            grid.addWidget(tile, place // _ACROSS, place % _ACROSS)
        grid.setColumnStretch(_ACROSS, 1)
        across = max(1, min(_ACROSS, len(self.tiles)))
        name = Label(title, bold=True)
        head = in_row(name, STRETCH, Label(slept, size="small", ink="ink2"), spacing=tokens.SPACE)
        in_column(head, grid, within=self, spacing=tokens.SPACE_HALF)
        wanted = across * (tile_size().width() + tokens.SPACE) - tokens.SPACE
        self.setFixedWidth(max(wanted, head.sizeHint().width()))


class NightBoard(Card):
    """All rooms, then who has no place; a tile chosen names its bed."""

    wanted = Signal(str)  # a page or a part of it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rooms: list[NightRoom] = []
        self._shown: object = None
        self._flow = Flow(tokens.SPACE_2, tokens.SPACE_PANEL)
        inner = QWidget()
        in_column(self._flow, STRETCH, within=inner)
        self._scrolled = scrolling(inner, only_down=True)
        self.body.addWidget(self._scrolled, 1)

    @property
    def tiles(self) -> list[BedTile]:
        """Every tile in the order of the rooms."""
        return [tile for room in self._rooms for tile in room.tiles]

    def show_board(self, board: Board, newer: Sequence[Present] = ()) -> None:
        """Show that night; who came after midnight in their beds, or apart where they have none that was free then.

        The focus stays where it was.
        """
        apart = dict(board.apart)
        ready = {look.bed.id for room in board.rooms for look in room.beds if look.holder is None}
        in_bed, elsewhere = dict[BedId, Present](), list[Present]()
        for one in newer:
            bed = None if one.placement is None else one.placement.bed
            if bed is None or bed not in ready or bed in in_bed:
                elsewhere.append(one)
            else:
                in_bed[bed] = one
        rooms = [_of_room(one, board.night, apart, in_bed) for one in board.rooms]
        if board.unplaced:
            lost = [
                (f"stay:{one.stay.id}", replace(person_tile(one, formats.NONE, board.night, apart), state="extra"))
                for one in board.unplaced
            ]
            rooms.append((words.text("Without a place"), "", lost))
        if elsewhere:
            came = [
                (f"stay:{one.stay.id}", newer_tile(one, _place(one, board), board.night, apart)) for one in elsewhere
            ]
            rooms.append((words.text("Came after midnight"), "", came))
        if rooms == self._shown:
            return
        self._shown = rooms
        held = next((tile.key for tile in self.tiles if tile.hasFocus()), "")
        for room in self._rooms:
            self._flow.removeWidget(room)
            take_away(room)
        self._rooms = [NightRoom(*one) for one in rooms]
        for room in self._rooms:
            self._flow.add(room)
            for tile in room.tiles:
                tile.clicked.connect(self._clicked)
        again = next((tile for tile in self.tiles if tile.key == held), None)
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _clicked(self) -> None:
        tile = next((tile for tile in self.tiles if tile is self.sender()), None)
        if tile is not None:
            kind, _, number = tile.key.partition(":")
            self.wanted.emit(f"beds/{number}" if kind == "bed" else "beds")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right to the tile before or after, up and down to the nearest of the row above or below."""
        every = self.tiles
        at = next((tile for tile in every if tile.hasFocus()), None)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        down = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if at is None or (step is None and down is None):
            super().keyPressEvent(event)
            return
        if step is not None:
            to = every[max(0, min(len(every) - 1, every.index(at) + step))]
        else:
            to = _nearest(at, every, down or 1)
        to.setFocus(Qt.FocusReason.TabFocusReason)
        self._scrolled.ensureWidgetVisible(to)


def _nearest(at: BedTile, every: list[BedTile], down: int) -> BedTile:
    here = at.mapToGlobal(at.rect().center())
    places = [(tile, tile.mapToGlobal(tile.rect().center())) for tile in every]
    beyond = [(tile, there) for tile, there in places if (there.y() - here.y()) * down > at.height() // 2]
    if not beyond:
        return at
    row = min(abs(there.y() - here.y()) for _, there in beyond)
    near = [(tile, there) for tile, there in beyond if abs(there.y() - here.y()) < row + at.height() // 2]
    return min(near, key=lambda one: abs(one[1].x() - here.x()))[0]


def _place(one: Present, board: Board) -> str:
    beds = {look.bed.id: look.bed.code for room in board.rooms for look in room.beds}
    found = None if one.placement is None or one.placement.bed is None else beds.get(one.placement.bed)
    return found or words.text("Mat")


def _of_room(
    one: RoomLook, night: date, apart: Mapping[PersonId, frozenset[str]], newer: Mapping[BedId, Present]
) -> tuple[str, str, list[tuple[str, TileLook]]]:
    looks = [
        (f"bed:{look.bed.id}", bed_tile(look, one.room.code, night, apart, newer.get(look.bed.id))) for look in one.beds
    ]
    for who in one.extra:
        mat = person_tile(who, words.text("Mat"), night, apart)
        looks.append((f"stay:{who.stay.id}", mat if mat.state == "absence" else replace(mat, state="extra")))
    slept = words.text("{n} of {all}").format(n=one.slept, all=one.usable)
    title = words.text("{code} · {room}").format(code=one.room.code, room=one.room.name)
    return title, slept, looks
