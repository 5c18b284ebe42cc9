"""Looking after assets: tickets, what is due, the log of the generator (field 3.14, A-05, S-08).

Fuel that left the store against the hours of the generators, month by month (S-08).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.ids import AssetId, TicketId, UserId
from shelter_desk.domain.moments import Period

WARRANTY_WARN_DAYS = 30
JUMP = 0.30  # of the litres per hour before it
_TINY = 1e-9
# kinds of ticket after which the next date is counted anew
KEEPS_GOING = frozenset({"preventive", "controle", "vidange", "nettoyage_panneaux"})


@dataclass(frozen=True, slots=True)
class Ticket:
    """One fault or one visit. out_from, out_to: while the asset cannot be used; closed_on: None while it is open."""

    id: TicketId
    ticket_no: str
    asset: AssetId
    reported_on: date
    kind: str
    problem: str
    urgency: str = ""
    reported_by: UserId | None = None
    out_from: date | None = None
    out_to: date | None = None
    action_done: str = ""
    parts_used: str = ""
    provider: str = ""
    cost: int | None = None
    donor: str = ""
    meter_reading: float | None = None
    closed_on: date | None = None
    tested_ok: bool | None = None

    def is_fault_on(self, day: date) -> bool:
        """True where something is broken, which a visit that comes round is not, and not mended by then."""
        return self.kind not in KEEPS_GOING and self.is_open_on(day)

    def is_open_on(self, day: date) -> bool:
        """True where it was reported by then and not closed."""
        return self.reported_on <= day and (self.closed_on is None or self.closed_on > day)


@dataclass(frozen=True, slots=True)
class Run:
    """The generator on one day. hours: run; litres: of fuel added."""

    id: int
    asset: AssetId
    on: date
    hours: float
    litres: float
    started: str = ""
    stopped: str = ""
    meter_reading: float | None = None
    note: str = ""

    @property
    def rate(self) -> float | None:
        """Litres per hour, None for a day without hours."""
        return self.litres / self.hours if self.hours > 0 else None


@dataclass(frozen=True, slots=True)
class Measured:
    """A run with what it says. jumps: litres per hour more than 30 % away from the usual ones (S-08).

    usual: litres per hour of the run before it that it is held against, None for the first one.
    """

    run: Run
    jumps: bool
    usual: float | None = None


def is_jump(rate: float, usual: float) -> bool:
    """More than 30 % above or below; 30 % itself is none, whatever the last digit of a binary fraction says."""
    return abs(rate - usual) > JUMP * usual + _TINY


def measured(runs: Iterable[Run]) -> tuple[Measured, ...]:
    """Each run of one generator beside the one before it that used fuel, in order of days.

    A run that jumps is not what the next one is held against, unless two of them follow one another.
    """
    found: list[Measured] = []
    before: float | None = None
    jumped = False
    for run in sorted(runs, key=lambda one: (one.on, one.id)):
        rate = run.rate
        jumps = bool(rate and before and is_jump(rate, before))
        found.append(Measured(run, jumps, before))
        if rate:
            before = before if jumps and not jumped else rate
            jumped = jumps
    return tuple(found)


def next_visit(asset: Asset, tickets: Sequence[Ticket], runs: Sequence[Run] = ()) -> date | None:
    """When it is to be looked after next, None where nothing says so.

    Where hours count, the day on which they were run; None while they are not reached and no days are set.
    """
    # the last visit that was closed, else the acquisition
    closed = [one.closed_on for one in tickets if one.kind in KEEPS_GOING and one.closed_on is not None]
    since = max([asset.acquired_on, *closed])
    if asset.maintenance_hours:
        run = 0.0
        for one in sorted(runs, key=lambda one: one.on):
            run += one.hours if one.on > since else 0
            if run >= asset.maintenance_hours:
                return one.on
    return since + timedelta(days=asset.maintenance_days) if asset.maintenance_days else None


def warranty_ends_soon(asset: Asset, today: date) -> bool:
    """A-05: within the next thirty days."""
    until = asset.warranty_until
    return until is not None and today <= until <= today + timedelta(days=WARRANTY_WARN_DAYS)


@dataclass(frozen=True, slots=True)
class MonthOfFuel:
    """litres: issued to the house in the month; hours: run by all generators, of the log."""

    month: Period
    litres: float
    hours: float

    @property
    def rate(self) -> float | None:
        """Litres per hour; None for a month without fuel or without hours."""
        return self.litres / self.hours if self.litres > 0 and self.hours > 0 else None


@dataclass(frozen=True, slots=True)
class FuelUse:
    """The month looked at, and the litres per hour of the last one before it that had both; None where none did."""

    last: MonthOfFuel
    usual: float | None

    @property
    def jumps(self) -> bool:
        """More than 30 % above or below."""
        rate = self.last.rate
        return rate is not None and self.usual is not None and is_jump(rate, self.usual)


def fuel_use(last: MonthOfFuel, before: Iterable[MonthOfFuel]) -> FuelUse:
    """before: the months before it, the latest first."""
    return FuelUse(last, next((one.rate for one in before if one.rate is not None), None))
