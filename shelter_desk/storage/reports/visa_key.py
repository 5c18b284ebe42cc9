"""The key of what a visa of the tables of the case file says it was given for.

The digest of those figures alone would tell them to whoever reads the row and tries out the few there can be.
"""

import secrets
from contextlib import suppress

from sqlalchemy import Connection

from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.sealing import Sealer

_IN, _SETTING = "settings", "visa_key"
_SIZE = 32  # bytes


def read(connection: Connection, protection: Sealer | None) -> bytes | None:
    """None before the first such visa, for who does not hold that key, and where somebody altered what was kept."""
    if protection is None:
        return None
    with suppress(Damaged, ValueError, KeyError):
        return bytes.fromhex(protection.unseal(_IN, _SETTING, 0, bytes.fromhex(settings.read(connection)[_SETTING])))
    return None


def made(connection: Connection, protection: Sealer) -> bytes:
    """The same, made now where there is none."""
    found = read(connection, protection)
    if found is None:
        found = secrets.token_bytes(_SIZE)
        _keep(connection, protection, found)
    return found


def change_key(connection: Connection, old: Sealer, new: Sealer) -> None:
    """Seal it anew: visas hold on."""
    found = read(connection, old)
    if found is not None:
        _keep(connection, new, found)


def _keep(connection: Connection, protection: Sealer, key: bytes) -> None:
    settings.write(connection, {_SETTING: protection.seal(_IN, _SETTING, 0, key.hex()).hex()})
