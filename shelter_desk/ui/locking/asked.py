"""Counts the dialogs that code waits for, so that a lock deletes no page while one of its lines is still in there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

Kind = Literal["dialog", "drag"]
_open: list[Kind] = []


@contextmanager
def asking(kind: Kind = "dialog") -> Iterator[None]:
    """Around each dialog that is waited for: a question, a choice of file, the printer, something being dragged."""
    _open.append(kind)
    try:
        yield
    finally:
        _open.pop()


def is_open() -> bool:
    """Whether code waits for a dialog now, closed though it may be already."""
    return bool(_open)


def is_dragging() -> bool:
    """Whether something is being dragged."""
    return "drag" in _open
