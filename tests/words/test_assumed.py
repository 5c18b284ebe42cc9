"""What was taken to be so where a line leaves it open."""

from typing import get_args

import pytest

from shelter_desk import words
from shelter_desk.domain.registers.shape import Why
from shelter_desk.words import imports


@pytest.mark.parametrize("why", get_args(Why))
def test_everything_that_is_assumed_has_its_words(why: Why) -> None:
    with words.speaking("fr"):
        assert imports.assumed(why, 3).startswith("3 lignes")
