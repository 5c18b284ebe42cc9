"""What is true of a shelter after a cut, held against what was acknowledged before it."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from shelter_desk.domain.errors import AccountClosed, SlotsAltered, WrongPassword, WrongRecoveryKey
from shelter_desk.domain.rights import Role
from shelter_desk.operations.casefile import notes
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, recovery_sheet, unlocking
from shelter_desk.operations.vault.opening import HowToOpen
from shelter_desk.storage.keys import slot_list
from shelter_desk.storage.residents import notes as stored_notes
from shelter_desk.storage.residents import residents as stored_residents
from tests.torture import key_acts
from tests.torture.key_acts import MANAGER, Door, House
from tests.torture.key_worker import Life

FILES = {"shelter.case", "keys.json", "shelter.db", "shelter.head", "shelter.lock"}
Told = Callable[[str, object], None]


def proven(folder: Path, life: Life, aside: Path) -> House:
    """What is true of the shelter after that, one of what may be; every door is tried first on a copy of its own."""
    may_be = key_acts.possible(life.house, life.under_way)
    doors = {door for one in may_be for door in (*one.doors, *one.former)}
    tried = {door: role_of(folder, door, aside) for door in sorted(doors)}
    may_be = tuple(one for one in may_be if {door: one.doors.get(door) for door in tried} == tried)
    assert may_be, (life.under_way, tried)
    shown = {key for one in may_be for key in (one.recovery, *one.former_keys) if key}
    opening = {key for key in shown if is_opened_by(folder, key, aside)}
    may_be = tuple(one for one in may_be if opening == ({one.recovery} - {""}))
    assert may_be, (life.under_way, "recovery key", len(opening))
    with unlocking.unlock(folder, MANAGER, may_be[-1].people[MANAGER].password) as desk:
        if slot_list.has_recovery_key(folder):
            integrity_check.check(desk)
        else:  # somebody took its slot out, and there is no other one in its place yet
            with pytest.raises(SlotsAltered, match=r"\(\), True"):
                integrity_check.check(desk)
            assert may_be[-1].recovery == ""
        owed, written, people = recovery_sheet.is_owed(desk), frozenset(notes_in(desk)), accounts(desk)
    house = next(
        (
            one
            for one in reversed(may_be)
            if (owed, written) == (one.is_owed, one.notes)
            and people == {name: (person.role, person.is_active) for name, person in one.people.items()}
        ),
        None,
    )
    assert house is not None, (life.under_way, owed, len(written), people)
    assert {path.name for path in folder.iterdir()} == FILES
    for (name, password), role in house.doors.items():
        with unlocking.unlock(folder, name, password) as desk:
            assert desk.role is role
    return house


def role_of(folder: Path, door: Door, aside: Path) -> Role | None:
    """What this opens as the first after the cut, None for nothing."""
    shutil.copytree(folder, aside)
    try:
        with unlocking.unlock(aside, *door, HowToOpen(remember=False)) as desk:
            return desk.role
    except (WrongPassword, AccountClosed):
        return None
    finally:
        shutil.rmtree(aside)


def is_opened_by(folder: Path, recovery_key: str, aside: Path) -> bool:
    shutil.copytree(folder, aside)
    try:
        unlocking.unlock_with_recovery_key(
            aside, recovery_key, MANAGER, "sept calebasses", HowToOpen(remember=False)
        ).close()
    except WrongRecoveryKey:
        return False
    finally:
        shutil.rmtree(aside)
    return True


def accounts(desk: Desk) -> dict[str, tuple[Role, bool]]:
    return {one.name: (one.role, one.is_active) for one in user_accounts.people(desk)}


def notes_in(desk: Desk) -> Iterable[str]:
    """The words of every note; opened here without a line in the journal."""
    person = residents.listed(desk, "all")[0].person.id
    found = notes.of(desk, person)
    assert desk.protection is not None
    with desk.reading() as connection:
        opener = stored_residents.opener_of(connection, desk.protection, person)
        return [stored_notes.body(connection, opener, one.note.id) for one in found if opener is not None]
