"""What the window remembers before anybody has signed in: language and theme, never a name."""

import os
from pathlib import Path
from typing import Any, NamedTuple

from shelter_desk.system import folders

LANGUAGES = ("fr", "en")
THEMES = ("system", "light", "dark")


class Preferences(NamedTuple):
    """language: `fr` or `en`. theme: `system`, `light` or `dark`."""

    language: str = "fr"
    theme: str = "system"


def read(path: Path | None = None) -> Preferences:
    """What was kept; the defaults for what is missing or makes no sense."""
    kept = _kept(path or folders.preferences())
    usual = Preferences()
    language, theme = kept.get("language"), kept.get("theme")
    return Preferences(language if language in LANGUAGES else usual.language, theme if theme in THEMES else usual.theme)


def write(preferences: Preferences, path: Path | None = None) -> None:
    """Keep them for the next start. Raises DiskFull, ReadOnly."""
    import json

    from shelter_desk.domain.disk import named

    path = path or folders.preferences()
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(preferences._asdict()), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise named(error, str(path)) from error


def _kept(path: Path) -> dict[str, Any]:
    try:
        written = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    import json  # the start is longer with it, and most computers never wrote the file

    try:
        kept = json.loads(written)
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}
