"""A change of key slots counts once the database knows of it, so that a cut or a full disk leaves the one or the other.

The new `keys.json` is made ready beside the old one, the database is told its turns, then it takes the place. Once the
database knows of it nothing is refused any more: what could not take the place does so before the next change, or at
the next opening.
"""

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from shelter_desk.domain import held_files
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Damaged, TooNew, Trouble, WrongPassword, WrongRecoveryKey
from shelter_desk.domain.ids import UserId
from shelter_desk.operations.desk import Desk, Writing
from shelter_desk.operations.vault import clock_check
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.keys import key_file, keys, signed_lines, slot_list, slot_versions
from shelter_desk.storage.keys.keys import NEXT, OpenedKeys
from shelter_desk.storage.keys.slot_list import LIST

alone = threading.Lock()  # one change of slots at a time: what is made ready has one name
_log = logging.getLogger(__name__)


@contextmanager
def changing(desk: Desk, action: str, changes: Changes) -> Iterator[Writing]:
    """One act with its journal line, in which slots are made ready (`into=NEXT`). Raises as `Desk.writing`.

    action: one of `slot_versions.CHANGES`, by which the turn of the list that a manager signed is found again in its
    line.
    """
    with alone:
        with desk.reading() as connection:
            bring_over(desk.folder, connection)
            check_current(desk.folder, connection, desk.turns)
        is_told = False
        try:
            with desk.writing(action, changes) as writing:
                former = slot_list.unlisted(desk.folder)
                yield writing
                tell_dropped(writing.connection, desk.user, former - slot_list.unlisted(desk.folder, NEXT))
                turns = slot_list.turns(desk.folder, NEXT)
                slot_versions.keep(writing.connection, turns)
                if desk.keys.management is not None:
                    listed = slot_list.line_signers(desk.folder, NEXT)
                    signed_lines.vouch(writing.connection, desk.keys.management, listed)
                    if LIST in turns:
                        writing.details[slot_versions.LISTED] = turns[LIST]
                is_told = True
        except BaseException:
            if is_told:
                _take_what_counts(desk)
            else:
                key_file.drop_next(desk.folder)
            raise
        _take(desk.folder)
        with suppress(Trouble):
            desk.turns = slot_list.turns(desk.folder)


def _take_what_counts(desk: Desk) -> None:
    """After a commit that failed, or what failed after it. Where a commit is not seen it stays ready: one that the disk
    refused at the end may yet be found there after a cut.
    """
    with suppress(Trouble, OSError):
        with desk.reading() as connection:
            known = slot_versions.read(connection)
        if _counts(desk.folder, known):
            _take(desk.folder)


def _take(folder: Path) -> None:
    try:
        key_file.take_next(folder)
    except (Trouble, OSError) as error:
        _log.warning("the slots are to take their place later: %s", type(error).__name__)


def bring_over(folder: Path, connection: Connection) -> None:
    """Put in place what was made ready and counts, or sweep it away. Raises ReadOnly, DiskFull."""
    if not held_files.is_there(folder / NEXT):
        return
    if _counts(folder, slot_versions.read(connection)):
        key_file.take_next(folder)
    else:
        key_file.drop_next(folder)


def check_current(folder: Path, connection: Connection, seen: Mapping[int, int]) -> None:
    """Raises Damaged("older_keys") where the shelter knows of a later list than this one: who signs on it would bring
    back who was taken out. seen: by the desk that is open.
    """
    now = slot_list.turns(folder)
    if is_behind(now, slot_versions.read(connection)) or is_behind(now, seen):
        raise Damaged("older_keys", str(folder / keys.FILE))


def tell_dropped(connection: Connection, user: UserId, owners: Iterable[tuple[str, int]]) -> None:
    """The journal says whose slots went that no manager had listed; 0 is the recovery key."""
    gone = sorted(number for _, number in owners)
    if gone:
        journal.add(connection, clock_check.believed_at(connection), user, "slots_dropped", details={"slots": gone})


def settle(folder: Path, connection: Connection, opened: OpenedKeys, *, by_recovery: bool = False) -> None:
    """Bring to an end what was cut in the middle, or sweep it away.

    Raises WrongPassword, WrongRecoveryKey where what opened the shelter does not count, ReadOnly.
    """
    if not held_files.is_there(folder / NEXT):
        return
    bring_over(folder, connection)
    if all(slot.id != opened.slot_id for slot in key_file.read(folder).slots):
        raise WrongRecoveryKey if by_recovery else WrongPassword


def _counts(folder: Path, known: dict[int, int]) -> bool:
    """Whether the database knows of what was made ready, and the managers of the file in use signed it."""
    try:
        used, ready = key_file.read(folder), key_file.read(folder, NEXT)
    except (Damaged, TooNew):
        return False
    is_ours = used.vouched is not None and ready.is_signed(used.vouched.managers)
    return is_ours and is_behind(slot_list.turns_of(used), known) and not is_behind(slot_list.turns_of(ready), known)


def is_behind(turns: Mapping[int, int], known: Mapping[int, int]) -> bool:
    """True where the database knows of a later list of slots than these, or of a later slot of somebody in it."""
    return any(turns.get(user, 0) < turn for user, turn in known.items() if user in turns or user == LIST)
