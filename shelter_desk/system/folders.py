"""Where the program keeps its files; none of these names says whose they are."""

from pathlib import Path

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
