"""Job objects of Windows: a bound on the memory of a process, and processes that end with the one that started them.

Where Windows refuses, nothing is bound and the work goes on. Loaded on Windows alone; numbers and shapes are those of
`winnt.h`.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, c_int, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Any

PROCESS_MEMORY = 0x0100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
KILL_ON_CLOSE = 0x2000  # JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation


class _Basic(ctypes.Structure):
    _fields_ = [
        ("PerProcessUserTimeLimit", c_int64),
        ("PerJobUserTimeLimit", c_int64),
        ("LimitFlags", c_uint32),
        ("MinimumWorkingSetSize", c_size_t),
        ("MaximumWorkingSetSize", c_size_t),
        ("ActiveProcessLimit", c_uint32),
        ("Affinity", c_size_t),
        ("PriorityClass", c_uint32),
        ("SchedulingClass", c_uint32),
    ]


class JobLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = [
        ("Basic", _Basic),
        ("IoInfo", c_uint64 * 6),
        ("ProcessMemoryLimit", c_size_t),
        ("JobMemoryLimit", c_size_t),
        ("PeakProcessMemoryUsed", c_size_t),
        ("PeakJobMemoryUsed", c_size_t),
    ]


def bound_memory(most: int) -> None:
    """Put this process into a job of its own, with so many bytes."""
    kernel = _kernel()
    limits = JobLimits()
    limits.Basic.LimitFlags = PROCESS_MEMORY
    limits.ProcessMemoryLimit = most
    if job := _made(kernel, limits):
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())


@contextmanager
def ending_with_us(process: int) -> Iterator[None]:
    """While the block lasts Windows ends that process when this one ends, however it does; then it ends it.

    A job for each: one that holds others does not take a process that has put itself into a job already.
    process: its handle.
    """
    kernel = _kernel()
    limits = JobLimits()
    limits.Basic.LimitFlags = KILL_ON_CLOSE
    job = _made(kernel, limits)
    if job:
        kernel.AssignProcessToJobObject(job, process)
    try:
        yield
    finally:
        if job:
            kernel.CloseHandle(job)


def _made(kernel: Any, limits: JobLimits) -> int | None:
    job: int | None = kernel.CreateJobObjectW(None, None)
    if job and not kernel.SetInformationJobObject(job, EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)):
        kernel.CloseHandle(job)
        return None
    return job or None


def _kernel() -> Any:
    load: Any = getattr(ctypes, "WinDLL")  # noqa: B009 - of Windows alone
    kernel = load("kernel32", use_last_error=True)
    for name, returns, takes in (
        ("CreateJobObjectW", c_void_p, (c_void_p, c_void_p)),
        ("SetInformationJobObject", c_int, (c_void_p, c_int, POINTER(JobLimits), c_uint32)),
        ("AssignProcessToJobObject", c_int, (c_void_p, c_void_p)),
        ("GetCurrentProcess", c_void_p, ()),
        ("CloseHandle", c_int, (c_void_p,)),
    ):
        called = getattr(kernel, name)
        called.restype, called.argtypes = returns, takes
    return kernel
