"""What the list of slots says, which managers sign (decision 008): who is what, with which keys, of which turn."""

from dataclasses import dataclass
from pathlib import Path

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.storage.keys import account_names, key_file
from shelter_desk.storage.keys.key_file import FILE
from shelter_desk.storage.keys.slots import RECOVERY, USER, KeyFile, Vouched

LIST = -1  # under this number the turn of the list of slots, beside those of the users; 0 is the recovery key


@dataclass(frozen=True, slots=True)
class LineSigner:
    """A key that signs lines of the journal, of whom, as what, and from which line on. Another role comes with another
    key. user: 0 for whoever holds the recovery key. since: 0 on the list itself.
    """

    user: int
    role: str
    public: bytes
    since: int = 0


def roles(folder: Path, managers: bytes = b"") -> dict[UserId, Role]:
    """What each user is, as a manager signed it, with a slot or waiting for one; empty in a file of an older program.

    managers: who they are, empty for those that the list names. Raises Damaged("keys") for a list of others.
    """
    vouched = _signed(folder, managers)
    listed = () if vouched is None else vouched.slots
    return {UserId(one.user): Role(one.role) for one in listed if one.kind == USER and one.role}


def on_list(folder: Path) -> set[UserId]:
    """Who is on the list, with a slot or waiting for one."""
    vouched = key_file.read(folder).vouched
    return {UserId(one.user) for one in vouched.slots if one.kind == USER} if vouched else set()


def names(folder: Path, database: bytes) -> dict[UserId, str]:
    """What each account on the list is called, as a manager signed it; who is missing nobody named."""
    file = key_file.read(folder)
    listed = file.vouched.slots if file.vouched else ()
    found = {
        UserId(one.user): account_names.opened(file.shelter, one.user, one.name, database)
        for one in listed
        if one.kind == USER
    }
    return {user: name for user, name in found.items() if name}


def unlisted(folder: Path, which: str = FILE) -> set[tuple[str, int]]:
    """Whose slots no manager listed, in a file with a list."""
    file = key_file.read(folder, which)
    return set() if file.vouched is None else {slot.owner for slot in set(file.slots) - set(file.listed_alone().slots)}


def is_bare(folder: Path) -> bool:
    """True where the list of an older program does not say what passwords open, and at which cost."""
    vouched = key_file.read(folder).vouched
    return vouched is not None and any(one.public and not one.sealed for one in vouched.slots)


def has_recovery_key(folder: Path) -> bool:
    """Whether there is a recovery key that a manager listed."""
    file = key_file.read(folder)
    return any(slot.kind == RECOVERY and file.is_listed(slot) for slot in file.slots)


def signer(folder: Path, managers: bytes) -> bytes:
    """By which key managers sign now, empty in a file of an older program. Raises Damaged("keys") as `roles`."""
    vouched = _signed(folder, managers)
    return b"" if vouched is None else vouched.managers


def line_signers(folder: Path, which: str = FILE) -> list[LineSigner]:
    """With which key each on the list signs lines of the journal."""
    vouched = key_file.read(folder, which).vouched
    listed = () if vouched is None else vouched.slots
    return [
        LineSigner(0 if one.kind == RECOVERY else one.user, one.role, bytes.fromhex(one.signer))
        for one in listed
        if one.signer
    ]


def signed_from(folder: Path, managers: bytes = b"") -> int:
    """From which line of the journal on each is signed, 0 where none is. Raises Damaged("keys") as `roles`."""
    vouched = _signed(folder, managers)
    return 0 if vouched is None else vouched.lines


def box(folder: Path, managers: bytes = b"") -> bytes | None:
    """The public key of the box as a manager signed it, empty where none did; None in a file of an older program.

    managers: who they are, empty for those that the list names. Raises Damaged("keys") for a list of others.
    """
    vouched = _signed(folder, managers)
    return None if vouched is None else vouched.box


def turns(folder: Path, which: str = FILE) -> dict[int, int]:
    """The turn of the slot of each user, that of the recovery key under 0, that of their list under LIST."""
    return turns_of(key_file.read(folder, which))


def turns_of(file: KeyFile) -> dict[int, int]:
    """As `turns`, of a file that is not written yet."""
    found = {slot.owner[1]: slot.turn for slot in file.slots if file.vouched is None or file.is_listed(slot)}
    return found if file.vouched is None else {**found, LIST: file.vouched.turn}


def next_turn(file: KeyFile, after: int = 0) -> int:
    return 1 + max(after, *turns_of(file).values(), 0)


def _signed(folder: Path, managers: bytes) -> Vouched | None:
    file = key_file.read(folder)
    if file.vouched is not None and not file.is_signed(managers):
        raise Damaged("keys", str(folder / FILE))
    return file.vouched
