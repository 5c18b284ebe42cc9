"""A shelter with people of each role that takes shifts over, on an evening."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path

import pytest

from shelter_desk.domain.ids import HandoverId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.today import handovers
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.system import clock
from tests.operations.shelter import open_small_shelter

EVENING = time(20, 45)
GUARD, WORKER, STORE = "Garde D", "Agent B", "Magasin"
OTHER = "deux goyaves jaunes"


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """That is now from now on."""
    monkeypatch.setattr(clock, "now", lambda: moment)


def this_evening() -> datetime:
    return datetime.combine(clock.today(), EVENING)


@contextmanager
def staffed(folder: Path) -> Iterator[Desk]:
    """The small shelter with a guard, a case worker and a storekeeper; the manager is at the desk."""
    desk = open_small_shelter(folder)
    try:
        for name, role in ((GUARD, Role.RECEPTION), (WORKER, Role.CASE_WORKER), (STORE, Role.STOREKEEPER)):
            user_accounts.add(desk, name, role, OTHER)
        yield desk
    finally:
        desk.close()


def sit_down(desk: Desk, name: str) -> Desk:
    """Somebody else opens the shelter at the same computer."""
    folder = desk.folder
    desk.close()
    made = unlocking.unlock(folder, name, OTHER)
    user_accounts.undertake(made)
    return made


def given(desk: Desk) -> HandoverId:
    """The shift that goes on, handed over."""
    handovers.hand_over(desk)
    found = handovers.earlier(desk)[0]
    return found.handover.id
