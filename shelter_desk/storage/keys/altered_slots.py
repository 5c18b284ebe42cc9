"""What in `keys.json` opens nothing any more, or was written there by somebody else than a manager."""

from dataclasses import dataclass
from pathlib import Path

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import UserId
from shelter_desk.storage.keys import key_file, pairs
from shelter_desk.storage.keys.keys import FILE, Keys
from shelter_desk.storage.keys.slots import RECOVERY, USER


@dataclass(frozen=True, slots=True)
class Altered:
    """Whose slots were altered since they were made, and whether the one of the recovery key was, or is gone.

    unknown: how many slots are of somebody whom no manager listed.
    """

    users: tuple[UserId, ...]
    recovery: bool
    unknown: int = 0

    def __bool__(self) -> bool:
        return bool(self.users) or self.recovery or bool(self.unknown)


def altered(folder: Path, keys: Keys) -> Altered:
    """What in the file opens nothing any more, found without a password. Raises what `read_header` raises."""
    file = key_file.read(folder)
    if file.vouched is None:
        wrong = [slot for slot in file.slots if slot.mac and not file.is_whole(slot, keys.database)]
    elif not file.is_signed(pairs.public_of(keys.management or b"")):
        raise Damaged("keys", str(folder / FILE))
    else:
        wrong = [slot for slot in file.slots if not (file.is_listed(slot) and file.is_whole(slot, keys.database))]
    has_recovery = any(slot.kind == RECOVERY for slot in file.slots)
    users, unknown = {UserId(slot.user) for slot in wrong if slot.kind == USER}, set()
    if file.vouched is not None:
        there, listed = {slot.owner for slot in file.slots}, {one.owner for one in file.vouched.slots}
        unknown = {user for user in users if (USER, user) not in listed}
        users |= {UserId(user) for kind, user in listed - there if kind == USER}
    return Altered(
        tuple(sorted(users - unknown)),
        not has_recovery or any(slot.kind == RECOVERY for slot in wrong),
        len(unknown),
    )
