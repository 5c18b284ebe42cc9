"""Another recovery key in place of the former one."""

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.vault import password_tries, recovery_sheet, slot_change
from shelter_desk.storage.keys import keys, slot_versions
from shelter_desk.storage.keys.keys import NEXT


@needs(Permission.USERS_EDIT)
def replace(desk: Desk, password: str) -> str:
    """The new key, for the person who knows the password. Raises WrongPassword."""
    opened = password_tries.own(desk, password)
    with slot_change.changing(desk, "new_recovery_key", Changes(settings=True)) as writing:
        recovery_sheet.keep(writing.trail, proven=False)
        after = slot_versions.last(writing.connection)
        return keys.replace_recovery_key(desk.folder, opened.keys, desk.user, after, NEXT)
