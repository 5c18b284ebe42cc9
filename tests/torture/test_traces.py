"""Nothing of what is known lies in plain text in the data folder, the temporary folder or any other of the program."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.torture.traces import SECRETS

UTF_16 = "utf-16-le"


def told_and_left(home: Path, end: str) -> tuple[list[str], int]:
    """The codes that were given, and how the program ended; everything it may write to lies under `home`."""
    outside = home.parent / "outside"
    for folder in (home, home / "temporary", outside):
        folder.mkdir()
    everywhere = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "APPDATA")
    places = dict.fromkeys(everywhere, str(home))
    places |= dict.fromkeys(("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"), str(home / "temporary"))
    ran = subprocess.run(
        [sys.executable, "-m", "tests.torture.traces", str(home / "shelter"), str(outside), end],
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        check=False,
    )
    codes = ran.stdout.split()
    assert codes, ran.stderr
    return codes, ran.returncode


def leaks(home: Path, secrets: list[str]) -> Iterator[str]:
    """Each file with what was found in it."""
    forms = {form: secret for secret in secrets for form in (secret.encode(), secret.encode(UTF_16))}
    for path in sorted(path for path in home.rglob("*") if path.is_file()):
        content = path.read_bytes() + str(path).encode()
        yield from (f"{path.relative_to(home)}: {secret}" for form, secret in forms.items() if form in content)


@pytest.mark.parametrize("end", ["close", "kill"])
def test_no_name_code_or_account_lies_anywhere_in_plain_text(tmp_path: Path, end: str) -> None:
    codes, ended = told_and_left(tmp_path / "home", end)
    assert (ended == 0) == (end == "close")
    assert not list(leaks(tmp_path / "home", [*SECRETS, *codes, *(code.replace("-", "") for code in codes)]))
    assert (tmp_path / "home" / "shelter" / "shelter.db").stat().st_size > 0


def test_the_search_for_traces_finds_one(tmp_path: Path) -> None:
    (tmp_path / "left").mkdir()
    (tmp_path / "left" / "one.tmp").write_bytes(b"\0\1" + "Worokiatou".encode(UTF_16))
    assert list(leaks(tmp_path, list(SECRETS))) == ["left/one.tmp: Worokiatou"]
