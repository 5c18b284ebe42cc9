"""Every refusal and every trouble as a sentence: what happened, and what to do next.

Each subject has a table `SENTENCES` of its own errors; a new one stands in the list of `sentences`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from shelter_desk import words
from shelter_desk.domain.errors import Missing, ShelterDeskError

# each takes an error of its class; a test makes one of every class
Sentences = Mapping[type[ShelterDeskError], Callable[[Any], str]]


@cache
def sentences() -> Sentences:
    """The tables of all subjects, loaded when the first sentence is said."""
    from shelter_desk.words import (
        agenda,
        equipment,
        families,
        handovers,
        merging,
        place_requests,
        referrals,
        sending,
        updates,
    )
    from shelter_desk.words.beds import families_tonight, held_beds, moved_beds
    from shelter_desk.words.casefile import assessments, incidents, interviews, legal, notes, voluntary_returns
    from shelter_desk.words.refusals import refusals, register_refusals, stock_refusals, troubles
    from shelter_desk.words.reports import closing

    house = (
        agenda,
        equipment,
        families,
        families_tonight,
        handovers,
        held_beds,
        merging,
        moved_beds,
        place_requests,
    )
    casefile = (assessments, incidents, interviews, legal, notes, referrals, voluntary_returns)
    others = (sending, closing, refusals, register_refusals, stock_refusals, troubles, updates)
    return {kind: say for subject in (*house, *casefile, *others) for kind, say in subject.SENTENCES.items()}


def sentence(error: ShelterDeskError, labels: Mapping[str, str] | None = None) -> str:
    """What to tell the person at the desk. labels: of the fields of a form, where they are called otherwise."""
    if labels is not None and isinstance(error, Missing) and error.field in labels:
        return words.text("“{field}” is empty. Fill it in.").format(field=labels[error.field])
    known = sentences()
    say = next((known[kind] for kind in type(error).__mro__ if kind in known), None)
    return words.text("This could not be done. Nothing was changed.") if say is None else say(error)
