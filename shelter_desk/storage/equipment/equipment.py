"""Assets, what happened to them, grants and maintenance in the file."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Text, bindparam, select

from shelter_desk.domain.equipment.assets import ON_LOAN, TO_MEND, Asset, AssetEvent, Grant
from shelter_desk.domain.equipment.history import History, in_order
from shelter_desk.domain.equipment.maintenance import Run, Ticket
from shelter_desk.domain.ids import AssetId, GrantId
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper, grouped
from shelter_desk.storage.numbering import last_number

ASSETS = Mapper(
    tables.assets, Asset, category="asset_category", cost="cost_xof", status="asset_status", condition="asset_condition"
)
EVENTS = Mapper(
    tables.asset_events,
    AssetEvent,
    kind="asset_event",
    on="event_on",
    status="asset_status",
    condition="asset_condition",
    room="to_room_id",
    donor_agreement="donor_approval",
    other_party="third_party",
    price="price_xof",
)
GRANTS = Mapper(tables.grants, Grant, code="grant_code")
TICKETS = Mapper(tables.tickets, Ticket, kind="maintenance_type", cost="cost_xof")
RUNS = Mapper(tables.generator_runs, Run, on="run_on", litres="fuel_litres")


MAY_BE_LENT = (ON_LOAN, *TO_MEND)  # statuses


def assets(connection: Connection, statuses: Iterable[str] | None = None) -> dict[AssetId, Asset]:
    """The whole register in order of tags, what left it too; or what has one of these statuses."""
    wanted = ASSETS.rows.order_by(tables.assets.c.tag_no)
    if statuses is not None:
        wanted = wanted.where(tables.assets.c.asset_status.in_(list(statuses)))
    return {one.id: one for one in ASSETS.every(connection, wanted)}


def events(connection: Connection, keys: Iterable[AssetId] | None = None) -> Mapping[AssetId, tuple[AssetEvent, ...]]:
    """What happened to each of these assets, or to all, in order."""
    wanted = EVENTS.rows
    if keys is not None:
        wanted = wanted.where(tables.asset_events.c.asset_id.in_(list(keys)))
    found = grouped(EVENTS.every(connection, wanted), lambda one: one.asset)
    return {key: in_order(ones) for key, ones in found.items()}


def history(connection: Connection, key: AssetId) -> History:
    """One asset with its events."""
    return History(ASSETS.one(connection, key), events(connection, [key]).get(key, ()))


def histories(connection: Connection) -> tuple[History, ...]:
    """Every asset with its events, in order of tags."""
    happened = events(connection)
    return tuple(History(one, happened.get(key, ())) for key, one in assets(connection).items())


def loans(connection: Connection, known: Mapping[AssetId, Asset]) -> dict[AssetId, AssetEvent | None]:
    """Which of these assets are lent now, and what says so; None where the register alone does."""
    asked = {key: one for key, one in known.items() if one.status in MAY_BE_LENT}
    happened = events(connection, asked) if asked else {}
    found = {}
    for key, one in asked.items():
        loan = History(one, happened.get(key, ())).loan_on(date.max)
        if loan is not None or one.status == ON_LOAN:
            found[key] = loan
    return found


def tags(connection: Connection, prefix: str) -> int:
    """The highest number given so far behind that prefix, 0 where there is none."""
    return last_number(connection, tables.assets.c.tag_no, f"{prefix}-")


def with_tag(connection: Connection, tag_no: str) -> Asset | None:
    """The asset of that tag, in any case."""
    return _with(connection, tables.assets.c.tag_no, tag_no)


def with_serial(connection: Connection, serial_no: str) -> Asset | None:
    """The asset of that serial number, in any case."""
    return _with(connection, tables.assets.c.serial_no, serial_no)


def _with(connection: Connection, column: Any, value: str) -> Asset | None:
    """As it is written, else in other letters: the file itself folds no letter with an accent."""
    key = connection.execute(select(tables.assets.c.id).where(column == value)).scalar()
    if key is None:
        told = value.strip().casefold()
        rows = connection.execute(select(tables.assets.c.id, column).where(column != ""))
        key = next((found for found, written in rows if written.strip().casefold() == told), None)
    return None if key is None else ASSETS.one(connection, AssetId(key))


def grants(connection: Connection) -> dict[GrantId, Grant]:
    """All grants in order of their codes."""
    found = GRANTS.every(connection, GRANTS.rows.order_by(tables.grants.c.grant_code))
    return {one.id: one for one in found}


def tickets(connection: Connection, key: AssetId | None = None, until: date | None = None) -> tuple[Ticket, ...]:
    """The tickets of one asset or of all, in order of days. until: those reported by that day."""
    of = tables.tickets.c
    wanted = TICKETS.rows.order_by(of.reported_on, of.id)
    if key is not None:
        wanted = wanted.where(of.asset_id == key)
    if until is not None:
        wanted = wanted.where(of.reported_on <= until.isoformat())
    return tuple(TICKETS.every(connection, wanted))


def runs(connection: Connection, key: AssetId | None = None) -> tuple[Run, ...]:
    """The log of one generator or of all, in order of days."""
    of = tables.generator_runs.c
    wanted = RUNS.rows.order_by(of.run_on, of.id)
    if key is not None:
        wanted = wanted.where(of.asset_id == key)
    return tuple(RUNS.every(connection, wanted))


def photo(connection: Connection, key: AssetId) -> tuple[int, str, bytes] | None:
    """The picture of an asset: its row, its media type, its bytes."""
    of = tables.asset_photos.c
    row = connection.execute(select(tables.asset_photos).where(of.asset_id == key)).first()
    return None if row is None else (row.id, row.media_type, row.content)


def on_beds(connection: Connection, night: date) -> tuple[Asset, ...]:
    """The assets linked to a bed, with the status and condition of that night; what came later is left out."""
    until, bounds = bindparam("night", type_=Text()), {"night": night.isoformat()}
    linked = tables.assets.c.bed_id.is_not(None), tables.assets.c.acquired_on <= until
    found = {one.id: one for one in ASSETS.where(connection, *linked, bounds=bounds)}
    of = tables.asset_events.c
    later = select(of.asset_id).where(of.event_on > until)
    since = {AssetId(key) for key in connection.execute(later, bounds).scalars()} & found.keys()
    for key, happened in events(connection, since).items() if since else ():
        then = History(found[key], happened)
        found[key] = replace(found[key], status=then.status_on(night), condition=then.condition_on(night))
    return tuple(found.values())
