"""Who may open the shelter, and with which keys: one slot per user, one for the recovery key (decision 008).

A password slot opens with Argon2id of the name and the password, joined with the secret of the computer; so a wrong
name, a wrong password and an unknown user are the same outcome and cost one call of Argon2id.

Whatever changes slots can be made ready beside `keys.json` (`into=NEXT`), so that it counts when the database does.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shelter_desk.domain.errors import (
    Damaged,
    KeysOutdated,
    ShelterExists,
    WrongPassword,
)
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import KEYS_HELD, KeyName, Role
from shelter_desk.storage.file.case.case_rows import CaseKey
from shelter_desk.storage.keys import account_names, key_file, pairs, slots
from shelter_desk.storage.keys.key_file import FILE, NEXT
from shelter_desk.storage.keys.passwords import (
    REAL_COST,
    KdfCost,
    calibrated,
    check_cost,
    check_password,
    is_enough,
    stretch,
)
from shelter_desk.storage.keys.recovery import new_recovery_key, read_recovery_key
from shelter_desk.storage.keys.slot_list import next_turn
from shelter_desk.storage.keys.slots import RECOVERY, USER, Kdf, KeyFile, Slot

__all__ = [
    "FILE",
    "NEXT",
    "REAL_COST",
    "KdfCost",
    "calibrated",
    "check_password",
    "new_recovery_key",
    "read_recovery_key",
]

MOST_COSTS = 4  # that one file has: of its first day, and the usual ones of programs since


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a role holds; None for those it does not. management: signs who has a slot."""

    database: bytes = field(repr=False)
    identity: bytes | None = field(default=None, repr=False)
    protection: bytes | None = field(default=None, repr=False)
    management: bytes | None = field(default=None, repr=False)
    night: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Where a slot of before 0.3 holds none for the night, it follows from that of names, for everybody alike."""
        if self.night is None and self.identity is not None:
            object.__setattr__(self, "night", night_of(self.identity))

    @property
    def case(self) -> CaseKey | None:
        """What opens the case file, for who holds what it follows from."""
        return None if self.protection is None else CaseKey(self.protection)

    @property
    def is_night_of_names(self) -> bool:
        """True in a file whose keys are of before 0.3: its night reception was given the key of all names."""
        return self.identity is not None and self.night == night_of(self.identity)


def night_of(identity: bytes) -> bytes:
    """The key of the night reception in a file of before 0.3, from the one of all names; not the other way."""
    return HKDF(SHA256(), pairs.SIZE, salt=None, info=b"shelter-desk night").derive(identity)


@dataclass(frozen=True, slots=True)
class OpenedKeys:
    """What a slot gave, and whose it is. own: a key that nobody else has, until the pair is another one.

    managers: who they are, as the password says; empty in a slot of an older program.
    is_next: it is a slot of what was made ready and did not take the place of `keys.json` yet. seed: signs what its
    owner writes.
    """

    keys: Keys
    user_id: UserId
    role: Role
    slot_id: str
    device_bound: bool
    training: bool
    shelter: str
    own: bytes | None = field(default=None, repr=False)
    is_next: bool = False
    managers: bytes = b""
    seed: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Header:
    """What can be known before anybody has signed in.

    uses_device_secret: at least one password needs it; needs_device_secret: no password opens it without.
    """

    shelter: str
    training: bool
    needs_device_secret: bool
    uses_device_secret: bool = False


def new_shelter_id() -> str:
    """A random number for a new shelter."""
    return secrets.token_hex(16)


def create(
    folder: Path,
    name: str,
    password: str,
    role: Role,
    user_id: UserId,
    device_secret: bytes | None,
    *,
    training: bool = False,
    shelter: str | None = None,
    cost: KdfCost = REAL_COST,
    seed: bytes = b"",
) -> tuple[Keys, str]:
    """New keys with the slot of the first user and that of a recovery key, which is returned in its printed form.

    shelter: a number from `new_shelter_id` under which the device secret was stored. seed: signs what the first user
    writes, a new one where there is none. The password is not judged here.
    Raises ShelterExists, DiskFull, ReadOnly, ValueError for a cost below the floor.
    """
    check_cost(cost)
    if (folder / FILE).exists():
        raise ShelterExists(str(folder))
    keys = new_keys()
    file = KeyFile(shelter or new_shelter_id(), training, Kdf(os.urandom(slots.SALT), cost), ())
    recovery_key = new_recovery_key()
    managers = pairs.public_of(management(keys))
    first = _user_slot(file, held(keys, role), name, password, role, user_id, device_secret, 1, managers, seed=seed)
    whole = replace(file, slots=(first, recovery_slot(file, keys, user_id, recovery_key, 1)))
    names = {user_id: account_names.sealed(file.shelter, user_id, name, keys.database)}
    key_file.write(folder, whole.signed(management(keys), turn=1, names=names))
    return held(keys, role), recovery_key


def read_header(folder: Path) -> Header:
    """What the folder holds, without any secret. Raises NoShelter, Damaged("keys"), TooNew."""
    file = key_file.read(folder)
    users = [slot for slot in file.slots if slot.kind == USER]
    bound = [slot.is_device_bound for slot in users]
    return Header(file.shelter, file.training, bool(bound) and all(bound), any(bound))


def add_slot(
    folder: Path,
    keys: Keys,
    name: str,
    password: str,
    role: Role,
    user_id: UserId,
    device_secret: bytes | None,
    *,
    cost: KdfCost | None = None,
) -> str:
    """Give another user a slot with the keys of the role, and return its id.

    Raises ValueError where `keys` lacks one that the role holds, or the user has a slot.
    """
    if any(slot.kind == USER and slot.user == user_id for slot in key_file.read(folder).slots):
        raise ValueError("the user has a slot")
    return replace_slot(folder, keys, name, password, role, user_id, device_secret, cost=cost)


def replace_slot(
    folder: Path,
    keys: Keys,
    name: str,
    password: str,
    role: Role,
    user_id: UserId,
    device_secret: bytes | None,
    *,
    cost: KdfCost | None = None,
    after: int = 0,
    into: str = FILE,
) -> str:
    """A new slot in place of what the user had: a new password, another role, or bound to this computer after recovery.

    keys: of a manager. cost: None for that of the file, the usual one where that is below the floor; else kept in the
    slot. after: the last turn that is known elsewhere. Raises ValueError as `add_slot` and for a cost below the floor,
    DiskFull, ReadOnly, Damaged("keys") where the list is not that of the managers.
    """
    file = _managed(folder, keys)
    if cost is None and not is_enough(file.kdf.cost):
        cost = REAL_COST
    check_cost(file.kdf.cost if cost is None else cost)
    own = None if cost is None or cost == file.kdf.cost else Kdf(os.urandom(slots.SALT), cost)
    turn = next_turn(file, after)
    managers = pairs.public_of(management(keys))
    made = _user_slot(file, held(keys, role), name, password, role, user_id, device_secret, turn, managers, own)
    others = tuple(slot for slot in file.slots if slot.owner != made.owner)
    names = {user_id: account_names.sealed(file.shelter, user_id, name, keys.database)}
    whole = replace(file, slots=(*others, made)).signed(management(keys), turn=turn, names=names)
    key_file.write(folder, whole, into)
    return made.id


def replace_own_slot(
    folder: Path, name: str, old: str, new: str, device_secret: bytes | None, *, after: int = 0, into: str = FILE
) -> None:
    """Another password for somebody who is no manager: a new pair of keys, with the proof that it is theirs.

    In a slot that an older program made the pair stays. A cost below the floor becomes the usual one. Raises
    WrongPassword, DiskFull, ReadOnly, KeysOutdated where no manager opened the shelter with this version yet,
    Damaged("keys") where the list is not that of the managers.
    """
    file = key_file.read(folder)
    for slot in file.slots:
        if slot.kind != USER or not is_reachable(slot, device_secret) or not file.is_listed(slot):
            continue
        kdf = file.kdf_of(slot)
        found = file.unwrap(slot, joined(stretch(name, old, kdf.salt, kdf.cost), slot, device_secret))
        if found is None:
            continue
        held_by_slot, private = found
        if private is None:
            continue
        if not file.is_signed(private.managers):
            raise Damaged("keys", str(folder / FILE))
        fresh = slots.new_slot(USER, slot.user, slot.role, device_secret, next_turn(file, after))
        fresh = replace(fresh, kdf=slot.kdf if is_enough(kdf.cost) else Kdf(os.urandom(slots.SALT), REAL_COST))
        used = file.kdf_of(fresh)
        secret = joined(stretch(name, new, used.salt, used.cost), fresh, device_secret)
        if private.seed:
            made = file.proven(file.wrap(fresh, secret, held_by_slot, private.managers, private.seed), private.seed)
        else:
            made = file.rewrapped(replace(fresh, public=slot.public, bundle=slot.bundle), secret, private)
        made = file.marked(made, bytes.fromhex(held_by_slot[KeyName.DATABASE.value]))
        key_file.write(folder, replace(file, slots=tuple(made if one is slot else one for one in file.slots)), into)
        return
    if file.vouched is None:
        raise KeysOutdated
    raise WrongPassword


def remove_slot(folder: Path, keys: Keys, user_id: UserId, *, after: int = 0, into: str = FILE) -> None:
    """The user cannot open the shelter any more; somebody who kept a copy of the folder still can open that."""
    file, leaving = _managed(folder, keys), (USER, int(user_id))
    left = replace(file, slots=tuple(slot for slot in file.slots if slot.owner != leaving))
    key_file.write(folder, left.signed(management(keys), turn=next_turn(file, after), leaving=leaving), into)


def replace_recovery_key(folder: Path, keys: Keys, user_id: UserId, after: int = 0, into: str = FILE) -> str:
    """A new recovery key in its printed form; the old one opens nothing from now on, but for older backups.

    after: the last turn that is known elsewhere.
    """
    file = _managed(folder, keys)
    recovery_key, turn = new_recovery_key(), next_turn(file, after)
    others = tuple(slot for slot in file.slots if slot.kind != RECOVERY)
    whole = replace(file, slots=(*others, recovery_slot(file, keys, user_id, recovery_key, turn)))
    key_file.write(folder, whole.signed(management(keys), turn=turn), into)
    return recovery_key


def _managed(folder: Path, keys: Keys) -> KeyFile:
    """The slots that the managers listed: nothing else is signed anew. Raises Damaged("keys") where the list is not
    theirs, ValueError for keys that are no manager's.
    """
    file = key_file.read(folder)
    if not file.is_signed(pairs.public_of(management(keys))):
        raise Damaged("keys", str(folder / FILE))
    return file.listed_alone()


def vouch(folder: Path, keys: Keys, after: int = 0, *, box: bytes | None = None, lines: int | None = None) -> None:
    """Sign the public key of the box, or from which line of the journal on each is signed; None for what is there.

    Raises DiskFull, ReadOnly, Damaged("keys") as `replace_slot`.
    """
    file = _managed(folder, keys)
    key_file.write(folder, file.signed(management(keys), turn=next_turn(file, after), box=box, lines=lines))


def sign_names(folder: Path, keys: Keys, named: Mapping[UserId, str], after: int = 0) -> None:
    """Sign what these accounts are called, as far as they are on the list. Raises as `vouch`."""
    file = _managed(folder, keys)
    key_file.write(folder, with_names(file, keys, named, next_turn(file, after)))


def with_names(file: KeyFile, keys: Keys, named: Mapping[UserId, str], turn: int) -> KeyFile:
    """The file with these names signed; nothing is written."""
    told = {user: account_names.sealed(file.shelter, user, name, keys.database) for user, name in named.items()}
    return file.signed(management(keys), turn=turn, names=told)


def new_keys() -> Keys:
    """All keys of a shelter, random."""
    return Keys(*(secrets.token_bytes(pairs.SIZE) for _ in KeyName))


def management(keys: Keys) -> bytes:
    """What signs the list. Raises ValueError for a role that does not hold it."""
    if keys.management is None:
        raise ValueError("a key of the role is not at hand")
    return keys.management


def held(keys: Keys, role: Role) -> Keys:
    """The keys that the role may have. Raises ValueError where one is not at hand."""
    held = {key.value: getattr(keys, key.value) for key in KEYS_HELD[role]}
    if None in held.values():
        raise ValueError("a key of the role is not at hand")
    return Keys(**held)


def within(keys: Keys, role: Role) -> Keys:
    """These keys without those that the role does not hold: a slot of before 0.3 gave the night reception all names."""
    return Keys(**{key.value: getattr(keys, key.value) for key in KEYS_HELD[role]})


def _user_slot(
    file: KeyFile,
    keys: Keys,
    name: str,
    password: str,
    role: Role,
    user_id: UserId,
    device_secret: bytes | None,
    turn: int,
    managers: bytes,
    kdf: Kdf | None = None,
    seed: bytes = b"",
) -> Slot:
    slot = replace(slots.new_slot(USER, user_id, role, device_secret, turn), kdf=kdf)
    used = file.kdf_of(slot)
    stretched = stretch(name, password, used.salt, used.cost)
    made = file.wrap(slot, joined(stretched, slot, device_secret), bundle(keys), managers, seed)
    return file.marked(made, keys.database)


def recovery_slot(file: KeyFile, keys: Keys, user_id: UserId, recovery_key: str, turn: int) -> Slot:
    slot = slots.new_slot(RECOVERY, user_id, Role.DIRECTOR, None, turn)
    secret = read_recovery_key(recovery_key).encode()
    made = file.wrap(slot, secret, bundle(held(keys, Role.DIRECTOR)), pairs.public_of(management(keys)))
    return file.marked(made, keys.database)


def is_reachable(slot: Slot, device_secret: bytes | None) -> bool:
    if not slot.is_device_bound:
        return True
    return device_secret is not None and slots.device_tag(device_secret, slot.id) == slot.device_tag


def joined(stretched: bytes, slot: Slot, device_secret: bytes | None) -> bytes:
    return stretched + device_secret if slot.is_device_bound and device_secret is not None else stretched


def bundle(keys: Keys) -> dict[str, str]:
    given = {key.value: getattr(keys, key.value) for key in KeyName}
    return {key: value.hex() for key, value in given.items() if value is not None}
