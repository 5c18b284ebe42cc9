"""What another program holds for a moment on Windows; its refusals are a fake, which carries the number of Windows."""

import ast
import errno
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import ReadOnly
from shelter_desk.excel import saving
from shelter_desk.storage.file import files
from shelter_desk.system import folders

HOUSE = Path(held_files.__file__).parents[1]
# what no other file calls by itself: a scanner may hold what it takes away or puts in place
OF_HELD_FILES = {"unlink", "rmdir", "rmtree", "rename", "renames", "touch", "write_bytes", "write_text"}
MODE = re.compile("[rbt]*[wxa+][rbt+]*")
ALONE = {"TemporaryDirectory", "mkdtemp"}


class Holding:
    """Refuses as Windows does until it was asked so often."""

    def __init__(self, times: int, number: int = 32) -> None:
        self.times, self.number, self.waited = times, number, list[float]()

    def around(self, really: Callable[..., object]) -> Callable[..., object]:
        def asked(*given: object, **named: object) -> object:
            if self.times > 0:
                self.times -= 1
                refused = PermissionError(13, "held")
                refused.winerror = self.number  # type: ignore[attr-defined, unused-ignore]
                raise refused
            return really(*given, **named)

        return asked


@pytest.fixture
def holding(monkeypatch: pytest.MonkeyPatch) -> Holding:
    scanner = Holding(3)
    monkeypatch.setattr(held_files, "sleep", scanner.waited.append)
    return scanner


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_file_that_is_held_is_asked_for_again(holding: Holding, number: int) -> None:
    holding.number = number
    assert held_files.patiently(holding.around(lambda: "given")) == "given"
    assert holding.waited == list(held_files.PAUSES[:3])


def test_what_the_c_library_of_windows_refuses_has_no_number(
    holding: Holding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened() -> str:
        if len(holding.waited) < 2:
            raise PermissionError(errno.EACCES, "held")
        return "open"

    with pytest.raises(PermissionError):
        held_files.patiently(opened)
    monkeypatch.setattr(sys, "platform", "win32")
    assert (held_files.patiently(opened), len(holding.waited)) == ("open", 2)


def test_after_two_seconds_it_is_a_refusal(holding: Holding) -> None:
    holding.times = 1000
    with pytest.raises(PermissionError):
        held_files.patiently(holding.around(lambda: None))
    assert 1.9 <= sum(holding.waited) <= 2.1


@pytest.mark.parametrize("number", [None, 2, 112])
def test_what_is_no_holding_is_said_at_once(holding: Holding, number: int | None) -> None:
    holding.number = number  # type: ignore[assignment]
    with pytest.raises(PermissionError):
        held_files.patiently(holding.around(lambda: None))
    assert holding.waited == []


def test_a_workbook_is_saved_though_the_one_before_is_held(
    holding: Holding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rapport.xlsx").write_bytes(b"before")
    monkeypatch.setattr(os, "replace", holding.around(os.replace))
    saving.save(tmp_path / "rapport.xlsx", b"after")
    assert ((tmp_path / "rapport.xlsx").read_bytes(), len(holding.waited)) == (b"after", 3)
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.xlsx"]


def test_a_workbook_that_somebody_has_open_is_told(
    holding: Holding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding.times = 1000
    monkeypatch.setattr(os, "replace", holding.around(os.replace))
    with pytest.raises(ReadOnly):
        saving.save(tmp_path / "rapport.xlsx", b"after")


@pytest.mark.parametrize("how", ["replace", "open"])
def test_files_of_the_shelter_are_replaced_and_read_though_they_are_held(
    holding: Holding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    files.replace_atomically(tmp_path / "keys.json", b"before")
    with monkeypatch.context() as scanned:
        scanned.setattr(os, how, holding.around(getattr(os, how)))
        if how == "replace":
            files.replace_atomically(tmp_path / "keys.json", b"after")
        assert files.small(tmp_path / "keys.json", 9) == (b"after" if how == "replace" else b"before")
    assert len(holding.waited) == 3


def test_what_the_computer_remembers_is_kept_though_it_is_held(
    holding: Holding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", holding.around(os.replace))
    folders.keep(tmp_path / "preferences.json", {"language": "en"})
    assert folders.kept(tmp_path / "preferences.json") == {"language": "en"}


def test_a_folder_goes_though_a_file_in_it_is_held(
    holding: Holding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held_files.temporary_folder("new-", tmp_path) as made:
        (made / "shelter.db").write_bytes(b"1")
        monkeypatch.setattr(os, "unlink", holding.around(os.unlink))
    assert (list(tmp_path.iterdir()), len(holding.waited)) == ([], 2)


def test_a_folder_that_cannot_go_undoes_nothing(
    holding: Holding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding.times = 1000
    with held_files.temporary_folder("new-", tmp_path) as made:
        (made / "shelter.db").write_bytes(b"1")
        monkeypatch.setattr(os, "unlink", holding.around(os.unlink))
    assert [path.name for path in made.iterdir()] == ["shelter.db"]


def called(tree: ast.AST) -> set[str]:
    """What a file calls to take away, to put in place or to write, without patience."""
    patient = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "patiently"
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or id(node) in patient:
            continue
        name, given = node.func.attr, [one for one in node.args if isinstance(one, ast.Constant)]
        owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
        is_ours = owner == "held_files" or owner.endswith("drafting") or (name == "touch" and not node.keywords)
        is_written = name == "open" and any(MODE.fullmatch(str(one.value)) for one in given)
        is_put = name == "replace" and len(node.args) == 1 and not node.keywords
        if not is_ours and (name in OF_HELD_FILES | ALONE or is_written or is_put):
            found.add(f"{name}:{node.lineno}")
    return found


def test_nothing_else_takes_away_or_puts_in_place() -> None:
    sources = [path for path in HOUSE.rglob("*.py") if path.name != "held_files.py" and "migrations" not in path.parts]
    impatient = {
        (path.relative_to(HOUSE).as_posix(), one.split(":")[0])
        for path in sources
        for one in called(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert impatient == {
        ("domain/reports/hiding/solver.py", "open"),  # `os.devnull`
        ("system/log.py", "replace"),  # another window writes there as long as it is open
        ("ui/theme.py", "mkdtemp"),  # goes at the end of the program
        ("commands/self_test.py", "TemporaryDirectory"),
        ("operations/imports/excel_edits.py", "mkdtemp"),  # swept by `held_files.remove_tree`
    }
