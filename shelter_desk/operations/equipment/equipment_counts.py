"""Inventory campaigns: begun with what the register says, counted by list or by a reader that types, approved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.barcodes import meant
from shelter_desk.domain.checks import check_not_future
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.equipment.counting import (
    ABSENT,
    DECLARED,
    ELSEWHERE,
    SEEN,
    Campaign,
    CampaignCountLine,
    Tallied,
    check_approval,
    check_line,
    check_team,
    left_since,
    outcome_of,
    tallied,
)
from shelter_desk.domain.equipment.happening import Happening
from shelter_desk.domain.equipment.refusals import CountClosed
from shelter_desk.domain.errors import NoSuch
from shelter_desk.domain.ids import AssetId, CampaignId, RoomId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.equipment import equipment
from shelter_desk.storage.beds import beds
from shelter_desk.storage.equipment import equipment as stored_assets
from shelter_desk.storage.equipment import equipment_counts as stored_equipment_counts
from shelter_desk.storage.file.column_values import to_text


@dataclass(frozen=True, slots=True)
class CampaignCounts:
    """One count and how far it is."""

    campaign: Campaign
    tally: Tallied


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One line of a count beside its asset. room, found_room: what they are called."""

    line: CampaignCountLine
    asset: Asset
    room: str = ""
    found_room: str = ""


@dataclass(frozen=True, slots=True)
class SeenAsset:
    """What a tag that was typed or read said. known: it was on the list."""

    line: CampaignLine
    done: Done
    known: bool = True


@needs(Permission.ASSETS_SEE)
def listed(desk: Desk) -> tuple[CampaignCounts, ...]:
    """All counts, latest first."""
    with desk.reading() as connection:
        every = stored_equipment_counts.lines(connection)
        return tuple(
            CampaignCounts(one, tallied(line for line in every if line.campaign == one.id))
            for one in stored_equipment_counts.campaigns(connection)
        )


@needs(Permission.ASSETS_SEE)
def campaign(desk: Desk, key: CampaignId) -> Campaign:
    """One count."""
    with desk.reading() as connection:
        return stored_equipment_counts.CAMPAIGNS.one(connection, key)


@needs(Permission.ASSETS_SEE)
def lines(desk: Desk, key: CampaignId) -> tuple[CampaignLine, ...]:
    """What a count looks for, in order of rooms, then of tags."""
    with desk.reading() as connection:
        rooms = {room: one.name for room, one in beds.rooms(connection).items()}
        assets = stored_assets.assets(connection)
        found = stored_equipment_counts.lines(connection, key)
    made = [_line(one, assets[one.asset], rooms) for one in found]
    return tuple(sorted(made, key=lambda one: (one.room, one.asset.tag_no)))


def _line(line: CampaignCountLine, asset: Asset, rooms: dict[RoomId, str]) -> CampaignLine:
    expected, found = line.expected_room, line.found_room
    return CampaignLine(line, asset, rooms.get(expected, "") if expected else "", rooms.get(found, "") if found else "")


@needs(Permission.ASSETS_EDIT)
def begin(desk: Desk, on: date, rooms: Sequence[str], team: Sequence[str]) -> Done:
    """Begin a count of what is here in these rooms, all where none is named. Raises Missing, InTheFuture, NoSuch."""
    check_team(team)
    check_not_future(on, desk.today())
    with desk.writing("begin_count", equipment.TOPICS) as writing:
        known = {room.code: key for key, room in beds.rooms(writing.connection).items()}
        for code in rooms:
            if code not in known:
                raise NoSuch("room", code)
        number = stored_equipment_counts.COUNT_NUMBERS.next(writing.connection, on.year)
        names = tuple(one.strip() for one in team if one.strip())
        campaign = Campaign(CampaignId(0), number, on, tuple(rooms), names)
        key = CampaignId(writing.trail.add("campaigns", stored_equipment_counts.CAMPAIGNS.write(campaign)))
        writing.subject = number
        wanted = {known[code] for code in rooms}
        for one in stored_assets.assets(writing.connection).values():
            if one.is_here and one.acquired_on <= on and (not wanted or one.room in wanted):
                line = CampaignCountLine(0, key, one.id, one.room, one.quantity)
                writing.trail.add("campaign_lines", stored_equipment_counts.CAMPAIGN_LINES.write(line))
    return writing.done


@needs(Permission.ASSETS_EDIT)
def see(desk: Desk, key: CampaignId, tag_no: str, room: RoomId | None = None) -> SeenAsset:
    """A tag was read or typed in that room: seen, or elsewhere. One that was not looked for is added to the list.

    It is understood too where the reader takes the keyboard for an American one.

    Raises NoSuch for a tag of nothing, CountClosed.
    """
    with desk.writing("count_asset", equipment.TOPICS) as writing:
        campaign = stored_equipment_counts.CAMPAIGNS.one(writing.connection, key)
        typed = tag_no.strip()
        asset = stored_assets.with_tag(writing.connection, typed)
        asset = asset or stored_assets.with_tag(writing.connection, meant(typed))
        if asset is None:
            raise NoSuch("asset", typed)
        writing.subject = f"{campaign.count_no} {asset.tag_no}"
        known = stored_equipment_counts.line_about(writing.connection, key, asset.id)
        line = known or CampaignCountLine(0, key, asset.id, asset.room, asset.quantity)
        outcome = outcome_of(asset, room)
        where = room if outcome == ELSEWHERE else None
        told = replace(line, outcome=outcome, found_room=where, moves=outcome == ELSEWHERE, cause="")
        check_line(campaign, told)
        row = {**stored_equipment_counts.CAMPAIGN_LINES.write(told), **_who(desk)}
        if known is None:
            told = replace(told, id=writing.trail.add("campaign_lines", row))
        else:
            writing.trail.change("campaign_lines", told.id, row)
        rooms = {room_id: one.name for room_id, one in beds.rooms(writing.connection).items()}
    return SeenAsset(_line(told, asset, rooms), writing.done, known is not None)


