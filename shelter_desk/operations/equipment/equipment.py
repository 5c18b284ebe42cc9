"""The register of equipment: assets added and corrected, what happens to each, batches split, what leaves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given, check_not_future, check_required_code
from shelter_desk.domain.equipment.assets import (
    COUNTED,
    RECEIVED,
    WHOLE,
    Asset,
    AssetEvent,
    Grant,
    has_serial,
    prefix_of,
)
from shelter_desk.domain.equipment.happening import APPROVED, Happening, entry_on, happen, said_anew, split, with_event
from shelter_desk.domain.equipment.history import History
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.domain.equipment.receiving import MOST_NUMBERED
from shelter_desk.domain.equipment.refusals import SerialOfOne
from shelter_desk.domain.errors import BadNumber, CodeTaken, NotInList
from shelter_desk.domain.ids import AssetEventId, AssetId, BedId, GrantId, RoomId, UserId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t10_equipment import equipped, happened_to_assets, still_open
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.storage.beds import beds
from shelter_desk.storage.equipment import equipment as stored_equipment
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.database import Connection

TOPICS = Changes(assets=True, rooms=True)
NEW = AssetId(0)
MOST_AT_ONCE = MOST_NUMBERED
MOST_PIECES = 1_000_000


@dataclass(frozen=True, slots=True)
class AssetLine:
    """One asset as a list shows it. room, grant, bed: what they are called, empty where there is none.

    is_lent: it is with somebody, whether it works or not. is_faulty: a fault of it was reported and is not mended.
    """

    asset: Asset
    room: str = ""
    grant: str = ""
    bed: str = ""
    is_lent: bool = False
    is_faulty: bool = False


@dataclass(frozen=True, slots=True)
class AssetCard:
    """Everything about one asset. rooms, beds, grants, users: what they are called, by id. has_photo: one is kept."""

    history: History
    rooms: dict[RoomId, str]
    beds: dict[BedId, str]
    grants: dict[GrantId, Grant]
    users: dict[int, str]
    has_photo: bool = False
    tickets: tuple[Ticket, ...] = ()


@needs(Permission.ASSETS_SEE)
def register(desk: Desk) -> tuple[AssetLine, ...]:
    """The whole register in order of tags, what left it too."""
    with desk.reading() as connection:
        rooms = {key: room.name for key, room in beds.rooms(connection).items()}
        known = {key: one.code for key, one in beds.beds(connection).items()}
        granted = {key: one.code for key, one in stored_equipment.grants(connection).items()}
        assets = stored_equipment.assets(connection)
        lent = stored_equipment.loans(connection, assets)
        today = desk.today()
        faulty = {one.asset for one in stored_equipment.tickets(connection) if one.is_fault_on(today)}
    return tuple(
        AssetLine(
            one,
            rooms.get(one.room, "") if one.room else "",
            granted.get(one.grant, "") if one.grant else "",
            known.get(one.bed, "") if one.bed else "",
            key in lent,
            key in faulty,
        )
        for key, one in assets.items()
    )


@needs(Permission.ASSETS_SEE)
def card(desk: Desk, key: AssetId) -> AssetCard:
    """One asset with all that happened to it."""
    with desk.reading() as connection:
        return AssetCard(
            stored_equipment.history(connection, key),
            {room: one.name for room, one in beds.rooms(connection).items()},
            {bed: one.code for bed, one in beds.beds(connection).items()},
            stored_equipment.grants(connection),
            {int(user): name for user, name in stored_settings.user_names(connection).items()},
            stored_equipment.photo(connection, key) is not None,
            stored_equipment.tickets(connection, key),
        )


@needs(Permission.ASSETS_SEE)
def grants(desk: Desk) -> tuple[Grant, ...]:
    """The grants in order of their codes."""
    with desk.reading() as connection:
        return tuple(stored_equipment.grants(connection).values())


@needs(Permission.ASSETS_EDIT)
def keep_grant(desk: Desk, grant: Grant) -> Done:
    """Add a grant (id 0) or change one. Raises Missing, NotInList, CodeTaken."""
    code = grant.code.strip()
    check_given("grant_code", code)
    check_required_code("donor", grant.donor)
    with desk.writing("keep_grant", TOPICS, code) as writing:
        for other in stored_equipment.grants(writing.connection).values():
            if other.id != grant.id and other.code.casefold() == code.casefold():
                raise CodeTaken("grant", other.code)
        writing.trail.put("grants", grant.id, stored_equipment.GRANTS.write(replace(grant, code=code)))
    return writing.done


@needs(Permission.ASSETS_EDIT)
def add_assets(desk: Desk, asset: Asset, numbered: int = 1, *, transferred: bool = False) -> Done:
    """Add a thing or a batch; `numbered` things each with a tag of its own, and the cost of each.

    transferred: from another shelter or partner, and not acquired.

    Tags are given where none is typed. Raises Missing, NotInList, BadNumber, InTheFuture, CodeTaken, SerialOfOne.
    """
    if not 0 < numbered <= MOST_AT_ONCE:
        raise BadNumber("quantity", str(numbered))
    with desk.writing("add_assets", TOPICS) as writing:
        writing.subject = add(desk, writing, asset, numbered, transferred=transferred)[0].tag_no
    return writing.done


def add(desk: Desk, writing: Writing, asset: Asset, numbered: int = 1, *, transferred: bool = False) -> list[Asset]:
    """The same inside another act."""
    check(desk, writing.connection, asset)
    if numbered > 1 and has_serial(asset.serial_no):
        raise SerialOfOne(asset.serial_no.strip())
    kind = RECEIVED if transferred else "don_recu" if asset.acquisition_mode == "don" else "acquisition"
    made = []
    for one in _tagged(writing.connection, asset, numbered):
        key = AssetId(writing.trail.add("assets", stored_equipment.ASSETS.write(one)))
        came = AssetEvent(AssetEventId(0), key, kind, one.acquired_on, one.status, one.condition, one.room)
        write_event(desk, writing, replace(came, pv_no=one.handover_pv))
        made.append(replace(one, id=key))
    return made


def _tagged(connection: Connection, asset: Asset, numbered: int) -> list[Asset]:
    if asset.tag_no.strip() and numbered == 1:
        return [replace(asset, tag_no=asset.tag_no.strip())]
    prefix = prefix_of(asset.category)
    last = stored_equipment.tags(connection, prefix)
    return [replace(asset, tag_no=f"{prefix}-{last + n:04}") for n in range(1, numbered + 1)]


def check(desk: Desk, connection: Connection, asset: Asset) -> None:
    """What a card cannot be. Raises as `add_assets`."""
    check_given("designation", asset.designation.strip())
    for list_name, value in (
        ("asset_category", asset.category),
        ("acquisition_mode", asset.acquisition_mode),
        ("donor", asset.donor),
        ("asset_owner", asset.owner),
        ("asset_status", asset.status),
        ("asset_condition", asset.condition),
    ):
        check_required_code(list_name, value)
    if asset.id == NEW and asset.status not in COUNTED:
        raise NotInList("asset_status", asset.status)
    check_not_future(asset.acquired_on, desk.today())
    if not 0 < asset.quantity <= MOST_PIECES:
        raise BadNumber("quantity", str(asset.quantity))
    if asset.cost is not None and asset.cost < 0:
        raise BadNumber("cost_xof", str(asset.cost))
    if asset.award_share is not None and not 0 <= asset.award_share <= WHOLE:
        raise BadNumber("award_share", str(asset.award_share))
    _check_numbers(connection, asset)


def _check_numbers(connection: Connection, asset: Asset) -> None:
    """A-01."""
    if asset.tag_no.strip():
        other = stored_equipment.with_tag(connection, asset.tag_no.strip())
        if other is not None and other.id != asset.id:
            raise CodeTaken("asset", other.tag_no)
    if has_serial(asset.serial_no):
        other = stored_equipment.with_serial(connection, asset.serial_no.strip())
        if other is not None and other.id != asset.id:
            raise CodeTaken("serial", other.serial_no)


@needs(Permission.ASSETS_EDIT)
def change_asset(desk: Desk, asset: Asset) -> Done:
    """Correct a card; status, condition, place and quantity change by what happens. How it came moves with its day.

    Raises as `add_assets`, BadDates where something happened to it before it came.
    """
    with desk.writing("change_asset", TOPICS) as writing:
        history = stored_equipment.history(writing.connection, asset.id)
        old = history.asset
        kept = replace(
            asset,
            tag_no=asset.tag_no.strip() or old.tag_no,
            status=old.status,
            condition=old.condition,
            room=old.room,
            quantity=old.quantity,
        )
        check(desk, writing.connection, kept)
        writing.subject = kept.tag_no
        writing.trail.change("assets", kept.id, stored_equipment.ASSETS.write(kept))
        if kept.acquired_on != old.acquired_on and (entry := entry_on(history, kept.acquired_on)) is not None:
            writing.trail.change("asset_events", entry.id, {"event_on": entry.on.isoformat()})
    return writing.done


@needs(Permission.ASSETS_EDIT)
def record(desk: Desk, keys: Sequence[AssetId], said: Happening) -> Done:
    """Write that this happened to these assets, all or none; pieces of a batch get a tag of their own first.

    What leaves for good is written by `dispose`. Raises as `happening.happen`.
    """
    if said.kind in APPROVED:
        raise NotInList("asset_event", said.kind)
    with desk.writing("asset_event", TOPICS) as writing:
        write_all(desk, writing, keys, said)
    return writing.done


@needs(Permission.ASSETS_APPROVE)
def dispose(desk: Desk, keys: Sequence[AssetId], said: Happening) -> Done:
    """Write off or give away, on minutes; what belongs to a donor with its agreement (A-02). Raises as `record`."""
    if said.kind not in APPROVED:
        raise NotInList("asset_event", said.kind)
    with desk.writing("dispose_asset", TOPICS) as writing:
        write_all(desk, writing, keys, said)
    return writing.done


def write_all(desk: Desk, writing: Writing, keys: Sequence[AssetId], said: Happening) -> None:
    """The same inside another act."""
    for key in keys:
        history = stored_equipment.history(writing.connection, key)
        writing.subject = writing.subject or history.asset.tag_no
        write(desk, writing, history, said)


def write(desk: Desk, writing: Writing, history: History, said: Happening) -> History:
    """The same for one asset."""
    event = happen(history, said, desk.today())
    if said.pieces is not None and said.pieces < history.asset.quantity:
        history = _split(desk, writing, history, said.pieces)
        event = replace(event, asset=history.asset.id)
    if (anew := said_anew(history, event)) is not None:
        row = {**stored_equipment.EVENTS.write(anew), "recorded_by": desk.user, "recorded_at": to_text(desk.now())}
        writing.trail.change("asset_events", anew.id, row)
        made = with_event(history, anew)
    else:
        made = with_event(history, replace(event, id=write_event(desk, writing, event)))
    writing.trail.change("assets", made.asset.id, stored_equipment.ASSETS.write(made.asset))
    return made


def write_event(desk: Desk, writing: Writing, event: AssetEvent, campaign: int | None = None) -> AssetEventId:
    """Store an event with who wrote it and when."""
    row = {"recorded_by": desk.user, "recorded_at": to_text(desk.now()), "campaign_id": campaign}
    return AssetEventId(writing.trail.add("asset_events", {**stored_equipment.EVENTS.write(event), **row}))


def _split(desk: Desk, writing: Writing, history: History, pieces: int) -> History:
    """Take pieces out of a batch under a new tag, with all that happened to the batch so far."""
    prefix = prefix_of(history.asset.category)
    rest, made = split(history, pieces, f"{prefix}-{stored_equipment.tags(writing.connection, prefix) + 1:04}")
    writing.trail.change("assets", rest.id, stored_equipment.ASSETS.write(rest))
    key = AssetId(writing.trail.add("assets", stored_equipment.ASSETS.write(made)))
    events = []
    for one in history.events:
        copied = replace(one, asset=key)
        events.append(replace(copied, id=write_event(desk, writing, copied)))
    return History(replace(made, id=key), tuple(events))


@dataclass(frozen=True, slots=True)
class AssetPlaces:
    """Rooms and beds by id, as they are called."""

    rooms: dict[RoomId, str]
    beds: dict[BedId, str]


@needs(Permission.ASSETS_SEE)
def staff(desk: Desk) -> list[tuple[UserId, str]]:
    """Who may answer for a thing, in order of names."""
    with desk.reading() as connection:
        return sorted(stored_settings.user_names(connection).items(), key=lambda one: one[1].casefold())


@needs(Permission.ASSETS_SEE)
def month(desk: Desk, period: Period) -> Report:
    """T10 alone, for who prepares it without seeing the rest of the report (field 6.4). Raises PeriodNotBegun."""
    period = period.over_by(desk.today())
    with desk.reading() as connection:
        assets = stored_equipment.histories(connection)
        facts = ReportFacts(period, assets=assets, tickets=stored_equipment.tickets(connection, until=period.last))
    return Report(period, equipped(facts), happened=happened_to_assets(facts), open_tickets=still_open(facts))


@needs(Permission.ASSETS_SEE)
def room_codes(desk: Desk) -> list[tuple[str, str]]:
    """Every room by its code, as it is called."""
    with desk.reading() as connection:
        return [(one.code, one.name) for one in beds.rooms(connection).values()]


@needs(Permission.ASSETS_SEE)
def places(desk: Desk) -> AssetPlaces:
    """Where things may stand, and the beds that a mattress may lie on."""
    with desk.reading() as connection:
        return AssetPlaces(
            {key: one.name for key, one in beds.rooms(connection).items()},
            {key: one.code for key, one in beds.beds(connection).items() if one.in_service_to is None},
        )
