"""How old a backup is, in words."""

from datetime import date, datetime

from shelter_desk import words
from shelter_desk.words import shown

OLD_DAYS = 7  # M-04


def age_of(made: datetime | None, today: date) -> tuple[str, bool]:
    """The sentence, and True where it is time for another (M-04: none, or more than 7 days old)."""
    if made is None:
        return words.text("No backup yet"), True
    days = (today - made.date()).days
    if days <= 0:
        return words.text("Last proven backup: today, {hour}").format(hour=shown.clock(made)), False
    # Translators: status line, and settings
    ago = words.count("{n} day ago", "{n} days ago", days)
    told = words.text("Last proven backup: {ago} ({day})").format(ago=ago, day=shown.day(made.date()))
    return told, days > OLD_DAYS
