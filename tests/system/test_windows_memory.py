"""What is asked of Windows so that memory is dumped and read by nobody: the calls, their types and flags, by a fake."""

import ctypes
import logging
import sys
from ctypes import POINTER, c_int, c_long, c_uint, c_ulong, c_void_p, c_wchar_p
from typing import Any

import pytest

from shelter_desk.system import core_dumps

PROCESS_VM_READ, PROCESS_VM_WRITE, PROCESS_DUP_HANDLE, PROCESS_CREATE_THREAD = 0x0010, 0x0020, 0x0040, 0x0002
WRITE_DAC, WRITE_OWNER = 0x00040000, 0x00080000
MINE, MADE = -1, 0x5EC0


class FakeCall:
    """One function: what it was told of its types, what it was called with, what it answers."""

    def __init__(self, name: str, windows: "FakeWindows") -> None:
        self.name, self._windows = name, windows
        self.restype: Any = None
        self.argtypes: tuple[Any, ...] | None = None

    def __call__(self, *given: Any) -> Any:
        self._windows.calls.append((self.name, given))
        self._windows.types[self.name] = (self.restype, self.argtypes)
        if self.name.startswith("ConvertString"):
            given[2]._obj.value = MADE
        return self._windows.answers.get(self.name, 0)


class FakeLibrary:
    def __init__(self, windows: "FakeWindows") -> None:
        self._windows = windows

    def __getattr__(self, name: str) -> FakeCall:
        if name in self._windows.unknown:
            raise AttributeError(name)
        return FakeCall(name, self._windows)


class FakeWindows:
    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.types: dict[str, tuple[Any, Any]] = {}
        self.loaded: list[tuple[str, dict[str, Any]]] = []
        self.unknown: set[str] = set()
        self.answers: dict[str, Any] = {
            "GetErrorMode": 0x8000,
            "ConvertStringSecurityDescriptorToSecurityDescriptorW": 1,
            "GetCurrentProcess": MINE,
            "SetKernelObjectSecurity": 1,
        }

    def load(self, name: str, **how: Any) -> FakeLibrary:
        self.loaded.append((name, how))
        return FakeLibrary(self)

    def given(self, name: str) -> list[tuple[Any, ...]]:
        return [given for called, given in self.calls if called == name]


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> FakeWindows:
    fake = FakeWindows()
    monkeypatch.setattr(ctypes, "WinDLL", fake.load, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: 5, raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/programs/shelter-desk.exe")
    return fake


def test_no_box_is_shown_and_what_was_asked_before_stays(windows: FakeWindows) -> None:
    core_dumps.on_windows()
    assert windows.given("SetErrorMode") == [(0x8000 | 0x0001 | 0x0002,)]
    assert windows.types["SetErrorMode"] == (c_uint, (c_uint,))


def test_reports_hold_no_memory_and_leave_the_program_out_for_this_account(windows: FakeWindows) -> None:
    core_dumps.on_windows()
    assert windows.given("WerSetFlags") == [(1 | 32,)]
    assert windows.types["WerSetFlags"] == (c_long, (c_ulong,))
    assert windows.given("WerAddExcludedApplication") == [("shelter-desk.exe", 0)]
    assert windows.types["WerAddExcludedApplication"] == (c_long, (c_wchar_p, c_int))


def test_a_python_that_others_run_with_is_not_left_out(windows: FakeWindows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(sys, "frozen")
    core_dumps.on_windows()
    assert windows.given("WerAddExcludedApplication") == []


def test_other_processes_of_the_user_may_neither_read_memory_nor_give_themselves_the_right(
    windows: FakeWindows,
) -> None:
    core_dumps.on_windows()
    ((told, revision, _made, _size),) = windows.given("ConvertStringSecurityDescriptorToSecurityDescriptorW")
    entries = dict(reversed(entry.split(";;;")) for entry in told.removeprefix("D:P(").removesuffix(")").split(")("))
    assert (revision, entries) == (1, {"SY": "A;;0x1fffff", "OW": "A;;0x121001"})
    left = int(entries["OW"].removeprefix("A;;"), 16)
    assert not left & (PROCESS_VM_READ | PROCESS_VM_WRITE | PROCESS_DUP_HANDLE | PROCESS_CREATE_THREAD)
    assert not left & (WRITE_DAC | WRITE_OWNER)


def test_the_list_is_set_on_this_process_and_given_back(windows: FakeWindows) -> None:
    core_dumps.on_windows()
    ((process, which, made),) = windows.given("SetKernelObjectSecurity")
    assert (process, which, made.value) == (MINE, 0x00000004, MADE)
    assert windows.types["SetKernelObjectSecurity"] == (c_int, (c_void_p, c_ulong, c_void_p))
    assert windows.types["GetCurrentProcess"] == (c_void_p, ())
    assert [given[0].value for given in windows.given("LocalFree")] == [MADE]
    read_list = windows.types["ConvertStringSecurityDescriptorToSecurityDescriptorW"]
    assert read_list == (c_int, (c_wchar_p, c_ulong, POINTER(c_void_p), POINTER(c_ulong)))


def test_libraries_are_those_of_the_system(windows: FakeWindows) -> None:
    core_dumps.on_windows()
    assert {name for name, _ in windows.loaded} == {"kernel32.dll", "wer.dll", "advapi32.dll"}
    assert {how["winmode"] for _, how in windows.loaded} == {0x00000800}


@pytest.mark.parametrize(
    "answers",
    [
        {"WerSetFlags": -2147024809},
        {"WerAddExcludedApplication": -2147024891},
        {"SetKernelObjectSecurity": 0},
        {"ConvertStringSecurityDescriptorToSecurityDescriptorW": 0},
    ],
    ids=lambda answers: next(iter(answers)),
)
def test_what_is_refused_is_logged_and_the_rest_is_asked_all_the_same(
    windows: FakeWindows, caplog: pytest.LogCaptureFixture, answers: dict[str, int]
) -> None:
    windows.answers |= answers
    with caplog.at_level(logging.WARNING):
        core_dumps.on_windows()
    assert len(caplog.records) == 1
    assert len(windows.given("SetErrorMode")) == len(windows.given("WerSetFlags")) == 1
    assert len(windows.given("ConvertStringSecurityDescriptorToSecurityDescriptorW")) == 1


def test_a_windows_that_does_not_know_a_call_keeps_nobody_out(
    windows: FakeWindows, caplog: pytest.LogCaptureFixture
) -> None:
    windows.unknown = {"WerSetFlags", "GetErrorMode"}
    core_dumps.on_windows()
    assert len(caplog.records) == 2
    assert len(windows.given("SetKernelObjectSecurity")) == 1


def test_it_is_asked_before_a_key_comes_into_memory_on_windows(
    windows: FakeWindows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    core_dumps.forbid.cache_clear()
    core_dumps.forbid()
    core_dumps.forbid.cache_clear()
    assert len(windows.given("SetKernelObjectSecurity")) == 1
