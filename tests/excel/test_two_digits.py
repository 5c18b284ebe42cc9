"""Days of a file whose year has two digits."""

from datetime import date

import pytest

from shelter_desk.domain.plausible_dates import Kind
from shelter_desk.excel.reading import ages_and_years

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("cell", "kind", "whole"),
    [
        ("31/12/28", "ahead", "31/12/2028"),
        ("03.02.98", "birth", "03.02.1998"),
        ("29/11/26", "birth", "29/11/1926"),
        ("03-02-25 14h30", "event", "03-02-2025 14h30"),
        ("12-févr-26", "event", "12-févr-2026"),
        ("le 3 déc. 98", "birth", "le 3 déc. 1998"),
    ],
)
def test_the_year_is_written_in_full_by_the_kind_of_its_column(cell: str, kind: Kind, whole: str) -> None:
    assert ages_and_years.year_in_full(cell, kind, TODAY) == whole


@pytest.mark.parametrize("cell", ["03/02/2025", "2025-02-03", "12 ans", "mai 99", "12 frimaire 26", "1/25", 45, None])
def test_what_is_no_day_with_such_a_year_stays_as_it_is(cell: str | int | None) -> None:
    assert ages_and_years.year_in_full(cell, "event", TODAY) == cell
