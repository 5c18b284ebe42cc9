"""Fuel that left the store against the hours of the generators, month by month (S-08)."""

from collections.abc import Iterable
from dataclasses import dataclass

from shelter_desk.domain.equipment.maintenance import is_jump
from shelter_desk.domain.moments import Period


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
