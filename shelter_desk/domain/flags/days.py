"""Counting days as every rule does: something due within n days is late on the day after the nth."""

from datetime import date, timedelta


def due(since: date, days: int) -> date:
    """The last day on which it is in order."""
    return since + timedelta(days=days)


def is_late(since: date, days: int, today: date) -> bool:
    """True once that day is over."""
    return today > due(since, days)
