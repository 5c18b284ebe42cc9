"""The search for cycles is held back inside a block, and goes on after it."""

import gc
from collections.abc import Iterator

import pytest

from shelter_desk.system import collecting


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
