"""The narrative of a month as it is kept: passages under headings, each proposed by the program or somebody's own."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from shelter_desk.domain.ids import PassageId, UserId

Heading = Literal[
    "highlights", "targets", "difficulties", "needs", "coordination", "security", "outlook", "lessons"
]  # in the order in which they are read
HEADINGS: tuple[Heading, ...] = get_args(Heading)
ANNOUNCED = "announced/"  # what a month before announced, taken up again: words, and no figures
LONGEST, LONGEST_TYPED, MOST_TYPED = 400, 2000, 12  # characters of a passage, of all that is typed, and how many


@dataclass(frozen=True, slots=True)
class NarrativePassage:
    """One sentence, or a few. proposal: its key, "" for words of one's own. text: "" as long as it is said as proposed.

    numbers: of the proposal, by name, as they were when it was agreed to; things: codes of what else it names.
    """

    heading: Heading
    proposal: str = ""
    text: str = ""
    numbers: tuple[tuple[str, int | float], ...] = ()
    things: tuple[str, ...] = ()

    @property
    def speaks_of_figures(self) -> bool:
        """Whether it holds only as long as its numbers do."""
        return bool(self.proposal) and not self.proposal.startswith(ANNOUNCED)


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as it lies with its month. is_dropped: a proposal that somebody does not want.

    unread: where its words lie, which somebody altered: it is dropped, since nobody knows what it said.
    """

    id: PassageId
    first_day: str
    last_day: str
    heading: str
    is_dropped: bool
    written_at: datetime
    user: UserId
    passage: NarrativePassage = field(default_factory=lambda: NarrativePassage("highlights"))
    unread: str = ""
