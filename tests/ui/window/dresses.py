"""How a window is looked at: size of texts, theme, language, screen; a few for every run, all of them under torture."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import NamedTuple

from PySide6.QtWidgets import QApplication

from shelter_desk import words
from shelter_desk.ui import theme
from tests.examples import LONG as _ALL

SMALL, LARGE = (1366, 690), (1920, 1002)  # work areas of 1366 x 728 and 1920 x 1040 below the title of the window


class Dress(NamedTuple):
    """One way to look at a window. scale: 1.5 for text half as large again."""

    scale: float
    dark: bool
    language: words.Language
    size: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.scale:.0%} {'dark' if self.dark else 'light'} {self.language} {self.size[0]}"


# as most look at it, where French has least room, and each other value once
USUAL = (Dress(1.0, False, "fr", SMALL), Dress(1.5, False, "fr", SMALL), Dress(1.0, True, "en", LARGE))
LANGUAGES: tuple[words.Language, ...] = ("fr", "en")
EVERY = tuple(
    Dress(scale, dark, language, size)
    for scale, dark, language, size in product((1.0, 1.5), (False, True), LANGUAGES, (SMALL, LARGE))
)
DRESSES = EVERY if _ALL else USUAL


@contextmanager
def worn(app: QApplication, dress: Dress) -> Iterator[None]:
    """That is worn and spoken meanwhile; what comes after puts on its own."""
    theme.wear(app, dark=dress.dark, scale=dress.scale)
    with words.speaking(dress.language):
        yield
