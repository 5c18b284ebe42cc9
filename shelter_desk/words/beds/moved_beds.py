"""A bed that moves to another room, in words: what it changes, who is concerned, what is refused."""

from collections.abc import Iterator
from datetime import date

from shelter_desk import words
from shelter_desk.domain.beds.moved_beds import BedMovedLater, BedStandsThere, BedStoodTwice, RoomNotForThem
from shelter_desk.words import formats
from shelter_desk.words.beds import room_rules
from shelter_desk.words.refusals.errors import Sentences


def actions() -> dict[str, str]:
    """What is done with it, as the journal says it."""
    return {"move_bed": words.text("Bed moved to another room")}


def fields() -> dict[str, str]:
    """A column of beds that stands in no workbook."""
    return {"ticket_id": words.text("Repair")}


def effects(day: date, today: date, room: str, who: list[str], things: list[str]) -> Iterator[str]:
    """What the move does, said before it. who: codes of those who sleep in it from that day on; things: tags."""
    if who:
        told = words.text("Who sleeps in it goes along: {codes}.")
        yield told.format(codes=", ".join(who))
    else:
        yield words.text("Nobody sleeps in it from that day on.")
    if things:
        yield words.text("What is on the bed goes along: {tags}.").format(tags=", ".join(things))
    if day < today:
        told = words.text("The nights since {day} count in room {room}: reports of those months change.")
        yield told.format(day=formats.day(day), room=room)
    else:
        yield words.text("The nights before keep their room.")


def said_of(code: str, rule: str) -> str:
    """A warning about one person."""
    return words.text("{code}: {why}").format(code=code, why=room_rules.warning(rule))


def moved(bed: str, room: str, day: date) -> str:
    """What was done."""
    told = words.text("Bed {bed} stands in room {room} from {day} on.")
    return told.format(bed=bed, room=room, day=formats.day(day))


def _not_for_them(error: RoomNotForThem) -> str:
    told = words.text(
        "Bed {bed} cannot stand in room {room} with who sleeps in it ({codes}, night of {day}). {why} Move them first, "
        "or choose another room."
    )
    why = " ".join(room_rules.warning(rule) for rule in error.rules)
    codes, day = ", ".join(error.codes), formats.day(error.night)
    return told.format(bed=error.bed_code, room=error.room_code, codes=codes, day=day, why=why)


SENTENCES: Sentences = {
    RoomNotForThem: _not_for_them,
    BedMovedLater: lambda error: words.text(
        "Bed {bed} was moved on {day}. Choose that day or a later one, or undo that move."
    ).format(bed=error.bed_code, day=formats.day(error.on)),
    BedStandsThere: lambda error: words.text("Bed {bed} stands in room {room} already. Choose another room.").format(
        bed=error.bed_code, room=error.room_code
    ),
    BedStoodTwice: lambda error: words.text(
        "Bed {bed} stood in another room since {day}. Correct the dates, or take one of the two lines out."
    ).format(bed=error.bed_code, day=formats.moment(error.since)),
}
