"""The training shelter: everything in it is invented, and it is marked so everywhere."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from shelter_desk import training
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import NotAllowed, RealShelter
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Permission, Role
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.imports import registers
from shelter_desk.operations.reports import donor_categories
from shelter_desk.operations.training import training_equipment, training_store
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.file import sealed_boxes, settings
from shelter_desk.storage.file.keys import REAL_COST, KdfCost
from shelter_desk.storage.registers import registers as stored_registers
from shelter_desk.storage.training import training as stored_training
from shelter_desk.system import collecting
from shelter_desk.training import case_file, profiles

USER = "Agent A"
PASSWORD = "exercice-manguier"  # noqa: S105 printed for everybody: nothing real is behind it
OTHERS = {name: Role(role) for name, role in training.PERSONS_AT_DESK.items() if name != USER}
Profile = Literal["bamako", "gao"]


@dataclass(frozen=True, slots=True)
class TrainingMade:
    """The training shelter, open. is_new: it was made now."""

    desk: Desk
    user: str
    password: str
    is_new: bool


def make(folder: Path, profile: Profile, months: int, seed: int, *, cost: KdfCost = REAL_COST) -> TrainingMade:
    """Make the training shelter if it is not there, and open it.

    Raises RealShelter when the folder holds a real shelter, and what creating and unlocking raise.
    """
    if (folder / unlocking.TRAINING_DATABASE).exists():
        return TrainingMade(unlocking.unlock(folder, USER, PASSWORD), USER, PASSWORD, is_new=False)
    if (folder / unlocking.DATABASE).exists():
        raise RealShelter(str(folder))
    shelter, town = training.SHELTERS[profile]
    created = unlocking.create(folder, shelter, town, USER, PASSWORD, training=True, cost=cost)
    for name, role in OTHERS.items():
        user_accounts.add(created.desk, name, role, PASSWORD)
    fill(created.desk, profile, months, seed)
    training_equipment.furnish(created.desk, months, seed)
    return TrainingMade(created.desk, USER, PASSWORD, is_new=True)


@needs(Permission.REGISTERS_IMPORT)
def fill(desk: Desk, profile: Profile, months: int, seed: int) -> None:
    """Write the invented registers and case files in one transaction. Raises NotAllowed without the keys."""
    if desk.sealer is None or desk.protection is None:
        raise NotAllowed(Permission.SEE_NAMES.value)
    house = training.played(profile, months, desk.today(), seed)
    judgement = registers.judged(desk, house.rows())
    if judgement.refusals:
        raise judgement.refusals[0].error
    with collecting.held_back(), desk.writing("take_in", EVERYTHING) as writing:
        stored_registers.write(writing.trail, judgement, desk.sealer)
        sealed_boxes.make(writing.connection, desk.protection)
        stored_training.write(writing.trail, case_file.facts(house), desk.sealer, desk.protection)
        settings.write(writing.connection, case_file.settings(house))
    training_store.fill(desk)
    donor_categories.keep(desk, profiles.DONOR, profiles.CATEGORIES)


def last_full_month(desk: Desk) -> Period:
    """The calendar month before the one of today."""
    return Period(desk.today(), desk.today()).month_before
