"""Backups in words: how old they are, what they hold, what the second place met."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from shelter_desk import words
from shelter_desk.words import formats

OLD_DAYS = 7  # M-04


def age_of(made: datetime | None, today: date) -> tuple[str, bool]:
    """The sentence, and True where it is time for another (M-04: none, or more than 7 days old)."""
    if made is None:
        return words.text("No backup yet"), True
    days = (today - made.date()).days
    if days < 0:
        told = words.text("Last proven backup: dated {day}, which is still to come. Look at the clock.")
        return told.format(day=formats.day(made.date())), True
    if days == 0:
        return words.text("Last proven backup: today, {hour}").format(hour=formats.clock(made)), False
    # Translators: status line, and settings
    ago = words.count("{n} day ago", "{n} days ago", days)
    told = words.text("Last proven backup: {ago} ({day})").format(ago=ago, day=formats.day(made.date()))
    return told, days > OLD_DAYS


def second_age(made: datetime | None, is_there: bool, today: date) -> tuple[str, bool]:
    """How old the copy in the second place is; True where it is time for another."""
    if not is_there:
        return words.text("Second place: not there"), True
    if made is None:
        return words.text("Second place: no copy yet"), True
    days = (today - made.date()).days
    if days <= 0:
        return words.text("Second place: today, {hour}").format(hour=formats.clock(made)), False
    ago = words.count("{n} day ago", "{n} days ago", days)
    return words.text("Second place: {ago}").format(ago=ago), days > OLD_DAYS


def unknown() -> str:
    """Of a backup that is not as the journal of the shelter says that one was made."""
    return words.text(
        "The journal does not know this backup: somebody changed it, or the shelter was brought back from an older one"
        " since. Try it, and look at what it holds."
    )


def of_open_case_file(made: Sequence[date]) -> str:
    """Of backups of before the case file was sealed, named by their days; "" for none."""
    if not made:
        return ""
    told = words.text(
        "These backups are of before version 0.3: every password of that day opens the case file in them. They go by"
        " themselves within a year. To be rid of them before, delete their files in the folder “sauvegardes” and on the"
        " stick: {days}."
    )
    return told.format(days=", ".join(formats.day(one) for one in made))


def holds(counts: Mapping[str, int]) -> str:
    """What is in a backup, in counts."""
    told = words.text("{persons}, {stays}, {lines}")
    return told.format(
        persons=words.count("{n} person", "{n} persons", counts["persons"]),
        stays=words.count("{n} stay", "{n} stays", counts["stays"]),
        lines=words.count("{n} journal line", "{n} journal lines", counts["journal"]),
    )


def size(n: int) -> str:
    """A size in megabytes, one decimal below ten."""
    megabytes = n / 1_000_000
    return words.text("{n} MB").format(n=formats.number(megabytes, 1 if megabytes < 10 else 0))


def place(where: Sequence[str]) -> str:
    """Where a backup lies."""
    if len(where) > 1:
        return words.text("both")
    return words.text("second place") if where[0] == "second" else words.text("this computer")


def failed(why: str, where: str) -> str:
    """What the last backup at locking or closing met, and what to do. why: the class of the error."""
    if where == "second":
        told = {
            "DiskFull": words.text("The stick is full: no copy on it. The earlier ones are kept."),
            "ReadOnly": words.text("The stick cannot be written: no copy on it. The earlier ones are kept."),
            "FileMissing": words.text("The stick was taken out during the copy. The earlier ones are kept."),
            "DriveGone": words.text("The stick does not answer: no copy on it. The earlier ones are kept."),
            "GivenUp": words.text("The copy on the stick took too long and was given up. Make one from the settings."),
        }
        return told.get(why, words.text("The copy on the stick does not open and was not kept. Try another stick."))
    told = {
        "DiskFull": words.text("Disk full: no backup at the last closing. The earlier ones are kept. Free some space."),
        "ReadOnly": words.text("The folder of backups cannot be written. The earlier ones are kept."),
        "DriveGone": words.text("The disk did not answer: no backup at the last closing. The earlier ones are kept."),
        "GivenUp": words.text("The last backup took too long and was given up. Make one from the settings."),
    }
    return told.get(why, words.text("The last backup was not proven. The earlier ones are kept. Make one now."))
