"""What the ledger refuses; `words.stock` says each in a sentence."""

from datetime import date

from shelter_desk.domain.errors import RuleBroken


class StockRefused(RuleBroken):
    """Any refusal of the store."""


class NotEnough(StockRefused):
    """S-01: the item, or the lot, would fall below zero. on_hand: what is there at most, in units; day: when."""

    item_code: str
    on_hand: float
    day: date
    lot_no: str


class LotExpired(StockRefused):
    """S-02: an expired lot is never issued, only written off."""

    lot_no: str
    expiry_on: date


class ServiceIssued(StockRefused):
    """A line of services that a slip stands behind: it goes and changes with the slip alone (I-20)."""

    voucher_no: str


class NotReversible(StockRefused):
    """A movement that cannot be taken back so.

    why: `already` taken back, `itself` a reversal, of another `item`, `quantity` above what moved, `before` it moved,
    `other` where only a reversal names a movement, `returned` for a loan that came back, `lost` for the return on paper
    of a loan whose loss still stands (move_no: of the loss), `equipment` where things made of it live on.
    """

    move_no: str
    why: str


class RealDayNotBefore(StockRefused):
    """The real day of a movement lies before the day it is dated on, or it is left empty. moved_on: that one."""

    moved_on: date


class MoveStands(StockRefused):
    """A movement is never changed, it is taken back by another one."""

    move_no: str


class ItemMoved(StockRefused):
    """The unit of an item, or that it expires, does not change once it moved. field: which of them."""

    item_code: str
    field: str


class TooFine(StockRefused):
    """A quantity finer than a thousandth of the unit."""

    field: str
    value: str


class KitOpened(StockRefused):
    """A part of a kit: kits go out whole, their items by themselves."""

    kit_code: str


class NotACode(StockRefused):
    """Whoever got something in a register is written by a code, never by a name."""


class NotLent(StockRefused):
    """Nothing of this loan is out, or less than what is brought back. out: in units."""

    move_no: str
    out: float


class NotLendable(StockRefused):
    """The card of the item does not say that it is lent."""

    item_code: str


class CountOpen(StockRefused):
    """S-06: the item is being counted since that day: nothing is dated before it until the count is approved."""

    count_no: str
    day: date


class NotCounted(StockRefused):
    """S-10: a line without a count, a difference without a second count or without a cause.

    why: `count`, `recount` or `cause`; item_code: of the first such line.
    """

    item_code: str
    why: str


class CountStands(StockRefused):
    """What was counted blind does not change once the differences are known: it is counted a second time."""

    item_code: str


class OnSheet(StockRefused):
    """The lot has a line on the sheet of the count already: what was found of it is added there."""

    item_code: str
    lot_no: str


class NotNow(StockRefused):
    """A count or a slip that is not in the state for this. state: the one it is in."""

    what: str
    state: str


class SamePerson(StockRefused):
    """Two different persons do this. what: `team` of a count, `approve` a count that one counted."""

    what: str
