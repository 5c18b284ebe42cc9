"""What a period without the program leaves to be typed afterwards: when it began, which nights lie in it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from shelter_desk.domain.moments import ONE_DAY, Period

SILENCE = timedelta(minutes=30)


def last_before_silence(latest_first: Iterable[datetime], now: datetime) -> datetime | None:
    """The last moment before the latest half hour in which nothing was written, up to now included.

    What is typed while catching up so does not move the beginning of the period. The first moment of all where there
    was no such silence, None where nothing was ever written.
    """
    later, found = now, None
    for moment in latest_first:
        found = moment
        if later - moment >= SILENCE:
            break
        later = moment
    return found


def nights_between(since: datetime, until: datetime) -> list[date]:
    """The nights whose end of day lies between the two moments, oldest first."""
    if until.date() <= since.date():
        return []
    return list(Period(since.date(), until.date() - ONE_DAY))
