"""What a move or an exit that was typed late leaves of what was written of later nights, said in the message bar."""

from dataclasses import replace

from shelter_desk import words
from shelter_desk.domain.ids import StayId
from shelter_desk.operations.stays import bed_moves
from shelter_desk.ui.page import Told
from shelter_desk.words import formats


def moved(told: Told, stay: StayId) -> Told:
    """Until when somebody has the place, where another was written of the nights after."""
    end = None if told.done is None else bed_moves.until(told.done, stay)
    if end is None:
        return told
    whole = words.text("{told} Until {day}: what is written of the nights after stays.")
    return replace(told, sentence=whole.format(told=told.sentence, day=formats.day(end.date())))


def left(told: Told) -> Told:
    """What an exit took out because it was written of days after it."""
    days = [] if told.done is None else bed_moves.taken_out(told.done)
    if not days:
        return told
    whole = words.text("{told} Taken out, since they come after the exit: places and absences from {days}.")
    listed = ", ".join(map(formats.day, days))
    return replace(told, state="attention", sentence=whole.format(told=told.sentence, days=listed))
