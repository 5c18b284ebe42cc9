"""What each tile and each card of the plan says on a night."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.beds.held_beds import HeldBed
from shelter_desk.domain.ids import BedId, HeldBedId, RoomId, StayId
from shelter_desk.operations.beds import profiles
from shelter_desk.operations.beds.bed_board import BedLook, Board, RoomLook
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.ui import tokens
from shelter_desk.ui.beds import phrases
from shelter_desk.ui.widgets.badge import State
from shelter_desk.ui.widgets.bed_tile import BedTile, TileLook, tile_size
from shelter_desk.words import away, formats
from shelter_desk.words import equipment as said_of_equipment
from shelter_desk.words.beds import held_beds as held_words

UNPLACED = "unplaced"
LONGEST_CODE = 4  # letters that leave room for the sex and the mark of a minor


def bed_key(bed: BedId) -> str:
    """The key of the tile of a bed."""
    return f"bed:{bed}"


def stay_key(stay: StayId) -> str:
    """The key of the tile of somebody on an extra place or without a known one."""
    return f"stay:{stay}"


def mat_key(room: RoomId) -> str:
    """The key of the tile that offers one more extra place in a room."""
    return f"mat:{room}"


HELD_LIST = "held-list"  # of the panel, no tile


def held_key(held: HeldBedId) -> str:
    """The key of what is held: of places of a room the tile too."""
    return f"held:{held}"


def held_of(key: str) -> HeldBedId | None:
    """What is held under that key, None for another kind of key."""
    kind, _, number = key.partition(":")
    return HeldBedId(int(number)) if kind == "held" and number.isdecimal() else None


def room_key(room: RoomId) -> str:
    """The key of a room as the panel shows it, no tile."""
    return f"room:{room}"


def room_of(key: str) -> RoomId | None:
    """The room under that key, None for another kind of key."""
    kind, _, number = key.partition(":")
    return RoomId(int(number)) if kind == "room" and number.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a place can be chosen while somebody is moved.

    kind: `fits`, `reason` when a manager must write why, `no`, or `here` for where the person is. short: for the tile;
    told: the whole sentence. rules: the rules a reason sets aside.
    """

    kind: Literal["fits", "reason", "no", "here"]
    short: str = ""
    told: str = ""
    rules: tuple[str, ...] = ()

    @property
    def can(self) -> bool:
        """True when it can be chosen."""
        return self.kind in ("fits", "reason")


@dataclass(frozen=True, slots=True)
class PlacedTile:
    """A tile with its key, and whether it can be dragged."""

    key: str
    look: TileLook
    draggable: bool = False


@dataclass(frozen=True, slots=True)
class CardLook:
    """What a card says. note: beside the only tile of a small room."""

    key: str
    title: str
    for_whom: str
    slept: str
    badge: str
    badge_state: State
    badge_icon: str | None
    tiles: tuple[PlacedTile, ...]
    note: str = ""
    dimmed: bool = False


LEADING = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class PlanTile(BedTile):
    """A tile that says when it begins and ends to be dragged, has the focus, and where a key leads from it."""

    drag_begun = Signal(str)
    drag_over = Signal()
    focused = Signal(str)
    left_by = Signal(str, int)  # one of `LEADING`

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focused.emit(self.key)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in LEADING:
            self.left_by.emit(self.key, event.key())
        else:
            super().keyPressEvent(event)

    def _drag(self, start: QPoint) -> None:
        self.drag_begun.emit(self.key)
        super()._drag(start)
        self.drag_over.emit()


def _fits(text: str, beside: int = 0) -> bool:
    """True when the third line of a tile has room for it. beside: pixels taken by an icon."""
    return tokens.metrics("small").horizontalAdvance(text) <= tile_size().width() - 2 * tokens.SPACE - beside + 2


def _reason_line(reason: str, until: str) -> str:
    """Why and until when; the reason is cut before the day is."""
    whole = " ".join(part for part in (reason, until) if part)
    if _fits(whole) or not until:
        return whole
    small = tokens.metrics("small")
    room = tile_size().width() - 2 * tokens.SPACE - small.horizontalAdvance(" " + until)
    return f"{small.elidedText(reason, Qt.TextElideMode.ElideRight, room)} {until}"


