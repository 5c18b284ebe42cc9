"""The kit handed over at the admission: one act with the stay, the bed, the slip and the service."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from shelter_desk.domain.errors import NoSuch, NotAllowed
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.refusals import NotEnough
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.operations.stock import stock, stock_catalogue
from tests.operations import store_scene as scene
from tests.operations.shelter import bed, born, days_ago, small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A store with five soaps, and a kit of two."""
    with small_shelter(tmp_path / "shelter") as opened:
        soap = scene.soap(opened)
        scene.came(opened, soap, 5_000, scene.ago(5))
        scene.kit(opened, (soap, 2_000))
        yield opened


def arrival(desk: Desk, kit: str = "HYG") -> Admission:
    spot = Spot("lit", bed(desk, "1A").id)
    return Admission(days_ago(0, 0), "premiere", "transit", "f", born(27), "GN", spot=spot, kit=kit)


def soap_left(desk: Desk) -> int:
    (one,) = stock.standing(desk)
    return one.physical


def test_the_kit_goes_out_with_the_admission_and_is_its_service(desk: Desk) -> None:
    made = stays.admit(desk, arrival(desk))
    assert made.paper.startswith("BS-")
    assert soap_left(desk) == 3_000
    (service,) = assistance.of_stays(desk, [made.stay])[made.stay]
    (move,) = [line.move for line in stock.card(desk, stock.standing(desk)[0].item.id).lines if line.move.change < 0]
    assert (service.service_type, service.service_on, move.service_no) == (
        "nfi_hygiene",
        desk.today(),
        service.service_no,
    )
    assert move.third_party == made.code == made.done.subject


def test_an_admission_without_a_kit_moves_nothing(desk: Desk) -> None:
    made = stays.admit(desk, arrival(desk, ""))
    assert (made.paper, soap_left(desk), assistance.of_stays(desk, [made.stay])) == ("", 5_000, {})


def test_one_refusal_cancels_all_of_it(desk: Desk) -> None:
    scene.went(desk, stock.standing(desk)[0].item.id, 4_000)
    for kit, refusal in (("HYG", NotEnough), ("NON", NoSuch)):
        with pytest.raises(refusal):
            stays.admit(desk, arrival(desk, kit))
    assert (residents.listed(desk, "here"), soap_left(desk)) == ([], 1_000)


def test_undoing_the_admission_brings_the_kit_back(desk: Desk) -> None:
    undo(desk, stays.admit(desk, arrival(desk)).done)
    assert (residents.listed(desk, "here"), soap_left(desk)) == ([], 5_000)


def test_who_has_no_store_asks_for_the_kit_in_the_same_act(desk: Desk) -> None:
    made = stays.admit(replace(desk, role=Role.CASE_WORKER), arrival(desk))
    (request,) = stock.requests(desk)
    assert (request.voucher_no, request.stay, soap_left(desk)) == (made.paper, made.stay, 5_000)
    assert [(line.kit_code, line.asked) for line in request.lines] == [("HYG", 2_000)]


def test_who_may_not_ask_the_store_gives_no_kit(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        stays.admit(replace(desk, role=Role.RECEPTION), arrival(desk))
    assert residents.listed(desk, "here") == []


def test_the_kits_are_offered_with_how_many_there_are(desk: Desk) -> None:
    blanket, soap = scene.blanket(desk), stock.standing(desk)[-1].item.id
    scene.kit(desk, (blanket, 1_000), code="COU")
    scene.kit(desk, (soap, 1_000), (soap, 3_000), code="DEUX")
    found = {one.code: stock_catalogue.kits_in_store(desk, one) for one in stock_catalogue.kits_offered(desk)}
    assert found == {"COU": 0, "HYG": 2, "DEUX": 1}
