"""A count: frozen at an instant, written blind, differences counted again, approved before anything is adjusted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from shelter_desk.domain.ids import CountId, ItemId, UserId
from shelter_desk.domain.stock.ledger import nets, settled
from shelter_desk.domain.stock.moves import Lot, Move
from shelter_desk.domain.stock.refusals import NotCounted

CountStatus = Literal["ouvert", "approuve", "annule"]


@dataclass(frozen=True, slots=True)
class StockCountLine:
    """One lot of an item. counted: None is not counted, which is not zero; recount: the second time, where it
    differs. theoretical: None until the approval. Amounts in thousandths.
    """

    id: int
    item: ItemId
    lot: Lot
    counted: int | None = None
    recount: int | None = None
    cause: str = ""
    comment: str = ""
    theoretical: int | None = None

    @property
    def found(self) -> int | None:
        """What is there: the second count goes before the first."""
        return self.counted if self.recount is None else self.recount


@dataclass(frozen=True, slots=True)
class StockCount:
    """One count. cut_off_at: the instant it is frozen at; last_move: the last row of the ledger written before it.

    category: of the items counted, "" for all. team: who counted, by initials or function, no resident among them.
    """

    id: CountId
    count_no: str
    counted_on: date
    cut_off_at: datetime
    last_move: int
    category: str = ""
    team: tuple[str, ...] = ()
    status: CountStatus = "ouvert"
    conclusion: str = ""
    begun_by: UserId | None = None
    entered_by: UserId | None = None
    approved_by: UserId | None = None
    approved_on: date | None = None
    lines: tuple[StockCountLine, ...] = ()

    @property
    def items(self) -> set[ItemId]:
        """What is counted."""
        return {line.item for line in self.lines}

    @property
    def is_open(self) -> bool:
        """True until it is approved or given up."""
        return self.status == "ouvert"


def theoretical(count: StockCount, moves: Iterable[Move]) -> dict[Lot, int]:
    """What the ledger says was in each lot of an item when the count was frozen. moves: all those of the item.

    The counters found done what was dated before the day, and of the day what was written then. What was written later
    and dated on the day or after it is replayed on top of the count.
    """
    day, last = count.counted_on, count.last_move
    return settled(nets(one for one in moves if one.moved_on < day or (one.moved_on == day and one.id <= last)))


def differences(count: StockCount, expected: Mapping[tuple[ItemId, Lot], int]) -> dict[int, int]:
    """Physical less theoretical, by the id of the line; lines without a difference are left out."""
    found = {
        line.id: line.found - expected.get((line.item, line.lot), 0) for line in count.lines if line.found is not None
    }
    return {key: difference for key, difference in found.items() if difference}


def check(count: StockCount, expected: Mapping[tuple[ItemId, Lot], int], codes: Mapping[ItemId, str]) -> None:
    """See that every line was counted, and every difference a second time, with its cause. Raises NotCounted (S-10)."""
    for line in count.lines:
        if line.counted is None:
            raise NotCounted(codes[line.item], "count")
        if line.counted != expected.get((line.item, line.lot), 0) and line.recount is None:
            raise NotCounted(codes[line.item], "recount")
    different = differences(count, expected)
    for line in count.lines:
        if line.id in different and not line.cause:
            raise NotCounted(codes[line.item], "cause")
