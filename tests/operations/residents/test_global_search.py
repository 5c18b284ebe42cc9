"""What the search finds besides persons: by code or words, only what the role may see."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.ids import PartnerId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.residents import global_search
from tests.operations.equipment.test_lending import PHONE
from tests.operations.shelter import small_shelter
from tests.operations.store_scene import soap


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with small_shelter(Path(tmp_path_factory.mktemp("finding")) / "shelter") as opened:
        equipment.add_assets(opened, PHONE)
        equipment.add_assets(opened, replace(PHONE, designation="Lit superposé", category="literie", serial_no="SP-77"))
        soap(opened)
        partners.keep_partner(opened, Partner(PartnerId(0), "Clinique du Fleuve", "sante", "Mopti"))
        yield opened


def found(desk: Desk, typed: str, role: Role = Role.DIRECTOR) -> list[tuple[str, Any]]:
    before, desk.role = desk.role, role
    try:
        named = global_search.things(desk, typed)
    finally:
        desk.role = before
    return [(one.kind, getattr(one.thing, "code", getattr(one.thing, "tag_no", ""))) for one in named]


def test_an_asset_is_found_by_tag_by_words_without_accents_and_by_serial_number(desk: Desk) -> None:
    for typed in ("com-00", "telephone", "COM-0001"):
        assert ("asset", "COM-0001") in found(desk, typed)
    assert found(desk, "sp-77") == [("asset", "LIT-0001")]


def test_what_a_barcode_reader_types_on_a_french_keyboard_is_found(desk: Desk) -> None:
    assert found(desk, "CO?)ààà&") == [("asset", "COM-0001")]


def test_an_item_is_found_by_its_name_and_a_bed_by_its_code(desk: Desk) -> None:
    assert found(desk, "savo") == [("item", "SAV")]
    assert found(desk, "2b") == [("bed", "2B")]


def test_a_partner_is_found_by_its_town(desk: Desk) -> None:
    assert [one.kind for one in global_search.things(desk, "mopti")] == ["partner"]


def test_one_letter_finds_nothing(desk: Desk) -> None:
    assert found(desk, "l") == []


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.STOREKEEPER, {"item", "asset"}),
        (Role.CASE_WORKER, {"bed", "item", "partner"}),
        (Role.AUDITOR, {"item", "asset"}),
        (Role.RECEPTION, {"bed"}),
    ],
)
def test_a_role_finds_only_what_it_may_see(desk: Desk, role: Role, kinds: set[str]) -> None:
    said = ("1a", "savo", "com-0001", "mopti")
    assert {kind for typed in said for kind, _ in found(desk, typed, role)} == kinds
