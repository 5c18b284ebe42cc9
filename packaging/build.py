"""Builds the program for this system into `dist/` and proves that it works: `python packaging/build.py`.

One folder that starts without Python; on Linux also a .deb where dpkg-deb is there, on Windows also an installer where
Inno Setup is there. Nothing comes out well unless the built program passes its own `self-test`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import sbom
from contents import NAME, ROOT, version

DIST = ROOT / "dist"
BUILD = ROOT / "build" / "pyinstaller" / sys.platform
PROGRAM = DIST / NAME
PATIENCE = 600  # seconds for the self-test on an old computer
MIB = 1024 * 1024


def main() -> int:
    """Build, prove, pack; 1 where a part of it failed."""
    _freeze()
    _strip()
    _add_licences()
    _say(f"{PROGRAM.relative_to(ROOT)}: {size(PROGRAM) / MIB:.0f} MiB")
    if not proves_itself(_starter()):
        _say("The built program does not pass its self-test.")
        return 1
    pack = _packer()
    made = None if pack is None else pack()
    if made is not None:
        _say(f"{made.relative_to(ROOT)}: {size(made) / MIB:.0f} MiB")
    _say(f"{hashes(made).relative_to(ROOT)}")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _freeze() -> None:
    """PyInstaller, in a process of its own."""
    shutil.rmtree(PROGRAM, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(DIST), "--workpath", str(BUILD), str(ROOT / "packaging" / f"{NAME}.spec")]
    # what the installer packs is packed once: zlib inside would keep it from the better one outside
    packed_later = {"PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0"} if sys.platform == "win32" else {}
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | same_everywhere() | packed_later)


def same_everywhere() -> dict[str, str]:
    """What makes two builds of one commit the same: no order by chance, and the moment of the commit for any other."""
    moment = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not moment and shutil.which("git"):
        asked = ["git", "log", "-1", "--format=%ct"]
        moment = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    return {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": moment or "1767225600"}


def hashes(made: Path | None) -> Path:
    """The sum of every file of the folder, and of what is handed out: published with a release."""
    files = sorted(path for path in PROGRAM.rglob("*") if path.is_file() and not path.is_symlink())
    lines = [f"{_sum(path)}  {path.relative_to(DIST).as_posix()}" for path in [*files, *([made] if made else [])]]
    path = DIST / f"{NAME}-{version()}-{sys.platform}.sha256"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return path


def _sum(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _strip() -> None:
    """Take out what only a debugger reads; Qt comes without it."""
    tool = shutil.which("strip") if sys.platform == "linux" else None
    if tool is None:
        return
    for library in PROGRAM.rglob("*.so*"):
        if "PySide6" not in library.parts and not library.is_symlink():
            subprocess.run([tool, "--strip-debug", str(library)], check=False, stderr=subprocess.DEVNULL)


def _add_licences() -> None:
    """Our licence, those of what is carried, as their makers wrote them, and the list of it; Qt's wheels hold none."""
    folder = PROGRAM / "licences"
    shutil.copytree(ROOT / "packaging" / "licences", folder)
    shutil.copy2(ROOT / "LICENSE", folder / f"{NAME}.txt")
    for own in (Path(sys.base_prefix), Path(sysconfig.get_path("stdlib"))):
        if (own / "LICENSE.txt").is_file():
            shutil.copy2(own / "LICENSE.txt", folder / "Python.txt")
    carried = sbom.distributions(sbom.modules(BUILD / NAME) | {"PyInstaller"})  # which puts its starter into it
    for package in carried:
        for file in sbom.licences_of(package):
            shutil.copy2(file, folder / f"{package.name}-{file.name}")
    sbom.write(folder, version(), same_everywhere()["SOURCE_DATE_EPOCH"], carried)


def _starter() -> Path:
    return PROGRAM / (f"{NAME}.exe" if sys.platform == "win32" else NAME)


def proves_itself(starter: Path) -> bool:
    """True when the program passes its self-test in an empty folder, with a bare environment and a home of its own."""
    with tempfile.TemporaryDirectory() as elsewhere:
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP", "WINDIR") if name in os.environ}
        bare = kept | {"PATH": os.defpath, "HOME": elsewhere, "USERPROFILE": elsewhere}
        # where platformdirs looks before it asks Windows
        bare |= {f"WIN_PD_OVERRIDE_{name}": elsewhere for name in ("APPDATA", "LOCAL_APPDATA")}
        try:
            tried = subprocess.run([str(starter), "self-test"], cwd=elsewhere, env=bare, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            return False
    return tried.returncode == 0


def _packer() -> Callable[[], Path] | None:
    """What makes the file to hand out on this system, None where the tool for it is missing."""
    if sys.platform == "win32":
        tool = shutil.which("iscc") or shutil.which("ISCC", path=r"C:\Program Files (x86)\Inno Setup 6")
        return None if tool is None else lambda: _installer(tool)
    from linux import deb

    return (lambda: deb.make(PROGRAM, DIST, version(), same_everywhere()["SOURCE_DATE_EPOCH"])) if deb.tool() else None


def _installer(tool: str) -> Path:
    from windows.dress import NEUTRAL, icon

    script = ROOT / "packaging" / "windows" / f"{NAME}.iss"
    told = {"AppVersion": version(), "Program": PROGRAM, "NeutralIcon": icon(BUILD, NEUTRAL)}
    defined = [f"/D{name}={value}" for name, value in told.items()]
    subprocess.run([tool, "/Qp", *defined, f"/O{DIST}", str(script)], check=True)
    return DIST / f"{NAME}-{version()}-installation.exe"


def size(path: Path) -> int:
    """The bytes of a file, or of everything in a folder; a link counts for nothing."""
    files = [path] if path.is_file() else path.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink())


if __name__ == "__main__":
    sys.exit(main())
