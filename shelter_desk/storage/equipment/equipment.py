"""Assets, what happened to them, grants and maintenance in the file."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.equipment.assets import ON_LOAN, TO_MEND, Asset, AssetEvent, Grant
from shelter_desk.domain.equipment.history import History, in_order
from shelter_desk.domain.equipment.maintenance import Run, Ticket
from shelter_desk.domain.ids import (
    AssetEventId,
    AssetId,
    GrantId,
    TicketId,
    UserId,
)
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_or_none, yes_or_no
from shelter_desk.storage.numbering import last_number


def asset_of(row: Any) -> Asset:
    """The fact in a row of `assets`, its columns in their order: by name, ten thousand of them take half a second."""
    (
        key, tag_no, designation, category, quantity, brand_model, serial_no, mode, acquired_on, donor, grant, owner,
        supplier, invoice_no, cost, handover_pv, room, custodian, status, condition, warranty, life, days, hours, bed,
        reception,
    ) = row  # fmt: skip
    return Asset(
        AssetId(key),
        tag_no,
        designation,
        category,
        mode,
        date.fromisoformat(acquired_on),
        donor,
        owner,
        status,
        condition,
        quantity,
        brand_model,
        serial_no,
        grant,
        supplier,
        invoice_no,
        cost,
        handover_pv,
        room,
        custodian,
        day_or_none(warranty),
        life,
        days,
        hours,
        bed,
        reception,
    )


def _id(kind: Any, stored: int | None) -> Any:
    return None if stored is None else kind(stored)


def asset_row(asset: Asset) -> dict[str, Any]:
    """An asset as it is stored, without its id."""
    return {
        "tag_no": asset.tag_no,
        "designation": asset.designation,
        "asset_category": asset.category,
        "quantity": asset.quantity,
        "brand_model": asset.brand_model,
        "serial_no": asset.serial_no,
        "acquisition_mode": asset.acquisition_mode,
        "acquired_on": asset.acquired_on.isoformat(),
        "donor": asset.donor,
        "grant_id": asset.grant,
        "owner": asset.owner,
        "supplier": asset.supplier,
        "invoice_no": asset.invoice_no,
        "cost_xof": asset.cost,
        "handover_pv": asset.handover_pv,
        "room_id": asset.room,
        "custodian_id": asset.custodian,
        "asset_status": asset.status,
        "asset_condition": asset.condition,
        "warranty_until": day_text(asset.warranty_until),
        "life_years": asset.life_years,
        "maintenance_days": asset.maintenance_days,
        "maintenance_hours": asset.maintenance_hours,
        "bed_id": asset.bed,
        "reception_id": asset.reception,
    }


def event_of(row: Any) -> AssetEvent:
    """The fact in a row of `asset_events`, its columns in their order."""
    (
        key, asset_id, kind, on, status, condition, room, status_was, condition_was, room_was, pv_no, reason, agreement,
        party, *_,
    ) = row  # fmt: skip
    return AssetEvent(
        AssetEventId(key),
        AssetId(asset_id),
        kind,
        date.fromisoformat(on),
        status,
        condition,
        room,
        status_was,
        condition_was,
        room_was,
        pv_no,
        reason,
        agreement,
        party,
    )


def event_row(event: AssetEvent) -> dict[str, Any]:
    """An event as it is stored, without its id and who wrote it when."""
    return {
        "asset_id": event.asset,
        "asset_event": event.kind,
        "event_on": event.on.isoformat(),
        "asset_status": event.status,
        "asset_condition": event.condition,
        "to_room_id": event.room,
        "status_was": event.status_was,
        "condition_was": event.condition_was,
        "room_was_id": event.room_was,
        "pv_no": event.pv_no,
        "reason": event.reason,
        "donor_approval": event.donor_agreement,
        "third_party": event.other_party,
    }


def day_text(day: date | None) -> str | None:
    """A day as it is stored."""
    return None if day is None else day.isoformat()


def assets(connection: Connection) -> dict[AssetId, Asset]:
    """The whole register in order of tags, what left it too."""
    found = map(asset_of, connection.execute(select(tables.assets).order_by(tables.assets.c.tag_no)))
    return {one.id: one for one in found}


def asset(connection: Connection, key: AssetId) -> Asset:
    """One asset."""
    return asset_of(connection.execute(select(tables.assets).where(tables.assets.c.id == key)).one())


def events(connection: Connection, keys: Iterable[AssetId] | None = None) -> Mapping[AssetId, tuple[AssetEvent, ...]]:
    """What happened to each of these assets, or to all, in order."""
    wanted = select(tables.asset_events)
    if keys is not None:
        wanted = wanted.where(tables.asset_events.c.asset_id.in_(list(keys)))
    found: dict[AssetId, list[AssetEvent]] = defaultdict(list)
    for row in connection.execute(wanted):
        one = event_of(row)
        found[one.asset].append(one)
    return {key: in_order(ones) for key, ones in found.items()}


def history(connection: Connection, key: AssetId) -> History:
    """One asset with its events."""
    return History(asset(connection, key), events(connection, [key]).get(key, ()))


def histories(connection: Connection) -> tuple[History, ...]:
    """Every asset with its events, in order of tags."""
    happened = events(connection)
    return tuple(History(one, happened.get(key, ())) for key, one in assets(connection).items())


def loans(connection: Connection, known: Mapping[AssetId, Asset]) -> dict[AssetId, AssetEvent | None]:
    """Which of these assets are lent now, and what says so; None where the register alone does."""
    asked = {key: one for key, one in known.items() if one.status in (ON_LOAN, *TO_MEND)}
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
    return None if key is None else asset(connection, AssetId(key))


def grant_of(row: Any) -> Grant:
    """The fact in a row of `grants`."""
    return Grant(
        GrantId(row.id),
        row.grant_code,
        row.donor,
        row.title,
        row.agreement_no,
        day_or_none(row.started_on),
        day_or_none(row.ended_on),
        row.currency,
    )


def grant_row(grant: Grant) -> dict[str, Any]:
    """A grant as it is stored, without its id."""
    return {
        "grant_code": grant.code,
        "donor": grant.donor,
        "title": grant.title,
        "agreement_no": grant.agreement_no,
        "started_on": day_text(grant.started_on),
        "ended_on": day_text(grant.ended_on),
        "currency": grant.currency,
    }


def grants(connection: Connection) -> dict[GrantId, Grant]:
    """All grants in order of their codes."""
    found = map(grant_of, connection.execute(select(tables.grants).order_by(tables.grants.c.grant_code)))
    return {one.id: one for one in found}


def ticket_of(row: Any) -> Ticket:
    """The fact in a row of `tickets`."""
    return Ticket(
        TicketId(row.id),
        row.ticket_no,
        AssetId(row.asset_id),
        date.fromisoformat(row.reported_on),
        row.maintenance_type,
        row.problem,
        row.urgency,
        _id(UserId, row.reported_by),
        day_or_none(row.out_from),
        day_or_none(row.out_to),
        row.action_done,
        row.parts_used,
        row.provider,
        row.cost_xof,
        row.donor,
        row.meter_reading,
        day_or_none(row.closed_on),
        yes_or_no(row.tested_ok),
    )


def ticket_row(ticket: Ticket) -> dict[str, Any]:
    """A ticket as it is stored, without its id and who closed it."""
    return {
        "ticket_no": ticket.ticket_no,
        "asset_id": ticket.asset,
        "reported_on": ticket.reported_on.isoformat(),
        "reported_by": ticket.reported_by,
        "maintenance_type": ticket.kind,
        "problem": ticket.problem,
        "urgency": ticket.urgency,
        "out_from": day_text(ticket.out_from),
        "out_to": day_text(ticket.out_to),
        "action_done": ticket.action_done,
        "parts_used": ticket.parts_used,
        "provider": ticket.provider,
        "cost_xof": ticket.cost,
        "donor": ticket.donor,
        "meter_reading": ticket.meter_reading,
        "closed_on": day_text(ticket.closed_on),
        "tested_ok": ticket.tested_ok,
    }


def tickets(connection: Connection, key: AssetId | None = None, until: date | None = None) -> tuple[Ticket, ...]:
    """The tickets of one asset or of all, in order of days. until: those reported by that day."""
    of = tables.tickets.c
    wanted = select(tables.tickets).order_by(of.reported_on, of.id)
    if key is not None:
        wanted = wanted.where(of.asset_id == key)
    if until is not None:
        wanted = wanted.where(of.reported_on <= until.isoformat())
    return tuple(map(ticket_of, connection.execute(wanted)))


def run_of(row: Any) -> Run:
    """The fact in a row of `generator_runs`."""
    return Run(
        row.id,
        AssetId(row.asset_id),
        date.fromisoformat(row.run_on),
        row.hours,
        row.fuel_litres,
        row.started,
        row.stopped,
        row.meter_reading,
        row.note,
    )


def run_row(run: Run) -> dict[str, Any]:
    """A line of the generator log as it is stored, without its id."""
    return {
        "asset_id": run.asset,
        "run_on": run.on.isoformat(),
        "started": run.started,
        "stopped": run.stopped,
        "hours": run.hours,
        "fuel_litres": run.litres,
        "meter_reading": run.meter_reading,
        "note": run.note,
    }


def runs(connection: Connection, key: AssetId | None = None) -> tuple[Run, ...]:
    """The log of one generator or of all, in order of days."""
    of = tables.generator_runs.c
    wanted = select(tables.generator_runs).order_by(of.run_on, of.id)
    if key is not None:
        wanted = wanted.where(of.asset_id == key)
    return tuple(map(run_of, connection.execute(wanted)))


def photo(connection: Connection, key: AssetId) -> tuple[int, str, bytes] | None:
    """The picture of an asset: its row, its media type, its bytes."""
    of = tables.asset_photos.c
    row = connection.execute(select(tables.asset_photos).where(of.asset_id == key)).first()
    return None if row is None else (row.id, row.media_type, row.content)


def on_beds(connection: Connection, night: date) -> tuple[Asset, ...]:
    """The assets linked to a bed, with the status and condition of that night; what came later is left out."""
    linked = select(tables.assets).where(
        tables.assets.c.bed_id.is_not(None), tables.assets.c.acquired_on <= night.isoformat()
    )
    found = {one.id: one for one in map(asset_of, connection.execute(linked))}
    of = tables.asset_events.c
    later = select(of.asset_id).where(of.event_on > night.isoformat())
    since = {AssetId(key) for key in connection.execute(later).scalars()} & found.keys()
    for key, happened in events(connection, since).items() if since else ():
        then = History(found[key], happened)
        found[key] = replace(found[key], status=then.status_on(night), condition=then.condition_on(night))
    return tuple(found.values())
