"""What time it is here: the only place that asks the computer, so that tests can set it."""

from datetime import date, datetime


def now() -> datetime:
    """This minute in the time zone of this computer, naive."""
    return datetime.now().replace(second=0, microsecond=0)


def today() -> date:
    """This day in the time zone of this computer."""
    return now().date()
