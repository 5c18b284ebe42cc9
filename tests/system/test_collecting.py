"""The search for cycles is held back inside a block, and goes on after it."""

import gc
from collections.abc import Iterator

import pytest

from shelter_desk.system import collecting
from tests import quick


@pytest.fixture(autouse=True)
def searching() -> Iterator[None]:
    """Python searches by itself, as in a process without a window."""
    was_on = gc.isenabled()
    gc.enable()
    yield
    if not was_on:
        gc.disable()


def test_nothing_is_searched_inside_a_block() -> None:
    with collecting.held_back():
        assert not gc.isenabled()


def test_the_search_goes_on_after_a_block_that_failed() -> None:
    with pytest.raises(KeyError), collecting.held_back():
        raise KeyError
    assert gc.isenabled()


def test_a_block_inside_another_does_not_end_it() -> None:
    with collecting.held_back():
        with collecting.held_back():
            pass
        assert not gc.isenabled()


def test_what_was_made_is_not_walked_over_at_once_after_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "get_freeze_count", lambda: 0)  # the tests freeze what stays
    monkeypatch.setattr(gc, "freeze", quick.freeze)
    monkeypatch.setattr(gc, "unfreeze", quick.unfreeze)
    searches: list[str] = []

    def note(phase: str, _found: object) -> None:
        searches.append(phase)

    gc.callbacks.append(note)
    try:
        with collecting.held_back():
            made = [[number] for number in range(5000)]
        made.append([0])
    finally:
        gc.callbacks.remove(note)
        monkeypatch.undo()
        quick.leave_alone_what_stays()
    assert (searches, len(made)) == ([], 5001)


def test_what_somebody_froze_stays_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "get_freeze_count", lambda: 1)
    monkeypatch.setattr(gc, "unfreeze", lambda: pytest.fail("unfrozen"))
    with collecting.held_back():
        pass
    assert gc.isenabled()
