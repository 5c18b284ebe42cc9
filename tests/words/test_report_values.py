"""Figures of the report as text."""

import pytest

from shelter_desk.words import report


@pytest.mark.parametrize(
    ("found", "said"),
    [(-1, "−1"), (-2.5, "−2.5"), (0, "0"), (1234, "1,234"), (None, "—"), ("< 5", "< 5")],
)
def test_a_figure_below_zero_has_a_true_minus(found: float | str | None, said: str) -> None:
    assert report.value(found) == said
