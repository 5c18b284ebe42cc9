"""Which package of the program takes the place of this one (decision 018).

It is signed by two of the release keys that this program carries, made for this system, and newer. A package is one
file: what it says of itself, its signatures, and the installer.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from shelter_desk.domain.errors import ShelterDeskError

FORMAT = 1
NEEDED = 2  # signatures, of keys that are not retired
LARGEST = 200 * 1024 * 1024  # bytes of an installer
System = Literal["windows", "debian"]
Why = Literal["unreadable", "unsigned", "altered", "system", "older", "same"]
_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_SCHEMA = re.compile(r"\d{4}")


class UpdateRefused(ShelterDeskError):
    """A package that does not take the place of this program. version: of the package, "" where it is not known."""

    why: Why
    version: str


@dataclass(frozen=True, slots=True)
class UpdatePackage:
    """What a package says of itself. schema: the version to which it brings the file; size: of the installer, bytes."""

    version: str
    system: System
    schema: str
    installer: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ReleaseKey:
    """One of those who release. public: 64 hexadecimal digits. A retired key signs nothing any more."""

    name: str
    public: str
    is_retired: bool = False


def read(told: bytes) -> UpdatePackage:
    """What was signed, as it was signed. Raises UpdateRefused."""
    try:
        found = json.loads(told)
    except (ValueError, RecursionError) as error:
        raise UpdateRefused("unreadable", "") from error
    names = {one.name for one in fields(UpdatePackage)} | {"format"}
    if not isinstance(found, dict) or set(found) != names or found.pop("format") != FORMAT:
        raise UpdateRefused("unreadable", "")
    size = found["size"]
    is_sound = type(size) is int and 0 < size <= LARGEST and found["system"] in ("windows", "debian")
    shapes = {"version": _VERSION, "schema": _SCHEMA, "installer": _NAME, "sha256": _SHA256}
    if not is_sound or not all(
        isinstance(found[name], str) and shape.fullmatch(found[name]) for name, shape in shapes.items()
    ):
        raise UpdateRefused("unreadable", "")
    return UpdatePackage(**found)


def check_signed(
    told: bytes,
    signatures: Mapping[str, str],
    keys: Iterable[ReleaseKey],
    verifies: Callable[[str, str, bytes], bool],
) -> None:
    """Raises UpdateRefused unless two keys that are not retired signed exactly that. signatures: by name of the key."""
    good = {
        key.public
        for key in keys
        if not key.is_retired and key.name in signatures and verifies(key.public, signatures[key.name], told)
    }
    if len(good) < NEEDED:
        raise UpdateRefused("unsigned", "")


def check_fits(package: UpdatePackage, running: str, system: System) -> None:
    """Raises UpdateRefused for another system, and for a version that is not newer than the running one."""
    if package.system != system:
        raise UpdateRefused("system", package.version)
    if package.version == running:
        raise UpdateRefused("same", package.version)
    if numbers(package.version) < numbers(running):
        raise UpdateRefused("older", package.version)


def may_go_back(package: UpdatePackage, running: str, system: System, schema: str) -> bool:
    """Whether a version before this one can take its place again: only while the file is still of its version."""
    return package.system == system and numbers(package.version) < numbers(running) and package.schema == schema


def numbers(version: str) -> tuple[int, ...]:
    """A version as it is compared: 0.10.0 is after 0.9.0."""
    return tuple(map(int, version.split(".")))
