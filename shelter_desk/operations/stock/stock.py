"""The store as it stands: items with their balances, cards, lots that expire, loans, vouchers, consumption."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.equipment.maintenance import FuelUse, MonthOfFuel, fuel_use
from shelter_desk.domain.ids import ItemId, StayId, UserId, VoucherId
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.rights import PERMISSIONS, Permission
from shelter_desk.domain.stock import ledger
from shelter_desk.domain.stock.items import THOUSAND, Item
from shelter_desk.domain.stock.moves import Lot, Move, ledger_day
from shelter_desk.domain.stock.vouchers import Voucher
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.storage.equipment import equipment
from shelter_desk.storage.file import settings, users
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.reports import late_facts
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import stays
from shelter_desk.storage.stock import stock, stock_counts, stock_figures, vouchers

USE_DAYS = 30  # over which consumption is measured, for cover
MARGIN_DAYS = 7  # S-04: what cover must be above the time of delivery


@dataclass(frozen=True, slots=True)
class StockStanding:
    """An item as it stands on a day; amounts in thousandths.

    physical: everything; usable: without what has expired. use: of the last thirty days.
    expires_on: of the first lot that is left, None where nothing expires. counted_on: the last approved count;
    to_count: it was too long ago (S-09).
    """

    item: Item
    physical: int
    usable: int
    use: int
    near: int
    expires_on: date | None
    counted_on: date | None
    to_count: bool = False

    @property
    def expired(self) -> int:
        """What is to be written off."""
        return self.physical - self.usable

    @property
    def cover(self) -> int | None:
        """For how many whole days the usable stock lasts, None where nothing is used."""
        return self.usable * USE_DAYS // self.use if self.use else None

    @property
    def use_a_day(self) -> Decimal | None:
        """How much is used a day, in units of the item; None where nothing is."""
        return Decimal(self.use) / THOUSAND / USE_DAYS if self.use else None

    @property
    def is_low(self) -> bool:
        """S-04: under the alert level, or gone before more can come."""
        if self.item.min_level is not None and self.usable < self.item.min_level:
            return True
        lead = self.item.lead_time_days
        return lead is not None and self.cover is not None and self.cover < lead + MARGIN_DAYS


@needs(Permission.STOCK_SEE)
def standing(desk: Desk, day: date | None = None) -> tuple[StockStanding, ...]:
    """Every active item, and those with something left, in order of their names. day: today unless said."""
    on = day or desk.today()
    with desk.reading() as connection:
        known = stock.items(connection)
        lots = {key: ledger.settled(nets) for key, nets in stock.lot_nets(connection, on).items()}
        used = stock.used_between(connection, on - timedelta(days=USE_DAYS - 1), on)
        counted = stock_counts.last_days(connection)
        kept = settings.read(connection)
    soon = on + timedelta(days=warn_days(kept))
    due = on - timedelta(days=setting_rules.whole(kept, "count_stock_months") * 30)
    found = []
    for key, item in known.items():
        of_item = lots.get(key, {})
        physical, usable = sum(of_item.values()), ledger.usable(of_item, on)
        if item.is_active or physical:
            near = usable - ledger.usable(of_item, soon + ONE_DAY)
            first = min((lot.expiry_on for lot in of_item if lot.expiry_on is not None), default=None)
            last = counted.get(key)
            old = physical > 0 and (last is None or last < due)
            found.append(StockStanding(item, physical, usable, used.get(key, 0), near, first, last, old))
    return tuple(found)


def warn_days(known: Mapping[str, str]) -> int:
    """How many days before its expiry a lot is named."""
    return setting_rules.whole(known, "expiry_warn_days")


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of the ledger with the balance after it, in thousandths. is_taken_back: another line is its contrary."""

    move: Move
    balance: int
    is_taken_back: bool


@dataclass(frozen=True, slots=True)
class ItemLedger:
    """An item with its lots and its ledger, in order of time. lots: what is left of each, the first expired first."""

    item: Item
    lots: tuple[tuple[Lot, int], ...]
    lines: tuple[CardLine, ...]
    today: date


@needs(Permission.STOCK_SEE)
def card(desk: Desk, item_id: ItemId) -> ItemLedger:
    """The card of an item (field 3.11). Within a day what came stands before what went."""
    with desk.reading() as connection:
        item, moves = stock.item(connection, item_id), stock.moves_of(connection, item_id)
        undone = stock.taken_back(connection)
    lines, balance = [], 0
    for move in sorted(moves, key=lambda one: (one.moved_on, one.change < 0, one.id)):
        balance += move.change
        lines.append(CardLine(move, balance, move.id in undone))
    left = ledger.settled(ledger.nets(moves))
    lots = tuple((lot, left[lot]) for lot in ledger.first_expired_first(left))
    return ItemLedger(item, lots, tuple(lines), desk.today())


@needs(Permission.STOCK_SEE)
def lots(desk: Desk, item_id: ItemId, day: date) -> tuple[tuple[Lot, int], ...]:
    """What may be taken from each lot on that day, expired ones among them, the first expired first.

    What happened in a closed month is dated today: it is taken from what there is today.
    """
    with desk.reading() as connection:
        dated = ledger_day(day, desk.today(), late_facts.closed(connection))
        free = ledger.free_lots(stock.moves_of(connection, item_id), dated.on)
    return tuple((lot, free[lot]) for lot in ledger.first_expired_first(free))


