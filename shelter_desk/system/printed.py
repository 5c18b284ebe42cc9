"""What a command prints, and a reader of it who goes away, as `head` does when it has seen enough."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from shelter_desk.domain.errors import DiskFull
from shelter_desk.domain.os_errors import named

_GONE = (errno.EPIPE, errno.EINVAL)  # the second is what Windows says


class _Printed:
    """A stream that goes on into nothing once nobody reads it. Raises DiskFull where it is a file on a full disk."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with self._told():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with self._told():
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            is_full = isinstance(named(error, ""), DiskFull)
            if not is_full and error.errno not in _GONE:
                raise
            # what still waits to be written would fail again when the program ends
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
            if is_full:
                raise DiskFull(self._stream.name) from error


@contextmanager
def to_whoever_reads() -> Iterator[None]:
    """Print as long as somebody reads; the work goes on, and its exit code stays, when nobody does."""
    before = sys.stdout, sys.stderr  # None in a packaged program without a console
    printed = [None if stream is None else _Printed(stream) for stream in before]
    sys.stdout, sys.stderr = (cast(TextIO, one) for one in printed)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
        for one in filter(None, printed):
            with suppress(DiskFull):
                one.flush()
