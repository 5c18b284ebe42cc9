"""A real keyring, where this computer has one that can be started for a test."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon")
START = 'echo -n essai | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@"'


@pytest.mark.skipif(not all(map(shutil.which, PROGRAMS)), reason="needs gnome-keyring and dbus; .ci/run installs them")
def test_every_path_of_the_keys_holds_with_a_real_keyring(tmp_path: Path) -> None:
    tests = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "tests/system/real_keyring.py"]
    ran = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", START, "sh", *tests],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " passed" in ran.stdout
    assert "skipped" not in ran.stdout
