"""A whole number typed into the search finds what bears it, and nothing else."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import global_search, residents
from shelter_desk.operations.training import training
from shelter_desk.storage.residents import search
from tests.operations.shelter import QUICK


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with training.make(tmp_path_factory.mktemp("numbers") / "x", "bamako", 3, 1, cost=QUICK).desk as opened:
        yield opened


def _some(desk: Desk, table: str, column: str) -> list[str]:
    with desk.reading() as connection:
        found = connection.execute(text(f"SELECT DISTINCT {column} FROM {table} WHERE {column} != '' LIMIT 12"))
        return [row[0] for row in found]


@pytest.mark.parametrize("kind", search.KINDS)
def test_every_whole_number_finds_what_bears_it_alone(desk: Desk, kind: str) -> None:
    table, column = search.KINDS[kind][:2]
    for number in (one for one in _some(desk, table, column) if any(map(str.isdigit, one))):
        for typed in (number, number.lower(), f" {number} "):
            found = global_search.numbered(desk, typed)
            assert found, typed
            assert {one.number for one in found} == {number}
            assert kind in {one.kind for one in found}


@pytest.mark.parametrize(("table", "column"), [("referrals", "referral_no"), ("stock_vouchers", "voucher_no")])
def test_a_number_is_not_read_as_a_name(desk: Desk, table: str, column: str) -> None:
    for number in _some(desk, table, column):
        assert residents.search(desk, number) == []


def test_the_number_of_a_referral_leads_to_the_file_of_its_resident(desk: Desk) -> None:
    with desk.reading() as connection:
        number, code = connection.execute(
            text(
                "SELECT r.referral_no, p.person_code FROM referrals r JOIN stays s ON s.id = r.stay_id "
                "JOIN persons p ON p.id = s.person_id LIMIT 1"
            )
        ).one()
    (found,) = global_search.numbered(desk, number)
    assert (found.place, found.code) == (f"residents/{code}/referrals", code)


def test_who_may_not_see_it_does_not_find_its_number(desk: Desk) -> None:
    (referral, *_), (voucher, *_) = _some(desk, "referrals", "referral_no"), _some(desk, "stock_vouchers", "voucher_no")
    before, desk.role = desk.role, Role.STOREKEEPER
    try:
        seen = [bool(global_search.numbered(desk, number)) for number in (referral, voucher)]
    finally:
        desk.role = before
    assert seen == [False, True]


def test_the_beginning_of_a_number_is_not_the_number(desk: Desk) -> None:
    (number, *_) = _some(desk, "referrals", "referral_no")
    assert global_search.numbered(desk, number[:-1]) == []
