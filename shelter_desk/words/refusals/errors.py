"""Every refusal and every trouble as a sentence: what happened, and what to do next."""

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.words.refusals.sentences import said


def sentence(error: ShelterDeskError) -> str:
    """What to tell the person at the desk."""
    # each registers the sentences of its subject; loaded when the first one is said

    return said(error)
