"""Receptions of equipment from a donor at the desk."""

from dataclasses import replace

import pytest

from shelter_desk.domain.equipment.receiving import ReceptionLine
from shelter_desk.domain.errors import BadNumber, Missing, RuleBroken
from shelter_desk.domain.moments import Period
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.equipment import equipment, receptions
from shelter_desk.operations.reports import reports
from tests.operations.campaign_scene import BEDS, CHAIRS, RECEIVED, desk
from tests.operations.equipment.test_equipment import tags

__all__ = ["desk"]


def test_a_slip_of_the_pen_does_not_make_thousands_of_tags(desk: Desk) -> None:
    with pytest.raises(BadNumber):
        receptions.receive(desk, RECEIVED, [replace(BEDS, expected=2000, received=2000)], "don", "centre")
    assert (equipment.register(desk), receptions.listed(desk)) == ((), ())
    whole = replace(BEDS, expected=2000, received=2000, numbered=False)
    receptions.receive(desk, RECEIVED, [whole], "don", "centre")
    assert [line.asset.quantity for line in equipment.register(desk)] == [2000]


def test_a_reception_makes_the_assets_that_stay_and_keeps_its_differences(desk: Desk) -> None:
    receptions.receive(desk, RECEIVED, [BEDS, CHAIRS], "don", "bailleur")
    assert (len(tags(desk)), tags(desk)[-1]) == (21, ("MOB-0001", 26))
    chairs = equipment.register(desk)[-1].asset
    assert (chairs.cost, chairs.status, chairs.owner, chairs.handover_pv) == (
        130_000,
        "en_stock",
        "bailleur",
        "PV-USA-1",
    )
    (found,) = receptions.listed(desk)
    assert (found.reception.reception_no, found.differs, [one.difference for one in found.lines]) == (
        "PVR-2026-001",
        True,
        [0, -4],
    )


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (replace(CHAIRS, remark=" "), Missing),
        (replace(BEDS, designation=""), Missing),
        (replace(BEDS, category=""), Missing),
        (replace(BEDS, refused=21), BadNumber),
        (replace(BEDS, expected=-1), BadNumber),
    ],
)
def test_a_reception_that_cannot_be_writes_nothing(desk: Desk, line: ReceptionLine, error: type[RuleBroken]) -> None:
    with pytest.raises(error):
        receptions.receive(desk, RECEIVED, [BEDS, line], "don", "centre")
    assert (tags(desk), receptions.listed(desk)) == ([], ())


def test_a_reception_is_undone_whole(desk: Desk) -> None:
    undo(desk, receptions.receive(desk, RECEIVED, [BEDS, CHAIRS], "don", "bailleur"))
    assert (tags(desk), receptions.listed(desk)) == ([], ())


def test_what_is_received_stands_in_the_month(desk: Desk) -> None:
    receptions.receive(desk, RECEIVED, [BEDS, CHAIRS], "don", "bailleur")
    report = reports.monthly(desk, Period.month(2026, 5)).report
    assert [report.value(f"t10.{name}", ("donor", "usa")) for name in ("acquired", "end")] == [46, 46]
    assert report.failed == ()
