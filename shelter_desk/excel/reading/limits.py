"""What a worker process may use: memory, processor time and no file at all."""

import sys

MIB = 1024 * 1024

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _PROCESS_MEMORY = 0x100
    _EXTENDED_LIMITS = 9

    class _Basic(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class _Extended(ctypes.Structure):
        _fields_ = [
            ("Basic", _Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    def restrict(seconds: int, memory_mib: int, written_mib: int = 0) -> None:
        """Put this process into a job of its own with that much memory; the reader counts the seconds."""
        del seconds, written_mib
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        limits = _Extended()
        limits.Basic.LimitFlags = _PROCESS_MEMORY
        limits.ProcessMemoryLimit = memory_mib * MIB
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        size = ctypes.sizeof(limits)
        kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), size)
        kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))

else:
    import resource

    def restrict(seconds: int, memory_mib: int, written_mib: int = 0) -> None:
        """Bound this process for good: address space, processor seconds, no core file, no file over `written_mib`."""
        for kind, limit in (
            (resource.RLIMIT_AS, memory_mib * MIB),
            (resource.RLIMIT_CPU, seconds + 1),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, written_mib * MIB),
        ):
            _lower(kind, limit)

    def _lower(kind: int, limit: int) -> None:
        _, hard = resource.getrlimit(kind)
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        try:
            resource.setrlimit(kind, (allowed, allowed))
        except (OSError, ValueError):  # macOS knows no limit of the address space
            return
