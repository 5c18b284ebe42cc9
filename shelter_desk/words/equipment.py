"""What is refused about equipment, in sentences."""

from shelter_desk import words
from shelter_desk.domain.equipment import refusals
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import Sentences


def fate(name: str) -> str:
    """What became of the pieces of a dossier."""
    return {
        "received": words.text("Received in all"),
        "in_place": words.text("In place"),
        "broken": words.text("Broken or under repair"),
        "out_of_service": words.text("Out of service"),
        "lost": words.text("Lost or stolen"),
        "written_off": words.text("Written off"),
        "transferred": words.text("Transferred out"),
    }.get(name, name)


def lacks(part: str) -> str:
    """Short, for the tile of a bed."""
    return {
        "matelas": words.text("no mattress"),
        "moustiquaire": words.text("no net"),
    }.get(part, words.text("frame unusable"))


def lacks_sentence(part: str) -> str:
    """A-04, on the panel of a bed."""
    return {
        "matelas": words.text("The mattress of this bed cannot be used. Replace it, or block the bed."),
        "moustiquaire": words.text("The net of this bed cannot be used. Replace it, or block the bed."),
    }.get(part, words.text("The frame of this bed cannot be used. Replace it, or block the bed."))


def repair(ticket: Ticket) -> str:
    """What a bed waits for: the ticket, and when it was opened or closed."""
    if ticket.closed_on is not None:
        told, day = words.text("{number}, closed on {day}"), ticket.closed_on
    else:
        told, day = words.text("{number}, open since {day}"), ticket.reported_on
    return told.format(number=ticket.ticket_no, day=formats.day(day))


SENTENCES: Sentences = {
    refusals.AssetGone: lambda error: words.text(
        "{tag} left the register ({status}). Write that it was found again first."
    ).format(tag=error.tag_no, status=words.label("asset_status", error.status)),
    refusals.AgreementNeeded: lambda error: words.text(
        "{tag} belongs to the donor. Write the reference of the donor’s agreement."
    ).format(tag=error.tag_no),
    refusals.NotToLend: lambda error: words.text(
        "{tag} is “{status}” on that day. Only what is in use or in store is lent; only what is lent comes back."
    ).format(tag=error.tag_no, status=words.label("asset_status", error.status)),
    refusals.AlreadySaidOfAsset: lambda error: words.text(
        "{tag}: “{event}” is written already for {day}. Choose another day."
    ).format(tag=error.tag_no, event=words.label("asset_event", error.kind), day=formats.day(error.day)),
    refusals.CountClosed: lambda error: words.text("The count {number} is over. Begin another one.").format(
        number=error.count_no
    ),
    refusals.SerialOfOne: lambda error: words.text(
        "The serial number {number} is of one thing. Leave it empty, or add the things one by one."
    ).format(number=error.serial_no),
}
