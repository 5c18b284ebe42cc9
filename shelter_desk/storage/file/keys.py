"""Who may open the shelter, and with which keys: one slot per user, one for the recovery key (house.md section 2).

A password slot opens with Argon2id of the name and the password, joined with the secret of the computer; so a wrong
name, a wrong password and an unknown user are the same outcome and cost one call of Argon2id.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from shelter_desk.domain.errors import DeviceSecretMissing, ShelterExists, Trouble, WrongPassword, WrongRecoveryKey
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import KEYS_HELD, KeyName, Role
from shelter_desk.storage.file import slots
from shelter_desk.storage.file.passwords import REAL_COST, KdfCost, calibrated, check_password, stretch
from shelter_desk.storage.file.recovery import new_recovery_key, read_recovery_key
from shelter_desk.storage.file.slots import FILE, RECOVERY, USER, Kdf, KeyFile, Slot

__all__ = [
    "FILE",
    "REAL_COST",
    "Header",
    "KdfCost",
    "Keys",
    "OpenedKeys",
    "add_slot",
    "altered",
    "calibrated",
    "check_password",
    "create",
    "known_here",
    "mark",
    "new_keys",
    "new_recovery_key",
    "new_shelter_id",
    "open_with_password",
    "open_with_recovery_key",
    "read_header",
    "read_recovery_key",
    "refilled",
    "remove_slot",
    "replace_recovery_key",
    "replace_slot",
    "turns",
    "with_recovery_key",
]

SIZE = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a role holds; None for those it does not."""

    database: bytes = field(repr=False)
    identity: bytes | None = field(default=None, repr=False)
    protection: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class OpenedKeys:
    """What a slot gave, and whose it is. own: a key that nobody else has, until the password is another one."""

    keys: Keys
    user_id: UserId
    role: Role
    slot_id: str
    device_bound: bool
    training: bool
    shelter: str
    own: bytes | None = field(default=None, repr=False)


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
) -> tuple[Keys, str]:
    """New keys with the slot of the first user and that of a recovery key, which is returned in its printed form.

    shelter: a number from `new_shelter_id` under which the device secret was stored. The password is not judged here.
    Raises ShelterExists, DiskFull, ReadOnly.
    """
    if (folder / FILE).exists():
        raise ShelterExists(str(folder))
    keys = new_keys()
    file = KeyFile(shelter or new_shelter_id(), training, Kdf(os.urandom(slots.SALT), cost), ())
    recovery_key = new_recovery_key()
    first = _user_slot(file, _held(keys, role), name, password, role, user_id, device_secret, 1)
    slots.write(folder, replace(file, slots=(first, _recovery_slot(file, keys, user_id, recovery_key, 1))))
    return _held(keys, role), recovery_key


def read_header(folder: Path) -> Header:
    """What the folder holds, without any secret. Raises NoShelter, Damaged("keys"), TooNew."""
    file = slots.read(folder)
    users = [slot for slot in file.slots if slot.kind == USER]
    bound = [slot.is_device_bound for slot in users]
    return Header(file.shelter, file.training, bool(bound) and all(bound), any(bound))


def open_with_password(folder: Path, name: str, password: str, device_secret: bytes | None) -> OpenedKeys:
    """The keys of the user with this name and password.

    Raises WrongPassword for a wrong name as well, DeviceSecretMissing when no slot can be opened on this computer, and
    what `read_header` raises.
    """
    file = slots.read(folder)
    reachable = [slot for slot in file.slots if slot.kind == USER and _is_reachable(slot, device_secret)]
    if not reachable:
        raise DeviceSecretMissing
    stretched: dict[Kdf, bytes] = {}
    for slot in reachable:
        kdf = file.kdf_of(slot)
        if kdf not in stretched:
            stretched[kdf] = stretch(name, password, kdf.salt, kdf.cost)
        secret = _joined(stretched[kdf], slot, device_secret)
        opened = _opened(file, slot, secret)
        if opened is not None:
            return opened if slot.public else replace(opened, own=_pair(folder, file, slot, secret, opened.keys))
    raise WrongPassword(others_elsewhere=len(reachable) < sum(slot.kind == USER for slot in file.slots))


