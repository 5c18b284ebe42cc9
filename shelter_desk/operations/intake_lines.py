"""The lines of a file under review: what becomes of each, list by list, and whom a new person may be."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from shelter_desk.domain.registers.doubts import doubts
from shelter_desk.domain.registers.rows import ORDER, Kept, Place, Refusal, Values
from shelter_desk.excel.recognise import COLUMNS
from shelter_desk.operations import registers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.intake_doubts import as_earlier, as_line
from shelter_desk.operations.registers import Look

State = Literal["refused", "doubtful", "decided", "changed", "new", "same"]
STATES: tuple[State, ...] = ("refused", "doubtful", "decided", "changed", "new", "same")


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes of one list's share of a line. changes: column, what stood there, what will; of a new row all."""

    list: str
    state: Literal["new", "changed", "same"]
    code: str
    changes: tuple[tuple[str, Any, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody whom a new person may be. code: `as_line` for a line of the same file, which stands at `place`.

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


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file. decision: of a doubt, "" while there is none. person: of a doubt, as the file says.

    known_as: whom an earlier import was told that it is.
    """

    sheet: str
    number: int
    state: State
    parts: tuple[Part, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    alike: tuple[Alike, ...] = ()
    decision: str = ""
    person: Values | None = None
    known_as: str = ""

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
    desk: Desk, look: Look, decided: Mapping[Place, str], asked: Mapping[Place, Line] | None = None
) -> tuple[Line, ...]:
    """Every line of a file that was looked at. asked: the doubts of the look before, to be asked again."""
    judgement = look.judgement
    parts: defaultdict[Place, list[Part]] = defaultdict(list)
    refusals: defaultdict[Place, list[Refusal]] = defaultdict(list)
    for name in ORDER:
        for kept in judgement.standing.get(name, {}).values():
            if kept.incoming is not None:
                parts[kept.incoming.sheet, kept.incoming.number].append(_part(name, kept))
    for one in judgement.refusals:
        refusals[one.sheet, one.row].append(one)
    found = _doubts(desk, look)
    known = {place: code for place, (code, is_said) in look.decided.before.items() if is_said and place not in decided}
    every = dict.fromkeys([*parts, *refusals, *decided, *known])
    sheets = {sheet: at for at, sheet in enumerate(dict.fromkeys(place[0] for place in every))}
    made = []
    for place in sorted(every, key=lambda one: (sheets[one[0]], one[1])):
        decision = decided.get(place, "")
        before = (asked or {}).get(place) if decision and place not in found.alike else None
        made.append(
            Line(
                *place,
                _state(parts[place], refusals[place], decision, is_doubtful=place in found.alike),
                tuple(parts[place]),
                tuple(refusals[place]),
                before.alike if before else found.alike.get(place, ()),
                decision,
                before.person if before else found.persons.get(place),
                known.get(place, ""),
            )
        )
    return tuple(made)


def _part(name: str, kept: Kept) -> Part:
    code = str(next(iter(kept.values.get(column) for column in _CODES[name]), "") or "")
    if kept.is_new:
        values = kept.values
        return Part(
            name, "new", code, tuple((c.key, None, values[c.key]) for c in COLUMNS[name] if _says(values, c.key))
        )
    if not kept.is_changed:
        return Part(name, "same", code)
    before = kept.before or {}
    changes = [(key, before.get(key), value) for key, value in kept.values.items() if before.get(key) != value]
    return Part(name, "changed", code, tuple(changes))


def _says(values: Values, key: str) -> bool:
    return values.get(key) not in (None, "")


_CODES = {name: (COLUMNS[name][0].key,) for name in ORDER}


def _state(parts: Sequence[Part], refusals: Sequence[Refusal], decision: str, *, is_doubtful: bool) -> State:
    if refusals:
        return "refused"
    if decision:
        return "decided"
    if is_doubtful:
        return "doubtful"
    states = {part.state for part in parts}
    return "changed" if "changed" in states else "new" if "new" in states else "same"


def _doubts(desk: Desk, look: Look) -> _Doubts:
    judgement = look.judgement
    if "personnes" not in judgement.counts:
        return _Doubts()
    with desk.reading() as connection:
        near = registers.alike_years(connection)
    found = doubts(judgement.standing["personnes"].values(), desk.today(), near)
    told = _Doubts()
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
    refused = {(one.sheet, one.row) for one in look.judgement.refusals}
    for place, some in look.likely.items():
        if place in refused:
            continue
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


def _alike(kept: Kept, stays: Mapping[str, list[tuple[datetime, datetime | None]]]) -> Alike:
    code = kept.values["person_code"]
    if kept.is_new and kept.incoming is not None:
        place = (kept.incoming.sheet, kept.incoming.number)
        return Alike(as_line(place), place, kept.values)
    return Alike(code, None, kept.values, kept.id, tuple(sorted(stays.get(code, ()), key=lambda stay: stay[0])))
