"""What this process holds in memory is for itself: no dump of it is written, no other process of the user reads it."""

import sys
from functools import cache

_SET_DUMPABLE = 4  # of `prctl.h`


@cache
def forbid() -> None:
    """From now on, for good; called before a key comes into memory. Linux alone; what a child does is its own."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
