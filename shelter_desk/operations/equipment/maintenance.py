"""Maintenance tickets, what is due, and the log of the generator (field 3.14).

What equipment asks for: beds to complete, visits due, things not found, a count that is due (A-03 to A-05, S-09).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from shelter_desk.domain import codes
from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.beds.beds import BedState
from shelter_desk.domain.checks import (
    check_given,
    check_not_future,
    check_optional_code,
    check_order,
    check_required_code,
)
from shelter_desk.domain.equipment.assets import BROKEN, OUT_OF_SERVICE, UNDER_REPAIR, Asset, lacking
from shelter_desk.domain.equipment.happening import Happening
from shelter_desk.domain.equipment.maintenance import Measured, Run, Ticket, measured, next_visit, warranty_ends_soon
from shelter_desk.domain.errors import BadNumber, ChangedSince, Missing, NotAllowed
from shelter_desk.domain.ids import AssetId, BedId, BedStateId, TicketId
from shelter_desk.domain.moments import covers, plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.beds import beds as bed_acts
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.equipment import equipment, equipment_counts
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.equipment import equipment as stored_equipment
from shelter_desk.storage.equipment import equipment_counts as stored_counts
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.database import Connection

HOURS_A_DAY = 24
MOST_LITRES = 10_000
SOON = timedelta(days=14)
NEW = TicketId(0)
MONTH = 30  # days, between two counts


@dataclass(frozen=True, slots=True)
class MaintenanceLine:
    """One ticket beside its asset."""

    ticket: Ticket
    asset: Asset


@dataclass(frozen=True, slots=True)
class MaintenanceDue:
    """An asset to be looked after. on: when; warranty: it is the end of the warranty."""

    asset: Asset
    on: date
    warranty: bool = False


@needs(Permission.ASSETS_SEE)
def tickets(desk: Desk) -> tuple[MaintenanceLine, ...]:
    """All tickets: open ones first, latest first."""
    with desk.reading() as connection:
        assets = stored_equipment.assets(connection)
        found = stored_equipment.tickets(connection)
    lines = [MaintenanceLine(one, assets[one.asset]) for one in reversed(found)]
    return tuple(sorted(lines, key=lambda one: one.ticket.closed_on is not None))


@needs(Permission.ASSETS_SEE)
def due(desk: Desk) -> tuple[MaintenanceDue, ...]:
    """A-05: what is to be looked after within two weeks or is late, and warranties that end within a month."""
    today = desk.today()
    with desk.reading() as connection:
        assets = [one for one in stored_equipment.assets(connection).values() if one.is_here]
        every, log = stored_equipment.tickets(connection), stored_equipment.runs(connection)
    found = []
    for one in assets:
        visits = [ticket for ticket in every if ticket.asset == one.id]
        on = next_visit(one, visits, [run for run in log if run.asset == one.id])
        if on is not None and on <= today + SOON:
            found.append(MaintenanceDue(one, on))
        if warranty_ends_soon(one, today) and one.warranty_until is not None:
            found.append(MaintenanceDue(one, one.warranty_until, warranty=True))
    return tuple(sorted(found, key=lambda line: (line.on, line.asset.tag_no)))


@needs(Permission.ASSETS_EDIT)
def report_fault(desk: Desk, ticket: Ticket, *, out_of_use: bool = False, blocks: BedId | None = None) -> Done:
    """Open a ticket; what cannot be used breaks down on that day.

    blocks: a bed that is out of use until it is mended, for who may block one; one that is out of use already stays as
    it is. Raises Missing, NotInList, InTheFuture, BadDates before it came, NotAllowed, and as `operations.beds.block`.
    """
    check_may_block(desk, blocks is not None)
    with desk.writing("report_fault", equipment.TOPICS) as writing:
        _, writing.subject = open_ticket(desk, writing, ticket, out_of_use, blocks)
    return writing.done


def open_ticket(
    desk: Desk, writing: Writing, ticket: Ticket, out_of_use: bool, blocks: BedId | None
) -> tuple[TicketId, str]:
    """The same inside another act: the ticket and its number. Raises as `report_fault`, but for NotAllowed."""
    check_given("problem", ticket.problem.strip())
    check_required_code("maintenance_type", ticket.kind)
    check_optional_code("maintenance_urgency", ticket.urgency)
    check_not_future(ticket.reported_on, desk.today())
    number = stored_counts.TICKET_NUMBERS.next(writing.connection, ticket.reported_on.year)
    out = ticket.reported_on if out_of_use else None
    made = replace(ticket, ticket_no=number, reported_by=desk.user, out_from=out, problem=ticket.problem.strip())
    key = TicketId(writing.trail.add("tickets", stored_equipment.TICKETS.write(made)))
    if blocks is not None:
        _block(desk, writing, blocks, replace(made, id=key))
    history = stored_equipment.history(writing.connection, ticket.asset)
    check_order(history.asset.acquired_on, ticket.reported_on)
    if out_of_use and history.status_on(ticket.reported_on) != BROKEN:
        equipment.write(desk, writing, history, Happening("panne", ticket.reported_on, reason=number))
    return key, number


def check_may_block(desk: Desk, wants: bool) -> None:
    """Raises NotAllowed where the role takes no bed out of use and puts none back."""
    if wants and not desk.may(Permission.ROOMS_EDIT):
        raise NotAllowed(Permission.ROOMS_EDIT.value)


def _block(desk: Desk, writing: Writing, bed: BedId, ticket: Ticket) -> None:
    start = plain(ticket.reported_on)
    if any(covers(one.start, one.end, ticket.reported_on) for one in stored_beds.states(writing.connection, bed)):
        return
    out = BedState(BedStateId(0), bed, "maintenance", start, None, ticket.problem, ticket.id)
    bed_acts.take_out(desk, writing, out)


@needs(Permission.ASSETS_SEE)
def things_at(desk: Desk, bed: BedId) -> tuple[Asset, ...]:
    """What a defect may be of that is found at a bed: what is on it, then what else stands in its room."""
    with desk.reading() as connection:
        room = stored_beds.bed(connection, bed).room
        here = [one for one in stored_equipment.assets(connection).values() if one.is_here]
    return (*(one for one in here if one.bed == bed), *(one for one in here if one.bed is None and one.room == room))


@needs(Permission.ASSETS_SEE)
def ticket_of(desk: Desk, key: TicketId) -> Ticket | None:
    """The ticket that keeps a bed out of use, None where it was taken back."""
    with desk.reading() as connection:
        return next((one for one in stored_equipment.tickets(connection) if one.id == key), None)


@needs(Permission.ASSETS_SEE)
def bed_waiting(desk: Desk, key: TicketId) -> str:
    """The code of the bed that this ticket keeps out of use, "" for none."""
    with desk.reading() as connection:
        state = _waiting(connection, key, desk.today())
        return "" if state is None else stored_beds.bed(connection, state.bed).code


def _waiting(connection: Connection, key: TicketId, today: date) -> BedState | None:
    states = stored_beds.states(connection)
    return next((one for one in states if one.ticket == key and (one.end is None or one.end.date() > today)), None)


@needs(Permission.ASSETS_EDIT)
def close_ticket(desk: Desk, ticket: Ticket, *, works: bool, frees: bool = False) -> Done:
    """Close a ticket with what was done; what works again comes back into use on that day, unless another ticket that
    is open holds it out of use.

    frees: the bed that waited for it comes back into use that day too, for who may; where another open ticket of what
    is on the bed holds it out of use, the bed waits for that one. Raises Missing, BadDates, BadNumber, InTheFuture,
    NotAllowed, ChangedSince where it was closed meanwhile.
    """
    check_may_block(desk, frees)
    check_given("action_done", ticket.action_done.strip())
    if ticket.closed_on is None:
        raise Missing("closed_on")
    check_order(ticket.reported_on, ticket.closed_on)
    check_not_future(ticket.closed_on, desk.today())
    if ticket.cost is not None and ticket.cost < 0:
        raise BadNumber("cost_xof", str(ticket.cost))
    with desk.writing("close_ticket", equipment.TOPICS, ticket.ticket_no) as writing:
        open_ones = [one for one in stored_equipment.tickets(writing.connection) if one.closed_on is None]
        if all(one.id != ticket.id for one in open_ones):
            raise ChangedSince("tickets")
        others = [one for one in open_ones if one.asset == ticket.asset and one.id != ticket.id]
        until = ticket.closed_on if ticket.out_from is not None and works else ticket.out_to
        kept = replace(ticket, tested_ok=works, out_to=until, action_done=ticket.action_done.strip())
        writing.trail.change("tickets", ticket.id, {**stored_equipment.TICKETS.write(kept), "closed_by": desk.user})
        if frees:
            _free(writing, kept, open_ones, desk.today())
        history = stored_equipment.history(writing.connection, ticket.asset)
        is_held = any(one.out_from is not None for one in others)
        if works and not is_held and history.status_on(ticket.closed_on) in (BROKEN, UNDER_REPAIR, OUT_OF_SERVICE):
            said = Happening("retour_service", ticket.closed_on, reason=ticket.ticket_no)
            equipment.write(desk, writing, history, said)
    return writing.done


def _free(writing: Writing, ticket: Ticket, open_ones: Iterable[Ticket], today: date) -> None:
    """The bed that waited for this ticket, put back into use or waiting for the next one."""
    state, assets = _waiting(writing.connection, ticket.id, today), stored_equipment.assets(writing.connection)
    if state is None or ticket.closed_on is None:
        return
    others = (one for one in open_ones if one.id != ticket.id and one.out_from is not None)
    waits = next((one for one in others if assets[one.asset].bed == state.bed), None)
    if waits is not None:
        writing.trail.change("bed_states", state.id, {"ticket_id": waits.id})
    else:
        end = max(state.start, plain(ticket.closed_on))
        writing.trail.change("bed_states", state.id, {"ended_at": to_text(end)})


@needs(Permission.ASSETS_SEE)
def log(desk: Desk, key: AssetId) -> tuple[Measured, ...]:
    """The log of one generator with its litres per hour, latest first (S-08)."""
    with desk.reading() as connection:
        return tuple(reversed(measured(stored_equipment.runs(connection, key))))


@needs(Permission.ASSETS_SEE)
def held_against(desk: Desk, run: Run) -> Measured:
    """A run that is not written yet, beside those of its generator that are (S-08)."""
    with desk.reading() as connection:
        before = [one for one in stored_equipment.runs(connection, run.asset) if one.on <= run.on]
    last = max((one.id for one in before), default=0)
    return measured([*before, replace(run, id=last + 1)])[-1]


@needs(Permission.ASSETS_SEE)
def generators(desk: Desk) -> tuple[Asset, ...]:
    """What a log may be kept of: power equipment that is here, and whatever has a log already."""
    with desk.reading() as connection:
        logged = {one.asset for one in stored_equipment.runs(connection)}
        found = stored_equipment.assets(connection).values()
    power = (one for one in found if one.is_here and one.category == "energie")
    named = {one.id for one in power if "group" in codes.folded(one.designation)}
    return tuple(one for one in found if one.id in logged | named)


@needs(Permission.ASSETS_EDIT)
def log_run(desk: Desk, run: Run) -> Done:
    """Write how long the generator ran on a day and the fuel added.

    Raises BadNumber, also where the day has no more hours; InTheFuture, BadDates before it came.
    """
    if not 0 < run.hours <= HOURS_A_DAY:
        raise BadNumber("hours", f"{run.hours:g}")
    if not 0 <= run.litres <= MOST_LITRES:
        raise BadNumber("fuel_litres", f"{run.litres:g}")
    check_not_future(run.on, desk.today())
    with desk.writing("log_generator", equipment.TOPICS) as writing:
        asset = stored_equipment.ASSETS.one(writing.connection, run.asset)
        writing.subject = asset.tag_no
        check_order(asset.acquired_on, run.on)
        same_day = sum(one.hours for one in stored_equipment.runs(writing.connection, run.asset) if one.on == run.on)
        if same_day + run.hours > HOURS_A_DAY:
            raise BadNumber("hours", f"{run.hours:g}")
        writing.trail.add("generator_runs", {**stored_equipment.RUNS.write(run), "recorded_by": desk.user})
    return writing.done


# What equipment asks for ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How many of each. late: days past the first visit due; count_since: the day of the last count that is too old,
    or of the first thing that was never counted.
    """

    incomplete_beds: int = 0
    visits: int = 0
    late: int = 0
    not_found: int = 0
    count_since: date | None = None


@needs(Permission.ASSETS_SEE)
def waiting(desk: Desk) -> Upkeep:
    """Everything that waits today; nothing where no asset is kept."""
    today = desk.today()
    with desk.reading() as connection:
        here = [one for one in stored_equipment.assets(connection).values() if one.is_here]
        if not here:
            return Upkeep()
        out = {state.bed for state in stored_beds.states(connection) if covers(state.start, state.end, today)}
        in_service = {one.id for one in stored_beds.in_service(connection, today)} - out
        lacks = lacking(stored_equipment.on_beds(connection, today)).keys() & in_service
        first = min(one.acquired_on for one in here)
        approved = [one for one in stored_counts.campaigns(connection) if one.approved_on is not None]
        since = max((one.on for one in approved if not one.rooms), default=first)  # counts of the whole shelter alone
    late, months = due(desk), setting_rules.whole(settings.kept(desk), "count_assets_months")
    return Upkeep(
        len(lacks),
        len(late),
        max([0, *((today - one.on).days for one in late if not one.warranty)]),
        len(equipment_counts.not_found(desk)),
        since if today - since > timedelta(days=MONTH * months) else None,
    )
