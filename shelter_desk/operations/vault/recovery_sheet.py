"""Whether the recovery key was ever typed back from its sheet: a sheet that nobody kept opens nothing later."""

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.keys import slot_list
from shelter_desk.storage.keys.recovery import PROVEN


def is_owed(desk: Desk) -> bool:
    """True while a key was shown, and neither typed back nor used, or none is there that a manager listed.

    Only who may make another key is told.
    """
    if not desk.may(Permission.USERS_EDIT):
        return False
    with desk.reading() as connection:
        shown = stored_settings.read(connection).get(PROVEN) == "no"
    return shown or not (desk.is_training or slot_list.has_recovery_key(desk.folder))


@needs(Permission.USERS_EDIT)
def prove(desk: Desk) -> None:
    """The whole key was typed back from the sheet."""
    with desk.writing("recovery_proven", Changes(settings=True)) as writing:
        keep(writing.trail, proven=True)


def keep(trail: Trail, *, proven: bool) -> None:
    """Write it in the transaction of a key that is made or used, whose line tells it."""
    trail.set(PROVEN, "yes" if proven else "no")
