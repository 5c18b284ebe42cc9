"""Where and how an asset was at the end of any day, and when it came and left (interfaces.md section 4, T10).

At a past day status, condition and place are those of the last event; without later events, the present ones.

What became of the equipment of a grant, or of a donor: the page that a visit asks for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.equipment import assets
from shelter_desk.domain.ids import RoomId


@dataclass(frozen=True, slots=True)
class Passage:
    """An asset leaves the closing number, or is found again. status: the one it left with."""

    on: date
    status: str
    leaves: bool


def in_order(events: Iterable[assets.AssetEvent]) -> tuple[assets.AssetEvent, ...]:
    """By day, then as they were recorded."""
    return tuple(sorted(events, key=lambda one: (one.on, one.id)))


@dataclass(frozen=True, slots=True)
class History:
    """An asset with its events in order."""

    asset: assets.Asset
    events: Sequence[assets.AssetEvent] = ()

    @property
    def is_received(self) -> bool:
        """True for what came from another shelter or partner, and was not acquired."""
        return any(one.kind == assets.RECEIVED for one in self.events)

    def status_on(self, day: date) -> str:
        """The status at the end of that day; empty before it came."""
        if day < self.asset.acquired_on:
            return ""
        if self._is_over(day):
            return self._last_status
        told = (one.makes for one in reversed(self.events) if one.on <= day and one.makes)
        return next(told, self._first_status)

    def condition_on(self, day: date) -> str:
        """The condition at the end of that day."""
        if self._is_over(day):
            return self.asset.condition
        looked_at = [one for one in self.events if one.condition]
        told = [one.condition for one in looked_at if one.on <= day]
        before = [one.condition_was for one in looked_at if one.on > day]
        return next((one for one in (*told[-1:], *before[:1]) if one), self.asset.condition)

    def room_on(self, day: date) -> RoomId | None:
        """Where it stood at the end of that day, as far as that is known."""
        if self._is_over(day):
            return self.asset.room
        placed = [one for one in self.events if one.room is not None]
        told = [one.room for one in placed if one.on <= day]
        before = [one.room_was for one in placed if one.on > day]
        return (*told[-1:], *before[:1], self.asset.room)[0]

    def counts_on(self, day: date) -> bool:
        """True where it is in the number at the end of that day."""
        status = self.status_on(day)
        return bool(status) and status not in assets.GONE

    def counted_by(self, day: date) -> date | None:
        """The day of the last inventory that saw it by that day."""
        return max((one.on for one in self.events if one.kind == assets.COUNTED_THEN and one.on <= day), default=None)

    def way_out(self, day: date) -> assets.AssetEvent | None:
        """What says how it left, where it is gone at the end of that day; None where the register alone does."""
        if self.status_on(day) not in assets.GONE:
            return None
        return next((one for one in reversed(self.events) if one.on <= day and one.makes in assets.GONE), None)

    def loan_on(self, day: date) -> assets.AssetEvent | None:
        """What says that it is lent at the end of that day, None where it is not; a thing that breaks is lent still."""
        found = None
        for one in (one for one in self.events if one.on <= day):
            if one.makes == assets.ON_LOAN:
                found = found if found is not None and one.kind == assets.RETURNED else one
            elif one.ends_loan:
                found = None
            elif found is None and one.status_was == assets.ON_LOAN:  # a register says it alone
                found = one
        return found

    def passages(self) -> Iterator[Passage]:
        """Every time it left, and every time it was found again; a second way out while it is gone is none."""
        gone_as = ""
        for on, status in self._course():
            if (status in assets.GONE) != bool(gone_as):
                leaves = status in assets.GONE
                yield Passage(max(on, self.asset.acquired_on), status if leaves else gone_as, leaves)
                gone_as = status if leaves else ""

    def _course(self) -> Iterator[tuple[date, str]]:
        """Every status it had, with the day from which it had it."""
        yield self.asset.acquired_on, self._first_status
        for one in self.events:
            if one.makes:
                yield one.on, one.makes
        yield max([self.asset.acquired_on, *(one.on for one in self.events[-1:])]), self._last_status

    @property
    def _last_status(self) -> str:
        """The present status; what left by an event is gone, whatever a register still says."""
        told = next((one.makes for one in reversed(self.events) if one.makes), "")
        return told if told in assets.GONE and self.asset.status not in assets.GONE else self.asset.status

    @property
    def _first_status(self) -> str:
        """Before any event spoke of it: what is assigned was in store, what breaks down was in use.

        What the register alone calls gone was in use until its last event; it left on that day.
        """
        first = next((one for one in self.events if one.makes), None)
        if first is None:
            return assets.IN_USE if self.events and self.asset.status in assets.GONE else self.asset.status
        return first.status_was or (assets.IN_STORE if first.kind == "affectation" else assets.IN_USE)

    def _is_over(self, day: date) -> bool:
        return not self.events or self.events[-1].on <= day


FATES = ("in_place", "broken", "out_of_service", "lost", "written_off", "transferred")
IN_PLACE, MENDED, OUT, GONE_LOST, GONE_WRITTEN_OFF, GONE_AWAY = FATES
_FATE = {
    assets.BROKEN: MENDED,
    assets.UNDER_REPAIR: MENDED,
    assets.OUT_OF_SERVICE: OUT,
    assets.LOST: GONE_LOST,
    assets.STOLEN: GONE_LOST,
    assets.WRITTEN_OFF: GONE_WRITTEN_OFF,
    assets.TRANSFERRED: GONE_AWAY,
}


@dataclass(frozen=True, slots=True)
class Fate:
    """One asset in the dossier. moves: how many times it changed place since it came.

    counted_on: the last inventory that saw it; way_out: what says how it left.
    """

    history: History
    fate: str
    status: str
    condition: str
    moves: int
    counted_on: date | None = None
    way_out: assets.AssetEvent | None = None

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
            fate, condition = _FATE.get(status, IN_PLACE), one.condition_on(day)
            found.append(Fate(one, fate, status, condition, moves, one.counted_by(day), one.way_out(day)))
    return tuple(sorted(found, key=lambda fate: fate.history.asset.tag_no))


def summed(found: Iterable[Fate]) -> dict[str, int]:
    """Pieces received in all, and how many met which fate."""
    kept = list(found)
    by_fate = {name: sum(one.quantity for one in kept if one.fate == name) for name in FATES}
    return {"received": sum(by_fate.values()), **by_fate}
