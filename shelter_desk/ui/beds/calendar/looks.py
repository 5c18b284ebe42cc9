"""What the calendar shows of each line and bar, and what a reader of the screen is told of a cell; never a name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from shelter_desk import words
from shelter_desk.domain.beds.beds import Room
from shelter_desk.domain.beds.calendar import Bar, BedCalendar, BedLine
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.ui.beds import phrases
from shelter_desk.ui.beds.tiles import Verdict, bed_key, held_key, held_tip, mat_key
from shelter_desk.words import away, formats
from shelter_desk.words.beds import held_beds as held_words

Shape = Literal["stay", "planned", "open", "away", "out", "held", "fits", "reason", "unfit", "ghost"]
FADES = 8  # nights until a stay without a planned exit is as faint as it gets


@dataclass(frozen=True, slots=True)
class BarLook:
    """A bar over the columns [first, after).

    begins, ends: whether its edges are there; where not, it goes on beyond what is shown, or in another bar. said: the
    columns in which its words may stand, where these are others. strong: the code; mark: the sex; note: in thin
    letters. came_from, goes_to: the other bed of a move, "" for a mat, None where there was none.
    """

    shape: Shape
    first: int
    after: int
    begins: bool = True
    ends: bool = True
    said: tuple[int, int] | None = None
    strong: str = ""
    mark: str = ""
    minor: bool = False
    note: str = ""
    icon: str | None = None
    came_from: str | None = None
    goes_to: str | None = None
    stay: StayId | None = None


@dataclass(frozen=True, slots=True)
class RowLook:
    """A band with the name of a room, or the line of a bed.

    target: the key by which the plan knows the place, of a band that of an extra place in the room.
    """

    key: str
    title: str
    note: str = ""
    line: BedLine | None = None
    target: str = ""
    bars: tuple[BarLook, ...] = ()

    @property
    def is_band(self) -> bool:
        """Whether it is the name of a room."""
        return self.line is None


@dataclass(frozen=True, slots=True)
class CalendarLook:
    """All rows of the nights. now: the column of tonight, which may lie before the first or after the last."""

    nights: Period
    now: int
    rows: tuple[RowLook, ...] = ()

    @property
    def columns(self) -> int:
        """How many nights there are."""
        return self.nights.nights

    def night(self, column: int) -> date:
        """The night of a column."""
        return self.nights.first + timedelta(days=column)

    def column(self, night: date) -> int:
        """The column of a night, which may lie outside."""
        return (night - self.nights.first).days


def look(made: BedCalendar) -> CalendarLook:
    """Every row, in order: rooms as bands, their beds and extra places below."""
    nights = made.nights
    shown = CalendarLook(nights, (made.today - nights.first).days)
    rows: list[RowLook] = []
    for several in made.rooms:
        room = several.room
        if room is None:
            title, note = words.text("No known bed"), words.text("present, to be placed")
            rows.append(RowLook("band:unplaced", title, note))
        else:
            mat = mat_key(room.id)
            rows.append(RowLook(f"band:{room.id}", phrases.room_title(room), phrases.for_whom(room), target=mat))
        rows += [_row(shown, room, line, n) for n, line in enumerate(several.lines)]
    return replace(shown, rows=tuple(rows))


def _row(shown: CalendarLook, room: Room | None, line: BedLine, n: int) -> RowLook:
    bars = _named(one for bar in line.bars for one in _bars(shown, line, bar))
    if line.bed is not None:
        key = bed_key(line.bed.id)
        moved = room is not None and line.bed.room != room.id  # it stands in another room by now
        return RowLook(f"{key}:{room.id}" if moved and room else key, line.bed.code, "", line, key, bars)
    held = line.bars[0].held if line.bars else None
    if held is not None:
        key = held_key(held.id)
        return RowLook(key, words.count("{n} place", "{n} places", held.left), "", line, key, bars)
    if room is not None:
        return RowLook(f"{mat_key(room.id)}:{n}", words.text("Mat"), "", line, mat_key(room.id), bars)
    return RowLook(f"unplaced:{n}", formats.NONE, "", line, "", bars)


def _named(bars: Iterable[BarLook]) -> tuple[BarLook, ...]:
    """An absence over all that is shown of a stay says whose it is."""
    found = list(bars)
    for stay in [one for one in found if one.said is not None and one.said[0] >= one.said[1]]:
        place = next(
            (n for n, one in enumerate(found) if one.shape == "away" and stay.first <= one.first < stay.after), None
        )
        if place is not None:
            found[place] = replace(found[place], strong=stay.strong)
    return tuple(found)


def _bars(shown: CalendarLook, line: BedLine, bar: Bar) -> Iterator[BarLook]:
    first, after = shown.column(bar.first), None if bar.after is None else shown.column(bar.after)
    if bar.kind == "away":
        ends = after if after is not None else max(first, shown.now) + 1  # nobody knows of the nights to come
        why = away.short(bar.absence.absence_type) if bar.absence is not None else ""
        yield from _clipped(shown, BarLook("away", first, ends, note=why, icon="absence"))
    elif bar.kind == "out":
        yield from _clipped(shown, BarLook("out", first, shown.columns + 1 if after is None else after, note=_out(bar)))
    elif bar.held is not None and after is not None:
        late = bar.held.state(shown.night(shown.now)) == "late"
        told = held_words.who(bar.held.groups)
        yield from _clipped(shown, BarLook("held", first, after, note=told, icon="triangle" if late else "bookmark"))
    else:
        yield from _stay(shown, line, bar, first, after)


def _out(bar: Bar) -> str:
    """Why a bed is out of use, in a few words."""
    if bar.elsewhere:
        return words.text("In room {room}").format(room=bar.elsewhere)
    if bar.state is None:
        return words.text("Not in service")
    return bar.state.reason or phrases.state_short(bar.state.state)


def _stay(shown: CalendarLook, line: BedLine, bar: Bar, first: int, after: int | None) -> Iterator[BarLook]:
    """The nights up to tonight; then, of somebody still here, those up to the planned exit, or the fading ones."""
    person, stay = bar.person, bar.stay
    if person is None or stay is None:
        return
    solid = min(shown.now + 1, shown.columns + 1) if after is None else after
    leaves = None if bar.planned is None or after is not None else shown.column(bar.planned)
    last = after if after is not None else shown.columns if leaves is None else max(solid, leaves)
    told = BarLook(
        "stay",
        first,
        solid,
        ends=after is not None,
        said=_beside_absences(shown, line, stay.id, (max(first, 0), min(last, shown.columns))),
        strong=person.code,
        mark=phrases.letter(person.sex),
        minor=person.birth.protected_as_minor(max(bar.first, shown.nights.first)),
        note=_babies(bar.babies),
        came_from=bar.came_from,
        goes_to=bar.goes_to,
        stay=stay.id,
    )
    yield from _clipped(shown, told)
    if after is not None:
        return
    # of nights to come alone, these tell who it is
    ahead = told if shown.now < 0 else BarLook("open", 0, 0, stay=stay.id)
    ahead = replace(ahead, first=max(first, solid), begins=False, said=None, came_from=None)
    if bar.planned is not None and leaves is not None and leaves > solid:
        exit_told = words.text("exit planned {day}").format(day=formats.short_day(bar.planned))
        yield from _clipped(shown, replace(ahead, shape="planned", after=leaves, note=exit_told, ends=True))
    else:
        yield from _clipped(shown, replace(ahead, shape="open", after=shown.columns + 1))


def _babies(n: int) -> str:
    return words.count("· +{n} baby", "· +{n} babies", n) if n else ""


def _beside_absences(shown: CalendarLook, line: BedLine, stay: StayId, room: tuple[int, int]) -> tuple[int, int]:
    """The columns that no absence takes: before the first one, else after it."""
    first, after = room
    for one in line.bars:
        if one.kind == "away" and one.stay is not None and one.stay.id == stay:
            start = shown.column(one.first)
            end = shown.column(one.after) if one.after is not None else max(start, shown.now) + 1
            if first < start < after:
                after = start
            elif start <= first < end:
                first = min(end, after)
    return first, after


def _clipped(shown: CalendarLook, bar: BarLook) -> Iterator[BarLook]:
    """The part of it that is shown; nothing where it has no night there."""
    first, after = max(bar.first, 0), min(bar.after, shown.columns)
    if first >= after:
        return
    yield replace(
        bar,
        first=first,
        after=after,
        begins=bar.begins and bar.first >= 0,
        ends=bar.ends and bar.after <= shown.columns,
        came_from=bar.came_from if bar.first >= 0 else None,
        goes_to=bar.goes_to if bar.after <= shown.columns else None,
    )


# While somebody is moved ----------------------------------------------------------------------------------------------


def gap(shown: CalendarLook, row: RowLook, night: date, verdict: Verdict) -> BarLook | None:
    """What an empty line says to the move that begins with that night; None where something takes it."""
    first = shown.column(night)
    if row.line is None or row.line.on(night) or not 0 <= first < shown.columns:
        return None
    taken = (shown.column(bar.first) for bar in row.line.bars if bar.first > night)
    after = min((column for column in taken if column > first), default=shown.columns)
    if verdict.can:
        shape: Shape = "reason" if verdict.kind == "reason" else "fits"
        return BarLook(
            shape, first, after, note=_answer(verdict), icon="triangle" if shape == "reason" else "circle-check"
        )
    return BarLook("unfit", first, after, note=verdict.short, icon="close")


def swap_sign(shown: CalendarLook, row: RowLook, night: date, verdict: Verdict) -> BarLook | None:
    """That whoever has the place on that night can be swapped with; None where nobody can."""
    column = shown.column(night)
    if row.line is None or not verdict.can or not 0 <= column < shown.columns:
        return None
    return BarLook("reason" if verdict.kind == "reason" else "fits", column, column + 1, icon="swap")


def _answer(verdict: Verdict) -> str:
    """`Convient`, `Avec motif · autre sexe`."""
    told = words.text("With a reason") if verdict.kind == "reason" else words.text("Fits")
    is_plain = verdict.short in ("", words.text("Enter"))  # on a tile it names the key where there is nothing to say
    return told if is_plain else f"{told} · {verdict.short}"


def with_mats(shown: CalendarLook, offered: Iterable[str]) -> CalendarLook:
    """One more line at the end of each room of which an extra place is offered, by the key of the plan."""
    mats, rows, mat = set(offered), list[RowLook](), ""
    for row in (*shown.rows, None):
        if row is None or row.is_band:
            if mat in mats:
                rows.append(RowLook(f"{mat}:new", words.text("Mat"), "", BedLine(()), mat))
            mat = row.target if row is not None else ""
        if row is not None:
            rows.append(row)
    return replace(shown, rows=tuple(rows))


def ghost(shown: CalendarLook, bar: Bar, night: date, other: Bar | None = None) -> BarLook | None:
    """Where the bar would lie if it began there on that night. other: who has the place then and would swap."""
    start = shown.column(night)
    after = shown.columns if bar.after is None else shown.column(bar.after)
    if bar.planned is not None:
        after = max(start + 1, shown.column(bar.planned))
    code = "" if bar.person is None else bar.person.code
    note = ""
    if other is not None and other.person is not None:
        note = words.text("swap with {code}").format(code=other.person.code)
    return next(
        _clipped(shown, BarLook("ghost", start, after, strong=code, note=note, icon="swap" if note else "move")), None
    )


def planned_ghost(shown: CalendarLook, bar: Bar, day: date) -> BarLook | None:
    """The nights until an exit on that day, from the one after tonight or the first of the bar on."""
    start = max(shown.column(bar.first), shown.now + 1)
    told = words.text("exit planned {day}").format(day=formats.short_day(day))
    return next(_clipped(shown, BarLook("ghost", start, max(start, shown.column(day)), note=told)), None)


# What is said of a cell -----------------------------------------------------------------------------------------------


def place(row: RowLook) -> str:
    """`Lit 1A`, `Natte`."""
    if row.line is not None and row.line.bed is not None:
        return phrases.bed_title(row.line.bed)
    return row.title if row.target else words.text("No known bed")


def said(row: RowLook, night: date, today: date, verdict: Verdict | None = None) -> str:
    """A cell in a sentence: the bed, the night, who has it or that it is free, and what it says to a move."""
    bars = row.line.on(night) if row.line is not None else ()
    told = [part for bar in bars for part in _parts(bar, night, today)] or [words.text("free")]
    if verdict is not None:
        told.append(verdict.told or (_answer(verdict) if verdict.can else verdict.short))
    sentence = words.text("{place}, night of {day}: {told}")
    return sentence.format(place=place(row), day=formats.weekday_day(night), told=", ".join(told))


def _parts(bar: Bar, night: date, today: date) -> Iterable[str]:
    if bar.kind == "away" and bar.absence is not None:
        yield words.label("absence_type", bar.absence.absence_type)
    elif bar.kind == "out":
        if bar.state is not None:
            yield words.label("bed_state", bar.state.state)
        yield _out(bar)
    elif bar.held is not None:
        yield held_tip(bar.held)
    elif bar.person is not None:
        yield f"{bar.person.code} {phrases.letter(bar.person.sex)}".strip()
        if bar.person.birth.protected_as_minor(night):
            yield words.text("minor")
        if bar.babies:
            yield words.count("with {n} baby", "with {n} babies", bar.babies)
        if bar.planned is not None:
            yield words.text("exit planned {day}").format(day=formats.short_day(bar.planned))
        elif bar.after is None and night > today:
            yield words.text("no planned exit")


def tip(row: RowLook, night: date) -> str:
    """What the mouse is told of a bar: who, which nights, what else; "" over an empty cell."""
    lines = []
    for bar in row.line.on(night) if row.line is not None else ():
        told = ", ".join(_parts(bar, night, night))
        if bar.first == date.min:
            lines.append(told)
            continue
        if bar.after is None:
            dates = words.text("since {day}").format(day=formats.day(bar.first))
        else:
            n = phrases.nights_text((bar.after - bar.first).days)
            span = words.text("from {first} to {last}, {nights}")
            dates = span.format(first=formats.day(bar.first), last=formats.day(bar.after - ONE_DAY), nights=n)
        moves = [
            words.text("before: {bed}").format(bed=bar.came_from or words.text("mat"))
            if bar.came_from is not None
            else "",
            words.text("then: {bed}").format(bed=bar.goes_to or words.text("mat")) if bar.goes_to is not None else "",
        ]
        lines.append("\n".join(part for part in (told, dates, *moves) if part))
    return "\n".join(lines)
