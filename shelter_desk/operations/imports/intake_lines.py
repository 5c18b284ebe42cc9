"""The lines of a file under review: what becomes of each, list by list, and whom a new person may be."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from shelter_desk.domain.registers.doubts import doubts
from shelter_desk.domain.registers.rows import ORDER, Incoming, Judgement, Kept, Key, Place, Refusal, Values, key_of
from shelter_desk.domain.registers.stock import happened_on
from shelter_desk.domain.reports.corrected import Shift
from shelter_desk.domain.stock.moves import RECEIPTS
from shelter_desk.excel.reading.recognise import COLUMNS
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import past_months, registers
from shelter_desk.operations.imports.intake_doubts import as_earlier, as_line, earlier_of
from shelter_desk.operations.imports.registers import Look

# `repeated`: it says again what another line says; `unread`: nothing stands in a column that means anything here
State = Literal["refused", "doubtful", "decided", "changed", "new", "same", "repeated", "unread"]
STATES: tuple[State, ...] = ("refused", "doubtful", "decided", "changed", "new", "same", "repeated", "unread")


@dataclass(frozen=True, slots=True)
class FileLinePart:
    """What becomes of one list's share of a line. changes: column, what stood there, what will; of a new row all.

    follows: the line does not speak of that row, which changes because of what it says elsewhere.
    """

    list: str
    state: Literal["new", "changed", "same"]
    code: str
    changes: tuple[tuple[str, Any, Any], ...] = ()
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody whom a new person may be. code: `as_line` for a line of the same file, which stands at `place`.

    list: "personnes", or that of the thing that a line may correct.

    person: the number of who is known. stays: from and to. row, taken_at: of the line of an earlier import that this
    one may correct (`as_earlier`), where that was kept.
    """

    code: str
    place: Place | None
    values: Values
    person: int | None = None
    stays: tuple[tuple[datetime, datetime | None], ...] = ()
    row: int | None = None
    taken_at: datetime | None = None
    list: str = "personnes"


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line of the file. decision: of a doubt, "" while there is none. person: of a doubt, or the thing, as the
    file says.

    known_as: whom an earlier import was told that it is. first: of a line that is repeated, the place of the other.
    gaps: list and column of what is to be completed, with what the file says there. moves: what it changes in months
    that are over. expired: the days of expiry of what had expired when it came in.
    """

    sheet: str
    number: int
    state: State
    parts: tuple[FileLinePart, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    alike: tuple[Alike, ...] = ()
    decision: str = ""
    person: Values | None = None
    known_as: str = ""
    first: Place | None = None
    gaps: tuple[tuple[str, str, str], ...] = ()
    moves: tuple[Shift, ...] = ()
    expired: tuple[date, ...] = ()

    @property
    def place(self) -> Place:
        """Sheet and row."""
        return self.sheet, self.number

    @property
    def writes(self) -> bool:
        """True where taking the file in writes something of this line."""
        return any(part.state != "same" for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Doubts:
    """By place whom a new person may be, and what the file says of them."""

    alike: dict[Place, tuple[Alike, ...]] = field(default_factory=dict)
    persons: dict[Place, Values] = field(default_factory=dict)


def lines_of(
    desk: Desk, look: Look, decided: Mapping[Place, str], asked: Mapping[Place, FileLine] | None = None
) -> tuple[FileLine, ...]:
    """Every line of a file that was looked at. asked: the doubts of the look before, to be asked again."""
    judgement = look.judgement
    parts: defaultdict[Place, list[FileLinePart]] = defaultdict(list)
    refusals: defaultdict[Place, list[Refusal]] = defaultdict(list)
    for name in ORDER:
        for kept in judgement.standing.get(name, {}).values():
            if kept.incoming is not None:
                parts[kept.incoming.sheet, kept.incoming.number].append(_part(name, kept))
    gaps = _gaps(judgement)
    moves, expired = past_months.of_lines(judgement, desk.today()), came_in_expired(judgement)
    for place, part in _that_follow(judgement):
        parts[place].append(part)
    for one in judgement.refusals:
        refusals[one.sheet, one.row].append(one)
    found = _doubts(desk, look)
    known = {place: code for place, (code, is_said) in look.decided.before.items() if is_said and place not in decided}
    first = {place: other for _, place, other in judgement.repeated}
    unread = {(layout.sheet, row) for layout in look.layouts for row in layout.unread}
    every = dict.fromkeys([*parts, *refusals, *decided, *known, *first, *unread])
    sheets = {sheet: at for at, sheet in enumerate(dict.fromkeys(place[0] for place in every))}
    made = []
    for place in sorted(every, key=lambda one: (sheets[one[0]], one[1])):
        decision = decided.get(place, "")
        before = (asked or {}).get(place) if decision and place not in found.alike else None
        if place not in parts and place not in refusals and not decision and place not in known:
            made.append(FileLine(*place, "repeated" if place in first else "unread", first=first.get(place)))
            continue
        made.append(
            FileLine(
                *place,
                _state(parts[place], refusals[place], decision, found.alike.get(place, ())),
                tuple(parts[place]),
                tuple(refusals[place]),
                before.alike if before else found.alike.get(place, ()),
                decision,
                before.person if before else found.persons.get(place),
                known.get(place, ""),
                gaps=gaps.get(place, ()),
                moves=moves.get(place, ()),
                expired=expired.get(place, ()),
            )
        )
    return tuple(made)


def came_in_expired(judgement: Judgement) -> dict[Place, tuple[date, ...]]:
    """By line the days of expiry before the day on which it brings something in."""
    found: dict[Place, tuple[date, ...]] = {}
    for kept in judgement.standing.get("mouvements", {}).values():
        expiry = kept.values.get("expiry_on")
        comes_in = kept.is_new and kept.values["move_type"] in RECEIPTS
        if comes_in and expiry is not None and expiry < happened_on(kept.values) and kept.incoming is not None:
            place = (kept.incoming.sheet, kept.incoming.number)
            found[place] = (*found.get(place, ()), expiry)
    return found


def _gaps(judgement: Judgement) -> dict[Place, tuple[tuple[str, str, str], ...]]:
    """What each line leaves to be completed."""
    found: defaultdict[Place, list[tuple[str, str, str]]] = defaultdict(list)
    for rows in judgement.standing.values():
        for kept in rows.values():
            if kept.gaps and kept.incoming is not None and (kept.is_new or kept.is_changed):
                told = [(*of, text) for of, text in kept.gaps.items()]
                found[kept.incoming.sheet, kept.incoming.number] += told
    return {place: tuple(told) for place, told in found.items()}


def _that_follow(judgement: Judgement) -> Iterator[tuple[Place, FileLinePart]]:
    """What is written though no line speaks of it, by the line that is the reason.

    An exit ends the night and the absence that were open; what happened to an asset changes its status.
    """
    standing = judgement.standing
    for name in ("couchages", "absences"):
        for kept in standing.get(name, {}).values():
            if kept.incoming is None and kept.is_changed:
                stay = standing["sejours"].get(key_of("sejours", kept.values))
                if stay is not None and stay.incoming is not None:
                    yield (stay.incoming.sheet, stay.incoming.number), replace(_part(name, kept), follows=True)
    last: dict[Key, Incoming] = {}
    for kept in sorted(standing.get("evenements_biens", {}).values(), key=lambda one: one.values["event_on"]):
        if kept.incoming is not None and (kept.is_new or kept.is_changed):
            last[key_of("immobilisations", kept.values)] = kept.incoming
    for key, asset in standing.get("immobilisations", {}).items():
        if asset.incoming is None and asset.is_changed and key in last:
            place = (last[key].sheet, last[key].number)
            yield place, replace(_part("immobilisations", asset), follows=True)


def _part(name: str, kept: Kept) -> FileLinePart:
    columns, values = COLUMNS[name], kept.values
    code = str(values.get(columns[0].key) or "")
    if kept.is_new:
        said = tuple((one.key, None, values[one.key]) for one in columns if values.get(one.key) not in (None, ""))
        return FileLinePart(name, "new", code, said)
    if not kept.is_changed:
        return FileLinePart(name, "same", code)
    before = kept.before or {}
    changes = [(key, before.get(key), value) for key, value in values.items() if before.get(key) != value]
    return FileLinePart(name, "changed", code, tuple(changes))


def _state(parts: Sequence[FileLinePart], refusals: Sequence[Refusal], decision: str, alike: Sequence[Alike]) -> State:
    # as a new line it may be refused for what the line that it corrects had, a bed or a stay
    if alike and not decision and (not refusals or any(earlier_of(one.code) for one in alike)):
        return "doubtful"
    if refusals:
        return "refused"
    if decision:
        return "decided"
    states = {part.state for part in parts if not part.follows}
    return "changed" if "changed" in states else "new" if "new" in states else "same"


def _doubts(desk: Desk, look: Look) -> _Doubts:
    judgement = look.judgement
    told = _Doubts()
    _tell_things(told, look)
    if "personnes" not in judgement.counts:
        return told
    with desk.reading() as connection:
        near = registers.alike_years(connection)
    found = doubts(judgement.standing["personnes"].values(), desk.today(), near)
    if not found and not look.likely:
        return told
    stays: defaultdict[str, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for kept in judgement.standing["sejours"].values():
        if kept.before is not None:
            stays[kept.before["person_code"]].append((kept.before["admitted_at"], kept.before.get("exited_at")))
    _tell_earlier(told, look, stays)
    order = {id(kept): at for at, kept in enumerate(judgement.standing["personnes"].values())}
    for one in found:
        incoming = one.person.incoming
        # of two lines of the file that are alike the later one is asked about
        before = [kept for kept in one.alike if order[id(kept)] < order[id(one.person)]]
        if incoming is not None and before:
            place = (incoming.sheet, incoming.number)
            meant = {alike.person for alike in told.alike.get(place, ())} - {None}
            others = tuple(_alike(kept, stays) for kept in before if kept.id is None or kept.id not in meant)
            told.alike[place] = (*told.alike.get(place, ()), *others)
            told.persons[place] = one.person.values
    return told


def _tell_earlier(told: _Doubts, look: Look, stays: Mapping[str, list[tuple[datetime, datetime | None]]]) -> None:
    """Lines of earlier imports that lines without a number may correct."""
    known = {kept.values["person_code"]: kept for kept in look.judgement.standing["personnes"].values() if kept.id}
    persons = {(row.sheet, row.number): row.values for row in look.lines if look.likely and row.list == "personnes"}
    for place, some in look.likely.items():
        told.persons[place] = persons[place]
        told.alike[place] = tuple(
            Alike(
                as_earlier(one.before.stay_no),
                None,
                one.before.person,
                known[code].id if (code := one.before.person["person_code"]) in known else None,
                tuple(sorted(stays.get(code, ()), key=lambda stay: stay[0])),
                one.before.place[1] if one.before.place else None,
                one.before.taken_at,
            )
            for one in some
        )


def _tell_things(told: _Doubts, look: Look) -> None:
    """Lines of earlier imports that lines of equipment and of what is in store may correct."""
    lines = {one.place: one for one in look.things.lines.values()}
    for place, some in look.things.likely.items():
        told.persons[place] = lines[place].tells
        told.alike[place] = tuple(
            Alike(
                as_earlier(one.before.number),
                None,
                one.before.tells,
                row=one.before.place[1] if one.before.place else None,
                taken_at=one.before.taken_at,
                list=one.before.list,
            )
            for one in some
        )


def _alike(kept: Kept, stays: Mapping[str, list[tuple[datetime, datetime | None]]]) -> Alike:
    code = kept.values["person_code"]
    if kept.is_new and kept.incoming is not None:
        place = (kept.incoming.sheet, kept.incoming.number)
        return Alike(as_line(place), place, kept.values)
    return Alike(code, None, kept.values, kept.id, tuple(sorted(stays.get(code, ()), key=lambda stay: stay[0])))
