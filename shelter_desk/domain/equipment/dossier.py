"""What became of the equipment of a grant, or of a donor: the page that a visit asks for (N14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.equipment.assets import (
    BROKEN,
    LOST,
    OUT_OF_SERVICE,
    STOLEN,
    TRANSFERRED,
    UNDER_REPAIR,
    WRITTEN_OFF,
)
from shelter_desk.domain.equipment.history import History

IN_PLACE, MENDED, OUT, GONE_LOST, GONE_WRITTEN_OFF, GONE_AWAY = (
    "in_place",
    "broken",
    "out_of_service",
    "lost",
    "written_off",
    "transferred",
)
FATES = (IN_PLACE, MENDED, OUT, GONE_LOST, GONE_WRITTEN_OFF, GONE_AWAY)
_FATE = {
    BROKEN: MENDED,
    UNDER_REPAIR: MENDED,
    OUT_OF_SERVICE: OUT,
    LOST: GONE_LOST,
    STOLEN: GONE_LOST,
    WRITTEN_OFF: GONE_WRITTEN_OFF,
    TRANSFERRED: GONE_AWAY,
}


@dataclass(frozen=True, slots=True)
class Fate:
    """One asset in the dossier. moves: how many times it changed place since it came."""

    history: History
    fate: str
    status: str
    condition: str
    moves: int

    @property
    def quantity(self) -> int:
        """Pieces."""
        return self.history.asset.quantity


def fates(histories: Iterable[History], day: date) -> tuple[Fate, ...]:
    """What became of each by the end of that day, in order of tags; what came later is left out."""
    found = []
    for one in histories:
        status = one.status_on(day)
        if status:
            moves = sum(event.kind == "deplacement" and event.on <= day for event in one.events)
            found.append(Fate(one, _FATE.get(status, IN_PLACE), status, one.condition_on(day), moves))
    return tuple(sorted(found, key=lambda fate: fate.history.asset.tag_no))


def summed(found: Iterable[Fate]) -> dict[str, int]:
    """Pieces received in all, and how many met which fate."""
    kept = list(found)
    by_fate = {name: sum(one.quantity for one in kept if one.fate == name) for name in FATES}
    return {"received": sum(by_fate.values()), **by_fate}