@dataclass(frozen=True, slots=True)
class Expiring:
    """So much of a lot that expires on a day, or did."""

    item: Item
    lot: Lot
    amount: int


@needs(Permission.STOCK_SEE)
def expiring(desk: Desk, days: int) -> tuple[Expiring, ...]:
    """What has expired, and what will within so many days, the first one first."""
    until = desk.today() + timedelta(days=days)
    with desk.reading() as connection:
        known = stock.items(connection)
        nets = stock.lot_nets(connection, desk.today())
    found = [
        Expiring(known[key], lot, amount)
        for key, of_item in nets.items()
        for lot, amount in ledger.settled(of_item).items()
        if lot.expiry_on is not None and lot.expiry_on <= until
    ]
    return tuple(sorted(found, key=lambda one: (one.lot.expiry_on or date.max, one.item.designation)))


# Loans ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loan:
    """What somebody has still of what was lent. out: in thousandths; note: why it stayed out at the exit."""

    item: Item
    move: Move
    out: int
    note: str = ""


@needs(Permission.STOCK_SEE)
def loans(desk: Desk) -> tuple[Loan, ...]:
    """Everything lent that is still out, the oldest first."""
    with desk.reading() as connection:
        return _loans(connection, None)


@needs(Permission.STOCK_SEE)
def still_out(desk: Desk, stay: StayId) -> tuple[Loan, ...]:
    """What this resident has still: asked at the exit."""
    with desk.reading() as connection:
        return _loans(connection, person_acts.told_by(connection, stay))


def _loans(connection: Connection, codes_of: Iterable[str] | None) -> tuple[Loan, ...]:
    lent = stock.still_lent(connection, codes_of)
    known = stock.items(connection) if lent else {}
    keys = [move.id for move in lent]
    back, notes = stock.brought_back(connection, keys), stock.loan_notes(connection, keys)
    return tuple(
        Loan(known[move.item], move, move.amount - back.get(move.id, 0), notes.get(move.id, "")) for move in lent
    )


# Who it is for: codes, never names ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recipient:
    """A resident as the store knows one. nights: since the admission; left_on: the day of leaving, None while here."""

    stay: StayId
    code: str
    stay_no: str
    nights: int
    left_on: date | None = None


@needs(Permission.STOCK_REQUEST)
def recipients(desk: Desk, typed: str = "", most: int = 20, gone_days: int = 0) -> tuple[Recipient, ...]:
    """Who is here, by a part of the code or of the number of the stay; nothing but codes is told.

    gone_days: those who left within so many days stand after them, since slips are written in the evening.
    """
    wanted = typed.replace("-", "").strip().casefold()
    since = desk.today() - timedelta(days=gone_days) if gone_days else None
    with desk.reading() as connection:
        here = stays.on(connection, desk.today(), since)
        persons = residents.persons(connection, {stay.person for stay in here})
    found = [
        Recipient(
            stay.id,
            persons[stay.person].code,
            stay.stay_no,
            (desk.today() - stay.admitted_at.date()).days,
            None if stay.exited_at is None or stay.exited_at.date() > desk.today() else stay.exited_at.date(),
        )
        for stay in here
        if wanted in persons[stay.person].code.replace("-", "").casefold()
        or wanted in stay.stay_no.replace("-", "").casefold()
    ]
    return tuple(sorted(found, key=lambda one: (one.left_on is not None, one.code))[:most])


@needs(Permission.STOCK_REQUEST)
def given_lately(desk: Desk, stay: StayId, item: ItemId, day: date) -> int:
    """What this resident was given of an item in the thirty days up to that one (S-05)."""
    with desk.reading() as connection:
        codes = person_acts.told_by(connection, stay)
        return stock.given_to(connection, item, codes, day - timedelta(days=USE_DAYS), day)


@needs(Permission.STOCK_REQUEST)
def staff(desk: Desk) -> tuple[tuple[UserId, str], ...]:
    """Who asks, approves and gives out: the people at the desk."""
    with desk.reading() as connection:
        return tuple((one.id, one.name) for one in users.all_of_them(connection) if one.is_active)


@needs(Permission.STOCK_REQUEST)
def approvers(desk: Desk) -> tuple[tuple[UserId, str], ...]:
    """Who of them may approve a slip."""
    with desk.reading() as connection:
        return tuple(
            (one.id, one.name)
            for one in users.all_of_them(connection)
            if one.is_active and Permission.STOCK_APPROVE in PERMISSIONS[one.role]
        )


@needs(Permission.STOCK_EDIT)
def last_approver(desk: Desk) -> UserId | None:
    """Who approved the last slip that this person gave out, where every slip is approved and they still may.

    None where a slip of less is given out without anybody: nobody is named there for nothing.
    """
    with desk.reading() as connection:
        if setting_rules.whole(settings.read(connection), "slip_approval_threshold_xof"):
            return None
        found = vouchers.last_approver(connection, desk.user)
    return found if found is not None and found in {key for key, _ in approvers(desk)} - {desk.user} else None


