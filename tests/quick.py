"""What makes thousands of tests quick without changing what they say."""

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections import deque
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

MEMORY = Path("/dev/shm")  # noqa: S108 - only the folder that holds the folders of the tests
ROOM = 2 * 1024**3  # bytes
AT_HAND = 50  # folders of tests that are over: what another thread still writes finds its place
_IN_MEMORY = "SHELTER_DESK_TESTS_IN_MEMORY"  # so that the processes of one run know
_DAY = "SHELTER_DESK_TESTS_DAY"
_over: deque[Path] = deque()


def keep_files_in_memory() -> None:
    """Each test writes shelters to the disk and waits for it: a disk in memory does not make it wait.

    Only where nobody chose a place, and where there is room. All is gone at the end: with `TMPDIR=/tmp` it stays.
    """
    is_chosen = any(name in os.environ for name in ("TMPDIR", "PYTEST_DEBUG_TEMPROOT"))
    if sys.platform != "linux" or is_chosen or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free > ROOM:
        made = tempfile.mkdtemp(prefix="t-", dir=MEMORY)  # short: the address of a socket has 107 letters
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        os.environ["TMPDIR"] = tempfile.tempdir = made
        os.environ[_IN_MEMORY] = made


def give_room(folder: Path) -> None:
    """A test is over: the folder of one before it goes, where folders take room in memory."""
    if os.environ.get(_IN_MEMORY):
        _over.append(folder)
        if len(_over) > AT_HAND:
            shutil.rmtree(_over.popleft(), ignore_errors=True)


def stay_on_one_day() -> None:
    """A run that goes past midnight would ask for another day than the one its tests were gathered on."""
    from shelter_desk.system import clock

    now, day = clock.now, date.fromisoformat(os.environ.setdefault(_DAY, clock.today().isoformat()))
    clock.now = lambda: min(now(), datetime.combine(day, time.max).replace(second=0, microsecond=0))


def compile_statements_once() -> None:
    """Each shelter that is opened would compile anew what the program keeps for one file alone."""
    from shelter_desk.storage.file import statement_cache

    vars(statement_cache)["PLAIN"] = (object,)


def leave_alone_what_stays() -> None:
    """What is there now stays until the end: Python need not look through it whenever it searches for cycles.

    What the program keeps for a while does not, and it thaws nothing: each search of all would take 0.2 s again.
    """
    gc.collect()
    freeze()
    gc.freeze = gc.unfreeze = lambda: None
    gc.get_freeze_count = lambda: 1  # the program asks whether anything is frozen: to count it all takes its time


freeze, unfreeze = gc.freeze, gc.unfreeze  # as Python has them


def make_passwords_cheap() -> None:
    """What makes a shelter in a test takes no password that holds an attacker up: each entry would wait half a second.

    What the program measures is `passwords.calibrated`.
    """
    from shelter_desk.operations.vault import unlocking
    from shelter_desk.storage.keys import passwords

    vars(unlocking)["calibrated"] = lambda: passwords._floor


def make_files_at_once() -> None:
    """The steps make the same tables in each empty file: after the first one, what they left is made."""
    from shelter_desk.storage.file import schema

    steps, made = schema.upgrade, list[str]()

    def upgrade(connection: Any, to: str = "head", progress: Any = None) -> None:
        if to != "head" or schema.version(connection):
            steps(connection, to, progress)
        elif made:
            for statement in made:
                connection.exec_driver_sql(statement)
        else:
            steps(connection, to, progress)
            made.extend(one.sql for one in schema._stored(connection) if one.sql is not None)
            made.append(f"INSERT INTO alembic_version VALUES ('{schema.NEWEST}')")
            made.append("INSERT INTO case_version VALUES (randomblob(16))")

    schema.upgrade = upgrade
