"""Items and movements of a workbook: what is wrong with a row, and where rows do not agree (field 2.17, 5.2).

An item is never below zero at the end of a day. Of incoming movements out, in the order of their days and lines, those
are refused for which nothing is left, on their day or on a later one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from shelter_desk.domain.errors import BadNumber, InTheFuture, Missing, NoSuch, NotInList, RuleBroken
from shelter_desk.domain.moments import Period, plain
from shelter_desk.domain.registers.rows import Kept, Key, Values, folded
from shelter_desk.domain.stock.counting import StockCount
from shelter_desk.domain.stock.items import MOST, thousandths, units
from shelter_desk.domain.stock.moves import ENTRIES, ISSUES, REVERSAL, TO_RESIDENT, ledger_day, sign
from shelter_desk.domain.stock.refusals import (
    CountOpen,
    ItemMoved,
    LotExpired,
    MoveStands,
    NotACode,
    NotEnough,
    NotLent,
    NotReversible,
    RealDayNotBefore,
    TooFine,
)

ITEMS, MOVES = "articles", "mouvements"
LISTS = frozenset({ITEMS, MOVES})
Standing = Mapping[str, Mapping[Key, Kept]]
Problem = tuple[str, RuleBroken]
Disagreement = tuple[str, Key, str, RuleBroken]
OLDEST = 1900
_AMOUNTS = {ITEMS: ("min_level", "max_level"), MOVES: ("quantity", "pack_factor")}


def tidied(name: str, values: Values) -> dict[str, Any]:
    """Quantities without the hair of a binary fraction."""
    found = dict(values)
    for column in _AMOUNTS[name]:
        amount = None if found.get(column) is None else thousandths(found[column])
        if amount is not None:
            found[column] = units(amount)
    return found


def dated(values: Values, stored: Values | None, today: date, closed: Iterable[Period]) -> dict[str, Any]:
    """A movement as it is dated: a new one of a closed month today, with its real day.

    stored: the movement of that number; a file that says its real day alone says what is stored.
    """
    found, day = dict(values), values.get("moved_on")
    if stored is not None:
        if "actual_on" not in values and day is not None and day == stored.get("actual_on"):
            del found["moved_on"]
    elif day is not None and (said := ledger_day(day, today, closed)).actual_on is not None:
        found |= {"moved_on": said.on, "actual_on": values.get("actual_on") or day}
    return found


def happened_on(values: Values) -> date:
    """The real day of a movement."""
    day: date = values.get("actual_on") or values["moved_on"]
    return day


def item_problem(values: Values) -> Problem | None:
    """What is wrong with an item by itself."""
    return _bad_amount(values, ("min_level", "max_level"), least=0) or _bad_whole(values, "lead_time_days")


def move_problem(values: Values) -> Problem | None:
    """What is wrong with a movement by itself."""
    amount = _bad_amount(values, ("quantity", "pack_factor"), least=1) or _bad_whole(values, "unit_cost_xof")
    if amount:
        return amount
    if values.get("actual_on") and values["actual_on"] >= values["moved_on"]:
        return "actual_on", RealDayNotBefore(values["moved_on"])
    for column in ("moved_on", "actual_on", "expiry_on"):
        day: date | None = values.get(column)
        if day is not None and day.year < OLDEST:
            return column, NotInList(column, day.isoformat())
    taken_back = values.get("reverses_move_no")
    if values["move_type"] == REVERSAL and not taken_back:
        return "reverses_move_no", Missing("reverses_move_no")
    if values["move_type"] != REVERSAL and taken_back:
        return "reverses_move_no", NotReversible(str(taken_back), "other")
    return _expired(values, values.get("expiry_on"))


def new_move_problem(
    values: Values, counts: Iterable[StockCount], grants: Collection[str], today: date
) -> Problem | None:
    """What is wrong with a movement that is not stored yet. counts: of its item; grants: folded codes."""
    actual_on: date | None = values.get("actual_on")
    if actual_on is not None and actual_on > today:
        return "actual_on", InTheFuture(plain(actual_on))
    return counted_problem(values, counts) or grant_problem(values, grants)


def counted_problem(values: Values, counts: Iterable[StockCount]) -> Problem | None:
    """S-06: nothing is dated before a count of its item that is not approved yet."""
    later = next((count for count in counts if happened_on(values) < count.counted_on), None)
    return None if later is None else ("moved_on", CountOpen(later.count_no, later.counted_on))


def grant_problem(values: Values, known: Collection[str]) -> Problem | None:
    """A movement names a grant that the shelter knows: whose it is stands there. known: folded codes."""
    code = values.get("grant")
    return ("grant", NoSuch("grant", str(code))) if code and folded(code) not in known else None


def _expired(values: Values, expiry_on: date | None) -> Problem | None:
    if values["move_type"] in ISSUES and expiry_on is not None and expiry_on < happened_on(values):
        return "expiry_on" if values.get("expiry_on") else "lot_no", LotExpired(values.get("lot_no", ""), expiry_on)
    return None


def _bad_amount(values: Values, columns: tuple[str, ...], least: int) -> Problem | None:
    for column in columns:
        value = values.get(column)
        if value is None:
            continue
        amount = thousandths(value)
        if amount is None and -MOST < value < MOST:
            return column, TooFine(column, f"{value:g}")
        if amount is None or not least <= amount <= MOST:
            return column, BadNumber(column, f"{value:g}")
    return None


def _bad_whole(values: Values, column: str) -> Problem | None:
    value = values.get(column)
    return (column, BadNumber(column, str(value))) if value is not None and not 0 <= value <= MOST else None


# Together -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A movement among the others. places: what it takes from or brings to, the item and its lot."""

    key: Key
    kept: Kept
    change: int
    places: tuple[Any, ...]

    @property
    def values(self) -> Values:
        return self.kept.values