def known_here(folder: Path, device_secret: bytes | None) -> set[UserId]:
    """Whose password can open the shelter on this computer."""
    found = (slot for slot in slots.read(folder).slots if slot.kind == USER and _is_reachable(slot, device_secret))
    return {UserId(slot.user) for slot in found}


def _pair(folder: Path, file: KeyFile, slot: Slot, secret: bytes, keys: Keys) -> bytes | None:
    """Give a slot of the first format its pair of keys, and return the key of its own that comes with it.

    Where the disk refuses, the slot stays as it was and has none.
    """
    paired = file.wrap(slot, secret, _bundle(keys))
    try:
        slots.write(folder, replace(file, slots=tuple(paired if one is slot else one for one in file.slots)))
    except Trouble:
        return None
    return file.own_key(paired, secret)


def open_with_recovery_key(folder: Path, recovery_key: str) -> OpenedKeys:
    """All keys, on any computer; the user is the one the recovery key was made by.

    Raises WrongRecoveryKey, and what `read_header` raises.
    """
    secret = read_recovery_key(recovery_key).encode()
    file = slots.read(folder)
    for slot in file.slots:
        if slot.kind == RECOVERY:
            opened = _opened(file, slot, secret)
            if opened is not None:
                return opened
    raise WrongRecoveryKey


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
    if any(slot.kind == USER and slot.user == user_id for slot in slots.read(folder).slots):
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
) -> str:
    """A new slot in place of what the user had: a new password, another role, or bound to this computer after recovery.

    cost: None for that of the file, else kept in the slot. after: the last turn that is known elsewhere.
    Raises ValueError as `add_slot`, DiskFull, ReadOnly.
    """
    file = slots.read(folder)
    own = None if cost is None or cost == file.kdf.cost else Kdf(os.urandom(slots.SALT), cost)
    turn = _next_turn(file, after)
    made = _user_slot(file, _held(keys, role), name, password, role, user_id, device_secret, turn, own)
    others = tuple(slot for slot in file.slots if slot.kind != USER or slot.user != user_id)
    slots.write(folder, replace(file, slots=(*others, made)))
    return made.id


def remove_slot(folder: Path, user_id: UserId) -> None:
    """The user cannot open the shelter any more; somebody who kept a copy of the folder still can open that."""
    file = slots.read(folder)
    others = tuple(slot for slot in file.slots if slot.kind != USER or slot.user != user_id)
    slots.write(folder, replace(file, slots=others))


def replace_recovery_key(folder: Path, keys: Keys, user_id: UserId, after: int = 0) -> str:
    """A new recovery key in its printed form; the old one opens nothing from now on, but for older backups.

    after: the last turn that is known elsewhere.
    """
    file = slots.read(folder)
    recovery_key = new_recovery_key()
    others = tuple(slot for slot in file.slots if slot.kind != RECOVERY)
    made = _recovery_slot(file, keys, user_id, recovery_key, _next_turn(file, after))
    slots.write(folder, replace(file, slots=(*others, made)))
    return recovery_key


def turns(folder: Path) -> dict[int, int]:
    """The turn of the slot of each user, and that of the recovery key under 0."""
    return {0 if slot.kind == RECOVERY else slot.user: slot.turn for slot in slots.read(folder).slots}


def _next_turn(file: KeyFile, after: int = 0) -> int:
    return 1 + max(after, *(slot.turn for slot in file.slots), 0)


@dataclass(frozen=True, slots=True)
class Altered:
    """Whose slots were altered since they were made, and whether the one of the recovery key was, or is gone."""

    users: tuple[UserId, ...]
    recovery: bool

    def __bool__(self) -> bool:
        return bool(self.users) or self.recovery


def altered(folder: Path, keys: Keys) -> Altered:
    """What in the file opens nothing any more, found without a password. Raises what `read_header` raises."""
    file = slots.read(folder)
    wrong = [slot for slot in file.slots if slot.mac and not file.is_whole(slot, keys.database)]
    has_recovery = any(slot.kind == RECOVERY for slot in file.slots)
    users = tuple(UserId(slot.user) for slot in wrong if slot.kind == USER)
    return Altered(users, not has_recovery or any(slot.kind == RECOVERY for slot in wrong))


