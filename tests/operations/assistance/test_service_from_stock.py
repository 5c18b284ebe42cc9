"""A service that stands for something of the store: line and slip in one act, or the store asked for it (I-20)."""

from dataclasses import replace
from datetime import date

import pytest

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.errors import NotInList
from shelter_desk.domain.ids import ServiceId, VoucherId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.refusals import NotEnough, ServiceIssued
from shelter_desk.domain.stock.vouchers import AskedLine, Slip
from shelter_desk.operations.assistance import assistance, service_from_stock
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.stock import issuing, stock
from tests.operations import store_scene as scene
from tests.operations.shelter import admit, month_when_over
from tests.operations.stock_desk import desk

__all__ = ["desk"]
HYGIENE = "nfi_hygiene"


@pytest.fixture
def resident(desk: Desk) -> Admitted:
    """Somebody here for ten days, in a shelter with 10 pieces of soap and a kit of two."""
    soap = scene.soap(desk)
    scene.came(desk, soap, 10_000, scene.ago(20))
    scene.kit(desk, (soap, 2_000))
    return admit(desk, "1A", days=10)


def hygiene(someone: Admitted, days: int = 0, **more: object) -> Service:
    return replace(Service(ServiceId(0), "", scene.ago(days), someone.stay, HYGIENE), **more)  # type: ignore[arg-type]


def given(desk: Desk, someone: Admitted) -> list[Service]:
    return [one for ones in assistance.of_stays(desk, [someone.stay]).values() for one in ones]


def soap_left(desk: Desk) -> int:
    return next(one.physical for one in stock.standing(desk) if one.item.code == "SAV")


def controls(desk: Desk) -> list[tuple[object, object, object]]:
    """What I-20 says of the days around today."""
    report = month_when_over(desk, Period(scene.ago(25), scene.ago(0))).report
    return [(one.dims, one.left, one.right) for one in report.identities if one.id == "I-20"]


def test_what_stands_for_a_service_is_offered_kits_first_with_what_is_there(desk: Desk, resident: Admitted) -> None:
    found = service_from_stock.things(desk, HYGIENE)
    assert [(one.key.split(":")[0], one.name, one.in_store) for one in found] == [
        ("kit", "Kit d’hygiène", 5_000),
        ("item", "Savon", 10_000),
    ]
    assert service_from_stock.things(desk, "san_medic") == ()


def test_line_and_slip_are_one_act_with_what_the_line_says(desk: Desk, resident: Admitted) -> None:
    kit = service_from_stock.things(desk, HYGIENE)[0]
    handed = service_from_stock.give(
        desk, hygiene(resident, 3, donor="oim", quantity=2.0), kit, 2_000, "Pour le voyage"
    )
    (line,) = given(desk, resident)
    assert (line.donor, line.quantity, line.staff, line.service_on) == ("oim", 2.0, desk.user, scene.ago(3))
    assert (soap_left(desk), assistance.note(desk, line.id)) == (6_000, "Pour le voyage")
    assert controls(desk)[0][1:] == (1, 1)
    undo(desk, handed.done)
    assert (soap_left(desk), given(desk, resident)) == (10_000, [])


def test_what_is_not_there_leaves_neither_line_nor_slip(desk: Desk, resident: Admitted) -> None:
    kit = service_from_stock.things(desk, HYGIENE)[0]
    with pytest.raises(NotEnough):
        service_from_stock.give(desk, hygiene(resident), kit, 6_000)
    with pytest.raises(NotInList):
        service_from_stock.give(desk, replace(hygiene(resident), service_type="nfi_bebe"), kit, 1_000)
    assert (soap_left(desk), given(desk, resident)) == (10_000, [])


@pytest.mark.parametrize(("status", "counts_before"), [("fait", True), ("prevu", False)])
def test_who_keeps_no_store_asks_it_and_the_same_line_counts_once(
    desk: Desk, resident: Admitted, status: str, counts_before: bool
) -> None:
    desk.role = Role.CASE_WORKER
    kit = service_from_stock.things(desk, HYGIENE)[0]
    service_from_stock.give(desk, hygiene(resident, 2, status=status), kit, 1_000)
    before = [(one.counts, one.service_no) for one in given(desk, resident)]
    assert (soap_left(desk), before[0][0]) == (10_000, counts_before)
    desk.role = Role.DIRECTOR
    (request,) = stock.requests(desk)
    lines = tuple(stock_lines(request))
    issuing.answer(
        desk, VoucherId(request.id), Slip(scene.ago(0), "individuel", lines, resident.stay, approved_by=desk.user)
    )
    after = given(desk, resident)
    day: date = scene.ago(2) if counts_before else scene.ago(0)
    assert [(one.counts, one.service_no, one.service_on) for one in after] == [(True, before[0][1], day)]
    assert (soap_left(desk), controls(desk)[0][1:]) == (8_000, (1, 1))


def stock_lines(request: object) -> list[AskedLine]:
    return [
        AskedLine(one.item, one.amount, kit_code=one.kit_code, asked=one.asked)
        for one in request.lines  # type: ignore[attr-defined]
    ]


def test_a_line_that_was_not_held_after_all_is_written_anew_by_what_the_store_gives(
    desk: Desk, resident: Admitted
) -> None:
    desk.role = Role.CASE_WORKER
    service_from_stock.give(
        desk, hygiene(resident, 2, status="prevu"), service_from_stock.things(desk, HYGIENE)[0], 1_000
    )
    assistance.refused(desk, [given(desk, resident)[0].id])
    desk.role = Role.DIRECTOR
    (request,) = stock.requests(desk)
    slip = Slip(scene.ago(0), "individuel", tuple(stock_lines(request)), resident.stay, approved_by=desk.user)
    issuing.answer(desk, VoucherId(request.id), slip)
    assert sorted(one.status for one in given(desk, resident)) == ["fait", "refuse"]
    assert controls(desk)[0][1:] == (1, 1)


def test_what_a_slip_gave_out_goes_with_the_slip_alone(desk: Desk, resident: Admitted) -> None:
    kit = service_from_stock.things(desk, HYGIENE)[0]
    service_from_stock.give(desk, hygiene(resident), kit, 1_000)
    (line,) = given(desk, resident)
    for act in (assistance.take_out, assistance.not_held):
        with pytest.raises(ServiceIssued):
            act(desk, [line.id])
    with pytest.raises(ServiceIssued):
        assistance.change(desk, replace(line, service_on=scene.ago(1)))
    assistance.change(desk, replace(line, cost_xof=500))
    assert [(one.cost_xof, one.status) for one in given(desk, resident)] == [(500, "fait")]


def test_a_line_typed_without_its_slip_is_told(desk: Desk, resident: Admitted) -> None:
    found = assistance.doubts(desk, [hygiene(resident), hygiene(resident, provider_kind="partenaire")])
    assert [one.kind for one in found] == ["store", "twice"]
    assert assistance.doubts(desk, [hygiene(resident, status="prevu")]) == ()
