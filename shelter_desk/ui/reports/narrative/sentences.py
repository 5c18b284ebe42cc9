"""The sentences of the narrative as the form shows them: those proposed, and what became of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shelter_desk.domain.reports.narrative import ProposedSentence
from shelter_desk.domain.reports.passages import Heading, StoredPassage
from shelter_desk.operations.reports.narratives import NarrativeTerms
from shelter_desk.words.reports import narrative as narrative_words

SentenceState = Literal["proposed", "kept", "typed", "moved"]


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """One line of the form. at: what stands there, the key of a proposal that nobody answered yet.

    now: of one whose figures moved, what would be proposed in its place, "" where there is nothing to say any more.
    """

    heading: Heading
    text: str
    state: SentenceState
    at: StoredPassage | str
    now: str = ""

    @property
    def key(self) -> str:
        """What the line is found by once it is answered."""
        return self.at if isinstance(self.at, str) else self.at.passage.proposal or f"#{self.at.id}"

    @property
    def is_typed(self) -> bool:
        """Whether it is in words of somebody's own."""
        return not isinstance(self.at, str) and bool(self.at.passage.text)


def of_heading(found: NarrativeTerms, heading: Heading) -> list[ShownSentence]:
    """As they are read: proposals in their order, then what nothing proposes any more, then words of one's own."""
    stored = {one.passage.proposal: one for one in found.stored if one.passage.proposal}
    lines = [
        _answered(found, stored[key]) if key in stored else _open(found, one)
        for key, one in found.proposals.items()
        if one.heading == heading and not (key in stored and stored[key].is_dropped)
    ]
    return [*lines, *_others(found, heading)]


def _others(found: NarrativeTerms, heading: Heading) -> Iterator[ShownSentence]:
    for has_proposal in (True, False):
        for one in found.stored:
            is_other = one.passage.proposal not in found.proposals and not one.is_dropped
            if one.heading == heading and is_other and bool(one.passage.proposal) is has_proposal:
                yield _answered(found, one)


def dropped(found: NarrativeTerms, heading: Heading) -> int:
    """How many proposals were taken away under a heading."""
    return sum(one.is_dropped for one in found.stored if one.heading == heading)


def _open(found: NarrativeTerms, one: ProposedSentence) -> ShownSentence:
    return ShownSentence(one.heading, _proposed(found, one), "proposed", one.key)


def _proposed(found: NarrativeTerms, one: ProposedSentence) -> str:
    announced = found.announced.get(one.key)
    return announced.text if announced is not None else narrative_words.proposal(found.report, one)


def _answered(found: NarrativeTerms, one: StoredPassage) -> ShownSentence:
    said = one.passage
    proposal = found.proposals.get(said.proposal)
    text = narrative_words.passage(found.report, said)
    if found.is_moved(one):
        now = "" if proposal is None else _proposed(found, proposal)
        return ShownSentence(said.heading, text, "moved", one, now)
    return ShownSentence(said.heading, text, "typed" if said.text and said.speaks_of_figures else "kept", one)
