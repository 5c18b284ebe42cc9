"""A move laid between the moves that are known: which nights it takes, and which keep what was said of them.

A move says where somebody sleeps from its moment until the next moment of which something was said; in which order
moves are typed does not matter. Of two whose moments cannot be told apart, the same minute or one day of which one does
not know the hour, the one said last stands. A gap says nothing: a move goes on over it. An infant goes along with the
adult whose bed it shares until the adult, or itself, has another place by what is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shelter_desk.domain.moments import before
from shelter_desk.domain.stays import Placement


@dataclass(frozen=True, slots=True)
class Laid:
    """What a move does to the placements of a stay.

    ended: the one that ends where the move begins; replaced: those said of the same moment; until: where the next one
    begins, or the stay ends, None while it goes on.
    """

    ended: Placement | None
    replaced: tuple[Placement, ...]
    until: datetime | None

    @property
    def held(self) -> Placement | None:
        """Where the person slept at that moment."""
        return self.replaced[-1] if self.replaced else self.ended


def lay(placements: Sequence[Placement], at: datetime, left: datetime | None) -> Laid:
    """What a move at that moment leaves of the placements of a stay, which ends at `left`."""
    earlier = [one for one in placements if before(one.start, at)]
    later = [one.start for one in placements if before(at, one.start)]
    alike = tuple(one for one in placements if one not in earlier and one.start not in later)
    ended = next((one for one in earlier if one.end is None or before(at, one.end)), None)
    return Laid(ended, alike, min(later, default=left))
