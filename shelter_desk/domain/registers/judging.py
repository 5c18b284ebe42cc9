"""Judge incoming rows against what is stored, as one whole: the order of rows and sheets does not matter."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from shelter_desk.domain.beds import Room
from shelter_desk.domain.errors import (
    AbsentTwice,
    AlreadyHere,
    BadDates,
    BedNotUsable,
    BedTaken,
    CodeTaken,
    InTheFuture,
    Missing,
    NeedsReason,
    NoNightAllowed,
    NoSuch,
    NotInList,
    OutsideStay,
    PlacedTwice,
    RuleBroken,
)
from shelter_desk.domain.ids import RoomId
from shelter_desk.domain.moments import before, inside, overlap
from shelter_desk.domain.registers.rows import (
    NUMBERED,
    ORDER,
    ROW_KEYS,
    Counted,
    Incoming,
    Judgement,
    Kept,
    Key,
    Refusal,
    Values,
)
from shelter_desk.domain.residents import Birth
from shelter_desk.domain.rules import Sleeper, adult_in_room_of_other_sex
from shelter_desk.domain.stays import REDIRECTED, VOID

# how far ahead a register may reach: the clock of an old computer runs behind more often than a register lies
AHEAD = timedelta(days=62)
Standing = dict[str, dict[Key, Kept]]
Stored = Mapping[str, Iterable[tuple[int, Values]]]
Problem = tuple[str, RuleBroken]  # column, reason
Disagreement = tuple[str, Key, str, RuleBroken]  # list, row, column, reason
Row = tuple[Key, Kept]


def judge(
    stored: Stored,
    incoming: Iterable[Incoming],
    required: Mapping[str, tuple[str, ...]],
    now: datetime,
    new_code: Callable[[], str],
) -> Judgement:
    """Merge the rows into what is stored and refuse those that break a rule; a refused row leaves what was stored.

    required: the columns a new row of each list must fill in.
    """
    house = _House(stored, required, now, new_code)
    for row in incoming:
        house.take(row)
    house.settle()
    return house.judgement()


class _House:
    """The registers as they would stand, while rows are still being refused."""

    def __init__(
        self,
        stored: Stored,
        required: Mapping[str, tuple[str, ...]],
        now: datetime,
        new_code: Callable[[], str],
    ) -> None:
        self.standing: Standing = {name: {} for name in ORDER}
        self._required, self._now, self._new_code = required, now, new_code
        self._refusals: list[Refusal] = []
        self._seen: Counter[str] = Counter()
        self._repeated: Counter[str] = Counter()
        self._places: dict[tuple[str, str], int] = {}
        for name, rows in stored.items():
            for row_id, values in rows:
                self.standing[name][_key(name, values)] = Kept(dict(values), row_id, values)

    def take(self, row: Incoming) -> None:
        """Lay one row over what stands; refuse it at once where its own cells are wrong."""
        self._seen[row.list] += 1
        values = dict(row.values)
        if values.get("exit_reason") == REDIRECTED and values.get("exited_at") is None:
            values["exited_at"] = values.get("admitted_at")
        if row.list == "personnes" and not values.get("person_code"):
            values["person_code"] = self._new_code()
        key = _key(row.list, values)
        kept = self.standing[row.list].get(key)
        if kept is not None and kept.incoming is not None:
            self._again(row, kept, values)
            return
        merged = {**kept.values, **values} if kept else values
        problem = self._incomplete(row.list, merged) or _own_problem(row.list, merged, self._now)
        if problem:
            self.refuse(row, *problem)
        elif kept:
            kept.values, kept.incoming = merged, row
        else:
            self.standing[row.list][key] = Kept(merged, incoming=row)

    def _again(self, row: Incoming, kept: Kept, values: dict[str, Any]) -> None:
        if row.list in NUMBERED or any(kept.values.get(column) != value for column, value in values.items()):
            column = ROW_KEYS[row.list][0]
            self.refuse(row, column, CodeTaken(_KIND[row.list], str(values[column])))
        else:
            self._repeated[row.list] += 1

    def _incomplete(self, name: str, values: Values) -> Problem | None:
        empty = next((column for column in self._required.get(name, ()) if values.get(column) in (None, "")), None)
        return (empty, Missing(empty)) if empty else None

    def refuse(self, row: Incoming, column: str, error: RuleBroken) -> None:
        """Say why this row is not taken in."""
        self._refusals.append(Refusal(row.list, row.sheet, row.number, column, _seen(row.values.get(column)), error))

    def drop(self, name: str, key: Key, column: str, error: RuleBroken) -> None:
        """Refuse a row that stands: what was stored comes back, a new one goes."""
        kept = self.standing[name][key]
        if kept.incoming is None:
            return
        self.refuse(kept.incoming, column, error)
        if kept.before is None:
            del self.standing[name][key]
        else:
            kept.values, kept.incoming = dict(kept.before), None

    def settle(self) -> None:
        """Refuse rows until those that stand agree; each round may take away what another row leans on."""
        while True:
            self._close_with_exits()
            problems: dict[tuple[str, Key], Problem] = {}
            for name, key, column, error in self._disagreements():
                problems.setdefault((name, key), (column, error))
            if not problems:
                return
            for (name, key), (column, error) in problems.items():
                if key in self.standing[name]:
                    self.drop(name, key, column, error)

    def _close_with_exits(self) -> None:
        """Where a stay ended, its open placements and absences end with it."""
        for name in ("couchages", "absences"):
            for kept in self.standing[name].values():
                stay = self.standing["sejours"].get((kept.values["stay_no"],))
                if stay and stay.values.get("exited_at") and kept.values.get("to") is None:
                    kept.values["to"] = stay.values["exited_at"]

    def _disagreements(self) -> Iterable[Disagreement]:
        links = list(_broken_links(self.standing))
        if links:
            return links
        return [
            *_clashing_stays(self.standing),
            *_outside_stays(self.standing),
            *_clashing_nights(self.standing),
            *_clashing_beds(self.standing),
            *_unusable_beds(self.standing),
            *_rooms_of_other_sex(self.standing),
        ]

    def judgement(self) -> Judgement:
        """The counts, once everything agrees. A row behind which something stored changed counts as changed."""
        counts = {}
        for name in ORDER:
            if self._seen[name]:
                counts[name] = _count([k for k in self.standing[name].values() if k.incoming])
                counts[name].same += self._repeated[name]
                counts[name].refused = sum(1 for refusal in self._refusals if refusal.list == name)
        return Judgement(self.standing, counts, sorted(self._refusals, key=lambda r: (ORDER.index(r.list), r.row)))


def _count(rows: Iterable[Kept]) -> Counted:
    counted = Counted()
    for kept in rows:
        if kept.is_new:
            counted.new += 1
        elif kept.is_changed:
            counted.changed += 1
        else:
            counted.same += 1
    return counted


_KIND = {
    "chambres": "room",
    "lits": "bed",
    "personnes": "person",
    "sejours": "stay",
    "etats_lits": "bed_state",
    "couchages": "placement",
    "absences": "absence",
    "statuts_victime": "status",
}


def _key(name: str, values: Values) -> Key:
    return tuple(_folded(values.get(column)) for column in ROW_KEYS[name])


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _seen(value: Any) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    return "" if value is None else str(value)


def _own_problem(name: str, values: Values, now: datetime) -> Problem | None:
    """What is wrong with a row by itself."""
    for start, end in _ENDS.get(name, ()):
        first, last = values.get(start), values.get(end)
        if first is not None and last is not None and before(last, first):
            return end, BadDates(first, last)
    for column in _FACTS.get(name, ()):
        moment = values.get(column)
        if moment is not None and before(now + AHEAD, moment):
            return column, InTheFuture(moment)
    return _PROBLEMS[name](values) if name in _PROBLEMS else None


_ENDS = {
    "lits": (("in_service_from", "in_service_to"),),
    "etats_lits": (("from", "to"),),
    "sejours": (("admitted_at", "exited_at"),),
    "couchages": (("from", "to"),),
    "absences": (("from", "to"),),
}
_FACTS = {"sejours": ("admitted_at", "exited_at"), "couchages": ("from",)}


def _stay_problem(values: Values) -> Problem | None:
    admitted, exited, reason = values["admitted_at"], values.get("exited_at"), values.get("exit_reason")
    if reason and exited is None and reason != VOID:
        return "exited_at", Missing("exited_at")
    if reason == REDIRECTED and exited is not None and exited.date() != admitted.date():
        return "exit_reason", NoNightAllowed(values["stay_no"])
    return None


def _placement_problem(values: Values) -> Problem | None:
    if values["place"] != "appoint" and not values.get("bed_code"):
        return "bed_code", Missing("bed_code")
    return None


def _person_problem(values: Values) -> Problem | None:
    for column in ("birth_date", "age_estimated_on"):
        born: date | None = values.get(column)
        if born is not None and born.year < 1900:
            return column, NotInList(column, born.isoformat())
    if values.get("age_estimated") is not None:
        if not 0 <= values["age_estimated"] <= 120:
            return "age_estimated", NotInList("age_estimated", str(values["age_estimated"]))
        if values.get("age_estimated_on") is None and values.get("birth_date") is None:
            return "age_estimated_on", Missing("age_estimated_on")
    return None


def _state_problem(values: Values) -> Problem | None:
    if values["bed_state"] not in ("maintenance", "hors_service", "quarantaine"):
        return "bed_state", NotInList("bed_state", values["bed_state"])
    return None


_PROBLEMS: Mapping[str, Callable[[Values], Problem | None]] = {
    "sejours": _stay_problem,
    "couchages": _placement_problem,
    "personnes": _person_problem,
    "etats_lits": _state_problem,
}

_LINKS = (
    ("lits", "room_code", "chambres", "room"),
    ("sejours", "person_code", "personnes", "person"),
    ("sejours", "head_stay_no", "sejours", "stay"),
    ("etats_lits", "bed_code", "lits", "bed"),
    ("couchages", "stay_no", "sejours", "stay"),
    ("couchages", "bed_code", "lits", "bed"),
    ("couchages", "room_code", "chambres", "room"),
    ("absences", "stay_no", "sejours", "stay"),
    ("statuts_victime", "stay_no", "sejours", "stay"),
)


def _broken_links(standing: Standing) -> Iterable[Disagreement]:
    for name, column, target, kind in _LINKS:
        known = standing[target]
        for key, kept in standing[name].items():
            code = kept.values.get(column)
            if code not in (None, "") and (_folded(code),) not in known:
                yield name, key, column, NoSuch(kind, str(code))


def _is_void(standing: Standing, stay_no: str) -> bool:
    stay = standing["sejours"].get((_folded(stay_no),))
    return stay is not None and stay.values.get("exit_reason") == VOID


def _pairs(rows: list[Row], start: str, end: str) -> Iterable[tuple[Row, Row]]:
    """Pairs of rows that overlap: each first with the one to refuse, the later row of the file or the only new one."""
    rows = sorted(rows, key=lambda row: row[1].values[start])
    open_rows: list[Row] = []
    for row in rows:
        open_rows = [
            o
            for o in open_rows
            if o[1].values.get(end) is None or o[1].values[end].date() >= row[1].values[start].date()
        ]
        for other in open_rows:
            if overlap(*(o.values.get(c) for o in (row[1], other[1]) for c in (start, end))):  # type: ignore[arg-type]
                yield (row, other) if _refused_first(row[1]) >= _refused_first(other[1]) else (other, row)
        open_rows.append(row)


def _refused_first(kept: Kept) -> int:
    return kept.incoming.number if kept.incoming else -1


def _grouped(standing: Standing, name: str, column: str, keep: Callable[[Values], bool]) -> list[list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for key, kept in standing[name].items():
        if keep(kept.values):
            found[_folded(kept.values[column])].append((key, kept))
    return [rows for rows in found.values() if len(rows) > 1 and any(kept.incoming for _, kept in rows)]


def _clashing_stays(standing: Standing) -> Iterable[Disagreement]:
    """R-01: two stays of one person over the same instants."""
    for rows in _grouped(standing, "sejours", "person_code", lambda v: v.get("exit_reason") != VOID):
        for (key, _), (_, other) in _pairs(rows, "admitted_at", "exited_at"):
            o = other.values
            yield "sejours", key, "admitted_at", AlreadyHere(o["stay_no"], o["admitted_at"], o.get("exited_at"))


def _outside_stays(standing: Standing) -> Iterable[Disagreement]:
    """A night slept or away that is not one of the stay. The stay is refused where it is the stay that moved."""
    for name in ("couchages", "absences"):
        for key, kept in standing[name].items():
            stay_key = (_folded(kept.values["stay_no"]),)
            stay = standing["sejours"][stay_key]
            if not (kept.incoming or stay.incoming) or stay.values.get("exit_reason") == VOID:
                continue
            start, end = kept.values["from"], kept.values.get("to")
            if not inside(start, end, stay.values["admitted_at"], stay.values.get("exited_at")):
                error = OutsideStay(stay.values["stay_no"], start, end)
                if kept.incoming:
                    starts = before(start, stay.values["admitted_at"])
                    yield name, key, "from" if starts else "to", error
                else:
                    yield "sejours", stay_key, "exited_at", error


def _any_row(_: Values) -> bool:
    return True


def _clashing_nights(standing: Standing) -> Iterable[Disagreement]:
    """One night in two places, or two absences over one night."""
    for rows in _grouped(standing, "couchages", "stay_no", _any_row):
        for (key, _), (_, other) in _pairs(rows, "from", "to"):
            yield "couchages", key, "from", PlacedTwice(other.values["stay_no"], other.values["from"])
    for rows in _grouped(standing, "absences", "stay_no", _any_row):
        for (key, _), (_, other) in _pairs(rows, "from", "to"):
            yield "absences", key, "from", AbsentTwice(other.values["stay_no"], other.values["from"])


def _clashing_beds(standing: Standing) -> Iterable[Disagreement]:
    """R-03: two persons in one bed."""
    for rows in _grouped(
        standing, "couchages", "bed_code", lambda v: v["place"] == "lit" and not _is_void(standing, v["stay_no"])
    ):
        for (key, kept), (_, other) in _pairs(rows, "from", "to"):
            o = other.values
            by = standing["sejours"][(_folded(o["stay_no"]),)].values["person_code"]
            yield "couchages", key, "bed_code", BedTaken(kept.values["bed_code"], by, o["from"], o.get("to"))


def _unusable_beds(standing: Standing) -> Iterable[Disagreement]:
    """R-03 and T14: nobody in a bed out of use or of service; the incoming one of the two is refused."""
    states: dict[Any, list[Row]] = defaultdict(list)
    for key, kept in standing["etats_lits"].items():
        states[_folded(kept.values["bed_code"])].append((key, kept))
    for key, kept in standing["couchages"].items():
        v = kept.values
        if v["place"] != "lit" or _is_void(standing, v["stay_no"]):
            continue
        bed_key = (_folded(v["bed_code"]),)
        bed = standing["lits"][bed_key]
        for state_key, state in states.get(bed_key[0], ()):
            s = state.values
            if (kept.incoming or state.incoming) and overlap(v["from"], v.get("to"), s["from"], s.get("to")):
                error = BedNotUsable(v["bed_code"], s["bed_state"], s["from"], s.get("to"))
                yield (
                    ("couchages", key, "bed_code", error) if kept.incoming else ("etats_lits", state_key, "from", error)
                )
        b = bed.values
        if (kept.incoming or bed.incoming) and not inside(
            v["from"], v.get("to"), b["in_service_from"], b.get("in_service_to")
        ):
            error = BedNotUsable(v["bed_code"], "retire", b["in_service_from"], b.get("in_service_to"))
            yield (
                ("couchages", key, "bed_code", error) if kept.incoming else ("lits", bed_key, "in_service_from", error)
            )


def _rooms_of_other_sex(standing: Standing) -> Iterable[Disagreement]:
    """R-06: an adult in a room for the other sex, where the row gives no reason."""
    for key, kept in standing["couchages"].items():
        v = kept.values
        if not kept.incoming or v["place"] != "lit" or v.get("override_reason") or _is_void(standing, v["stay_no"]):
            continue
        bed = standing["lits"][(_folded(v["bed_code"]),)].values
        room = standing["chambres"][(_folded(bed["room_code"]),)].values
        person = standing["personnes"][(_folded(standing["sejours"][(_folded(v["stay_no"]),)].values["person_code"]),)]
        rules = Room(RoomId(0), room["room_code"], "", room["room_type"], room["sex_rule"], room["age_rule"])
        if room["room_type"] != "chambre_famille" and adult_in_room_of_other_sex(
            Sleeper(person.values["sex"], birth_of(person.values)), rules, v["from"].date()
        ):
            yield "couchages", key, "bed_code", NeedsReason(("R-06",))


def birth_of(values: Values) -> Birth:
    """The birth that a row of `personnes` tells."""
    return Birth(
        values.get("birth_date"),
        values.get("birth_date_precision") or "day",
        values.get("age_estimated"),
        values.get("age_estimated_on"),
    )
