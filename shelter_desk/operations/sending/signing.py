"""Files that leave are signed; whoever has the public key sees that one is as it left, without a shelter."""

from pathlib import Path
from typing import Literal

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import BadCall, FileMissing
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.file import journal
from shelter_desk.storage.sending import file_signing

KEY_LETTERS = 64
SignatureState = Literal["right", "wrong", "stranger", "none"]


MADE, RENEWED = "file_key_made", "file_key_renewed"


def signer(desk: Desk) -> bytes:
    """What signs here, made at the first file that leaves; empty where managers of this file have no key.

    Where there was one and somebody took it out of the file, the journal says that it is another one: partners go by
    the key that they were given, and find what leaves now to be a stranger's.
    """
    management = desk.keys.management
    if management is None:
        return b""
    with desk.reading() as connection:
        made = file_signing.is_made(connection)
    if not made:
        with desk.database.transaction(Changes()) as connection:
            was_made = journal.last_of(connection, (MADE, RENEWED)) is not None
            file_signing.make(connection, management)
            if was_made:
                journal.add(connection, desk.now(), desk.user, RENEWED)
            else:
                journal.add(connection, desk.now(), desk.user, MADE)
    with desk.reading() as connection:
        return file_signing.seed(connection, management)


def public_of(seed: bytes) -> str:
    """The key that is printed on the cover, empty without one."""
    return file_signing.public_of(seed) if seed else ""


def signed(seed: bytes, content: bytes) -> bytes:
    """The prepared workbook with its signature; as it is without a key."""
    if not seed:
        return content
    from shelter_desk.excel.reports import signed as workbook

    return workbook.sealed(content, file_signing.signature(seed, workbook.told(content)))


def state(path: Path, key: str) -> SignatureState:
    """What the signature in a file says to who has that key; no shelter is needed.

    `wrong`: something was changed since; `stranger`: whole, but signed with another key. Raises BadCall for a key that
    is none, FileMissing.
    """
    from shelter_desk.excel.reports import signed as workbook

    wanted = "".join(key.split()).lower()
    if len(wanted) != KEY_LETTERS or set(wanted) - set("0123456789abcdef"):
        raise BadCall("--key", key)
    try:
        found = workbook.read(path.read_bytes())
    except OSError as error:
        raise FileMissing(str(path)) from error
    if found is None:
        return "none"
    if file_signing.verifies(wanted, found.signature, found.told):
        return "right"
    return "stranger" if file_signing.verifies(found.key, found.signature, found.told) else "wrong"
