"""Looks whether Qt finds the system libraries it needs, and names the packages of those that are missing.

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


def starts() -> bool:
    """True when Qt can be imported; in a process of its own, since a failed import cannot be tried again."""
    tried = subprocess.run([sys.executable, "-c", TRY], check=False, capture_output=True)
    return tried.returncode == 0


def missing() -> list[str]:
    """The packages of the libraries that cannot be opened."""
    import ctypes

    packages = []
    for library, package in QT_NEEDS.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return packages


def main() -> int:
    """Install or name what is missing."""
    if sys.platform != "linux" or starts():
        return 0
    packages = missing()
    if os.geteuid() == 0 and shutil.which("apt-get") and packages:
        sys.stderr.write(f"Installing for Qt: {' '.join(packages)}\n")
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=False)
        if starts():
            return 0
    sys.stderr.write(f"Qt cannot start: install the packages {' '.join(packages or QT_NEEDS.values())}.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
