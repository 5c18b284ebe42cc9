"""Whether a password typed while the shelter is open is right: counted and told to the journal as at unlocking."""

from shelter_desk.domain.ids import UserId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.file import failed_logins
from shelter_desk.storage.keys import keys
from shelter_desk.storage.keys.keys import OpenedKeys
from shelter_desk.system import device_secret


def own(desk: Desk, password: str) -> OpenedKeys:
    """What the password of the person at the desk opens; as slow as unlocking. Raises as `opened`."""
    return opened(desk, desk.user_name, password, desk.user)


def opened(desk: Desk, name: str, password: str, user: UserId) -> OpenedKeys:
    """What this name and password open; the number of wrong ones before a right one is written to the journal.

    user: whose account has that name; a slot of another person under it is a wrong one too. Raises WrongPassword with
    the seconds to wait, DeviceSecretMissing.
    """
    header = keys.read_header(desk.folder)
    secret = device_secret.get(header.shelter) if header.uses_device_secret else None
    refused = failed_logins.read(desk.folder)
    found = unlocking.tried(desk.folder, name, password, secret, user)
    if refused:
        unlocking.tell_refused(desk, refused)
    return found
