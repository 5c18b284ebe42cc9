"""Folders that a service copies to the internet; the registry of Windows is a fake."""

import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from shelter_desk.domain.errors import SyncedFolder
from shelter_desk.system import synced_folders


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this computer has of OneDrive."""
    for name in synced_folders.OF_ONEDRIVE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(sys.modules, "winreg", None)


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("OneDrive - Maison de l’Étoile/Données/centre", "OneDrive"),
        ("onedrive", "OneDrive"),
        ("Dropbox (Perso)/centre", "Dropbox"),
        ("Mon Drive/centre", "Google Drive"),
        ("GoogleDrive", "Google Drive"),
        ("iCloudDrive/centre", "iCloud"),
        ("Nextcloud/a/b/c", "Nextcloud"),
        ("Mes documents/un centre", None),
        ("My Drive (2)/centre", "Google Drive"),
        ("Shared drives/centre", "Google Drive"),
        ("Drive partage\u0301s/centre", "Google Drive"),
        ("Nextcloud2/centre", "Nextcloud"),
        ("pCloudDrive/centre", "pCloud"),
        ("My Drivers/centre", None),
        ("Dropboxes/centre", None),
        ("Notre OneDrive", None),
        ("drive", None),
    ],
)
def test_a_service_is_known_by_the_name_of_its_folder(tmp_path: Path, name: str, service: str | None) -> None:
    assert synced_folders.service_of(tmp_path / name) == service


@pytest.mark.parametrize("left", synced_folders.LEFT)
def test_a_service_is_known_by_what_it_leaves_above(tmp_path: Path, left: str) -> None:
    (tmp_path / "bureau").mkdir()
    assert synced_folders.service_of(tmp_path / "bureau" / "centre") is None
    (tmp_path / left).mkdir()
    assert synced_folders.service_of(tmp_path / "bureau" / "centre") == synced_folders.LEFT[left]


@pytest.mark.parametrize("name", synced_folders.OF_ONEDRIVE)
def test_onedrive_under_another_name_is_known_by_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, str(tmp_path / "nuage"))
    assert synced_folders.service_of(tmp_path / "nuage" / "Bureau" / "centre") == "OneDrive"
    assert synced_folders.service_of(tmp_path / "nuages") is None


class Registry(SimpleNamespace):
    """Two accounts, the first without a folder."""

    HKEY_CURRENT_USER = 1

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    @contextmanager
    def OpenKey(self, _above: object, name: str):  # type: ignore[no-untyped-def]
        yield name

    def QueryInfoKey(self, name: str) -> tuple[int, int, int]:
        return (2 if name == synced_folders.ACCOUNTS else 0, 0, 0)

    def EnumKey(self, _key: object, number: int) -> str:
        return ("Business1", "Personal")[number]

    def QueryValueEx(self, key: str, name: str) -> tuple[str, int]:
        if key == "Business1":
            raise FileNotFoundError(2, "no such value")
        return (str(self.folder) if name == "UserFolder" else "", 1)


def test_an_account_of_onedrive_has_its_folder_in_the_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "winreg", Registry(tmp_path / "partage"))
    assert synced_folders.service_of(tmp_path / "partage" / "centre") == "OneDrive"
    assert synced_folders.service_of(tmp_path / "ailleurs") is None


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_hides_no_service(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "centre").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    assert synced_folders.service_of(tmp_path / "centre") == "Dropbox"
    (tmp_path / "rond").symlink_to(tmp_path / "rond")
    assert synced_folders.service_of(tmp_path / "rond") is None


def test_what_copies_it_is_said(tmp_path: Path) -> None:
    synced_folders.check(tmp_path / "centre")
    with pytest.raises(SyncedFolder) as refused:
        synced_folders.check(tmp_path / "Dropbox" / "centre")
    assert (refused.value.service, refused.value.folder) == ("Dropbox", str(tmp_path / "Dropbox" / "centre"))