def disagreements(standing: Standing) -> Iterator[Disagreement]:
    """Every one of the two lists, where a row of them is new; the balance only where the rest agrees."""
    if not any(kept.incoming for name in LISTS for kept in standing[name].values()):
        return
    found = [*_changed(standing), *_items_that_moved(standing), *_reversals(standing), *_loans(standing)]
    found += _named(standing)
    yield from found or [*_lots(standing)] or _shortages(standing)


def _changed(standing: Standing) -> Iterator[Disagreement]:
    """A movement that is stored is never changed."""
    for key, kept in standing[MOVES].items():
        if kept.incoming and kept.is_changed and kept.before is not None:
            before = kept.before
            column = next(column for column, value in kept.values.items() if before.get(column) != value)
            yield MOVES, key, column, MoveStands(str(before["move_no"]))


def _items_that_moved(standing: Standing) -> Iterator[Disagreement]:
    """The unit of an item says what its past quantities mean."""
    moved = {folded(kept.values["item_code"]) for kept in standing[MOVES].values() if kept.id is not None}
    for key, kept in standing[ITEMS].items():
        if kept.incoming and kept.before is not None and key[0] in moved and kept.before["unit"] != kept.values["unit"]:
            yield ITEMS, key, "unit", ItemMoved(kept.values["item_code"], "unit")


def _named(standing: Standing) -> Iterator[Disagreement]:
    """Who got something stands there by a code: of a person, a stay or a room, or one of another register, in one word
    with a figure. A name would lie open to the store, which never reads one (field 3.11, 6.1).
    """
    known = {key[0] for name in ("personnes", "sejours", "chambres") for key in standing[name]}
    moves = standing[MOVES]
    for key, kept in moves.items():
        whom = str(kept.values.get("third_party") or "").strip()
        if not whom or not (kept.incoming and kept.is_new) or folded(whom) in known:
            continue
        of = kept.values.get("reverses_move_no") or kept.values.get("returns_move_no")
        issue = moves[(folded(of),)].values if of else kept.values
        if issue["move_type"] == TO_RESIDENT and (len(whom.split()) > 1 or not any(map(str.isdecimal, whom))):
            yield MOVES, key, "third_party", NotACode()


def _reversals(standing: Standing) -> Iterator[Disagreement]:
    moves = standing[MOVES]
    taken: dict[Any, Key] = {}
    for key, kept in sorted(moves.items(), key=lambda one: one[1].number):
        values = kept.values
        if values["move_type"] != REVERSAL:
            continue
        target = folded(values["reverses_move_no"])
        why = _why_not(values, moves[(target,)].values, again=target in taken)
        taken.setdefault(target, key)
        if why and kept.incoming:
            yield MOVES, key, "reverses_move_no", NotReversible(values["reverses_move_no"], why)


def _why_not(values: Values, target: Values, *, again: bool) -> str:
    if target["move_type"] == REVERSAL:
        return "itself"
    if folded(target["item_code"]) != folded(values["item_code"]):
        return "item"
    if values["quantity"] > target["quantity"]:
        return "quantity"
    if values["moved_on"] < target["moved_on"]:
        return "before"
    return "already" if again else ""


def _loans(standing: Standing) -> Iterator[Disagreement]:
    """What is brought back went out, and no more of it than is out still; a return taken back brought nothing."""
    moves = standing[MOVES]
    all_values = [kept.values for kept in moves.values()]
    undone = {folded(one["reverses_move_no"]) for one in all_values if one["move_type"] == REVERSAL}
    out: dict[Any, int] = {}
    for key, kept in sorted(moves.items(), key=lambda one: (one[1].values["moved_on"], one[1].number)):
        loan_no = kept.values.get("returns_move_no")
        if not loan_no:
            continue
        loan = moves[(folded(loan_no),)].values
        left = out.setdefault(folded(loan_no), _thousandths(loan) if loan["move_type"] in ISSUES else 0)
        is_of_item = folded(loan["item_code"]) == folded(kept.values["item_code"])
        is_right = kept.values["move_type"] == "retour" and is_of_item
        back = 0 if key[0] in undone else _thousandths(kept.values)
        if kept.incoming and not (is_right and back <= left):
            yield MOVES, key, "returns_move_no", NotLent(str(loan_no), units(left))
        else:
            out[folded(loan_no)] = left - back


def _thousandths(values: Values) -> int:
    return thousandths(values["quantity"]) or 0


