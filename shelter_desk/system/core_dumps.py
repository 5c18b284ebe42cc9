"""What this process holds in memory is for itself: no dump of it is written, no other process of the user reads it.

The calls of Windows are asked for one by one: what the system refuses is written in the log, and nobody is kept out.
"""

import logging
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

_SET_DUMPABLE = 4  # of `prctl.h`

_NO_CRITICAL_BOX, _NO_FAULT_BOX = 0x0001, 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX
_NO_HEAP, _NO_UI = 1, 32  # WER_FAULT_REPORTING_FLAG_NOHEAP, WER_FAULT_REPORTING_NO_UI
_DACL, _SDDL_VERSION = 0x00000004, 1  # DACL_SECURITY_INFORMATION, SDDL_REVISION_1
# PROCESS_TERMINATE, PROCESS_QUERY_LIMITED_INFORMATION, READ_CONTROL, SYNCHRONIZE
_LEFT_TO_THE_USER = 0x0001 | 0x1000 | 0x00020000 | 0x00100000
# the system everything; the owner (OW) what is said here, neither memory nor, as an owner else may, another list
_WHO_MAY = f"D:P(A;;0x1fffff;;;SY)(A;;{_LEFT_TO_THE_USER:#x};;;OW)"
_log = logging.getLogger(__name__)


@cache
def forbid() -> None:
    """From now on, for good; called before a key comes into memory. What a child does is its own."""
    if sys.platform.startswith("linux"):
        _on_linux()
    elif sys.platform == "win32":
        on_windows()


def _on_linux() -> None:
    import ctypes
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def on_windows() -> None:
    """No box and no report of a crash with what lies in memory, and memory closed to other processes of the user.

    Whoever runs as administrator may read it all the same, and so may a dump that an administrator set up.
    """
    for what, ask in (("error boxes", _no_boxes), ("error reports", _no_reports), ("memory", _close_memory)):
        try:
            ask()
        except (OSError, AttributeError) as error:  # refused, or not known to this Windows
            _log.warning("%s: Windows refused (%s)", what, getattr(error, "winerror", None) or type(error).__name__)


def _library(name: str) -> Any:
    """The library, loaded from the folder of the system alone."""
    import ctypes

    load: Any = getattr(ctypes, "WinDLL")  # noqa: B009 - of Windows alone
    return load(f"{name}.dll", use_last_error=True, winmode=0x00000800)  # LOAD_LIBRARY_SEARCH_SYSTEM32


def _call(called: Any, returns: Any, *takes: Any) -> Callable[..., Any]:
    called.restype, called.argtypes = returns, takes
    return called  # type: ignore[no-any-return]


def _no_boxes() -> None:
    from ctypes import c_uint

    kernel = _library("kernel32")
    former = _call(kernel.GetErrorMode, c_uint)()
    _call(kernel.SetErrorMode, c_uint, c_uint)(former | _NO_CRITICAL_BOX | _NO_FAULT_BOX)


def _no_reports() -> None:
    """The program alone is left out of them for this account, never the Python that others run with."""
    from ctypes import c_int, c_long, c_ulong, c_wchar_p

    _check_result(_call(_library("kernel32").WerSetFlags, c_long, c_ulong)(_NO_HEAP | _NO_UI))
    if getattr(sys, "frozen", False):
        leave_out = _call(_library("wer").WerAddExcludedApplication, c_long, c_wchar_p, c_int)
        _check_result(leave_out(Path(sys.executable).name, 0))


def _check_result(result: int) -> None:
    """Raises OSError for an HRESULT that says no."""
    if result < 0:
        raise OSError(f"{result & 0xFFFFFFFF:#x}")


def _close_memory() -> None:
    from ctypes import POINTER, byref, c_int, c_ulong, c_void_p, c_wchar_p

    kernel, rights = _library("kernel32"), _library("advapi32")
    made = c_void_p()
    read_list = _call(
        rights.ConvertStringSecurityDescriptorToSecurityDescriptorW,
        c_int,
        c_wchar_p,
        c_ulong,
        POINTER(c_void_p),
        POINTER(c_ulong),
    )
    if not read_list(_WHO_MAY, _SDDL_VERSION, byref(made), None):
        raise _last_error()
    try:
        mine = _call(kernel.GetCurrentProcess, c_void_p)()
        if not _call(rights.SetKernelObjectSecurity, c_int, c_void_p, c_ulong, c_void_p)(mine, _DACL, made):
            raise _last_error()
    finally:
        _call(kernel.LocalFree, c_void_p, c_void_p)(made)


def _last_error() -> OSError:
    import ctypes

    last: Any = getattr(ctypes, "get_last_error")  # noqa: B009 - of Windows alone
    return OSError(f"error {last()}")
