"""What one act on a family asks of each stay of it: who goes along, who stays, and who answers for those."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.stays.families import FamilyChange
from shelter_desk.domain.stays.stays import Stay


@dataclass(frozen=True, slots=True)
class Regrouping:
    """A stay joins the family of another from a day on, or has one of its own, with those who go along.

    head: who answers for them from then on, None for the stay itself; may be one of its own family so far. carer: with
    whom those stay that were in the care of the stay and do not go along, None for nobody. links: of each stay, what it
    is to its head and how that is known.
    """

    stay: StayId
    head: StayId | None = None
    along: frozenset[StayId] = frozenset()
    carer: StayId | None = None
    links: Mapping[StayId, tuple[str, str]] = field(default_factory=dict)

    def changes(self, mine: Stay, family: Iterable[Stay], day: date) -> tuple[FamilyChange, ...]:
        """What becomes of each stay, heads first. family: the others of the family of that day."""
        members = [one for one in family if one.id != self.stay]
        known = {one.id for one in members}
        to: dict[StayId, StayId | None] = {self.stay: self.head}
        if self.head in known:  # one of the family answers for it
            to[self.head] = None
        leader = self.head or self.stay
        to |= {key: leader for key in self.along if key != self.head}
        staying = [one for one in members if one.id not in to]
        if mine.head_on(day) is None:
            carer = self.carer if self.carer not in to else to[self.carer] or self.carer
            to |= {one.id: None if one.id == carer else carer for one in staying}
        ordered = sorted(to.items(), key=lambda item: item[1] is not None)
        return tuple(FamilyChange(key, head, *self.links.get(key, ("", ""))) for key, head in ordered)
