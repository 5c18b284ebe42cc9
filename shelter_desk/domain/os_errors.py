"""Which trouble a refusal of the operating system is."""

import errno

from shelter_desk.domain.errors import DiskFull, ReadOnly

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def named(error: OSError, path: str) -> DiskFull | ReadOnly | OSError:
    """DiskFull or ReadOnly where it is one of them, else the error as it came."""
    if error.errno in _FULL:
        return DiskFull(path)
    return ReadOnly(path) if error.errno in _READ_ONLY else error
