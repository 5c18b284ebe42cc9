"""An inventory campaign: what was expected where, what was seen, what the minutes say (field 3.13, S-10, A-03)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.equipment.refusals import CountClosed
from shelter_desk.domain.errors import BadNumber, Missing, NotInList
from shelter_desk.domain.ids import AssetId, CampaignId, RoomId, UserId

SEEN, ELSEWHERE, ABSENT = "vu", "ailleurs", "manquant"
OUTCOMES = (SEEN, ELSEWHERE, ABSENT)
# what the approval declares of things that were not found
DECLARED = {"perte": "perte", "vol": "vol"}
TEAM = 2


@dataclass(frozen=True, slots=True)
class Campaign:
    """One count. rooms: codes, all where empty. team: who counts. closed_on: nothing is counted any more."""

    id: CampaignId
    count_no: str
    on: date
    rooms: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    conclusion: str = ""
    recommendations: str = ""
    closed_on: date | None = None
    approved_by: UserId | None = None
    approved_on: date | None = None

    @property
    def is_open(self) -> bool:
        """True while things are still counted."""
        return self.closed_on is None


@dataclass(frozen=True, slots=True)
class CampaignCountLine:
    """One asset of a count. expected: pieces; found: pieces seen; moves: it stays where it was found."""

    id: int
    campaign: CampaignId
    asset: AssetId
    expected_room: RoomId | None
    expected: int = 1
    outcome: str = ""
    found_room: RoomId | None = None
    found: int | None = None
    condition: str = ""
    moves: bool = False
    cause: str = ""
    note: str = ""

    @property
    def lacks(self) -> int:
        """Pieces that were not found, once it was looked for."""
        if not self.outcome:
            return 0
        return self.expected - (0 if self.outcome == ABSENT else self.expected if self.found is None else self.found)


def left_since(line: CampaignCountLine, assets: Mapping[AssetId, Asset]) -> int:
    """Pieces of a batch that were taken out of it since it was counted and are gone; 0 for those that only moved.

    What is taken out gets a tag of its own and keeps the past of the batch: it is known by that.
    """
    batch = assets[line.asset]
    taken_out = line.expected - batch.quantity
    if taken_out <= 0:
        return 0
    gone = [one for one in assets.values() if one.id > batch.id and not one.is_here and _past(one) == _past(batch)]
    return min(taken_out, sum(one.quantity for one in gone))


def _past(asset: Asset) -> tuple[object, ...]:
    origin = (asset.acquired_on, asset.acquisition_mode, asset.donor, asset.grant, asset.reception)
    return (asset.category, asset.designation, asset.brand_model, *origin)


@dataclass(frozen=True, slots=True)
class Tallied:
    """How far a count is."""

    lines: int
    seen: int
    elsewhere: int
    absent: int

    @property
    def left(self) -> int:
        """Things nobody looked for yet."""
        return self.lines - self.seen - self.elsewhere - self.absent


def tallied(lines: Iterable[CampaignCountLine]) -> Tallied:
    """Count the outcomes."""
    found = [one.outcome for one in lines]
    return Tallied(len(found), found.count(SEEN), found.count(ELSEWHERE), found.count(ABSENT))


def outcome_of(asset: Asset, room: RoomId | None) -> str:
    """Seen where the register says, or elsewhere; where no room is being counted it is seen."""
    return ELSEWHERE if room is not None and asset.room is not None and room != asset.room else SEEN


def check_line(campaign: Campaign, line: CampaignCountLine) -> None:
    """Raises CountClosed, NotInList, BadNumber, Missing for something elsewhere without its place."""
    if not campaign.is_open:
        raise CountClosed(campaign.count_no)
    if line.outcome not in ("", *OUTCOMES):
        raise NotInList("outcome", line.outcome)
    if line.found is not None and not 0 <= line.found <= line.expected:
        raise BadNumber("quantity", str(line.found))
    if line.outcome == ELSEWHERE and line.found_room is None:
        raise Missing("found_room")


def check_team(team: Iterable[str]) -> None:
    """Two different persons count (field 3.13). Raises Missing."""
    if len({one.strip().casefold() for one in team if one.strip()}) < TEAM:
        raise Missing("team")


def check_approval(campaign: Campaign, lines: Iterable[CampaignCountLine]) -> None:
    """S-10: nothing is approved while it is counted, or while a thing is missing without a cause.

    Raises CountClosed where it was approved already, Missing.
    """
    if campaign.is_open:
        raise Missing("closed_on")
    if campaign.approved_on is not None:
        raise CountClosed(campaign.count_no)
    if any(one.lacks and not one.cause for one in lines):
        raise Missing("cause")
