"""What the person at the desk did since it opened, newest first, and taking it back down to one of them.

It is kept with the desk alone: after a lock nothing of it is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.operations import desk as desks
from shelter_desk.operations.desk import Desk, Done, SessionAct


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How far it went: what was taken back, the newest first, and what could not be, with the reason."""

    acts: tuple[SessionAct, ...]
    stopped_at: SessionAct | None = None
    why: ShelterDeskError | None = None


def offer(desk: Desk, done: Done) -> None:
    """From now on this act can be taken back from the list, as its message offers it."""
    for act in desk.acts:
        if act.seq == done.seq:
            act.done = done


def listed(desk: Desk) -> Sequence[SessionAct]:
    """What was done and not taken back, the newest first."""
    return tuple(reversed(desk.acts))


def reach(desk: Desk) -> int:
    """How many acts can be taken back one after the other; the first that cannot ends it."""
    acts = listed(desk)
    return next((place for place, act in enumerate(acts) if act.done is None), len(acts))


def take_back_to(desk: Desk, seq: int) -> TakenBack:
    """Take back from the newest act down to that one, each with its own line in the journal.

    It stops at the first that cannot be taken back; what came before it stays taken back. Raises NeedsLateReason, as
    `undo`, where a month was closed meanwhile and no reason is given: called again with one, it goes on from there.
    """
    gone: list[SessionAct] = []
    for act in listed(desk):
        if act.seq < seq:
            break
        if act.done is None:
            return TakenBack(tuple(gone), act)
        try:
            desks.undo(desk, act.done)
        except NeedsLateReason:
            raise
        except ShelterDeskError as error:
            return TakenBack(tuple(gone), act, error)
        gone.append(act)
    return TakenBack(tuple(gone))
