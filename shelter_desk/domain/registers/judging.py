"""Judge incoming rows against what is stored, as one whole: the order of rows and sheets does not matter."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from shelter_desk.domain.errors import CodeTaken, Missing, NoSuch, RuleBroken
from shelter_desk.domain.moments import Period
from shelter_desk.domain.registers import former_families, gaps, stock
from shelter_desk.domain.registers.cross_row_rules import Standing, disagreements, leave_with_events
from shelter_desk.domain.registers.refusals import SaidOtherwise
from shelter_desk.domain.registers.rows import (
    NUMBERED,
    ORDER,
    REPEATED,
    ROW_KEYS,
    Incoming,
    Judgement,
    Kept,
    Key,
    Place,
    Refusal,
    RowCounts,
    Values,
    folded,
    key_of,
)
from shelter_desk.domain.registers.single_row_rules import AHEAD, Problem, own_problem
from shelter_desk.domain.stays.stays import REDIRECTED, VOID
from shelter_desk.domain.stock.counting import StockCount

ROOMS = "chambres"
Stored = Mapping[str, Iterable[tuple[int, Values]]]
_KIND = {
    "chambres": "room",
    "lits": "bed",
    "lits_chambres": "bed_room",
    "personnes": "person",
    "sejours": "stay",
    "familles_avant": "former_family",
    "etats_lits": "bed_state",
    "inspections": "inspection",
    "couchages": "placement",
    "absences": "absence",
    "statuts_victime": "status",
    "services": "service",
    "referencements": "referral",
    "etapes_judiciaires": "legal_step",
    "immobilisations": "asset",
    "evenements_biens": "event",
    "articles": "item",
    "mouvements": "move",
    "partenaires": "partner",
}


def judge(
    stored: Stored,
    incoming: Iterable[Incoming],
    required: Mapping[str, tuple[str, ...]],
    now: datetime,
    new_code: Callable[[], str],
    counts: Iterable[StockCount] = (),
    grants: Iterable[str] = (),
    closed: Sequence[Period] = (),
    *,
    incomplete: bool = False,
) -> Judgement:
    """Merge the rows into what is stored and refuse those that break a rule; a refused row leaves what was stored.

    A line of a shelter's own list is taken in whole: where one of its rows is refused, all of them are.

    required: the columns a new row of each list must fill in. counts: of the stock, those not approved yet.
    grants: the codes of those there are. closed: months whose ledger stands: a new movement of one is dated today.
    incomplete: rows are taken whose values may be completed later.
    """
    standing = {name: list(rows) for name, rows in stored.items()}
    house = _House(standing, required, now, new_code, counts, grants, closed, incomplete=incomplete)
    house.settle(list(incoming))
    return house.judgement()


class _House:
    """The registers as they would stand, while rows are still being refused."""

    def __init__(
        self,
        stored: Mapping[str, list[tuple[int, Values]]],
        required: Mapping[str, tuple[str, ...]],
        now: datetime,
        new_code: Callable[[], str],
        counts: Iterable[StockCount],
        grants: Iterable[str],
        closed: Sequence[Period],
        *,
        incomplete: bool,
    ) -> None:
        self.standing: Standing = {}
        self._takes_incomplete = incomplete
        self._stored, self._required, self._new_code = stored, required, new_code
        self._latest = now + AHEAD
        self._closed, self._today = closed, now.date()
        self._fallen: set[tuple[str, int]] = set()  # sheet and number of the lines of which a row was refused
        self._told: set[tuple[str, str, int]] = set()  # list, sheet and row of the refused rows of lines
        self._of_lines: list[Refusal] = []
        self._begin()
        self._grants = {folded(code) for code in grants}
        self._counts: dict[Any, list[StockCount]] = defaultdict(list)
        codes = {kept.id: key[0] for key, kept in self.standing["articles"].items()}
        for count in counts:
            for item in count.items:
                self._counts[codes[item]].append(count)

    def _begin(self) -> None:
        """What is stored, before any row; the lines that fell are remembered."""
        self.standing = {name: {} for name in ORDER}
        for name, rows in self._stored.items():
            for row_id, values in rows:
                self.standing[name][key_of(name, values)] = Kept(dict(values), row_id, values)
        self._ended: list[tuple[Kept, dict[str, Any], dict[str, Any]]] = []  # with their stay: as laid, as before
        self._refusals: list[Refusal] = []  # of rows that are no part of a line
        self._seen: Counter[str] = Counter()
        self._repeated: list[tuple[str, Place, Place]] = []  # list, where a row is said again, where it was said
        self._fell: Counter[str] = Counter()  # with their line
        self._rooms_fell: set[Key] = set()  # a room that another line tells of as well stands

    def take(self, row: Incoming) -> None:
        """Lay one row over what stands; refuse it at once where its own cells are wrong."""
        self._seen[row.list] += 1
        if self._fallen and self._falls(row):
            self._fell[row.list] += row.list != ROOMS
            if row.list == ROOMS:
                self._rooms_fell.add(key_of(row.list, row.values))
            return
        values = dict(row.values)
        if values.get("exit_reason") == REDIRECTED and values.get("exited_at") is None:
            values["exited_at"] = values.get("admitted_at")
        if row.list == "personnes" and not values.get("person_code"):
            values["person_code"] = self._new_code()
        if row.list in stock.LISTS:
            values = self._of_stock(row.list, values)
        key = key_of(row.list, values)
        kept = self.standing[row.list].get(key) or self._moved_night(row, key, values)
        if kept is not None and kept.incoming is not None:
            self._again(row, kept, values)
            return
        before = kept.values if kept else {}
        values = {**row.where_nothing, **before, **values} if kept or row.where_nothing else values
        open_ = {of: text for of, text in row.gaps.items() if of[0] != row.list or gaps.stays_open(*of, values, before)}
        problem = self._missing(row.list, values, open_) or own_problem(row.list, values, self._latest)
        if not problem and row.list == stock.MOVES and kept is None:
            counts = self._counts.get(folded(values["item_code"]), ())
            problem = stock.new_move_problem(values, counts, self._grants, self._today)
        if problem:
            self.refuse(row, *problem)
        elif kept:
            kept.values, kept.incoming, kept.gaps = values, row, open_
        else:
            self.standing[row.list][key] = Kept(values, incoming=row, gaps=open_)

    def _of_stock(self, name: str, values: Values) -> dict[str, Any]:
        """An item or a movement with plain quantities; a new movement of a closed month is dated today."""
        found = stock.tidied(name, values)
        if name != stock.MOVES:
            return found
        kept = self.standing[name].get(key_of(name, found))
        return stock.dated(found, kept.before if kept else None, self._today, self._closed)

    def _moved_night(self, row: Incoming, key: Key, values: Values) -> Kept | None:
        """The stored night that began with the stay, where a line moves the day of entry: it moves with it."""
        if not row.of_line or row.list != "couchages":
            return None
        stay = self.standing["sejours"].get((folded(values["stay_no"]),))
        if stay is None or stay.before is None or stay.incoming is None:
            return None
        former = key_of("couchages", {**values, "from": stay.before["admitted_at"]})
        kept = self.standing["couchages"].get(former)
        if kept is None or kept.incoming or folded(kept.values.get("bed_code")) != folded(values["bed_code"]):
            return None
        self.standing["couchages"][key] = self.standing["couchages"].pop(former)
        return kept

    def _again(self, row: Incoming, kept: Kept, values: dict[str, Any]) -> None:
        first = kept.incoming
        if first and row.of_line and first.of_line and (first.sheet != row.sheet or row.list in REPEATED):
            self._complete(row, kept, first, values)
        elif row.list in NUMBERED or any(kept.values.get(column) != value for column, value in values.items()):
            column = ROW_KEYS[row.list][0]
            self.refuse(row, column, CodeTaken(_KIND[row.list], str(values[column])))
        else:
            self._say_repeated(row, kept)

    def _say_repeated(self, row: Incoming, kept: Kept) -> None:
        first = kept.incoming
        if first is not None and (row.list != ROOMS or not row.of_line or first.sheet != row.sheet):
            self._repeated.append((row.list, (row.sheet, row.number), (first.sheet, first.number)))

    def _complete(self, row: Incoming, kept: Kept, first: Incoming, values: dict[str, Any]) -> None:
        """The same line on a later sheet adds what the first one leaves open, as the day of exit."""
        if "age_estimated" in first.values:  # who is 25 on one stay and 26 on the next is no contradiction
            values = {column: value for column, value in values.items() if not column.startswith("age_estimated")}
        for column, value in values.items():
            if first.values.get(column, value) != value:
                self.refuse(row, column, SaidOtherwise(first.sheet, first.number))
                return
        merged = {**kept.values, **values}
        problem = own_problem(row.list, merged, self._latest)
        if problem:
            self.refuse(row, *problem)
            return
        kept.values, kept.incoming = merged, first._replace(values={**first.values, **values})
        self._say_repeated(row, kept)

    def _missing(self, name: str, values: dict[str, Any], open_: dict[tuple[str, str], str]) -> Problem | None:
        """What every row has and this one has not; open_: takes what may be completed later."""
        for column in self._required.get(name, ()):
            value = values.get(column)
            if not value and value != 0:  # comparing a date with a text is slow
                if not self._takes_incomplete or (name, column) not in gaps.MAY_BE_EMPTY:
                    return column, Missing(column)
                values[column] = gaps.UNKNOWN[name, column]
                open_.setdefault((name, column), "")
        return None

    def _falls(self, row: Incoming) -> bool:
        """True where a row of its line was refused: a line is taken in whole or not at all."""
        return row.of_line and (row.sheet, row.number) in self._fallen

    def refuse(self, row: Incoming, column: str, error: RuleBroken) -> None:
        """Say why this row is not taken in; once where it only lacks another refused row of its line."""
        at = (row.list, row.sheet, row.number)
        if at in self._told or (isinstance(error, NoSuch) and self._falls(row)):
            return
        refusal = Refusal(*at, column, _seen(row.values.get(column)), error)
        if row.of_line:
            self._fallen.add((row.sheet, row.number))
            self._told.add(at)
            self._of_lines.append(refusal)
        else:
            self._refusals.append(refusal)

    def drop(self, name: str, key: Key, column: str, error: RuleBroken) -> None:
        """Refuse a row that stands: what was stored comes back, a new one goes."""
        kept = self.standing[name][key]
        if kept.incoming is None or self._may_stand_open(name, key, column, error):
            return
        self.refuse(kept.incoming, column, error)
        if kept.before is None:
            del self.standing[name][key]
        else:
            kept.values, kept.incoming = dict(kept.before), None

    def _may_stand_open(self, name: str, key: Key, column: str, error: RuleBroken) -> bool:
        """Leave out a code of which there is none, where that may be completed later."""
        kept = self.standing[name][key]
        if not self._takes_incomplete or not isinstance(error, NoSuch) or (name, column) not in gaps.LINKS:
            return False
        kept.gaps[name, column] = _seen(kept.values.pop(column))
        if kept.before is not None and kept.before.get(column):
            kept.values[column] = kept.before[column]
        return True

    def settle(self, rows: list[Incoming]) -> None:
        """Lay the rows until those that stand agree. Each line that falls is left out from the start: what it changed
        is as it was before, and what another line says of the same person stays.
        """
        while True:
            fallen = len(self._fallen)
            for row in rows:
                self.take(row)
            if len(self._fallen) == fallen and self._agree():
                leave_with_events(self.standing)
                return
            self._begin()

    def _agree(self) -> bool:
        """Refuse rows until the others agree; each round may take away what another row leans on.

        False where a line fell.
        """
        fallen = len(self._fallen)
        while len(self._fallen) == fallen:
            self._close_with_exits()
            self._tell_first_from_later()
            former_families.lay(self.standing)
            problems: dict[tuple[str, Key], Problem] = {}
            for name, key, column, error in disagreements(self.standing):
                problems.setdefault((name, key), (column, error))
            if not problems:
                return True
            for (name, key), (column, error) in problems.items():
                if key in self.standing[name]:
                    self.drop(name, key, column, error)
        return False

    def _close_with_exits(self) -> None:
        """Where a stay ended, its open placements and absences end with it, and where its end moved they follow; those
        of a cancelled stay are as they were, for the day it is brought back. An exit that was refused since ends none.
        """
        for kept, laid, former in self._ended:
            kept.values = former if kept.values is laid else kept.values
        self._ended = []
        for name in ("couchages", "absences"):
            for kept in self.standing[name].values():
                stay = self.standing["sejours"].get((folded(kept.values["stay_no"]),))
                left = stay and stay.values.get("exit_reason") != VOID and stay.values.get("exited_at")
                if stay and left and (kept.values.get("to") is None or _ended_with(kept, stay)):
                    former, kept.values = kept.values, {**kept.values, "to": left}
                    self._ended.append((kept, kept.values, former))

    def _tell_first_from_later(self) -> None:
        """Of stays whose kind of entry is open the earliest of a person is the first one."""
        open_ = [one for one in self.standing["sejours"].values() if ("sejours", "entry_kind") in one.gaps]
        if not open_:
            return
        first: dict[Any, datetime] = {}
        for one in self.standing["sejours"].values():
            code = folded(one.values["person_code"])
            first[code] = min(first.get(code, one.values["admitted_at"]), one.values["admitted_at"])
        for one in open_:
            is_first = one.values["admitted_at"] == first[folded(one.values["person_code"])]
            one.values["entry_kind"] = "premiere" if is_first else "readmission"

    def judgement(self) -> Judgement:
        """The counts, once everything agrees. A row behind which something stored changed counts as changed."""
        counts = {}
        again = Counter(name for name, _, _ in self._repeated)
        for name in ORDER:
            if self._seen[name]:
                rows = [kept for kept in self.standing[name].values() if kept.incoming]
                new, changed = sum(kept.is_new for kept in rows), sum(kept.is_changed for kept in rows)
                refused = sum(refusal.list == name for refusal in self._refusals) + self._fell[name]
                if name == ROOMS:
                    refused += len(self._rooms_fell - self.standing[name].keys())
                counts[name] = RowCounts(new, changed, len(rows) - new - changed + again[name], refused)
        # rows that are written with something to complete, by the list whose value it is
        open_rows = Counter(
            name
            for rows in self.standing.values()
            for kept in rows.values()
            if kept.gaps and (kept.is_new or kept.is_changed)
            for name in {of for of, _ in kept.gaps}
        )
        for name, open_ in open_rows.items():
            counts.setdefault(name, RowCounts()).incomplete = open_
        refusals = [*self._of_lines, *self._refusals]
        told = sorted(refusals, key=lambda r: (ORDER.index(r.list), r.row))
        return Judgement(self.standing, counts, told, self._repeated)


def _ended_with(kept: Kept, stay: Kept) -> bool:
    """True of a stored night or absence that ended when the stay did, and of which the file says no other end."""
    said = kept.incoming.values.get("to") if kept.incoming else None
    ended = kept.before and stay.before and stay.before.get("exited_at")
    return said is None and bool(ended) and kept.values.get("to") == ended


def _seen(value: Any) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
