"""One change that was acknowledged, with its journal line, against a plain append that reached the disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.stays import absences
from tests.benchmarks import shelter
from tests.benchmarks.harness import Pair, Subject, milliseconds

BLOCK = b"\0" * 4096
_to_disk = getattr(os, "fdatasync", os.fsync)


@contextmanager
def noted() -> Iterator[Pair]:
    """Somebody is away tonight, and back, by turns."""
    with shelter.opened() as desk:
        tonight = desk.today()
        board = bed_board.board(desk, tonight)
        stay = next(one.stay.id for one in board.everyone if one.absence is None and one.stay.exited_at is None)
        away = [False]
        handle = os.open(desk.folder / "appended", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

        def change() -> None:
            if away[0]:
                absences.come_back(desk, stay, tonight)
            else:
                absences.be_away(desk, stay, "visite_famille", tonight)
            away[0] = not away[0]

        def append() -> None:
            os.write(handle, BLOCK)
            _to_disk(handle)

        try:
            yield Pair(milliseconds(change), milliseconds(append), rounds=100)
        finally:
            os.close(handle)


def subjects() -> list[Subject]:
    """The one there is."""
    return [
        Subject("one change", "an absence with its journal line, acknowledged", "append 4 KiB, fdatasync", noted, 7, 3)
    ]
