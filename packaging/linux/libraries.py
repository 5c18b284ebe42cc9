"""Looks whether Qt finds the system libraries and the font it needs, and names the packages of those that are missing.

As root on Debian or Ubuntu they are installed; anybody else is told which to install.
"""

import os
import shutil
import subprocess
import sys

# what Qt opens when it starts, and the Debian package that brings it
QT_NEEDS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0t64",
}
TRY = "from PySide6 import QtWidgets, QtSvg, QtPrintSupport"
FONT, FONT_PACKAGE = "Noto Sans", "fonts-noto-core"
# the rooms of the window are measured with the program's own fonts; the next one it would take is a fifth wider
FAMILIES = (
    "from PySide6.QtGui import QFontDatabase as F, QGuiApplication as A; a = A([]); print(*F.families(), sep='\\n')"
)


def starts() -> bool:
    """True when Qt can be imported; in a process of its own, since a failed import cannot be tried again."""
    return _asked(TRY) is not None


def has_font() -> bool:
    """True when the font that stands for Segoe UI outside Windows is there."""
    return FONT in (_asked(FAMILIES) or "").splitlines()


def _asked(program: str) -> str | None:
    off_screen = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, env=off_screen)
    return done.stdout if done.returncode == 0 else None


def missing() -> list[str]:
    """The packages of the libraries that cannot be opened, and of the font."""
    import ctypes

    packages = [] if has_font() else [FONT_PACKAGE]
    for library, package in QT_NEEDS.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return packages


def as_named_here(package: str) -> str:
    """What was renamed for 64 bits of time has its former name on older systems."""
    known = subprocess.run(["apt-cache", "show", "--quiet=0", package], check=False, capture_output=True)
    return package if known.returncode == 0 else package.removesuffix("t64")


def main() -> int:
    """Install or name what is missing; without the font the program runs, only its widest rooms are cut."""
    if sys.platform != "linux" or (starts() and has_font()):
        return 0
    packages = missing()
    if os.geteuid() == 0 and shutil.which("apt-get") and packages:
        sys.stderr.write(f"Installing for Qt: {' '.join(packages)}\n")
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        named = map(as_named_here, packages)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *named], check=False)
    if not starts():
        sys.stderr.write(f"Qt cannot start: install the packages {' '.join(packages or QT_NEEDS.values())}.\n")
        return 1
    if not has_font():
        sys.stderr.write(
            f"The font {FONT} is missing, tests of widths will fail: install the package {FONT_PACKAGE}.\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
