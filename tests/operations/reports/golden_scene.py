"""A house of the golden workbook, and its November as it is reported."""

from collections.abc import Iterator

import pytest

from shelter_desk.domain.moments import Period
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from shelter_desk.operations.reports.reports import Month
from tests.commands.workbooks import golden, write
from tests.operations.shelter import month_when_over, small_shelter


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("shelter")
    with small_shelter(folder / "shelter") as opened:
        registers.take_in(opened, registers.look(opened, write(folder / "golden.xlsx", golden())))
        yield opened


@pytest.fixture(scope="module")
def month(desk: Desk) -> Month:
    return month_when_over(desk, Period.month(2026, 11))
