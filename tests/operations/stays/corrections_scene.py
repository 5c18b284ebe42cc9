"""A stay in the small shelter whose entry and exit are put right, for tests."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.stays.stays import Placement
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.residents.residents import StayRecord
from shelter_desk.operations.stays import stay_corrections, stays
from shelter_desk.operations.stays.stays import Admitted
from tests.operations.shelter import admit, days_ago, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


def kept(desk: Desk, made: Admitted) -> StayRecord:
    return next(one for one in residents.record(desk, made.person).stays if one.stay.id == made.stay)


def spans(facts: tuple[Placement, ...]) -> list[tuple[datetime, datetime | None]]:
    return [(one.start, one.end) for one in facts]


def left(desk: Desk, code: str = "1A", days: int = 20, gone: int = 10) -> Admitted:
    made = admit(desk, code, days=days)
    stays.leave(desk, made.stay, days_ago(gone), "autonomie", "mali_autre")
    return made


def corrected(desk: Desk, made: Admitted, without_bed: bool = False, **said: Any) -> StayRecord:
    stay_corrections.correct(desk, replace(kept(desk, made).stay, **said), without_bed)
    return kept(desk, made)
