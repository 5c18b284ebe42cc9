"""Which backups are kept: the last of 7 days, of 4 weeks and of 12 months."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime

DAYS, WEEKS, MONTHS = 7, 4, 12


def kept(made: Iterable[datetime], now: datetime = datetime.max) -> set[datetime]:
    """Of these backups the ones to keep: the latest of each of the last 7 days, 4 weeks and 12 months that have one.

    The latest of all is always kept. Those of after now were made while the clock ran ahead: they push nothing out and
    are kept until their day has come.
    """
    every = set(made)
    keep = {moment for moment in every if moment > now}
    latest_first = sorted(every - keep, reverse=True)
    spans: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (DAYS, lambda moment: moment.date()),
        (WEEKS, lambda moment: moment.isocalendar()[:2]),
        (MONTHS, lambda moment: (moment.year, moment.month)),
    )
    for count, span in spans:
        last_of: dict[Hashable, datetime] = {}
        for moment in latest_first:
            last_of.setdefault(span(moment), moment)
        keep |= set(list(last_of.values())[:count])
    return keep