def shown_code(bed: Bed, room: Room) -> str:
    """The bed's code; without the room's own where the whole would not leave room for the marks."""
    short = bed.code.removeprefix(room.code).lstrip("-–. /")
    return short if len(bed.code) > LONGEST_CODE and short else bed.code


def person_look(one: Present, bed: str, night: date, told: tuple[str, ...], babies: int = 0) -> TileLook:
    """The tile of somebody in a bed."""
    n = phrases.nights(one, night)
    minor = one.person.birth.protected_as_minor(night)
    look = TileLook(
        bed, one.person.code, phrases.nights_text(n), "occupied", phrases.letter(one.person.sex), minor, tooltip=""
    )
    if one.absence is not None:
        why = away.short(one.absence.absence_type)
        whole = words.text("{why}, {n} n").format(why=why, n=(night - one.absence.start.date()).days + 1)
        line3 = whole if _fits(whole, tokens.wide(16) + 4) else why
        full = words.label("absence_type", one.absence.absence_type)
        tooltip = words.text("{why} since {day}; the bed is kept").format(
            why=full, day=phrases.day_of(one.absence.start)
        )
        return replace(look, state="absence", line3=line3, icon="absence", tooltip=tooltip)
    if babies:
        # on a tile: 45 nights, as short as can be
        look = replace(look, line3=words.text("{n} n").format(n=n), icon="baby", count=f"+{babies}")
    if told:
        look = replace(look, icon="triangle", tooltip="\n".join(told))
    return look


def bed_look(look: BedLook, room: RoomLook, night: date, told: Mapping[StayId, tuple[str, ...]]) -> TileLook:
    """The tile of a bed on that night."""
    code = shown_code(look.bed, room.room)
    one = look.holder
    if one is not None:
        babies = len(look.sharing) if look.sleeper else len(look.sharing) - 1
        alerts = (*told.get(one.stay.id, ()), *map(said_of_equipment.lacks, look.lacks))
        if look.left_behind:
            alerts = (*alerts, words.text("The adult is not there any more: give the child a place."))
        if look.is_held and look.held is not None:
            alerts = (*alerts, taken_from(look.held))
        return person_look(one, code, night, alerts, babies)
    if look.state is not None:
        state, reason = look.state.state, look.state.reason
        until = "" if look.state.end is None else formats.short_day(look.state.end.date())
        out = " ".join(part for part in (words.label("bed_state", state), reason, until) if part)
        return TileLook(code, phrases.state_short(state), _reason_line(reason, until), "out", tooltip=out)
    if look.held is not None and look.is_held:
        return held_look(look.held, code, night)
    if look.lacks:
        lacks = [said_of_equipment.lacks(part) for part in look.lacks]
        return TileLook(code, words.text("Incomplete"), lacks[0], "free", tooltip="\n".join(lacks))
    line3 = ""
    if profiles.is_for_them(room):
        line3 = words.text("same family")
    elif room.room.room_type == "isolement_sante":
        line3 = words.text("health advice")
    if look.held is not None:
        line3 = words.text("from {day} held").format(day=formats.short_day(look.held.first))
        return TileLook(code, words.text("Free"), line3, "free", icon="bookmark", tooltip=held_tip(look.held))
    return TileLook(code, words.text("Free"), line3, "free")


def taken_from(held: HeldBed) -> str:
    """Of a bed that somebody has though it is held for an arrival."""
    told = words.text("Held for an arrival all the same ({number}: {who}).")
    return told.format(number=held.held_no, who=held_words.who(held.groups))


def held_tip(held: HeldBed) -> str:
    """Who is expected, when, and until when the place is held."""
    told = words.text("{number}: {who}. Expected on {day}, held {until}.")
    day = formats.short_day(held.expected_on)
    return told.format(number=held.held_no, who=held_words.who(held.groups), day=day, until=held_words.until(held))


def held_look(held: HeldBed, bed: str, night: date) -> TileLook:
    """The tile of what is held that night: until when, or that the arrival is late."""
    late = held.state(night) == "late"
    line3 = words.text("late") if late else words.text("until {day}").format(day=formats.short_day(held.last))
    word = words.text("Bed held")
    if held.bed is None:
        word = words.count("Held (one place)", "Held (places)", held.left)
    return TileLook(bed, word, line3, "held", icon="triangle" if late else None, tooltip=held_tip(held))


