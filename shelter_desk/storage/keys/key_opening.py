"""What a password, or the recovery key, opens; files of older programs are brought over on the way."""

import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import (
    Damaged,
    DeviceSecretMissing,
    SlotOutdated,
    TooNew,
    Trouble,
    WrongPassword,
    WrongRecoveryKey,
)
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import KeyName, Role
from shelter_desk.storage.keys import key_file, keys, pairs, slot_list, slots
from shelter_desk.storage.keys.keys import FILE, NEXT, Keys, OpenedKeys
from shelter_desk.storage.keys.passwords import stretch
from shelter_desk.storage.keys.recovery import read_recovery_key
from shelter_desk.storage.keys.slots import RECOVERY, USER, Kdf, KeyFile, Private, Slot

MOST_APART = 16  # slots of a file without a list that are stretched for themselves


def prepare() -> None:
    """Load what the first signature and the first slot of a process would load."""
    pairs.public_of(bytes(pairs.SIZE))
    pairs.sealed_to(bytes([9, *bytes(pairs.SIZE - 1)]), b"", b"")  # to the base point: nobody's key


def open_with_password(folder: Path, name: str, password: str, device_secret: bytes | None) -> OpenedKeys:
    """The keys of the user with this name and password.

    Raises WrongPassword for a wrong name as well, DeviceSecretMissing when no slot can be opened on this computer,
    SlotOutdated, Damaged("keys") where the list of slots is not what a manager signed or was taken away, and what
    `read_header` raises.
    """
    try:
        return _opened_in(folder, FILE, name, password, device_secret)
    except WrongPassword:
        if held_files.is_there(folder / NEXT):
            with suppress(
                WrongPassword, DeviceSecretMissing, SlotOutdated, Damaged, TooNew
            ):  # of the file in use it is said
                return _opened_in(folder, NEXT, name, password, device_secret)
        raise


def _opened_in(folder: Path, which: str, name: str, password: str, device_secret: bytes | None) -> OpenedKeys:
    file = key_file.read(folder, which)
    everybody = [slot for slot in _tried(folder, which, file) if slot.kind == USER]
    reachable = [slot for slot in everybody if keys.is_reachable(slot, device_secret)]
    if everybody and not reachable:
        raise DeviceSecretMissing
    stretched: dict[Kdf, bytes] = {}
    is_outdated = False
    for slot in reachable:
        kdf = file.kdf_of(slot)
        if kdf not in stretched:
            stretched[kdf] = stretch(name, password, kdf.salt, kdf.cost)
        try:
            opened = _opened(folder, which, file, slot, keys.joined(stretched[kdf], slot, device_secret))
        except SlotOutdated:  # their newer one may come behind it
            is_outdated = True
            continue
        if opened is not None:
            return opened
    if is_outdated:
        raise SlotOutdated
    raise WrongPassword(others_elsewhere=len(reachable) < len(everybody))


def _tried(folder: Path, which: str, file: KeyFile) -> list[Slot]:
    """The slots that a secret is tried on. Beside a list what nobody listed costs nothing, whatever cost it names.

    Raises Damaged("keys") for a list that those whom it names did not sign, and for more costs than any program gives.
    """
    if file.vouched is None:
        found = list(file.slots)
    elif not file.is_signed():
        raise Damaged("keys", str(folder / which))
    else:
        found = [slot for slot in file.slots if file.is_listed(slot)]
        found += [slot for slot in file.slots if file.is_waiting(slot) and slot.kdf is None]
    own = {slot.kdf for slot in found if slot.kdf is not None}
    most = MOST_APART if file.vouched is None else len(own)
    if len(own) > most or len({kdf.cost for kdf in own} | {file.kdf.cost}) > keys.MOST_COSTS:
        raise Damaged("keys", str(folder / which))
    return found


def known_here(folder: Path, device_secret: bytes | None) -> set[UserId]:
    """Whose password can open the shelter on this computer."""
    found = _tried(folder, FILE, key_file.read(folder))
    return {UserId(one.user) for one in found if one.kind == USER and keys.is_reachable(one, device_secret)}


def open_with_recovery_key(folder: Path, recovery_key: str) -> OpenedKeys:
    """All keys, on any computer; the user is the one the recovery key was made by.

    Raises WrongRecoveryKey, and what `open_with_password` raises of the file.
    """
    secret = read_recovery_key(recovery_key).encode()
    opened = _recovered(folder, FILE, secret)
    if opened is None and held_files.is_there(folder / NEXT):
        with suppress(SlotOutdated, Damaged, TooNew):
            opened = _recovered(folder, NEXT, secret)
    if opened is None:
        raise WrongRecoveryKey
    return opened


def _recovered(folder: Path, which: str, secret: bytes) -> OpenedKeys | None:
    file = key_file.read(folder, which)
    found = (
        _opened(folder, which, file, slot, secret) for slot in _tried(folder, which, file) if slot.kind == RECOVERY
    )
    return next((one for one in found if one is not None), None)


def _opened(folder: Path, which: str, file: KeyFile, slot: Slot, secret: bytes) -> OpenedKeys | None:
    """What the slot gives, None where that is not its secret or no manager listed it.

    Raises SlotOutdated, and Damaged("keys") where the list is gone or not that of the managers that the password knows.
    """
    known = file.private(slot, secret)
    if known is None:
        return None
    if file.vouched is not None and not slot.knows_managers:
        raise SlotOutdated
    is_listless = file.vouched is None and (known.managers or known.seed)
    if is_listless or (file.vouched is not None and not file.is_signed(known.managers)):
        raise Damaged("keys", str(folder / which))
    found = file.unwrap(slot, secret)
    if found is None or (file.vouched is not None and not file.is_listed(slot)):
        return None
    given, private = found
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
        seed=b"" if private is None else private.seed,
    )


def _is_brought_over(
    folder: Path, file: KeyFile, slot: Slot, secret: bytes, private: Private | None, held: Keys
) -> bool:
    """Whether the file was written anew: one of an older program gets its list when a manager opens it, and each slot
    says who the managers are now once its owner came. Where the disk refuses, all stays as it was.
    """
    is_manager = slot.role is Role.DIRECTOR and None not in (held.identity, held.protection)
    try:
        if is_manager and held.management is None and file.vouched is None:
            whole = replace(held, management=secrets.token_bytes(pairs.SIZE))
            _list_all(folder, file, slot, secret, private, whole)
            return True
        if file.vouched is not None and private is not None and private.managers != file.vouched.managers:
            known = file.rewrapped(slot, secret, replace(private, managers=file.vouched.managers))
            known = file.marked(file.proven(known, private.seed), held.database)
            others = tuple(known if one is slot else one for one in file.slots)
            key_file.write(folder, replace(file, slots=others))
            return True
    except Trouble:
        pass
    return False


def _list_all(folder: Path, file: KeyFile, own: Slot, secret: bytes, private: Private | None, held: Keys) -> None:
    """List the slot of who came. The others cannot be told from what somebody put in their place: they wait for another
    one, and open nothing until then.
    """
    signing = keys.management(held)
    managers = pairs.public_of(signing)
    if private is None:
        made = file.wrap(own, secret, keys.bundle(held), managers)
    else:
        known = replace(private, seed=secrets.token_bytes(pairs.SIZE), managers=managers)
        made = file.filled(file.rewrapped(own, secret, known), keys.bundle(held))
    others = tuple(slot for slot in file.slots if slot.owner != own.owner)
    whole = replace(file, slots=(file.marked(made, held.database), *others))
    key_file.write(folder, whole.signed(signing, turn=slot_list.next_turn(file)))
