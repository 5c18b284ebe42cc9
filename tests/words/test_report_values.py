"""Figures of the report as text."""

import pytest

from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.report import Profile
from shelter_desk.words.reports import reports
from tests.domain.reports.shelters import golden


@pytest.mark.parametrize(
    ("found", "said"),
    [(-1, "−1"), (-2.5, "−2.5"), (0, "0"), (1234, "1,234"), (None, "—")],
)
def test_a_figure_below_zero_has_a_true_minus(found: float | None, said: str) -> None:
    assert reports.value(found) == said


@pytest.mark.parametrize("profile", ["partenaire", "public"])
def test_every_hidden_number_bears_one_mark_that_says_nothing_of_its_size(profile: Profile) -> None:
    found = shown(compute(golden().facts()), profile)
    assert {reports.value(found.value(key, *dims)) for key, dims in found.hidden if found.find((key, dims))} == {"s"}
    assert {value for one in found.identities for value in (one.left, one.right) if isinstance(value, str)} == set()
