"""What the check says of a file into which somebody wrote past the program."""

from shelter_desk.domain.errors import RowsAltered
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import integrity_check


def wrong(desk: Desk) -> int:
    """How many rows and settings the check tells."""
    try:
        integrity_check.check(desk)
    except RowsAltered as found:
        return found.count
    return 0