def mark(folder: Path, keys: Keys) -> None:
    """Give the slots of an older program the mac that `altered` looks at. Raises DiskFull, ReadOnly."""
    file = slots.read(folder)
    if not all(slot.mac for slot in file.slots):
        marked = (slot if slot.mac else file.marked(slot, keys.database) for slot in file.slots)
        slots.write(folder, replace(file, slots=tuple(marked)))


def new_keys() -> Keys:
    """All keys of a shelter, random."""
    return Keys(*(secrets.token_bytes(SIZE) for _ in KeyName))


def refilled(folder: Path, old: Keys, new: Keys, people: Mapping[UserId, Role]) -> tuple[KeyFile, set[UserId]]:
    """The file of the slots with other keys in them, and who is left without: nothing is written.

    people: who may open the shelter, and as what. Slots of others are left out; so is one that nobody with the old keys
    vouched for, and one of the first format whose owner has not come since. Raises what `read_header` raises.
    """
    file = slots.read(folder)
    kept = []
    for slot in file.slots:
        role = Role.DIRECTOR if slot.kind == RECOVERY else people.get(UserId(slot.user))
        if role is slot.role and file.is_vouched(slot, _bundle(old)):
            kept.append(file.filled(slot, _bundle(_held(new, role))))
    reached = {UserId(slot.user) for slot in kept if slot.kind == USER}
    return replace(file, slots=tuple(kept)), set(people) - reached


def with_recovery_key(file: KeyFile, keys: Keys, user_id: UserId) -> tuple[KeyFile, str | None]:
    """The file with a slot for a recovery key, and that key where there was none and it had to be made."""
    if any(slot.kind == RECOVERY for slot in file.slots):
        return file, None
    recovery_key = new_recovery_key()
    made = _recovery_slot(file, keys, user_id, recovery_key, _next_turn(file))
    return replace(file, slots=(*file.slots, made)), recovery_key


def _held(keys: Keys, role: Role) -> Keys:
    """The keys that the role may have. Raises ValueError where one is not at hand."""
    held = {key.value: getattr(keys, key.value) for key in KEYS_HELD[role]}
    if None in held.values():
        raise ValueError("a key of the role is not at hand")
    return Keys(**held)


def _user_slot(
    file: KeyFile,
    keys: Keys,
    name: str,
    password: str,
    role: Role,
    user_id: UserId,
    device_secret: bytes | None,
    turn: int,
    kdf: Kdf | None = None,
) -> Slot:
    slot = replace(slots.new_slot(USER, user_id, role, device_secret, turn), kdf=kdf)
    used = file.kdf_of(slot)
    stretched = stretch(name, password, used.salt, used.cost)
    return file.wrap(slot, _joined(stretched, slot, device_secret), _bundle(keys))


def _recovery_slot(file: KeyFile, keys: Keys, user_id: UserId, recovery_key: str, turn: int) -> Slot:
    slot = slots.new_slot(RECOVERY, user_id, Role.DIRECTOR, None, turn)
    return file.wrap(slot, read_recovery_key(recovery_key).encode(), _bundle(_held(keys, Role.DIRECTOR)))


def _is_reachable(slot: Slot, device_secret: bytes | None) -> bool:
    if not slot.is_device_bound:
        return True
    return device_secret is not None and slots.device_tag(device_secret, slot.id) == slot.device_tag


def _joined(stretched: bytes, slot: Slot, device_secret: bytes | None) -> bytes:
    return stretched + device_secret if slot.is_device_bound and device_secret is not None else stretched


def _bundle(keys: Keys) -> dict[str, str]:
    given = {key.value: getattr(keys, key.value) for key in KeyName}
    return {key: value.hex() for key, value in given.items() if value is not None}


def _opened(file: KeyFile, slot: Slot, secret: bytes) -> OpenedKeys | None:
    bundle = file.unwrap(slot, secret)
    if bundle is None:
        return None
    keys = Keys(**{key.value: bytes.fromhex(bundle[key.value]) for key in KeyName if key.value in bundle})
    own = file.own_key(slot, secret)
    return OpenedKeys(
        keys, UserId(slot.user), slot.role, slot.id, slot.is_device_bound, file.training, file.shelter, own
    )
