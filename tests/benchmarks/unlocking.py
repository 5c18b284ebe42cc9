"""Opening the shelter of ten years, and refusing a wrong password, against the Argon2id call alone."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from shelter_desk.domain.errors import WrongPassword
from shelter_desk.operations.beds import beds
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.file import key_file
from shelter_desk.storage.file.passwords import REAL_COST, stretch
from tests.benchmarks import shelter, window
from tests.benchmarks.harness import Pair, Subject, milliseconds

BOARD = "shelter_desk.ui.beds.page"


def has_board() -> bool:
    """True once the page of beds is built."""
    return find_spec(BOARD) is not None


def board_page(desk: object) -> Any:
    """The page of beds on that desk."""
    return import_module(BOARD).BedsPage(desk)


def _argon2(folder: Path) -> None:
    stretch(shelter.USER, shelter.PASSWORD, key_file.read(folder).kdf.salt, REAL_COST)


@contextmanager
def opened() -> Iterator[Pair]:
    """From the password to the board of tonight, painted where the page exists."""
    with shelter.copied() as folder:
        window.application()

        def unlock() -> None:
            with unlocking.unlock(folder, shelter.USER, shelter.PASSWORD) as desk:
                if not has_board():
                    beds.board(desk, desk.today())
                    return
                page = board_page(desk)
                window.paint(page)
                window.drop(page)

        yield Pair(milliseconds(unlock), milliseconds(lambda: _argon2(folder)))


@contextmanager
def refused() -> Iterator[Pair]:
    """A password that opens nothing."""
    with shelter.copied() as folder:

        def wrong() -> None:
            with suppress(WrongPassword):
                unlocking.unlock(folder, shelter.USER, "quatre mangues vertes").close()

        yield Pair(milliseconds(wrong), milliseconds(lambda: _argon2(folder)))


def subjects() -> list[Subject]:
    """Both, in the order of the table."""
    seen = "page of beds painted" if has_board() else "board of tonight read, page not built yet"
    argon2 = "Argon2id alone, 64 MiB, t 3, p 4"
    return [
        Subject("unlock", f"password to {seen}, ten years", argon2, opened, 1.8, 1.4),
        Subject("wrong password", "refused", argon2, refused, 1.1),
    ]
