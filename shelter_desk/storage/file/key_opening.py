"""What a password, or the recovery key, opens; files of older programs are brought over on the way."""

import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from shelter_desk.domain.errors import (
    Damaged,
    DeviceSecretMissing,
    TooNew,
    Trouble,
    WrongPassword,
    WrongRecoveryKey,
)
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import KeyName, Role
from shelter_desk.storage.file import key_file, keys, slots
from shelter_desk.storage.file.keys import FILE, NEXT, Keys, OpenedKeys
from shelter_desk.storage.file.passwords import stretch
from shelter_desk.storage.file.recovery import read_recovery_key
from shelter_desk.storage.file.slots import RECOVERY, USER, Kdf, KeyFile, Private, Slot


def prepare() -> None:
    """Load what the first signature of a process would load."""
    slots.public_of(bytes(slots.SIZE))


def open_with_password(folder: Path, name: str, password: str, device_secret: bytes | None) -> OpenedKeys:
    """The keys of the user with this name and password.

    Raises WrongPassword for a wrong name as well, DeviceSecretMissing when no slot can be opened on this computer,
    Damaged("keys") where the list of slots is not what a manager signed, and what `read_header` raises.
    """
    try:
        return _opened_in(folder, FILE, name, password, device_secret)
    except WrongPassword:
        if (folder / NEXT).exists():
            with suppress(WrongPassword, DeviceSecretMissing, Damaged, TooNew):  # of the file in use it is said
                return _opened_in(folder, NEXT, name, password, device_secret)
        raise


def _opened_in(folder: Path, which: str, name: str, password: str, device_secret: bytes | None) -> OpenedKeys:
    file = key_file.read(folder, which)
    reachable = [slot for slot in file.slots if slot.kind == USER and keys.is_reachable(slot, device_secret)]
    if not reachable:
        raise DeviceSecretMissing
    stretched: dict[Kdf, bytes] = {}
    for slot in reachable:
        kdf = file.kdf_of(slot)
        if kdf not in stretched:
            stretched[kdf] = stretch(name, password, kdf.salt, kdf.cost)
        opened = _opened(folder, which, file, slot, keys.joined(stretched[kdf], slot, device_secret))
        if opened is not None:
            return opened
    raise WrongPassword(others_elsewhere=len(reachable) < sum(slot.kind == USER for slot in file.slots))


def known_here(folder: Path, device_secret: bytes | None) -> set[UserId]:
    """Whose password can open the shelter on this computer."""
    found = (
        slot for slot in key_file.read(folder).slots if slot.kind == USER and keys.is_reachable(slot, device_secret)
    )
    return {UserId(slot.user) for slot in found}


def open_with_recovery_key(folder: Path, recovery_key: str) -> OpenedKeys:
    """All keys, on any computer; the user is the one the recovery key was made by.

    Raises WrongRecoveryKey, and what `open_with_password` raises of the file.
    """
    secret = read_recovery_key(recovery_key).encode()
    opened = _recovered(folder, FILE, secret)
    if opened is None and (folder / NEXT).exists():
        with suppress(Damaged, TooNew):
            opened = _recovered(folder, NEXT, secret)
    if opened is None:
        raise WrongRecoveryKey
    return opened


def _recovered(folder: Path, which: str, secret: bytes) -> OpenedKeys | None:
    file = key_file.read(folder, which)
    found = (_opened(folder, which, file, slot, secret) for slot in file.slots if slot.kind == RECOVERY)
    return next((one for one in found if one is not None), None)


def _opened(folder: Path, which: str, file: KeyFile, slot: Slot, secret: bytes) -> OpenedKeys | None:
    """What the slot gives, None where that is not its secret or no manager listed it. Raises Damaged("keys")."""
    found = file.unwrap(slot, secret)
    if found is None:
        return None
    given, private = found
    if file.vouched is not None and private is not None:
        if not file.is_signed(private.managers):
            raise Damaged("keys", str(folder / which))
        if not file.is_listed(slot):
            return None
    held = Keys(**{key.value: bytes.fromhex(given[key.value]) for key in KeyName if key.value in given})
    if which == FILE and _is_brought_over(folder, file, slot, secret, private, held):
        file = key_file.read(folder)
        slot = next(one for one in file.slots if one.id == slot.id)
        return _opened(folder, which, file, slot, secret)
    return OpenedKeys(
        held,
        UserId(slot.user),
        slot.role,
        slot.id,
        slot.is_device_bound,
        file.training,
        file.shelter,
        slots.own_key(private),
        is_next=which == NEXT,
        managers=file.vouched.managers if file.vouched and private and private.managers else b"",
    )


def _is_brought_over(
    folder: Path, file: KeyFile, slot: Slot, secret: bytes, private: Private | None, held: Keys
) -> bool:
    """Whether the file was written anew: one of an older program gets its list when a manager opens it, and each slot
    says who the managers are once its owner came. Where the disk refuses, all stays as it was.

    The recovery key of an older program begins a list of its own where there is one already.
    """
    is_manager = slot.role is Role.DIRECTOR and None not in (held.identity, held.protection)
    try:
        if is_manager and held.management is None and (file.vouched is None or slot.kind == RECOVERY):
            whole = replace(held, management=secrets.token_bytes(slots.SIZE))
            _list_all(folder, file, slot, secret, private, whole)
            return True
        if file.vouched is not None and private is not None and private.managers != file.vouched.managers:
            known = file.rewrapped(slot, secret, replace(private, managers=file.vouched.managers))
            known = file.marked(known, held.database)
            others = tuple(known if one is slot else one for one in file.slots)
            key_file.write(folder, replace(file, slots=others))
            return True
    except Trouble:
        pass
    return False


def _list_all(folder: Path, file: KeyFile, own: Slot, secret: bytes, private: Private | None, held: Keys) -> None:
    """List the slots that somebody with the keys made, one for each user; who has two is asked to come to a manager.

    Slots of the first format have no pair that could be listed, and open as they did.
    """
    signing = keys.management(held)
    managers, kept = slots.public_of(signing), []
    for slot in file.slots:
        if slot is own and private is None:
            kept.append(file.wrap(slot, secret, keys.bundle(held), managers))
        elif slot is own and private is not None:
            known = replace(private, seed=secrets.token_bytes(slots.SIZE), managers=managers)
            kept.append(file.filled(file.rewrapped(slot, secret, known), keys.bundle(held)))
        elif not slot.public:
            kept.append(slot)
        elif _is_known(file, slot, held.database):
            kept.append(file.filled(slot, keys.bundle(keys.held(held, slot.role))))
    marked = tuple(file.marked(slot, held.database) if slot.public else slot for slot in kept)
    key_file.write(folder, replace(file, slots=marked).signed(signing, turn=keys.next_turn(file)))


def _is_known(file: KeyFile, slot: Slot, database: bytes) -> bool:
    if file.vouched is not None:
        return file.is_listed(slot)
    alone = sum(one.owner == slot.owner for one in file.slots) == 1
    return alone and file.is_vouched(slot, database) and (not slot.mac or file.is_whole(slot, database))
