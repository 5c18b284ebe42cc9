"""The handover of a shift: from when to when, by whom, to whom; and the lines that people add to it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.ids import HandoverId, HandoverLineId, UserId
from shelter_desk.domain.rights import Permission

FIRST_SHIFT = timedelta(hours=12)  # how far the first handover of a shelter looks back


class HandoverGone(RuleBroken):
    """It was taken over meanwhile, or taken back; of a line: its shift is over, or the line was taken out."""


class AnotherTakesOver(RuleBroken):
    """Who handed a shift over does not take it over, nor somebody who does not read handovers."""


LineKind = Literal["note", "task"]


@dataclass(frozen=True, slots=True)
class Handover:
    """A shift that somebody handed over.

    after_line, last_line: numbers of journal lines, what was done lies in (after_line, last_line]. taken_at, taken_by:
    None until somebody takes it over. left_open: tasks that were shown then and that nobody took.
    """

    id: HandoverId
    began_at: datetime
    handed_at: datetime
    handed_by: UserId
    after_line: int
    last_line: int
    taken_at: datetime | None = None
    taken_by: UserId | None = None
    left_open: int = 0

    @property
    def waits(self) -> bool:
        """True until somebody takes it over."""
        return self.taken_by is None


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """A line beside what the program writes: a note that somebody added, or a task that the next one took.

    handover: None while the shift goes on. shown_with: the permission it is read with. is_taken: None until the
    handover is taken over.
    """

    id: HandoverLineId
    handover: HandoverId | None
    kind: LineKind
    written_at: datetime
    written_by: UserId
    shown_with: str
    is_taken: bool | None = None

    def is_seen_with(self, held: Collection[str]) -> bool:
        """Whether a role that holds these permissions reads it."""
        return self.shown_with in held


@dataclass(frozen=True, slots=True)
class HandoverPoint:
    """A task as it was shown to who takes over. text: its sentence."""

    text: str
    shown_with: Permission
    is_taken: bool