def _who(desk: Desk) -> dict[str, object]:
    return {"counted_at": to_text(desk.now()), "counted_by": desk.user}


@needs(Permission.ASSETS_EDIT)
def mark(desk: Desk, line: CampaignCountLine) -> Done:
    """Write what was found of one thing. Raises CountClosed, NotInList, BadNumber, Missing."""
    with desk.writing("count_asset", equipment.TOPICS) as writing:
        campaign = stored_equipment_counts.CAMPAIGNS.one(writing.connection, line.campaign)
        writing.subject = campaign.count_no
        check_line(campaign, line)
        writing.trail.change(
            "campaign_lines", line.id, {**stored_equipment_counts.CAMPAIGN_LINES.write(line), **_who(desk)}
        )
    return writing.done


@needs(Permission.ASSETS_EDIT)
def explain(desk: Desk, line: CampaignCountLine, cause: str) -> Done:
    """Write why something was not found; also once the count is over. Raises CountClosed once it is approved."""
    with desk.writing("count_asset", equipment.TOPICS) as writing:
        campaign = stored_equipment_counts.CAMPAIGNS.one(writing.connection, line.campaign)
        if campaign.approved_on is not None:
            raise CountClosed(campaign.count_no)
        writing.subject = campaign.count_no
        writing.trail.change("campaign_lines", line.id, {"cause": cause})
    return writing.done


@needs(Permission.ASSETS_EDIT)
def close(desk: Desk, key: CampaignId, conclusion: str = "", recommendations: str = "") -> Done:
    """Nothing is counted any more; what nobody saw is missing. Raises CountClosed."""
    with desk.writing("close_count", equipment.TOPICS) as writing:
        campaign = stored_equipment_counts.CAMPAIGNS.one(writing.connection, key)
        if not campaign.is_open:
            raise CountClosed(campaign.count_no)
        writing.subject = campaign.count_no
        for line in stored_equipment_counts.lines(writing.connection, key):
            if not line.outcome:
                writing.trail.change("campaign_lines", line.id, {"outcome": ABSENT})
        told = {"conclusion": conclusion.strip(), "recommendations": recommendations.strip()}
        writing.trail.change("campaigns", key, {"closed_on": desk.today().isoformat(), **told})
    return writing.done


@needs(Permission.ASSETS_APPROVE)
def approve(desk: Desk, key: CampaignId) -> Done:
    """Let the register follow: seen, moved, in another condition; lost or stolen where that is the cause (S-10).

    Raises Missing where a cause lacks or it is still counted, CountClosed, and as `equipment.record`.
    """
    with desk.writing("approve_count", equipment.TOPICS) as writing:
        campaign = stored_equipment_counts.CAMPAIGNS.one(writing.connection, key)
        counted = stored_equipment_counts.lines(writing.connection, key)
        check_approval(campaign, counted)
        writing.subject = campaign.count_no
        everything = stored_assets.assets(writing.connection)
        for line in counted:
            _enter(desk, writing, campaign, line, left_since(line, everything))
        approved = {"approved_by": desk.user, "approved_on": desk.today().isoformat()}
        writing.trail.change("campaigns", key, approved)
    return writing.done


def _enter(desk: Desk, writing: Writing, campaign: Campaign, line: CampaignCountLine, left: int) -> None:
    """What one line makes of its asset, on the day of the count or when it came, if later; what is gone now or was gone
    on that day is left alone. left: pieces that it lacks and that are written as gone already.
    """
    history = stored_assets.history(writing.connection, line.asset)
    on = max(campaign.on, history.asset.acquired_on)
    if not history.asset.is_here or not history.counts_on(on):
        return
    if line.outcome in (SEEN, ELSEWHERE):
        said = Happening("inventaire", on, line.condition, pv_no=campaign.count_no)
        history = equipment.write(desk, writing, history, said)
    if line.moves and line.found_room is not None and line.found_room != history.room_on(on):
        said = Happening("deplacement", on, room=line.found_room, pv_no=campaign.count_no)
        history = equipment.write(desk, writing, history, said)
    pieces = min(line.lacks - left, history.asset.quantity)
    if (
        pieces > 0
        and line.cause in DECLARED
        and not any(one.kind == DECLARED[line.cause] and one.on == on for one in history.events)
    ):
        reason = line.note or campaign.count_no
        said = Happening(DECLARED[line.cause], on, pv_no=campaign.count_no, reason=reason, pieces=pieces)
        equipment.write(desk, writing, history, said)


@needs(Permission.ASSETS_SEE)
def not_found(desk: Desk) -> tuple[Asset, ...]:
    """A-03: what the last approved or closed count that looked for it did not find, and is still in the register."""
    with desk.reading() as connection:
        over = [one for one in stored_equipment_counts.campaigns(connection) if not one.is_open]
        assets = stored_assets.assets(connection)
        every = stored_equipment_counts.lines(connection)
    last: dict[AssetId, CampaignCountLine] = {}
    for one in reversed(over):
        last |= {line.asset: line for line in every if line.campaign == one.id}
    missed = [assets[key] for key, line in last.items() if line.outcome == ABSENT]
    return tuple(sorted((one for one in missed if one.is_here), key=lambda one: one.tag_no))
