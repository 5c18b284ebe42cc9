"""Which trouble a refusal of the operating system is."""

import errno
import sys
from typing import Any

from shelter_desk.domain.errors import DiskFull, DriveGone, ReadOnly

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_GONE = frozenset({errno.EIO, errno.ENXIO, errno.ENODEV, getattr(errno, "ESTALE", errno.EIO)})
# numbers of `winerror.h` that Python calls EINVAL, or EACCES as if somebody had forbidden it
_FULL_WINDOWS = frozenset({39, 112, 1295})  # HANDLE_DISK_FULL, DISK_FULL, DISK_QUOTA_EXCEEDED
_GONE_WINDOWS = frozenset(
    {
        *(21, 23, 27, 29, 30, 31),  # NOT_READY, CRC, SECTOR_NOT_FOUND, WRITE_FAULT, READ_FAULT, GEN_FAILURE
        *(55, 59, 64, 433),  # DEV_NOT_EXIST, UNEXP_NET_ERR, NETNAME_DELETED, NO_SUCH_DEVICE
        *(1006, 1117, 1167),  # FILE_INVALID, IO_DEVICE, DEVICE_NOT_CONNECTED
    }
)


def named(error: OSError, path: str) -> DiskFull | ReadOnly | DriveGone | OSError:
    """DiskFull, ReadOnly or DriveGone where it is one of them, else the error as it came."""
    windows = _windows_number(error)
    if windows in _FULL_WINDOWS or error.errno in _FULL:
        return DiskFull(path)
    if windows in _GONE_WINDOWS or error.errno in _GONE:
        return DriveGone(path)
    return ReadOnly(path) if error.errno in _READ_ONLY else error


def _windows_number(error: OSError) -> int | None:
    """Python has it of what it asks Windows itself; of `open` and `write` the C library has it, and tells less."""
    told: int | None = getattr(error, "winerror", None)
    if told is None and sys.platform == "win32" and error.errno in (errno.EACCES, errno.EINVAL):
        return _of_the_c_library(error)
    return told


def _of_the_c_library(error: OSError) -> int | None:
    """The number of its last refusal in this thread: only what it calls as this error is called is taken for its."""
    import ctypes

    library: Any = ctypes.CDLL("ucrtbase")
    number = ctypes.c_ulong()
    library._get_doserrno(ctypes.byref(number))
    is_of_this = (19 <= number.value <= 36) == (error.errno == errno.EACCES)
    return number.value if is_of_this else None
