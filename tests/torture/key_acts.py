"""What is done with passwords and keys, and what is known of it outside the file: who opens, what is shown and owed."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.casefile import notes
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import key_change, recovery_key, recovery_sheet, unlocking
from shelter_desk.storage.keys import key_file, keys, slot_list
from shelter_desk.storage.keys.slots import RECOVERY
from tests.operations.case_scene import wording
from tests.operations.referral_scene import agree_to_recording
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

MANAGER = "Agent A"
MOST = 7  # people, so that a change of keys stays short
Door = tuple[str, str]  # a name and a password
Kept = TypeVar("Kept")
KEY_ACTS = (
    *("own", "their_own", "reset", "again", "role", "add", "suspend"),
    *("recovery", "prove", "all", "all_lost", "recovered"),
)
ACTS = ("note", *KEY_ACTS)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done. password, role: the new ones."""

    kind: str
    who: str = MANAGER
    password: str = ""
    role: Role | None = None
    note: str = ""

    @property
    def at_desk(self) -> str:
        """Who has to be at the desk, "" where nobody is."""
        return {"their_own": self.who, "recovered": ""}.get(self.kind, MANAGER)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    password: str
    role: Role
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class House:
    """What was acknowledged. recovery: the key that is to open, "" where none was shown; former…: what opened once."""

    people: Mapping[str, Person]
    recovery: str = ""
    is_owed: bool = False
    notes: frozenset[str] = frozenset()
    former: tuple[Door, ...] = ()
    former_keys: tuple[str, ...] = ()
    made: int = 0

    @property
    def doors(self) -> dict[Door, Role]:
        """What opens, and as what."""
        return {(name, one.password): one.role for name, one in self.people.items() if one.is_active}


def made(folder: Path) -> House:
    """A shelter, closed: two managers, one of them suspended, a case worker, a storekeeper, a sheet that was proven."""
    people = {MANAGER: Person(PASSWORD, Role.DIRECTOR)}
    with open_small_shelter(folder) as desk:
        agree_to_recording(desk, admit(desk, "1A").person)
        for at, role in enumerate((Role.CASE_WORKER, Role.STOREKEEPER, Role.DIRECTOR)):
            name, password = f"Agent {'BCD'[at]}", f"premiers papayers {at}"
            people[name] = Person(password, role, is_active=at < 2)
            user = user_accounts.add(desk, name, role, password)
            if at == 2:
                user_accounts.suspend(desk, user)
        shown = recovery_key.replace(desk, PASSWORD)
        recovery_sheet.prove(desk)
    return House(people, shown)


def drawn(house: House, kind: str, chance: random.Random) -> Act | None:
    """An act of that kind, None where there is nothing to do it with."""
    there = [name for name, one in house.people.items() if one.is_active and name != MANAGER]
    gone = [name for name, one in house.people.items() if not one.is_active]
    plain = [name for name in there if house.people[name].role is not Role.DIRECTOR]
    fresh = f"baobab {chance.randrange(10**9)} gris"
    role = chance.choice([role for role in Role if role is not Role.DIRECTOR])
    if kind in {"own", "recovered"}:
        return Act(kind, password=fresh) if kind == "own" or house.recovery else None
    if kind in {"their_own", "reset", "role", "suspend", "again"}:
        among = {"their_own": plain, "again": gone}.get(kind, there)
        return Act(kind, chance.choice(among), fresh, role if kind == "role" else None) if among else None
    if kind == "add":
        return Act(kind, f"Agent {house.made}-{fresh[7:]}", fresh, role) if len(house.people) < MOST else None
    if kind == "prove" and not house.recovery:
        return None
    return Act(kind, note=fresh if kind == "note" else "")


def at_random(house: House, chance: random.Random) -> Act:
    """Any act that can be done."""
    while True:
        found = drawn(house, chance.choice(ACTS), chance)
        if found is not None:
            return found


def perform(folder: Path, desk: Desk | None, house: House, act: Act) -> tuple[Desk | None, str]:
    """Do it; the desk that is open then, and the recovery key that it gave, "" for none. desk: of `at_desk`."""
    if desk is None:
        return unlocking.unlock_with_recovery_key(folder, house.recovery, act.who, act.password), ""
    if act.kind in {"all", "all_lost"}:
        if act.kind == "all_lost":
            _lose_recovery_slot(desk)
        return None, key_change.change_keys(desk, house.people[MANAGER].password).recovery_key or ""
    if act.kind == "recovery":
        return desk, recovery_key.replace(desk, house.people[MANAGER].password)
    if act.kind == "note":
        notes.write(desk, _resident(desk), wording(act.note))
    elif act.kind in {"own", "their_own"}:
        user_accounts.change_password(desk, house.people[act.who].password, act.password)
    elif act.kind == "prove":
        recovery_sheet.prove(desk)
    elif act.kind == "add":
        user_accounts.add(desk, act.who, act.role or Role.AUDITOR, act.password)
    else:
        user = next(one.id for one in user_accounts.people(desk) if one.name == act.who)
        if act.kind == "suspend":
            user_accounts.suspend(desk, user)
        else:
            role = house.people[act.who].role if act.kind == "again" else act.role
            user_accounts.reset(desk, user, act.password, role)
    return desk, ""


def _lose_recovery_slot(desk: Desk) -> None:
    """As in a file from which somebody took it out."""
    file = key_file.read(desk.folder)
    others = tuple(slot for slot in file.slots if slot.kind != RECOVERY)
    signed = replace(file, slots=others).signed(keys.management(desk.keys), turn=slot_list.next_turn(file))
    key_file.write(desk.folder, signed)


def _resident(desk: Desk) -> PersonId:
    return residents.listed(desk, "all")[0].person.id


def after(house: House, act: Act, shown: str = "") -> House:
    """What is known once it was acknowledged, or where nobody saw what it gave."""
    house = replace(house, made=house.made + 1)
    if act.kind in {"all_lost", "recovery"}:
        return replace(house, recovery=shown, is_owed=True, former_keys=_more(house.former_keys, house.recovery))
    if act.kind == "note":
        return replace(house, notes=house.notes | {act.note})
    if act.kind == "prove":
        return replace(house, is_owed=False)
    if act.kind == "all":
        return house
    known = house.people.get(act.who)
    one = Person(act.password, act.role or (known.role if known else Role.AUDITOR))
    if known is not None and act.kind == "suspend":
        one = replace(known, is_active=False)
    former = house.former if known is None else _more(house.former, (act.who, known.password))
    owed = house.is_owed and act.kind != "recovered"
    return replace(house, people={**house.people, act.who: one}, former=former, is_owed=owed)


def _more(known: tuple[Kept, ...], one: Kept) -> tuple[Kept, ...]:
    return (*known[-3:], one) if one else known


def possible(house: House, under_way: Iterable[Act]) -> tuple[House, ...]:
    """What may be true after a cut: all of the act that was under way, or nothing of it."""
    found = (house, *(after(house, act) for act in under_way))
    if any(act.kind == "all_lost" for act in under_way):
        lost = replace(house, recovery="", is_owed=True, former_keys=(*house.former_keys, house.recovery))
        return (*found, lost)
    return found
