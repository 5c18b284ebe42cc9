"""Builds and tries the Windows program on Debian, under Wine: `make windows` and `make test-windows`.

on_debian.py build            folder and installer in dist/, proven: self-test of both, update, removal
on_debian.py test [ARGS]      the tests that touch the system, or those that are named
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import machine
from contents import NAME, OF_WINDOWS, ROOT, version
from machine import PLACE, NotHere, say, wine

FILES_OF_TESTS = Path("/dev/shm")  # noqa: S108 - a disk that makes no test wait, where there is one
TESTED = ("tests/system", "tests/storage", "tests/excel")
# said inside: Wine itself falls over a TMPDIR that is no folder of Linux
BEGIN = """
import os, sys, pytest
os.environ["TMPDIR"] = sys.argv[1]
code = int(pytest.main(sys.argv[2:]))
open(sys.argv[1] + "/ended", "w").write(str(code))
"""
SILENT = ("/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART", "/CURRENTUSER")


def main(asked: list[str]) -> int:
    """Do what is asked; 1 where a part of it failed."""
    work = {"build": lambda _: build(), "test": test}.get(asked[0] if asked else "")
    if work is None:
        say(str(__doc__))
        return 2
    began = time.monotonic()
    try:
        machine.prepare()
        code = work(asked[1:])
    except (NotHere, OSError, subprocess.SubprocessError) as error:
        say(f"stopped: {error}")
        code = 1
    finally:
        machine.stop()
    say(f"{'failed' if code else 'done'} in {(time.monotonic() - began) / 60:.1f} minutes")
    return 1 if code else 0


def build() -> int:
    """Folder and installer, as on Windows; then the installed copy, an update over it and its removal."""
    if machine.python("packaging/build.py"):
        return 1
    made_here = [path.name for path in (ROOT / "dist" / NAME).rglob("*") if OF_WINDOWS.fullmatch(path.name)]
    if made_here:
        raise NotHere(f"the package carries what only Wine needs: {', '.join(made_here)}")
    setup = ROOT / "dist" / f"{NAME}-{version()}-installation.exe"
    if not setup.is_file():
        raise NotHere(f"{setup.name} was not made")
    for what, proves in (
        ("the installed copy passes its self-test", _installed),
        ("an update leaves nothing of the version before", _updated),
        ("a neutral name and icon are a choice, and a backup opens with the program", _neutral),
        ("the removal leaves the data", _removed),
    ):
        if not proves(setup):
            say(f"not so: {what}")
            return 1
        say(f"proven: {what}")
    return 0


def _account() -> Path:
    return next((PLACE / "prefix" / "drive_c" / "users").glob("[!P]*")) / "AppData" / "Local"


def _program() -> Path:
    return _account() / "Programs" / "Shelter Desk"


def _installed(setup: Path) -> bool:
    shutil.rmtree(_program(), ignore_errors=True)
    return wine(setup, *SILENT) == 0 and wine(_program() / f"{NAME}.exe", "self-test", cwd=_account()) == 0


def _updated(setup: Path) -> bool:
    left = _program() / "_internal" / "of-the-version-before.pyd"
    left.write_bytes(b"")
    return wine(setup, *SILENT) == 0 and not left.exists() and wine(_program() / f"{NAME}.exe", "--version") == 0


def _neutral(setup: Path) -> bool:
    desktop = _account().parent.parent / "Desktop"
    if wine(setup, *SILENT, "/TASKS=desktopicon,neutral"):
        return False
    shown = {path.stem for path in desktop.glob("*.lnk")}
    opens = wine("reg", "query", r"HKCU\Software\Classes\ShelterDesk.Backup\shell\open\command") == 0
    is_neutral = bool(shown & {"Fournitures", "Supplies"}) and "Shelter Desk" not in shown
    return opens and is_neutral and (_program() / "neutral.ico").is_file()


def _removed(_setup: Path) -> bool:
    data = _account() / NAME / "shelter.db"
    data.parent.mkdir(exist_ok=True)
    data.touch()
    code = wine(_program() / "unins000.exe", *SILENT)
    for _ in range(100):  # it goes on in a copy of itself
        if not (_program() / f"{NAME}.exe").exists():
            break
        time.sleep(0.1)
    return code == 0 and data.is_file() and not (_program() / f"{NAME}.exe").exists()


def test(asked: list[str]) -> int:
    """pytest for Windows, with a folder of its own for what tests write."""
    named = asked or list(TESTED)
    within = FILES_OF_TESTS if FILES_OF_TESTS.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="w-", dir=within) as apart:
        folder = machine.windows_path(Path(apart))
        more = {"PYTHONPATH": machine.windows_path(ROOT), "QT_QPA_PLATFORM": "offscreen"}
        machine.python("-c", BEGIN, folder, "-n", "0", *named, **more)
        ended = Path(apart) / "ended"  # a Wine that is ended from outside says 0
        return int(ended.read_text(encoding="ascii")) if ended.is_file() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