# Vouchers -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StockPaper:
    """A voucher with what it moved, ready to be read or printed. hands: names of the staff, by who did what."""

    voucher: Voucher
    moves: tuple[Move, ...]
    items: Mapping[ItemId, Item]
    requested_by: str
    approved_by: str
    issued_by: str
    taken_back_by: str
    shelter: str
    is_training: bool

    @property
    def actual_on(self) -> date | None:
        """The real day of what it moved, where it is dated later."""
        return next((move.actual_on for move in self.moves if move.actual_on is not None), None)


@needs(Permission.STOCK_SEE)
def papers(desk: Desk, period: Period) -> tuple[Voucher, ...]:
    """The vouchers of those days, the last one first; those of registers taken in, which have no id, after them."""
    with desk.reading() as connection:
        found = vouchers.listed(connection, period.first, period.last)
        return found + vouchers.of_registers(connection, period.first, period.last)


@needs(Permission.STOCK_SEE)
def old_paper(desk: Desk, voucher: Voucher) -> StockPaper:
    """A voucher of a register as it is printed: who signed it is on the paper alone."""
    with desk.reading() as connection:
        moves, known = stock.moves_named(connection, voucher.voucher_no), stock.items(connection)
        shelter = settings.read(connection).get("shelter_name", "")
    return StockPaper(voucher, moves, known, "", "", "", "", shelter, desk.is_training)


@needs(Permission.STOCK_SEE)
def paper(desk: Desk, key: VoucherId) -> StockPaper:
    """One voucher as it is printed."""
    with desk.reading() as connection:
        one = vouchers.voucher(connection, key)
        moves, known = stock.moves_of_voucher(connection, key), stock.items(connection)
        names, kept = settings.user_names(connection), settings.read(connection)
        back = vouchers.reversed_by(connection, key)
        number = "" if back is None else vouchers.voucher(connection, back).voucher_no
    asked, approved, issued = (
        names.get(by, "") if by is not None else "" for by in (one.requested_by, one.approved_by, one.issued_by)
    )
    return StockPaper(
        one, moves, known, asked, approved, issued, number, kept.get("shelter_name", ""), desk.is_training
    )


@needs(Permission.STOCK_SEE)
def requests(desk: Desk) -> tuple[Voucher, ...]:
    """What waits to be issued, the first one first."""
    with desk.reading() as connection:
        return vouchers.drafts(connection)


# Consumption ----------------------------------------------------------------------------------------------------

UNLIKELY = 3  # times the usual use a night, or a third of it


@dataclass(frozen=True, slots=True)
class Consumption:
    """What one item was used a person-night, month by month, the last one first; None where nobody slept here.

    is_unlikely: the last month is far from the usual of those before.
    """

    item: Item
    per_night: tuple[Decimal | None, ...]
    is_unlikely: bool


@needs(Permission.STOCK_SEE)
def consumption(desk: Desk, months: Sequence[Period]) -> tuple[Consumption, ...]:
    """Use a person-night of each item over these months, the last one first; items never used are left out.

    A month that runs is that of its days up to yesterday. Raises PeriodNotBegun.
    """
    months = [month.over_by(desk.today()) for month in months]
    with desk.reading() as connection:
        known = stock.items(connection)
        used = [stock.used_between(connection, month.first, month.last) for month in months]
        nights = [stock_figures.person_nights(connection, month) for month in months]
    found = []
    for key, item in known.items():
        rates = tuple(
            Decimal(use.get(key, 0)) / THOUSAND / slept if slept else None
            for use, slept in zip(used, nights, strict=True)
        )
        if any(rates):
            found.append(Consumption(item, rates, _is_unlikely(rates)))
    return tuple(found)


@needs(Permission.STOCK_SEE)
def fuel(desk: Desk, months: Sequence[Period]) -> FuelUse | None:
    """The last month against those before it (S-08); None for who does not see the log of the generators.

    months: the last one first. The log tells nothing of a month in the middle of which it began.
    A month that runs is that of its days up to yesterday. Raises PeriodNotBegun.
    """
    if not desk.may(Permission.ASSETS_SEE):
        return None
    months = [month.over_by(desk.today()) for month in months]
    with desk.reading() as connection:
        runs = equipment.runs(connection)
        litres = [stock.fuel_between(connection, month.first, month.last) / THOUSAND for month in months]
    began = min((run.on for run in runs), default=date.max)
    hours = [sum(run.hours for run in runs if began <= month.first <= run.on <= month.last) for month in months]
    last, *before = [MonthOfFuel(*one) for one in zip(months, litres, hours, strict=True)]
    return fuel_use(last, before)


def _is_unlikely(rates: Sequence[Decimal | None]) -> bool:
    """Three times the middle of the months before, or less than a third of it; only of what is used every month."""
    now, before = rates[0], sorted(rate for rate in rates[1:] if rate is not None)
    if not now or len(before) < 2 or not all(before):
        return False
    usual = before[len(before) // 2]
    return now > UNLIKELY * usual or now * UNLIKELY < usual
