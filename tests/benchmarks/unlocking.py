"""Opening the shelter of ten years, and refusing a wrong password, against the Argon2id call alone."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter

from shelter_desk.domain.errors import WrongPassword
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.keys import key_file
from shelter_desk.storage.keys.passwords import REAL_COST, stretch
from shelter_desk.ui.beds.page import BedsPage
from tests.benchmarks import shelter, window
from tests.benchmarks.harness import Pair, Subject, milliseconds


def _argon2(folder: Path) -> None:
    stretch(shelter.USER, shelter.PASSWORD, key_file.read(folder).kdf.salt, REAL_COST)


@contextmanager
def opened() -> Iterator[Pair]:
    """From the password to the page of beds, painted."""
    with shelter.copied() as folder:
        window.application()

        def unlocked() -> float:
            gc.collect()
            begun = perf_counter()
            with unlocking.unlock(folder, shelter.USER, shelter.PASSWORD) as desk:
                page = BedsPage(desk)
                window.appear(page)
                took = (perf_counter() - begun) * 1000  # to close it is not waited for
                window.drop(page)
            return took

        yield Pair(unlocked, milliseconds(lambda: _argon2(folder)))


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
    argon2 = "Argon2id alone, 64 MiB, t 3, p 4"
    return [
        Subject("unlock", "password to page of beds painted, ten years", argon2, opened, 1.8, 1.4),
        Subject("wrong password", "refused", argon2, refused, 1.1),
    ]
