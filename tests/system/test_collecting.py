"""The search for cycles is held back inside a block, and goes on after it."""

import gc
from collections.abc import Iterator
from threading import Thread

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


@pytest.fixture
def window_searches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """As beside a window, which searches by itself; what is set apart, by how much was made."""
    gc.disable()
    set_apart: list[int] = []
    monkeypatch.setattr(gc, "freeze", lambda: set_apart.append(gc.get_count()[0]))
    return set_apart


def test_masses_made_beside_the_window_are_set_apart(window_searches: list[int]) -> None:
    with collecting.held_back():
        few = [[number] for number in range(50)]
    first = list(window_searches)
    with collecting.held_back():
        with collecting.held_back():
            masses = [[number] for number in range(collecting.MASSES)]
        inside = list(window_searches)
    assert (first, inside, len(window_searches)) == ([], [], 1)
    assert len(few) + len(masses) == collecting.MASSES + 50


def test_whoever_searches_by_themselves_is_told_of_a_block_on_any_thread() -> None:
    told = [collecting.is_held_back()]
    with collecting.held_back():
        beside = Thread(target=lambda: told.append(collecting.is_held_back()))
        beside.start()
        beside.join()
    assert [*told, collecting.is_held_back()] == [False, True, False]
