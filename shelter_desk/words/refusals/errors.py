"""Every refusal and every trouble as a sentence: what happened, and what to do next.

Every refusal and every trouble as a sentence; the room of a subject registers those of its own here.
"""

from functools import singledispatch

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError


@singledispatch
def said(_error: ShelterDeskError) -> str:
    """What happened, and what to do next. To say it ask `words.errors`, which knows every room."""
    return words.text("This could not be done. Nothing was changed.")


def sentence(error: ShelterDeskError) -> str:
    """What to tell the person at the desk."""
    # each registers the sentences of its subject; loaded when the first one is said
    from shelter_desk.words import (  # noqa: F401
        agenda,
        assessments,
        equipment,
        incidents,
        interviews,
        notes,
        place_requests,
        referrals,
        voluntary_returns,
    )
    from shelter_desk.words.refusals import refusals, register_refusals, stock_refusals, troubles  # noqa: F401

    return said(error)
