"""Since when the house has its beds, as the file tells it."""

from datetime import date, datetime

from sqlalchemy import Connection, text

from shelter_desk.domain.beds import first_day as first_day_rules
from shelter_desk.storage.beds import beds
from shelter_desk.storage.file import settings


def since(connection: Connection) -> date:
    """Since when the house has its beds."""
    return first_day_rules.since(settings.read(connection), beds.beds(connection).values())


def capacity_from(connection: Connection) -> date | None:
    """From which day on capacity is meant, None where the days of the beds tell it."""
    return first_day_rules.capacity_from(settings.read(connection), beds.beds(connection).values(), begun(connection))


def begun(connection: Connection) -> date | None:
    """The day on which the shelter was made: that of the first line of its journal."""
    found = connection.execute(text("SELECT at FROM journal ORDER BY seq LIMIT 1")).scalar()
    return None if found is None else datetime.fromisoformat(found).date()
