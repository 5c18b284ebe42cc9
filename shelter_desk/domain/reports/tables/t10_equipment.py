"""T10: equipment at the start, what came, what left, and how the rest stands at the end (field 4.3)."""

from collections.abc import Iterator

from shelter_desk.domain.equipment.assets import LOST, STOLEN, TRANSFERRED, WRITTEN_OFF, Happened, Open
from shelter_desk.domain.equipment.history import History
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import TOTAL, Dims, Figure, Ref, Tally

# start + acquired + received − disposed − lost − transferred = end
BALANCE = ("t10.start", "t10.acquired", "t10.received", "t10.disposed", "t10.lost", "t10.transferred", "t10.end")
HAPPENED = ("t10.assigned", "t10.put_out")
VALUES = ("t10.value", "t10.value_unknown")
STATES = ("t10.by_status", "t10.by_condition")
TICKETS = "t10.open_tickets"
KEYS = (*BALANCE, *STATES, *HAPPENED, *VALUES, TICKETS)
BY_STATUS = {"asset_category": "t10.status_by_category", "donor": "t10.status_by_donor"}
_WAYS_OUT = {WRITTEN_OFF: "t10.disposed", LOST: "t10.lost", STOLEN: "t10.lost", TRANSFERRED: "t10.transferred"}
_EVENTS = {"affectation": "t10.assigned", "hors_service": "t10.put_out"}


def equipped(facts: ReportFacts) -> dict[Ref, Figure]:
    """The figures of T10; rows are assets with their pieces, or francs."""
    tally = Tally(*KEYS)
    for history in facts.assets:
        for key, dims, amount in _counts(history, facts.period):
            tally.add(key, history.asset.id, amount, dims)
    for ticket in facts.tickets:
        if ticket.is_open_on(facts.period.last):
            tally.add(TICKETS, ticket.asset, 1, TOTAL)
    return tally.figures("asset")


def _counts(history: History, period: Period) -> Iterator[tuple[str, Dims, int]]:
    asset = history.asset
    cells: tuple[Dims, ...] = (TOTAL, (("asset_category", asset.category),), (("donor", asset.donor),))
    for key, amount in (*_moves(history, period), *_at_the_end(history, period)):
        yield from ((key, dims, amount) for dims in cells)
    if history.counts_on(period.last):
        status = ("asset_status", history.status_on(period.last))
        condition = ("asset_condition", history.condition_on(period.last))
        yield from (("t10.by_status", dims, asset.quantity) for dims in (TOTAL, (status,)))
        yield from (("t10.by_condition", dims, asset.quantity) for dims in (TOTAL, (condition,)))
        for dims in cells[1:]:
            yield BY_STATUS[dims[0][0]], (*dims, status), asset.quantity


def _moves(history: History, period: Period) -> Iterator[tuple[str, int]]:
    """What came and what left. Something lost and found again is one less that left."""
    asset = history.asset
    if history.counts_on(period.first - ONE_DAY):
        yield "t10.start", asset.quantity
    if asset.acquired_on in period:
        yield "t10.received" if history.is_received else "t10.acquired", asset.quantity
    for one in history.passages():
        if one.on in period:
            yield _WAYS_OUT[one.status], asset.quantity if one.leaves else -asset.quantity
    for event in history.events:
        if event.on in period and event.kind in _EVENTS:
            yield _EVENTS[event.kind], asset.quantity


def _at_the_end(history: History, period: Period) -> Iterator[tuple[str, int]]:
    asset = history.asset
    if not history.counts_on(period.last):
        return
    yield "t10.end", asset.quantity
    if asset.cost is None:
        yield "t10.value_unknown", asset.quantity
    else:
        yield "t10.value", asset.cost


def happened_to_assets(facts: ReportFacts) -> tuple[Happened, ...]:
    """The events of the period, in order of days."""
    found = [
        Happened(history.asset.tag_no, history.asset.designation, one.kind, one.on, one.pv_no)
        for history in facts.assets
        for one in history.events
        if one.on in facts.period
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.tag_no)))


def still_open(facts: ReportFacts) -> tuple[Open, ...]:
    """The tickets open on the last day, oldest first."""
    named = {history.asset.id: history.asset for history in facts.assets}
    found = [
        Open(
            one.ticket_no, named[one.asset].tag_no, named[one.asset].designation, one.kind, one.reported_on, one.urgency
        )
        for one in facts.tickets
        if one.is_open_on(facts.period.last)
    ]
    return tuple(sorted(found, key=lambda one: (one.reported_on, one.ticket_no)))
