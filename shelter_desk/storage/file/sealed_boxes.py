"""The box of the shelter: what anybody at the desk may write, and only who holds the protection key may read.

Both keys stand in the settings, the private one wrapped with the protection key (decision 009).
"""

from contextlib import suppress

from sqlalchemy import Connection

from shelter_desk.domain.casefile.incidents import BoxMissing
from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.sealing import KEY, Box, OpenBox, Sealer, new_private

PUBLIC, PRIVATE = "box_public", "box_private"
_ROW = 0  # there is one


def is_made(connection: Connection) -> bool:
    """Whether this shelter has its box yet, both halves of it."""
    return {PUBLIC, PRIVATE} <= settings.read(connection).keys()


def make(connection: Connection, protection: Sealer) -> None:
    """Give the shelter its box; a box that is there stays."""
    if is_made(connection):
        return
    private = new_private()
    _keep(connection, protection, private)
    settings.write(connection, {PUBLIC: OpenBox(private).public.hex()})


def public(connection: Connection) -> bytes:
    """The public key, empty where there is no box yet, or nonsense in its place."""
    found = _bytes(settings.read(connection).get(PUBLIC, ""))
    return found if len(found) == KEY else b""


def _bytes(told: str) -> bytes:
    try:
        return bytes.fromhex(told)
    except ValueError:
        return b""


def has_private(connection: Connection) -> bool:
    """Whether what opens the box is there."""
    return PRIVATE in settings.read(connection)


def restore(connection: Connection, signed: bytes) -> None:
    """Put the public key back that a manager signed."""
    settings.write(connection, {PUBLIC: signed.hex()})


def of(connection: Connection, signed: bytes | None = None) -> Box:
    """The box to put something in. signed: its public key as a manager signed it, None for that of the settings, which
    everybody at the desk can write. Raises BoxMissing until somebody who holds the protection key has made it.
    """
    found = public(connection) if signed is None else signed
    if not (has_private(connection) and found):
        raise BoxMissing
    return Box(found)


def opened(connection: Connection, protection: Sealer) -> OpenBox:
    """The box, to read what is in it. Raises BoxMissing, Damaged."""
    return OpenBox(_private(connection, protection))


def unwrapped(protection: Sealer, kept: str) -> OpenBox:
    """The box, from what the setting of its private key says. Raises Damaged."""
    return OpenBox(protection.unwrap("settings", _ROW, _bytes(kept)))


def change_key(connection: Connection, old: Sealer, new: Sealer) -> None:
    """Wrap the private key anew; what is in the box stays as it is, and so does a private key that was altered."""
    if is_made(connection):
        with suppress(Damaged):
            _keep(connection, new, _private(connection, old))


def _private(connection: Connection, protection: Sealer) -> bytes:
    wrapped = settings.read(connection).get(PRIVATE)
    if wrapped is None:
        raise BoxMissing
    return protection.unwrap("settings", _ROW, _bytes(wrapped))


def _keep(connection: Connection, protection: Sealer, private: bytes) -> None:
    settings.write(connection, {PRIVATE: protection.wrap("settings", _ROW, private).hex()})
