"""The program brought to another version from one file, without a network (decision 018).

Before anything is installed a backup is made and proven. The package is kept beside the file, so that whoever installs
the next one can go back to it while the file of the shelter is of the same version.
"""

import json
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from shelter_desk import __version__
from shelter_desk.domain import held_files, resources, updates
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.updates import ReleaseKey, System, UpdatePackage
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.vault import backups
from shelter_desk.operations.vault.backups import BackedUp
from shelter_desk.storage.backups.backups import Progress
from shelter_desk.storage.file import files, schema
from shelter_desk.storage.sending import file_signing
from shelter_desk.system import update_packages
from shelter_desk.system.update_packages import SUFFIX

FOLDER = "mises_a_jour"  # in the folder of the shelter
_UNPACKED = "installation-"
_MOST = 2  # packages that are kept: the last one installed and the one before


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that may be installed. upgrades: the file of the shelter too, after which nobody goes back.

    goes_back: it is the version before this one. keeps_former: the version that runs was installed from a package too,
    which is still here, so that the program can go back to it.
    """

    path: Path
    package: UpdatePackage
    upgrades: bool = False
    goes_back: bool = False
    keeps_former: bool = False


@dataclass(frozen=True, slots=True)
class ReadyUpdate:
    """The installer to start, and the backup that was proven before."""

    installer: Path
    backup: BackedUp


def release_keys() -> tuple[ReleaseKey, ...]:
    """Those that this program carries."""
    found = json.loads((resources.folder("resources") / "release_keys.json").read_text(encoding="utf-8"))
    return tuple(ReleaseKey(**one) for one in found)


def this_system() -> System:
    """What a package for this computer is made for."""
    return "windows" if sys.platform == "win32" else "debian"


@needs(Permission.SETTINGS_EDIT)
def look(desk: Desk, path: Path) -> Offer:
    """What that package would bring. Raises UpdateRefused, ReadOnly, DriveGone."""
    package = _signed(path)
    updates.check_fits(package, __version__, this_system())
    keeps_former = any(one.version == __version__ for one, _ in _kept(desk))
    return Offer(path, package, upgrades=package.schema > _version(desk), keeps_former=keeps_former)


@needs(Permission.SETTINGS_EDIT)
def former(desk: Desk) -> Offer | None:
    """The version before this one, where it was installed from a package and the file is still as it left it."""
    for package, path in _kept(desk):
        if updates.may_go_back(package, __version__, this_system(), _version(desk)):
            return Offer(path, package, goes_back=True)
    return None


@needs(Permission.SETTINGS_EDIT)
def prepare(desk: Desk, offer: Offer, progress: Progress | None = None) -> ReadyUpdate:
    """Make a proven backup, then lay the installer ready; the journal says so.

    Raises as `backups.keep`, and UpdateRefused where the file is not any more what was looked at.
    """
    backup = backups.keep(desk, backups.place_of(desk), progress)
    folder = desk.folder / FOLDER
    files.make_folder(folder)
    with files.named_errors(folder):
        for former in folder.glob(f"{_UNPACKED}*"):
            held_files.remove_tree(former, waits=False)  # one that still runs stays until the next time
        into = folder / f"{_UNPACKED}{secrets.token_hex(4)}"
        installer = update_packages.unpack(offer.path, offer.package, into)
        _keep(folder, offer)
    desk.tell("update", offer.package.version, before=__version__)
    return ReadyUpdate(installer, backup)


def _version(desk: Desk) -> str:
    with desk.reading() as connection:
        return schema.version(connection)


def _signed(path: Path) -> UpdatePackage:
    with files.named_errors(path):
        told, signatures = update_packages.read(path)
    updates.check_signed(told, signatures, release_keys(), file_signing.verifies)
    return updates.read(told)


def _keep(folder: Path, offer: Offer) -> None:
    target = folder / f"{offer.package.version}{SUFFIX}"
    if offer.path.resolve() != target.resolve():
        beside = target.with_suffix(".part")
        shutil.copyfile(offer.path, beside)
        held_files.replace(beside, target)
    held = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
    running = folder / f"{__version__}{SUFFIX}"
    for path in held[_MOST:]:
        if path not in (target, running):
            held_files.remove(path)


def _kept(desk: Desk) -> Iterator[tuple[UpdatePackage, Path]]:
    """Packages that were installed here and are still what was signed, the newest first."""
    found = []
    for path in (desk.folder / FOLDER).glob(f"*{SUFFIX}"):
        with suppress(ShelterDeskError, OSError):
            found.append((_signed(path), path))
    yield from sorted(found, key=lambda one: updates.numbers(one[0].version), reverse=True)
