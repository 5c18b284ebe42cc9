"""A reception from a donor: what was announced, what came, and the differences.

Which grant of a donor something comes under, where nobody says it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.checks import check_given, check_required_code
from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.domain.errors import BadNumber, Missing
from shelter_desk.domain.ids import GrantId, ReceptionId, RoomId, UserId


def last_grant_of(grants: Iterable[Grant], donor: str, day: date) -> Grant | None:
    """The one of that donor that began last, of those that are not over on that day; None where there is none."""
    mine = [one for one in grants if one.donor == donor and (one.ended_on is None or one.ended_on >= day)]
    begun = [one for one in mine if one.started_on is None or one.started_on <= day]
    return max(begun, key=lambda one: (one.started_on or date.min, one.id), default=None)


MOST, MOST_NUMBERED = 100_000, 500


@dataclass(frozen=True, slots=True)
class Reception:
    """The minutes of one delivery. handover_pv: the number of the donor's own paper."""

    id: ReceptionId
    reception_no: str
    received_on: date
    donor: str
    grant: GrantId | None = None
    handover_pv: str = ""
    delivered_by: str = ""
    received_by: UserId | None = None
    witness: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class ReceptionLine:
    """One kind of thing. refused: of those that came, sent back. remark: why it is not as announced.

    numbered: each gets a tag of its own, else all are one batch. cost: francs a piece.
    """

    designation: str
    category: str
    expected: int
    received: int
    refused: int = 0
    condition: str = "neuf"
    remark: str = ""
    numbered: bool = True
    cost: int | None = None
    room: RoomId | None = None

    @property
    def kept(self) -> int:
        """Pieces that stay."""
        return self.received - self.refused

    @property
    def difference(self) -> int:
        """Kept less announced."""
        return self.kept - self.expected


def check(reception: Reception, lines: Sequence[ReceptionLine]) -> None:
    """Raises Missing, NotInList, BadNumber; a difference is explained in a remark."""
    check_required_code("donor", reception.donor)
    check_given("lines", lines)
    for one in lines:
        check_given("designation", one.designation.strip())
        for list_name, value in (("asset_category", one.category), ("asset_condition", one.condition)):
            check_required_code(list_name, value)
        for count in (one.expected, one.received):
            if not 0 <= count <= MOST:
                raise BadNumber("quantity", str(count))
        if one.numbered and one.kept > MOST_NUMBERED:
            raise BadNumber("quantity", str(one.kept))
        if not 0 <= one.refused <= one.received:
            raise BadNumber("refused", str(one.refused))
        if one.difference and not one.remark.strip():
            raise Missing("remark")
