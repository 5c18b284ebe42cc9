"""Every place where something comes to the disk: what is done there, at whichever of them a test wants."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from shelter_desk.storage.file import journal_head

CALLS = ((os, "replace"), (os, "fsync"), (os, "unlink"), (os, "write"), (tempfile, "mkstemp"))
STATEMENTS = ("COMMIT", "PRAGMA rekey", "PRAGMA wal_checkpoint", "PRAGMA journal_mode = DELETE")


@contextmanager
def reached(at: Callable[[str], None], *, with_statements: bool = True) -> Iterator[None]:
    """Inside, `at` is called before each of them, with its name. It may raise, but at no statement of the database."""
    really_connect: Any = sqlcipher.connect

    def told(statement: str) -> None:
        if statement.startswith(STATEMENTS):
            at(statement.split(" = ", maxsplit=1)[0])

    def connect(*args: Any, **kwargs: Any) -> Any:
        raw = really_connect(*args, **kwargs)
        raw.set_trace_callback(told)
        return raw

    with pytest.MonkeyPatch.context() as patched:
        for module, name in (*CALLS, (journal_head, "_to_disk")):
            patched.setattr(module, name, _before(getattr(module, name), name, at))
        if with_statements:
            patched.setattr(sqlcipher, "connect", connect)
        yield


def _before(really: Callable[..., Any], name: str, at: Callable[[str], None]) -> Callable[..., Any]:
    def called(*args: Any, **kwargs: Any) -> Any:
        at(name)
        return really(*args, **kwargs)

    return called
