"""What equipment asks for: beds to complete, visits due, things not found, a count that is due (A-03 to A-05, S-09)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.equipment.assets import lacking
from shelter_desk.domain.equipment.counting import Campaign
from shelter_desk.domain.moments import covers
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.equipment import equipment_counts, maintenance
from shelter_desk.storage.beds import beds
from shelter_desk.storage.equipment import equipment as stored_equipment
from shelter_desk.storage.equipment import equipment_counts as stored_counts

MONTH = 30  # days, between two counts


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
        out = {state.bed for state in beds.states(connection) if covers(state.start, state.end, today)}
        in_service = {one.id for one in beds.in_service(connection, today)} - out
        lacks = lacking(stored_equipment.on_beds(connection, today)).keys() & in_service
        first = min(one.acquired_on for one in here)
        since = _last_count(stored_counts.campaigns(connection)) or first
    due, months = maintenance.due(desk), setting_rules.whole(settings.kept(desk), "count_assets_months")
    return Upkeep(
        len(lacks),
        len(due),
        max([0, *((today - one.on).days for one in due if not one.warranty)]),
        len(equipment_counts.not_found(desk)),
        since if today - since > timedelta(days=MONTH * months) else None,
    )


def _last_count(campaigns: Iterable[Campaign]) -> date | None:
    """The day of the last count of the whole shelter that was approved."""
    return max((one.on for one in campaigns if one.approved_on is not None and not one.rooms), default=None)
