"""A room that somebody looked at: point by point all right or a defect, and the ticket that a defect led to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shelter_desk.domain import codes
from shelter_desk.domain.checks import check_code, check_given
from shelter_desk.domain.errors import Missing, NotInList
from shelter_desk.domain.ids import AssetId, BedId, InspectedPointId, RoomId, TicketId, UserId

POINT, FINDING = "inspection_point", "inspection_finding"  # lists
RIGHT, DEFECT = "bien", "defaut"  # of the finding
OF_BEDS = frozenset({"literie", "moustiquaires"})  # points that a room without beds has not


@dataclass(frozen=True, slots=True)
class InspectedPoint:
    """One point of an inspection, as it is kept. by: who looked, as the person is called in the house.

    problem: what is wrong, of a defect alone. ticket: the one it led to, or that was open for it already; None where
    what is wrong is nothing of the register of equipment.
    """

    id: InspectedPointId
    inspection_no: str
    room: RoomId
    on: date
    by: str
    point: str
    finding: str
    problem: str = ""
    ticket: TicketId | None = None
    recorded_by: UserId | None = None
    recorded_at: datetime | None = None

    @property
    def is_defect(self) -> bool:
        """True where something is wrong."""
        return self.finding == DEFECT


@dataclass(frozen=True, slots=True)
class PointSeen:
    """One point as it is typed. of a defect: what is wrong, and at most one of `asset`, for which a ticket is opened,
    and `ticket`, which is open for it already. blocks: a bed that is out of use until the new ticket is closed.
    """

    point: str
    finding: str
    problem: str = ""
    asset: AssetId | None = None
    ticket: TicketId | None = None
    urgency: str = ""
    blocks: BedId | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that was found in a room by somebody who looked once, its points in the order of their list."""

    number: str
    room: RoomId
    on: date
    by: str
    points: tuple[InspectedPoint, ...]

    @property
    def defects(self) -> tuple[InspectedPoint, ...]:
        """What is wrong."""
        return tuple(one for one in self.points if one.is_defect)


def points(*, has_beds: bool) -> tuple[str, ...]:
    """What is looked at in a room, in order; of a kitchen or a corridor nothing is said of beds."""
    ordered = sorted((one for one in codes.codes(POINT) if one.active), key=lambda one: one.sort)
    return tuple(one.code for one in ordered if has_beds or one.code not in OF_BEDS)


def check(seen: Sequence[PointSeen], *, has_beds: bool = True) -> None:
    """Refuse a list of points that is not whole, each once. Raises Missing, NotInList."""
    for one in seen:
        check_code(POINT, one.point)
        check_given(FINDING, one.finding)
        check_code(FINDING, one.finding)
        if one.finding == DEFECT:
            check_given("problem", one.problem.strip())
        if one.blocks is not None and one.asset is None:
            raise Missing("tag_no")
    told = [one.point for one in seen]
    if set(points(has_beds=has_beds)) - set(told):
        raise Missing(POINT)
    if len(told) > len(set(told)):
        raise NotInList(POINT, told[-1])


def inspections(told: Iterable[InspectedPoint]) -> tuple[Inspection, ...]:
    """The inspections that these points are of, the latest first."""
    order = {one.code: one.sort for one in codes.codes(POINT)}
    found: dict[str, list[InspectedPoint]] = {}
    for one in told:
        found.setdefault(one.inspection_no, []).append(one)
    made = []
    for number, several in found.items():
        ordered = tuple(sorted(several, key=lambda one: (order.get(one.point, 0), one.id)))
        made.append(Inspection(number, ordered[0].room, ordered[0].on, ordered[0].by, ordered))
    return tuple(sorted(made, key=lambda one: (one.on, one.points[-1].id), reverse=True))
