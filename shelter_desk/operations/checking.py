"""Is everything there and as it was written: the pages of the file, the chain of the journal, the nights."""

from dataclasses import dataclass

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage import journal
from shelter_desk.storage import stays as stored


@dataclass(frozen=True, slots=True)
class Checked:
    """What was counted in a sound file."""

    journal_lines: int
    stays: int


@needs(Permission.SEE_COUNTS)
def check(desk: Desk) -> Checked:
    """Read the whole file. Raises Damaged, naming the part at fault."""
    if desk.database.problems():
        raise Damaged("database", str(desk.database.path))
    with desk.reading() as connection:
        lines = journal.verify(connection)
        return Checked(lines, stored.count(connection))
