"""What the store and the equipment leave to settle before a month is closed.

What was put right since, whenever that was, is no point any more.
"""

from collections.abc import Iterator
from datetime import date

from shelter_desk.domain import settings as limits
from shelter_desk.domain.equipment import assets
from shelter_desk.domain.equipment.history import History
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.points import Matter, Point
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock import ledger
from shelter_desk.domain.stock.items import Item
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.equipment import equipment_counts
from shelter_desk.operations.stock import stock
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.stock import stock as stored_stock
from shelter_desk.storage.stock import stock_counts

UNKNOWN = "inconnu"  # a `count_cause`, a `donor`: nobody knows
_LOST = frozenset({assets.LOST, assets.STOLEN})


@needs(Permission.REPORT_SEE)
def of_store(desk: Desk, facts: ReportFacts) -> tuple[Point, ...]:
    """Of what the role may see on its own page."""
    found = []
    if desk.may(Permission.STOCK_SEE):
        found += _of_stock(desk, facts)
    if desk.may(Permission.ASSETS_SEE):
        found += _of_equipment(desk, facts)
    return tuple(found)


def _of_stock(desk: Desk, facts: ReportFacts) -> list[Point]:
    period = facts.period
    requests = [one for one in stock.requests(desk) if one.voucher_on <= period.last]
    monthly = limits.whole(settings.kept(desk), "count_stock_months") == 1
    with desk.reading() as connection:
        found = [*_of_lots(connection, facts, desk.today())]
        found += [
            _point("stock_request", one.voucher_no, f"stock/vouchers/{one.id}", row=one.id, day=one.voucher_on)
            for one in requests
        ]
        found += _of_counts(connection, facts, monthly=monthly)
    return found


def _of_lots(connection: Connection, facts: ReportFacts, today: date) -> Iterator[Point]:
    """Lots that had expired by the end of the month and are there still, and those from which more went than came."""
    nets = stored_stock.lot_nets(connection, today)
    for item in facts.store.items:
        at_the_end, now = facts.store.lots.get(item.id, {}), nets.get(item.id, {})
        there = ledger.settled(now)
        expired = [lot for lot in ledger.settled(at_the_end) if lot.is_expired(facts.period.last) and there.get(lot)]
        for lot in expired:
            yield _of_item("stock_expired", item, "stock/expiring", name=lot.lot_no, day=lot.expiry_on)
        if sum(at_the_end.values()) < 0 and sum(now.values()) < 0:
            yield _of_item("stock_negative", item)


def _of_counts(connection: Connection, facts: ReportFacts, *, monthly: bool) -> Iterator[Point]:
    """Differences of counts of the month that nobody explains; where it counts monthly, what was not counted."""
    items = {item.id: item for item in facts.store.items}
    for count in stock_counts.listed(connection):
        if count.status != "approuve" or count.counted_on not in facts.period:
            continue
        unexplained = [
            line for line in count.lines if line.cause in ("", UNKNOWN) and line.found != (line.theoretical or 0)
        ]
        for line in unexplained:
            if line.item in items:
                item = items[line.item]
                yield _of_item("count_unexplained", item, "stock/counts", name=count.count_no, row=line.id)
    if monthly:
        last = stock_counts.last_days(connection)
        for item in facts.store.items:
            counted = last.get(item.id)
            if facts.store.closing.get(item.id) and (counted is None or counted < facts.period.first):
                yield _of_item("stock_uncounted", item)


def _of_equipment(desk: Desk, facts: ReportFacts) -> list[Point]:
    period = facts.period
    missing = {one.id for one in equipment_counts.not_found(desk)}
    return [
        _point(matter, one.asset.tag_no, f"equipment/register/{one.asset.id}", one.asset.designation, row=one.asset.id)
        for one in facts.assets
        for matter in _matters(one, period, is_missing=one.asset.id in missing)
    ]


def _matters(one: History, period: Period, *, is_missing: bool) -> Iterator[Matter]:
    asset = one.asset
    if one.counts_on(period.last) and asset.is_here:
        if is_missing:
            yield "asset_not_found"
        if one.status_on(period.last) == assets.IN_USE and one.room_on(period.last) is None and asset.room is None:
            yield "asset_no_place"
        if asset.donor in ("", UNKNOWN) and asset.acquired_on <= period.last:
            yield "asset_no_donor"
    if one.status_on(period.last) in _LOST and asset.status in _LOST:  # neither found again nor written off
        yield "asset_lost"


def _of_item(
    matter: Matter, item: Item, place: str = "", *, name: str = "", day: date | None = None, row: int = 0
) -> Point:
    return _point(matter, item.code, place or f"stock/items/{item.id}", name or item.designation, row=row, day=day)


def _point(matter: Matter, code: str, place: str, name: str = "", *, row: int = 0, day: date | None = None) -> Point:
    return Point(matter, None, None, code, day=day, row=row, place=place, name=name)
