"""Folders that a service copies to the internet, such as OneDrive: what lies there leaks, and breaks while it is open.

Known by what Windows says of OneDrive, by the names that the services give their folders, and by what they leave in
them; a service that hides itself from all three is not known.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import SyncedFolder

ONEDRIVE = "OneDrive"
OF_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")  # variables of Windows
ACCOUNTS = r"Software\Microsoft\OneDrive\Accounts"
# how a folder is called, as in “OneDrive - Maison”: no letter follows, and a space in it may be missing
NAMES = {
    "onedrive": ONEDRIVE,
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "mon drive": "Google Drive",
    "my drive": "Google Drive",
    "shared drives": "Google Drive",
    "drive partagés": "Google Drive",
    "drives partagés": "Google Drive",
    "icloud drive": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "kdrive": "kDrive",
    "pcloud": "pCloud",
    "pcloud drive": "pCloud",
    "megasync": "MEGA",
    "proton drive": "Proton Drive",
    "synologydrive": "Synology Drive",
}
LEFT = {
    ".dropbox.cache": "Dropbox",
    ".owncloudsync.log": "Nextcloud",
    ".stfolder": "Syncthing",
    ".SynologyWorkingDirectory": "Synology Drive",
}


def check(folder: Path) -> None:
    """Raises SyncedFolder where a service copies that folder, or will once it is there."""
    service = service_of(folder)
    if service is not None:
        raise SyncedFolder(str(folder), service)


def service_of(folder: Path) -> str | None:
    """What copies it, None where nothing is known to."""
    places = {folder.absolute(), _followed(folder)}
    if any(place.is_relative_to(root) for place in places for root in _of_onedrive()):
        return ONEDRIVE
    for place in places:
        for one in (place, *place.parents):
            found = _by_name(one.name) or next((LEFT[left] for left in LEFT if held_files.is_there(one / left)), None)
            if found:
                return found
    return None


def _by_name(name: str) -> str | None:
    called = unicodedata.normalize("NFC", name).casefold()
    return next((service for one, service in NAMES.items() if _is_called(called, one)), None)


def _is_called(name: str, service: str) -> bool:
    return re.match(service.replace(" ", " ?") + r"(?![^\W\d_])", name) is not None


def _followed(folder: Path) -> Path:
    """Through links and junctions; as it was named where they go nowhere."""
    try:
        return folder.resolve()
    except (OSError, RuntimeError):
        return folder.absolute()


def _of_onedrive() -> Iterator[Path]:
    """The folders that Windows knows as its own service's, under whatever name."""
    for name in OF_ONEDRIVE:
        if os.environ.get(name):
            yield Path(os.environ[name])
    with suppress(ImportError, OSError):
        yield from _of_accounts()


def _of_accounts() -> Iterator[Path]:
    """What the registry has of them: each account has its folder. Raises ImportError anywhere else, OSError."""
    import importlib

    registry: Any = importlib.import_module("winreg")
    with registry.OpenKey(registry.HKEY_CURRENT_USER, ACCOUNTS) as accounts:
        for number in range(registry.QueryInfoKey(accounts)[0]):
            with suppress(OSError), registry.OpenKey(accounts, registry.EnumKey(accounts, number)) as account:
                folder = registry.QueryValueEx(account, "UserFolder")[0]
                if folder:
                    yield Path(folder)
