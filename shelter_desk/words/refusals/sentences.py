"""Every refusal and every trouble as a sentence; the room of a subject registers those of its own here."""

from functools import singledispatch

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError


@singledispatch
def said(_error: ShelterDeskError) -> str:
    """What happened, and what to do next. To say it ask `words.errors`, which knows every room."""
    return words.text("This could not be done. Nothing was changed.")
