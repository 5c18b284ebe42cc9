"""The training shelter: everything in it is invented, and it is marked so everywhere."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from shelter_desk.domain import training
from shelter_desk.domain.errors import RealShelter
from shelter_desk.domain.moments import Period
from shelter_desk.operations import registers, training_store, unlocking
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.keys import REAL_COST, KdfCost
from shelter_desk.system import clock

USER = "Agent A"
PASSWORD = "exercice-manguier"  # noqa: S105 printed for everybody: nothing real is behind it
Profile = Literal["bamako", "gao"]


@dataclass(frozen=True, slots=True)
class Made:
    """The training shelter, open. is_new: it was made now."""

    desk: Desk
    user: str
    password: str
    is_new: bool


def make(folder: Path, profile: Profile, months: int, seed: int, *, cost: KdfCost = REAL_COST) -> Made:
    """Make the training shelter if it is not there, and open it.

    Raises RealShelter when the folder holds a real shelter, and what creating and unlocking raise.
    """
    if (folder / unlocking.TRAINING_DATABASE).exists():
        return Made(unlocking.unlock(folder, USER, PASSWORD), USER, PASSWORD, is_new=False)
    if (folder / unlocking.DATABASE).exists():
        raise RealShelter(str(folder))
    shelter, town = training.SHELTERS[profile]
    created = unlocking.create(folder, shelter, town, USER, PASSWORD, training=True, cost=cost)
    fill(created.desk, profile, months, seed)
    return Made(created.desk, USER, PASSWORD, is_new=True)


def fill(desk: Desk, profile: Profile, months: int, seed: int) -> None:
    """Write the invented registers in one transaction."""
    rows = training.rows(profile, months, clock.today(), seed)
    judgement = registers.judged(desk, rows)
    if judgement.refusals:
        raise judgement.refusals[0].error
    registers.take_in_rows(desk, judgement)
    training_store.fill(desk)


def last_full_month(desk: Desk) -> Period:
    """The calendar month before the one of today."""
    return Period(desk.today(), desk.today()).month_before