def extra_look(one: Present, night: date, told: tuple[str, ...]) -> TileLook:
    """The tile of somebody on an extra place."""
    look = person_look(one, words.text("Mat"), night, told)
    return look if look.state == "absence" else replace(look, state="extra", count="+1")


def judged(look: TileLook, verdict: Verdict | None) -> TileLook:
    """The tile while somebody is moved: a target, or sunken with the reason."""
    if verdict is None:
        return look
    if verdict.kind == "here":
        return replace(look, state="chosen", icon=None, tooltip=verdict.told)
    if verdict.can:
        offered = words.text("With a reason") if verdict.kind == "reason" else words.text("Place here")
        line2 = look.line2 if look.mark else offered
        return replace(
            look, state="target", line2=line2, line3=verdict.short, icon=None, count="", tooltip=verdict.told
        )
    line2 = look.line2 if look.mark or look.state == "out" else words.text("Does not fit")
    return replace(
        look,
        state="unfit",
        line2=line2,
        line3=verdict.short,
        mark="",
        minor=False,
        icon=None,
        count="",
        tooltip=verdict.told,
    )


def _badge(look: RoomLook) -> tuple[str, State, str | None]:
    if look.over and not look.free:
        return words.count("Full, {n} more", "Full, {n} more", look.over), "attention", None
    if look.over:
        return words.count("{n} too many", "{n} too many", look.over), "attention", None
    if profiles.is_for_them(look) and look.free:
        return words.count("{n} free, for them", "{n} free, for them", look.free), "neutral", None
    n = look.places_held + sum(one.is_held and one.is_ready for one in look.beds if not one.bed.is_extra)
    if look.free:
        return words.count("{n} free", "{n} free", look.free), "ok", None
    if n:
        return words.count("{n} held", "{n} held", n), "held", "bookmark"
    return words.text("Full"), "neutral", None


def room_card(
    look: RoomLook,
    night: date,
    told: Mapping[StayId, tuple[str, ...]],
    verdicts: Mapping[str, Verdict],
    chosen: str,
    group: str,
) -> CardLook:
    """The card of a room. chosen: key of the tile whose panel is open; group: profile of the chip that is on."""
    tiles = [
        PlacedTile(bed_key(one.bed.id), bed_look(one, look, night, told), one.holder is not None) for one in look.beds
    ]
    tiles += [
        PlacedTile(stay_key(one.stay.id), extra_look(one, night, told.get(one.stay.id, ())), True) for one in look.extra
    ]
    tiles += [
        PlacedTile(held_key(one.id), held_look(one, words.count("{n} place", "{n} places", one.left), night))
        for one in look.held
    ]
    if mat_key(look.room.id) in verdicts:
        mat = TileLook(words.text("Mat"), "", "", "extra", count="+1")
        tiles.append(PlacedTile(mat_key(look.room.id), mat))
    standard = [one for one in look.beds if not one.bed.is_extra]
    badge, state, icon = _badge(look)
    return CardLook(
        f"room:{look.room.id}",
        phrases.room_title(look.room),
        phrases.for_whom(look.room),
        f"{look.slept}/{len(standard)}" if len(tiles) > 1 else "",
        badge,
        state,
        icon,
        tuple(_dressed(tile, verdicts, chosen) for tile in tiles),
        phrases.room_note(look.room),
        group != "all" and not profiles.welcomes(look.room, group),
    )


def unplaced_card(
    board: Board, told: Mapping[StayId, tuple[str, ...]], verdicts: Mapping[str, Verdict], chosen: str
) -> CardLook | None:
    """The card of those present of whom no place is known, None when there are none."""
    if not board.unplaced:
        return None
    tiles = [
        PlacedTile(stay_key(one.stay.id), person_look(one, "—", board.night, told.get(one.stay.id, ())), True)
        for one in board.unplaced
    ]
    return CardLook(
        UNPLACED,
        words.text("No known bed"),
        words.text("present, to be placed"),
        "",
        words.count("{n} person", "{n} persons", len(tiles)),
        "attention",
        None,
        tuple(_dressed(tile, verdicts, chosen) for tile in tiles),
    )


def _dressed(tile: PlacedTile, verdicts: Mapping[str, Verdict], chosen: str) -> PlacedTile:
    if verdicts:
        return replace(tile, look=judged(tile.look, verdicts.get(tile.key)))
    return replace(tile, look=replace(tile.look, state="chosen")) if tile.key == chosen else tile
