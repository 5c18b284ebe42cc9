"""Lays the built program out as a Debian package and lets dpkg-deb close it."""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import system_packages

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NAME = "shelter-desk"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: Shelter Desk <shelter-desk@localhost>
Installed-Size: {kib}
Depends: {depends}
Recommends: fonts-noto-core
Section: misc
Priority: optional
Description: Runs a shelter for victims of trafficking and vulnerable migrants
 Beds, residents and the month's figures of one shelter, in one encrypted file.
 French first; works without a network.
"""


def tool() -> str | None:
    """Where dpkg-deb is, None where it is missing."""
    return shutil.which("dpkg-deb")


def make(program: Path, into: Path, version: str, moment: str) -> Path:
    """The package of the program folder; installed under /usr/lib, started from the menu or as `shelter-desk`.

    moment: in seconds since 1970, of everything in it that is newer.
    """
    package = into / f"{NAME}_{version}_{architecture()}.deb"
    with tempfile.TemporaryDirectory() as apart:
        root = Path(apart)
        lay_out(root, program)
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN" / "control").write_text(
            control(version, _kib(root), system_packages.depends(program)), encoding="utf-8"
        )
        for one in (root, *root.rglob("*")):  # for everybody, whatever umask the package is made with
            if not one.is_symlink():
                one.chmod(0o755 if one.is_dir() or one.stat().st_mode & 0o100 else 0o644)
        command = [tool() or "dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(package)]
        subprocess.run(command, check=True, env=os.environ | {"SOURCE_DATE_EPOCH": moment})
    return package


def architecture() -> str:
    """What Debian calls this machine."""
    return ARCHITECTURES.get(platform.machine(), platform.machine())


def lay_out(root: Path, program: Path) -> None:
    """Everything where it lies on an installed system."""
    shutil.copytree(program, root / "usr" / "lib" / NAME, symlinks=True)
    starter = root / "usr" / "bin" / NAME
    starter.parent.mkdir(parents=True)
    starter.symlink_to(f"../lib/{NAME}/{NAME}")
    share = root / "usr" / "share"
    for source, place in (
        (HERE / f"{NAME}.desktop", share / "applications"),
        (HERE / f"{NAME}.metainfo.xml", share / "metainfo"),
        (HERE / f"{NAME}-mime.xml", share / "mime" / "packages"),
        (HERE / f"{NAME}.svg", share / "icons" / "hicolor" / "scalable" / "apps"),
    ):
        place.mkdir(parents=True)
        shutil.copy2(source, place)
    copyright_ = share / "doc" / NAME / "copyright"
    copyright_.parent.mkdir(parents=True)
    shutil.copy2(ROOT / "LICENSE", copyright_)


def control(version: str, kib: int, depends: Iterable[str]) -> str:
    """The control file."""
    return CONTROL.format(name=NAME, version=version, architecture=architecture(), kib=kib, depends=", ".join(depends))


def _kib(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file()) // 1024
