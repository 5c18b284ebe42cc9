"""Things of the register lent to residents by code and to others, brought back, asked at the exit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.equipment.assets import IN_USE, Asset
from shelter_desk.domain.equipment.happening import Happening
from shelter_desk.domain.equipment.refusals import NotToLend
from shelter_desk.domain.errors import Missing, NotAllowed
from shelter_desk.domain.ids import AssetId
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.exits import ExitRecord, nothing_said
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.equipment import equipment, lending
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from shelter_desk.words.refusals.errors import sentence
from tests.operations.shelter import admit, days_ago, small_shelter

PHONE = Asset(AssetId(0), "", "Téléphone", "communication", "don", date(2026, 1, 5), "oim", "centre", "en_stock", "bon")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def she(desk: Desk) -> Admitted:
    return admit(desk, "1A", days=60)


def added(desk: Desk, **more: Any) -> AssetId:
    equipment.add_assets(desk, replace(PHONE, **more))
    return equipment.register(desk)[-1].asset.id


def status(desk: Desk, key: AssetId) -> str:
    return equipment.card(desk, key).history.asset.status


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def test_what_is_lent_is_out_under_the_code_of_the_resident(desk: Desk, she: Admitted) -> None:
    lending.lend(desk, [added(desk)], ago(3), she.stay)
    (lent,) = lending.out(desk)
    code = residents.record(desk, she.person).person.code
    assert (lent.asset.tag_no, lent.to, lent.since, lent.is_overdue) == ("COM-0001", code, ago(3), False)


def test_the_record_knows_what_its_person_has_and_nobody_elses(desk: Desk, she: Admitted) -> None:
    other = admit(desk, "1B")
    lending.lend(desk, [added(desk)], ago(3), she.stay)
    assert [one.asset.designation for one in lending.of_stay(desk, she.stay)] == ["Téléphone"]
    assert lending.of_stay(desk, other.stay) == ()


@pytest.mark.parametrize(("into", "after"), [(IN_USE, "en_service"), ("en_stock", "en_stock")])
def test_what_comes_back_goes_into_the_store_or_into_use(desk: Desk, she: Admitted, into: str, after: str) -> None:
    key = added(desk)
    lending.lend(desk, [key], ago(3), she.stay)
    lending.take_back(desk, [key], lending.back(ago(1), "moyen", status=into))
    assert (status(desk, key), lending.out(desk)) == (after, ())
    assert equipment.card(desk, key).history.asset.condition == "moyen"


def test_a_telephone_is_lent_twice_on_the_same_day(desk: Desk, she: Admitted) -> None:
    key, today = added(desk), clock.today()
    for _ in range(2):
        lending.lend(desk, [key], today, she.stay)
        lending.take_back(desk, [key], lending.back(today))
    assert status(desk, key) == "en_stock"
    assert len(equipment.card(desk, key).history.events) == 5


def test_what_is_lent_already_is_not_lent(desk: Desk, she: Admitted) -> None:
    key = added(desk)
    lending.lend(desk, [key], ago(3), she.stay)
    with pytest.raises(NotToLend) as refused:
        lending.lend(desk, [key], ago(1), None, "Atelier de couture")
    assert "On loan" in sentence(refused.value)


def test_what_is_broken_is_not_lent(desk: Desk, she: Admitted) -> None:
    key = added(desk)
    equipment.record(desk, [key], Happening("panne", ago(5)))
    with pytest.raises(NotToLend):
        lending.lend(desk, [key], ago(1), she.stay)


def test_what_is_not_lent_does_not_come_back(desk: Desk) -> None:
    with pytest.raises(NotToLend):
        lending.take_back(desk, [added(desk)], lending.back(ago(1)))


def test_a_loan_says_to_whom(desk: Desk) -> None:
    with pytest.raises(Missing):
        lending.lend(desk, [added(desk)], ago(1), None, "  ")


def test_one_piece_of_a_batch_is_lent_under_a_tag_of_its_own(desk: Desk, she: Admitted) -> None:
    key = added(desk, designation="Matelas", category="literie", quantity=10)
    lending.lend(desk, [key], ago(1), she.stay, pieces=1)
    (lent,) = lending.out(desk)
    assert (lent.asset.tag_no, lent.asset.quantity, equipment.card(desk, key).history.asset.quantity) == (
        "LIT-0002",
        1,
        9,
    )


def test_a_loan_is_overdue_once_its_resident_has_left(desk: Desk, she: Admitted) -> None:
    lending.lend(desk, [added(desk)], ago(20), she.stay)
    stays.leave(desk, she.stay, days_ago(1), "autonomie", "mali_autre")
    (lent,) = lending.out(desk)
    assert lent.is_overdue


@pytest.mark.parametrize(("days", "late"), [(30, False), (31, True)])
def test_a_loan_to_somebody_else_is_overdue_after_thirty_days(desk: Desk, days: int, late: bool) -> None:
    lending.lend(desk, [added(desk)], ago(days), None, "Atelier de couture")
    assert [one.is_overdue for one in lending.out(desk)] == [late]


def test_the_exit_brings_back_what_is_ticked_in_the_same_act(desk: Desk, she: Admitted) -> None:
    key, kept = added(desk), added(desk, designation="Radio")
    lending.lend(desk, [key, kept], ago(20), she.stay)
    said = ExitRecord(nothing_said(she.stay), brought_back=(key,))
    done = stays.leave(desk, she.stay, days_ago(1), "autonomie", "mali_autre", said)
    assert [one.asset.id for one in lending.out(desk)] == [kept]
    undo(desk, done)
    assert {one.asset.id for one in lending.out(desk)} == {key, kept}


def test_an_exit_before_the_loan_is_refused_whole(desk: Desk, she: Admitted) -> None:
    key = added(desk)
    lending.lend(desk, [key], ago(1), she.stay)
    said = ExitRecord(nothing_said(she.stay), brought_back=(key,))
    with pytest.raises(NotToLend):
        stays.leave(desk, she.stay, days_ago(10), "autonomie", "mali_autre", said)
    assert residents.record(desk, she.person).stays[0].stay.exited_at is None


def test_an_auditor_reads_loans_and_writes_none(desk: Desk, she: Admitted) -> None:
    key = added(desk)
    desk.role = Role.AUDITOR
    assert lending.out(desk) == ()
    with pytest.raises(NotAllowed):
        lending.lend(desk, [key], ago(1), she.stay)


def test_what_breaks_is_lent_still_until_it_comes_back_broken(desk: Desk, she: Admitted) -> None:
    key = added(desk)
    lending.lend(desk, [key], ago(9), she.stay)
    equipment.record(desk, [key], Happening("panne", ago(5)))
    assert [(one.since, one.to) for one in lending.out(desk)] == [(ago(9), she.code)]
    lending.take_back(desk, [key], lending.back(ago(1)))
    assert (lending.out(desk), status(desk, key)) == ((), "en_panne")


def test_what_works_again_where_it_is_stays_lent(desk: Desk, she: Admitted) -> None:
    key = added(desk)
    lending.lend(desk, [key], ago(9), she.stay)
    for kind, day in (("hors_service", 6), ("retour_service", 3)):
        equipment.record(desk, [key], Happening(kind, ago(day), reason="Écran"))
    (lent,) = lending.out(desk)
    assert (lent.since, lent.to, status(desk, key)) == (ago(9), she.code, "pret")


@pytest.mark.parametrize("kind", ["perte", "vol"])
def test_a_loan_ends_when_the_thing_is_lost(desk: Desk, she: Admitted, kind: str) -> None:
    key = added(desk)
    lending.lend(desk, [key], ago(9), she.stay)
    equipment.record(desk, [key], Happening("panne", ago(5)))
    equipment.record(desk, [key], Happening(kind, ago(2), reason="Au marché"))
    assert lending.out(desk) == ()


def test_a_broken_thing_with_somebody_is_in_the_register_as_lent(desk: Desk, she: Admitted) -> None:
    key = added(desk)
    lending.lend(desk, [key], ago(9), she.stay)
    equipment.record(desk, [key], Happening("panne", ago(5)))
    assert [(one.asset.status, one.is_lent) for one in equipment.register(desk)] == [("en_panne", True)]
