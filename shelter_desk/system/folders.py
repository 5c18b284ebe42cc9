"""Where the program keeps its files; none of these names says whose they are."""

import os
from pathlib import Path
from typing import Any

APPLICATION = "shelter-desk"
TRAINING = "exercice"


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
    from platformdirs import user_config_path

    return user_config_path(APPLICATION, appauthor=False) / "preferences.json"


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

    beside = path.with_suffix(f".{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.write_text(json.dumps(content), encoding="utf-8")
    beside.replace(path)