def _lots(standing: Standing) -> Iterator[Disagreement]:
    """A movement of what expires names its lot, one that comes in its day too; an expired lot is never issued."""
    days: dict[tuple[Any, Any], set[date | None]] = defaultdict(set)  # on which lots of a number expire, by item
    for kept in standing[MOVES].values():
        values = kept.values
        if values["move_type"] in (*ENTRIES, "ecart_plus"):
            days[folded(values["item_code"]), folded(values.get("lot_no", ""))].add(values.get("expiry_on"))
    for key, kept in standing[MOVES].items():
        values = kept.values
        item_key = (folded(values["item_code"]),)
        item = standing[ITEMS][item_key]
        if values["move_type"] == REVERSAL or not (kept.incoming or item.incoming):
            continue
        problem = _lot_problem(values, item.values, days.get((item_key[0], folded(values.get("lot_no", ""))), set()))
        if problem and kept.incoming:
            yield MOVES, key, *problem
        elif problem and item.incoming:
            yield ITEMS, item_key, "has_expiry", ItemMoved(item.values["item_code"], "has_expiry")


def _lot_problem(values: Values, item: Values, days: set[date | None]) -> Problem | None:
    comes = values["move_type"] in (*ENTRIES, "ecart_plus")
    if item.get("has_expiry") and not values.get("lot_no"):
        return "lot_no", Missing("lot_no")
    if item.get("has_expiry") and not values.get("expiry_on") and (comes or len(days) > 1):
        return "expiry_on", Missing("expiry_on")
    if values.get("lot_no") and not values.get("expiry_on") and days and None not in days:
        return _expired(values, max(day for day in days if day is not None))
    return None


def _shortages(standing: Standing) -> Iterator[Disagreement]:
    """S-01, for each item and for each lot that a movement out names."""
    moves = standing[MOVES]
    lines = []
    for key, kept in moves.items():
        values, target = kept.values, kept.values
        if values["move_type"] == REVERSAL:
            target = moves[(folded(values["reverses_move_no"]),)].values
            way = sign(REVERSAL, target["move_type"])
        else:
            way = sign(values["move_type"])
        lines.append(_Line(key, kept, way * _thousandths(values), _places(target)))
    lines.sort(key=lambda line: str(line.places[0]))
    for _, group in groupby(lines, key=lambda line: str(line.places[0])):
        of_item = list(group)
        if any(line.kept.incoming for line in of_item):
            yield from _of_item(of_item)


def _places(values: Values) -> tuple[Any, ...]:
    item, lot = folded(values["item_code"]), folded(values.get("lot_no", ""))
    if not lot:
        return ((item,),)
    expiry = values.get("expiry_on")
    return ((item,), (item, lot), (item, lot, expiry)) if expiry else ((item,), (item, lot))


def _of_item(lines: list[_Line]) -> Iterator[Disagreement]:
    fixed = [line for line in lines if line.change > 0 or line.kept.incoming is None]
    asked = [line for line in lines if line.change < 0 and line.kept.incoming is not None]
    least = _Least(fixed)
    for line in sorted(asked, key=lambda line: (line.values["moved_on"], line.kept.number)):
        short = least.short(line)
        if short is None:
            least.take(line)
            continue
        on_hand, day = short
        error = NotEnough(line.values["item_code"], units(max(on_hand, 0)), day, line.values.get("lot_no", ""))
        yield MOVES, line.key, "quantity", error


class _Least:
    """The least balance of each place from a day on, as movements out are taken in the order of their days."""

    def __init__(self, fixed: Iterable[_Line]) -> None:
        changes: dict[Any, dict[date, int]] = defaultdict(lambda: defaultdict(int))
        for line in fixed:
            for place in line.places:
                changes[place][line.values["moved_on"]] += line.change
        self._ends = {place: _from_each_day(found) for place, found in changes.items()}
        self._out: dict[Any, int] = defaultdict(int)

    def short(self, line: _Line) -> tuple[int, date] | None:
        """What is there, and when, where it is less than the movement takes."""
        day = line.values["moved_on"]
        least = min(self._free(place, day) for place in line.places)
        return least if least[0] < -line.change else None

    def _free(self, place: Any, day: date) -> tuple[int, date]:
        from bisect import bisect_right

        days, leasts = self._ends.get(place, ((), ()))
        at = bisect_right(days, day) - 1  # the last day that is not after this one
        amount, when = leasts[at] if at >= 0 else (0, day)
        return amount - self._out[place], max(when, day)

    def take(self, line: _Line) -> None:
        """It stands."""
        for place in line.places:
            self._out[place] -= line.change


_Ends = tuple[tuple[date, ...], tuple[tuple[int, date], ...]]


def _from_each_day(changes: Mapping[date, int]) -> _Ends:
    """The days that moved, and for each the least balance from it on."""
    days = sorted(changes)
    balances, total = [], 0
    for day in days:
        total += changes[day]
        balances.append((total, day))
    for at in range(len(days) - 2, -1, -1):
        balances[at] = min(balances[at], balances[at + 1])
    return tuple(days), tuple(balances)
