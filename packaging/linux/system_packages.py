"""What the built program needs of the system: read from its files, and which Debian package of this machine has it."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

LIBC = "libc6"
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.M)
_GLIBC = re.compile(r"\bGLIBC_(\d+(?:\.\d+)+)$", re.M)
_KNOWN = re.compile(r"^\s+(\S+) \(.*\) => (/\S+)$", re.M)


class Need(NamedTuple):
    """What one file asks for: the names of libraries, and the oldest glibc that has all that it calls."""

    libraries: frozenset[str]
    glibc: tuple[int, ...]


def depends(program: Path) -> list[str]:
    """The packages, as a control file names them. Raises SystemExit for a library that no package here has."""
    files = [path for path in sorted(program.rglob("*")) if path.is_file() or path.is_symlink()]
    needs = [told(_objdump(path)) for path in files if not path.is_symlink() and _is_elf(path)]
    wanted = {name for need in needs for name in need.libraries} - {path.name for path in files}
    known = _known()
    packages = {_package(name, known) for name in sorted(wanted)} - {LIBC}
    oldest = max((need.glibc for need in needs), default=())
    return named(packages, oldest)


def named(packages: Iterable[str], glibc: tuple[int, ...]) -> list[str]:
    """As a control file has them; what was renamed for 64 bits of time has its former name on older systems."""
    first = f"{LIBC} (>= {'.'.join(map(str, glibc))})" if glibc else LIBC
    renamed = (f"{one} | {one.removesuffix('t64')}" if one.endswith("t64") else one for one in sorted(packages))
    return [first, *renamed]


def told(objdump: str) -> Need:
    """What `objdump -p` tells of one file."""
    versions = [tuple(map(int, found.split("."))) for found in _GLIBC.findall(objdump)]
    return Need(frozenset(_NEEDED.findall(objdump)), max(versions, default=()))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _objdump(path: Path) -> str:
    return _asked(["objdump", "-p", str(path)])


def _known() -> dict[str, str]:
    """Where the loader of this machine finds each library, the first as it would."""
    found: dict[str, str] = {}
    for name, path in _KNOWN.findall(_asked(["/sbin/ldconfig", "-p"])):
        found.setdefault(name, path)
    return found


def _package(name: str, known: dict[str, str]) -> str:
    for path in _places(known.get(name, "")):
        owner = subprocess.run(["dpkg-query", "-S", path], check=False, capture_output=True, text=True).stdout
        if owner:
            return owner.split(":")[0]
    raise SystemExit(f"{name} is needed, and no package of this machine has it: install the one that does.")


def _places(path: str) -> Iterator[str]:
    """The names that the package may know the file by: `/lib` is a link to `/usr/lib`, and the library another one."""
    if path:
        for one in (path, str(Path(path).resolve())):
            yield one
            yield one.removeprefix("/usr") if one.startswith("/usr/lib") else f"/usr{one}"


def _asked(command: list[str]) -> str:
    return subprocess.run(
        command, check=True, capture_output=True, text=True, env={"LC_ALL": "C", "PATH": _PATH}
    ).stdout


_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
