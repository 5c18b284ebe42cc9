"""What is asked of Windows so that a worker is bounded and ends with the program: the calls and flags, by a fake."""

import ctypes
from ctypes import c_int, c_void_p
from typing import Any

import pytest

from shelter_desk.excel.reading import windows_job

JOB, MINE, CHILD = 0x70B, 0x111, 0xC41D


class FakeKernelCall:
    """One function of the kernel, its types and what it answers."""

    def __init__(self, name: str, kernel: "FakeKernel") -> None:
        self.name, self.kernel = name, kernel
        self.restype: Any = None
        self.argtypes: Any = None

    def __call__(self, *given: Any) -> Any:
        limits = next((one._obj for one in given if hasattr(one, "_obj")), None)
        if limits is not None:
            self.kernel.limits = (limits.Basic.LimitFlags, limits.ProcessMemoryLimit)
        self.kernel.calls.append([self.name, *(one for one in given if isinstance(one, int))])
        return self.kernel.answers[self.name]


class FakeKernel:
    def __init__(self) -> None:
        self.calls: list[list[object]] = []
        self.limits: tuple[int, int] = (0, 0)
        self.functions: dict[str, FakeKernelCall] = {}
        self.answers: dict[str, Any] = {
            "CreateJobObjectW": JOB,
            "SetInformationJobObject": 1,
            "AssignProcessToJobObject": 1,
            "GetCurrentProcess": MINE,
            "CloseHandle": 1,
        }

    def __getattr__(self, name: str) -> FakeKernelCall:
        return self.functions.setdefault(name, FakeKernelCall(name, self))


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> FakeKernel:
    fake = FakeKernel()
    monkeypatch.setattr(ctypes, "WinDLL", lambda _name, **_how: fake, raising=False)
    return fake


@pytest.mark.skipif(ctypes.sizeof(c_void_p) != 8, reason="the shape of 64 bits")
def test_the_limits_have_the_shape_that_windows_reads() -> None:
    assert ctypes.sizeof(windows_job.JobLimits) == 144
    assert (windows_job.JobLimits.ProcessMemoryLimit.offset, windows_job._Basic.LimitFlags.offset) == (112, 16)


def test_a_worker_bounds_its_own_memory(kernel: FakeKernel) -> None:
    windows_job.bound_memory(1 << 30)
    assert kernel.limits == (0x100, 1 << 30)
    assert kernel.calls[-1] == ["AssignProcessToJobObject", JOB, MINE]


def test_a_worker_ends_with_the_program(kernel: FakeKernel) -> None:
    with windows_job.ending_with_us(CHILD):
        assert kernel.limits == (0x2000, 0)
        assert kernel.calls[-1] == ["AssignProcessToJobObject", JOB, CHILD]
    assert kernel.calls[-1] == ["CloseHandle", JOB]


def test_handles_are_as_wide_as_windows_has_them(kernel: FakeKernel) -> None:
    with windows_job.ending_with_us(CHILD):
        made, put = kernel.functions["CreateJobObjectW"], kernel.functions["AssignProcessToJobObject"]
    assert (made.restype, put.argtypes) == (c_void_p, (c_void_p, c_void_p))
    assert put.restype is c_int


@pytest.mark.parametrize("refused", ["CreateJobObjectW", "SetInformationJobObject"])
def test_where_windows_refuses_the_work_goes_on(kernel: FakeKernel, refused: str) -> None:
    kernel.answers[refused] = 0
    with windows_job.ending_with_us(CHILD):
        assert "AssignProcessToJobObject" not in {one[0] for one in kernel.calls}
    assert ["CloseHandle", JOB] in kernel.calls or refused == "CreateJobObjectW"
