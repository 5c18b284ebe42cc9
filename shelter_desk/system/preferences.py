"""What the window remembers before anybody has signed in: language, theme, text and its own place, never a name."""

from pathlib import Path
from typing import NamedTuple

from shelter_desk.system import folders

LANGUAGES = ("fr", "en")
THEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 125, 150, 200)  # per cent of what the system asks for
_BEYOND = 100_000  # pixels; no desk of screens is as wide


class Preferences(NamedTuple):
    """language: `fr` or `en`. theme: `system`, `light` or `dark`. text: one of `TEXT_SIZES`.

    place: left, top, width and height of the window, in pixels, as it is when it does not take the whole screen.
    """

    language: str = "fr"
    theme: str = "system"
    place: tuple[int, int, int, int] | None = None
    maximised: bool = False
    text: int = 100


def read(path: Path | None = None) -> Preferences:
    """What was kept; the defaults for what is missing or makes no sense."""
    kept = folders.kept(path or folders.preferences())
    usual = Preferences()
    language, theme, text = kept.get("language"), kept.get("theme"), kept.get("text")
    return Preferences(
        language if language in LANGUAGES else usual.language,
        theme if theme in THEMES else usual.theme,
        _place(kept.get("place")),
        kept.get("maximised") is True,
        text if type(text) is int and text in TEXT_SIZES else usual.text,
    )


def _place(kept: object) -> tuple[int, int, int, int] | None:
    """A place that a window can have: no number of it is beyond any screen."""
    if not isinstance(kept, list) or len(kept) != 4:
        return None
    if not all(type(number) is int and abs(number) < _BEYOND for number in kept):
        return None
    left, top, width, height = kept
    return (left, top, width, height) if width > 0 and height > 0 else None


def write(preferences: Preferences, path: Path | None = None) -> None:
    """Keep them for the next start. Raises DiskFull, ReadOnly."""
    from shelter_desk.domain.os_errors import named

    path = path or folders.preferences()
    try:
        folders.keep(path, preferences._asdict())
    except OSError as error:
        raise named(error, str(path)) from error
