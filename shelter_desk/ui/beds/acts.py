"""What the page does to a stay or a bed: one operation, one sentence for the message bar."""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Spot
from shelter_desk.ui.page import Told


def move(desk: Desk, who: Present, spot: Spot, place: str) -> Told:
    """Give somebody another place from now on. place: how the sentence calls it. Raises NeedsReason and the like."""
    done = stays.move(desk, who.stay.id, spot, desk.now())
    if spot.place == "appoint":
        sentence = words.text("{code} sleeps on a mat in room {place}.")
    else:
        sentence = words.text("{code} sleeps in bed {place}.")
    return Told("ok", sentence.format(code=who.person.code, place=place), done)


def move_family(desk: Desk, moves: Sequence[tuple[Present, Bed]], room: str, reason: str = "") -> Told:
    """Give a whole family its beds in one act. room: its code. Raises NeedsReason and the like; then nobody moves."""
    spots = [(who.stay.id, Spot("lit", bed.id, reason=reason)) for who, bed in moves]
    done = stays.move_household(desk, spots, desk.now())
    beds = ", ".join(bed.code for _, bed in moves)
    return Told("ok", words.text("The family sleeps in room {room}: {beds}.").format(room=room, beds=beds), done)


def swap(desk: Desk, who: Present, other: Present, places: tuple[str, str], reason: str = "") -> Told:
    """Let two persons exchange their beds. places: where each is before."""
    done = stays.swap(desk, who.stay.id, other.stay.id, desk.now(), reason)
    sentence = words.text("{one} now has {there}, {other} has {here}.")
    here, there = places
    return Told("ok", sentence.format(one=who.person.code, there=there, other=other.person.code, here=here), done)
