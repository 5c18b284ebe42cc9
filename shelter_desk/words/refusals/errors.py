"""Every refusal and every trouble as a sentence: what happened, and what to do next."""

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.words.refusals.sentences import said


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
