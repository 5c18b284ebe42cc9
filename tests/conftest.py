"""What all tests share: no real keyring, French, and ways to make a disk refuse."""

import atexit
import ctypes
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Protocol

import pytest

from tests import quick
from tests.examples import examples

quick.keep_files_in_memory()
# before anything asks for a keyring: neither this process nor its children touch a real one
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ["LANGUAGE"] = "fr"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if sys.platform == "win32":  # as `ui.offscreen.show_fonts`: else no test of a window has letters
    os.environ.setdefault("QT_QPA_FONTDIR", os.path.join(os.environ["SYSTEMROOT"], "Fonts"))  # noqa: PTH118
# what this computer remembers of folders is not to be that of who runs the tests
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="shelter-desk-tests-")
for _folder in ("APPDATA", "LOCAL_APPDATA"):  # what platformdirs takes on Windows
    os.environ[f"WIN_PD_OVERRIDE_{_folder}"] = os.path.join(os.environ["XDG_CONFIG_HOME"], _folder)  # noqa: PTH118
atexit.register(shutil.rmtree, os.environ["XDG_CONFIG_HOME"], ignore_errors=True)


@pytest.fixture(autouse=True)
def nothing_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Shelters of tests are copies of one: what this computer saw in another test is nothing to this one.

    A window that another test closed may still be writing.
    """
    from shelter_desk.system import last_seen

    really, mine = last_seen.write, tmp_path.resolve()

    def write(shelter: str, seen: last_seen.Seen) -> None:
        if Path(seen.folder).is_relative_to(mine):
            really(shelter, seen)

    monkeypatch.setattr(last_seen, "write", write)
    for remembered in last_seen._path().parent.glob("*.json"):  # the second place of backups, too
        remembered.unlink()
    yield
    end_jobs()
    quick.give_room(tmp_path)


def end_jobs() -> None:
    """What a closed window of a test still does, such as backing up, is done before the next test begins.

    The shelter of the next one may have the same number, and so the same second place.
    """
    tasks = sys.modules.get("shelter_desk.ui.tasks")
    if tasks is not None:
        tasks.finish()


def pytest_sessionfinish() -> None:
    """What a test copied would be let go after Python is gone, which ends the process with a signal."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()


TINY = 6 * 1024 * 1024
SMALL = 16 * 1024 * 1024


class MemoryKeyring(Protocol):
    """What a test can look at in the fake keyring."""

    kept: dict[tuple[str, str], str]


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    """A keyring that works, forgotten after the test."""
    import keyring
    from keyring.backend import KeyringBackend

    class InMemory(KeyringBackend):  # type: ignore[misc, unused-ignore]
        priority = 1

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call, unused-ignore]
            self.kept: dict[tuple[str, str], str] = {}

        def get_password(self, service: str, username: str) -> str | None:
            return self.kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self.kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            self.kept.pop((service, username), None)

    before, backend = keyring.get_keyring(), InMemory()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


class ReadOnlyFolder(Protocol):
    """Makes a folder read-only inside a block."""

    def __call__(self, folder: Path) -> AbstractContextManager[None]: ...


@pytest.fixture
def read_only() -> ReadOnlyFolder:
    """Takes the right to write away from a folder and its files, from root too (by dropping CAP_DAC_OVERRIDE)."""
    if sys.platform == "win32":
        pytest.skip("folders of Windows have no such bits")

    @contextmanager
    def locked(folder: Path) -> Iterator[None]:
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()]}
        for path, mode in modes.items():
            path.chmod(mode & ~0o222)
        with _without_override():
            try:
                yield
            finally:
                for path, mode in modes.items():
                    if path.exists():
                        path.chmod(mode)

    return locked


_CAP_DAC_OVERRIDE = 1 << 1


@contextmanager
def _without_override() -> Iterator[None]:
    """Permission bits bind this thread even where it runs as root."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    before = (ctypes.c_uint32 * 6)()
    if libc.capget(header, before):
        pytest.skip("capabilities cannot be read here")
    dropped = (ctypes.c_uint32 * 6)(*before)
    dropped[0] &= ~_CAP_DAC_OVERRIDE
    libc.capset(header, dropped)
    try:
        yield
    finally:
        libc.capset(header, before)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of `TINY` bytes, where the tests may mount one."""
    with _disk(tmp_path / "tiny", TINY) as place:
        yield place


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of `SMALL` bytes, on which all keys of a small shelter can be changed."""
    with _disk(tmp_path / "small", SMALL) as place:
        yield place


@contextmanager
def _disk(place: Path, size: int) -> Iterator[Path]:
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("no small disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path, room: int = 0) -> None:
    """So many bytes are left, none where it is not said."""
    wanted = shutil.disk_usage(disk).free - room
    with suppress(OSError), (disk / "filling").open("wb", buffering=0) as file:
        while wanted > 0 or not room:
            wanted -= file.write(bytes(min(65536, wanted) if wanted > 0 else 1024))


def pytest_itemcollected(item: pytest.Item) -> None:
    """What grows with the profile is what `make torture` runs: random examples, and what is done many times over."""
    module = vars(getattr(item, "module", None) or object)
    is_random = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    grows = module.get("examples") is examples or isinstance(module.get("LONG"), bool)
    if is_random or grows or "tests/torture" in item.path.as_posix():
        item.add_marker(pytest.mark.long)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the torture counted, over all processes."""
    counted: Counter[str] = Counter()
    for report in (*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ())):
        for name, number in report.user_properties:
            counted[name] += int(str(number))
    for name, number in sorted(counted.items()):
        terminalreporter.write_line(f"{name}: {number}")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """The program writes for its own account alone (`app.main`); what the next test writes is as the system has it."""
    os.umask(0o022)
    yield
    os.umask(0o022)


@pytest.fixture(autouse=True)
def speaking_english() -> Iterator[None]:
    """Each test starts in the language of the code, whatever the one before spoke."""
    from shelter_desk import words

    with words.speaking("en"):
        yield


def _random_tests() -> None:
    """`make torture` asks for many more examples of each property."""
    from hypothesis import settings

    settings.register_profile("long", max_examples=2000, deadline=None)
    settings.register_profile("usual", deadline=None)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


_random_tests()
quick.stay_on_one_day()
quick.compile_statements_once()
quick.make_passwords_cheap()
quick.make_files_at_once()


def _nobody_is_accused() -> None:
    """Of no act of any test the check would say that its writer could not have written it."""
    from shelter_desk.domain.changes import Changes
    from shelter_desk.operations.desk import Desk, Writing
    from shelter_desk.operations.vault import line_rules
    from shelter_desk.storage.file.trail import UNTOLD_TABLES

    writing = Desk.writing

    @contextmanager
    def watched(self: Desk, action: str, changes: Changes, subject: str = "") -> Iterator[Writing]:
        with writing(self, action, changes, subject) as given:
            yield given
            tables = {one.table for one in given.trail.written} - UNTOLD_TABLES
            assert line_rules.may_write(self.role, tables), (self.role, action, tables)
            rows = [(row["table"], row.get("after", {})) for row in given.trail.told().get("rows", ())]
            others = [one for one in rows if not line_rules.is_in_own_name(action, *one, self.user)]
            assert not others, (self.user, action, others)

    Desk.writing = watched  # type: ignore[method-assign]


_nobody_is_accused()


def pytest_collection_finish() -> None:
    quick.leave_alone_what_stays()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """A window that a test opened searches for cycles by itself, and leaves none to who comes after it."""
    result = yield  # what the last test of a module held is let go at its end, and not before
    if nextitem is None or nextitem.path != item.path:
        quick.leave_alone_what_stays()
    return result
