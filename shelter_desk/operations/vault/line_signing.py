"""Lines of the journal carry the signature of who wrote them: begun by the first manager, told by the check."""

from contextlib import suppress
from pathlib import Path

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import LinesForged, Trouble
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault.line_rules import LineJudge
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.file.database import Connection, Database
from shelter_desk.storage.keys import keys, signed_lines, slot_list, slot_versions
from shelter_desk.storage.keys.keys import OpenedKeys
from shelter_desk.storage.keys.signed_lines import LinePen


def hand_over_pen(database: Database, opened: OpenedKeys) -> None:
    """Whatever is written from now on carries the signature of whose password opened; a slot of before has none."""
    if opened.seed:
        database.signing = LinePen(opened.seed).signing


def begin(database: Database, folder: Path, opened: OpenedKeys) -> None:
    """A manager says whose the keys are, and that from the next line on each is signed, where nobody said so yet.

    The list is the one that the database knows by then. Where the disk refuses, the next manager does.
    """
    if opened.keys.management is None or not opened.seed:
        return
    with suppress(Trouble):
        listed = slot_list.line_signers(folder)
        with database.reading() as connection:
            known = {one.public for one in signed_lines.signers(connection, slot_list.signer(folder, opened.managers))}
            first, after = journal.head(connection)[0] + 1, slot_versions.last(connection)
        if {one.public for one in listed} - known:
            with database.transaction(Changes()) as connection:
                signed_lines.vouch(connection, opened.keys.management, listed)
        if not slot_list.signed_from(folder, opened.managers):
            keys.vouch(folder, opened.keys, after, lines=first)


def check(desk: Desk, connection: Connection) -> None:
    """Raises LinesForged at the first line that was not written with the program by whom it names."""
    first = slot_list.signed_from(desk.folder, desk.managers)
    if not first:
        return
    known = signed_lines.signers(connection, slot_list.signer(desk.folder, desk.managers))
    judge = LineJudge(connection)
    for line in journal.lines_between(connection, 0, first - 1):
        judge.learn(line)
    seq = signed_lines.forged(connection, known, first, judge.may_tell)
    if seq is not None:
        raise forged(connection, seq)


def forged(connection: Connection, seq: int) -> LinesForged:
    """What tells that this line was not written with the program."""
    users = [line.user for line in journal.of(connection, [seq]) if line.user is not None]
    return LinesForged(seq, settings.user_names(connection).get(users[0], "") if users else "")
