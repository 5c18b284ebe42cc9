"""Packages of the program as those who release make them, and the keys that this program is made to carry."""

import sys
from collections.abc import Iterator
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

from shelter_desk.domain.updates import ReleaseKey
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import updating
from shelter_desk.storage.file.schema import NEWEST
from tests.operations.shelter import small_shelter

INSTALLER = b"what installs" * 1000


def _loaded() -> ModuleType:
    path = Path(__file__).resolve().parents[3] / "packaging" / "release.py"
    spec = util.spec_from_file_location("release_of_the_package", path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RELEASE = _loaded()
NAME = "x.exe" if sys.platform == "win32" else "x.deb"


class Releasers:
    """Three who release, the third one retired."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.public = {name: RELEASE.keys(folder / name) for name in "abc"}

    @property
    def keys(self) -> tuple[ReleaseKey, ...]:
        return tuple(ReleaseKey(name, public, name == "c") for name, public in self.public.items())

    def package(
        self, version: str, signed: str = "ab", schema: str = NEWEST, installer: str = NAME, into: str = "usb"
    ) -> Path:
        """A package in a folder of its own."""
        place = self.folder / into / version
        place.mkdir(parents=True, exist_ok=True)
        (place / installer).write_bytes(INSTALLER)
        made: Path = RELEASE.pack(place / installer, place, version, schema)
        for name in signed:
            RELEASE.sign(made, name, (self.folder / name).read_bytes())
        return made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def releasers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Releasers:
    """Those whose keys the program carries, which is version 0.2.0."""
    made = Releasers(tmp_path)
    carried(monkeypatch, made)
    return made


def carried(monkeypatch: pytest.MonkeyPatch, releasers: Releasers, running: str = "0.2.0") -> None:
    """The program is that version and carries their keys."""
    monkeypatch.setattr(updating, "release_keys", lambda: releasers.keys)
    monkeypatch.setattr(updating, "__version__", running)
