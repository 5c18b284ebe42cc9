"""Where the program keeps its files; none of these names says whose they are."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from shelter_desk.domain import held_files

APPLICATION = "shelter-desk"
TRAINING = "exercice"
EXCEL = "excel"  # inside the folder of a shelter: lists that are changed in Excel just now


def data() -> Path:
    """The data folder of this person on this computer; it may not be there yet."""
    from platformdirs import user_data_path

    return user_data_path(APPLICATION, appauthor=False)


def training(data_folder: Path | None = None) -> Path:
    """The folder of the training shelter, apart from the real one."""
    return (data_folder or data()) / TRAINING


def log() -> Path:
    """The folder of the log files."""
    from platformdirs import user_log_path

    return user_log_path(APPLICATION, appauthor=False)


def preferences() -> Path:
    """The file with what the window remembers before anybody has signed in."""
    return remembered("preferences.json")


def remembered(name: str) -> Path:
    """A file of what this computer remembers, never in the data folder: who puts an older one back leaves it as it is.

    Windows had both in one folder: what lies there is moved once.
    """
    from platformdirs import user_config_path

    path = user_config_path(APPLICATION, appauthor=False, roaming=True) / name
    former = user_config_path(APPLICATION, appauthor=False) / name
    if path.parent == data():
        path = path.parent.with_name(f"{APPLICATION}-preferences") / name
    if former != path:
        _move_once(former, path)
    return path


def _move_once(former: Path, path: Path) -> None:
    """What lies at the former place counts where nothing is at the new one; a disk that refuses keeps nobody out."""
    with suppress(OSError):
        if former.is_file() and not path.exists():
            _put(path, former.read_bytes())
            held_files.remove(former)


def kept(path: Path) -> dict[str, Any]:
    """What `keep` wrote into that file, nothing where it is not there or makes no sense."""
    try:
        written = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    import json  # the start is longer with it, and most computers never wrote a file

    try:
        found = json.loads(written)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def keep(path: Path, content: object) -> None:
    """Write that into the file, whole or not at all. Raises OSError."""
    import json

    _put(path, json.dumps(content).encode())


def _put(path: Path, content: bytes) -> None:
    beside = path.with_suffix(f".{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    held_files.write(beside, content)
    held_files.replace(beside, path)
